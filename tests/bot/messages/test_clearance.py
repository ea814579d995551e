"""A pipeline is told GO only while a release may be deployed now, and for which build; everything else says why not (A4)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import commands as c
from bot.messages.clearance import EARLY, Clearance, clearance
from bot.messages.view import View
from bot.policy import judge
from tests.bot.decide.emergencies import FINE, declared
from tests.driver import Driver
from tests.world import HOME, START, actor


def asked(driver: Driver) -> Clearance:
    r = driver.state
    return clearance(View(r, driver.facts, judge(r, driver.facts, driver.now), driver.now, HOME, head="sha256:head"))


def test_no_release_is_go_before_its_decision_and_each_says_what_is_missing() -> None:
    planned = asked(Driver().plan())
    assert (planned.go, planned.word, planned.record) == (False, "NO-GO UNTIL VERIFIED", {})
    assert planned.missing
    assert "do not deploy" in planned.reason
    signed = asked(Driver().signed())
    assert (signed.go, signed.word, signed.missing) == (False, "GO POSSIBLE", ())


def test_a_cleared_release_is_go_from_five_minutes_before_its_start_and_the_record_names_its_build() -> None:
    driver = Driver().cleared()
    early = asked(driver)
    assert (early.go, early.word) == (False, "GO")
    assert "starts later" in early.reason
    driver.now = START - EARLY
    found = asked(driver)
    r = driver.state
    assert (found.go, found.word, found.missing) == (True, "GO", ())
    assert {k: found.record[k] for k in ("release", "service", "version", "environment", "commit", "digest")} == {
        "release": r.id,
        "service": "payments",
        "version": "2.4.1",
        "environment": "production",
        "commit": r.commit,
        "digest": r.digest,
    }
    assert (found.record["go_by"], found.record["plan_hash"], found.record["head"]) == (
        "lena",
        r.plan_hash,
        "sha256:head",
    )


def test_a_go_whose_ground_changed_is_no_go() -> None:
    driver = Driver().cleared()
    driver.now = START - timedelta(minutes=1)
    assert asked(driver).go
    r = driver.state
    stale = View(r, driver.facts, judge(r, driver.facts, START + timedelta(days=3)), START + timedelta(days=3), HOME)
    lost = clearance(stale)
    assert (lost.go, lost.word) == (False, "NO-GO UNTIL VERIFIED")
    assert "has changed" in lost.reason
    assert lost.missing


def test_a_withdrawn_go_is_no_go_and_a_new_one_is_go_again() -> None:
    driver = Driver().cleared()
    driver.now = START - timedelta(minutes=4)
    driver.do(c.Withdraw(actor("lena"), "the payment provider has an incident"))
    assert not asked(driver).go
    driver.sign("lena")
    driver.go(reason="the provider says that it is over")
    assert asked(driver).go


@pytest.mark.parametrize(
    ("then", "word"),
    [
        (c.Hold(actor("kai"), "errors rise"), "HELD"),
        (c.DeclareRollback(actor("kai"), "errors rise"), "ROLLBACK"),
        (c.ReportHealth(actor("ana"), ok=False, metric="p95 latency"), "LIVE"),
        (c.Finish(actor("ana")), "DONE"),
    ],
)
def test_a_rollout_is_go_until_somebody_stops_it_or_it_is_unwell_or_over(then: c.Command, word: str) -> None:
    driver = Driver().live()
    going = asked(driver)
    assert (going.go, going.word, going.record["go_by"]) == (True, "LIVE", "lena")
    driver.do(then)
    stopped = asked(driver)
    assert (stopped.go, stopped.word, stopped.record) == (False, word, {})


def test_the_record_of_a_rollout_names_the_go_that_cleared_it_though_it_holds_no_more() -> None:
    driver = Driver().live()
    r = driver.state
    ended = replace(r, consents=tuple(replace(k, expires_at=driver.now) for k in r.consents))
    view = View(ended, driver.facts, judge(r, driver.facts, driver.now), driver.now, HOME)
    assert clearance(view).record["go_by"] == "lena"
    nobody = replace(view, release=replace(r, consents=()))
    assert clearance(nobody).record["go_by"] == ""


def test_a_start_without_go_is_never_go() -> None:
    driver = Driver().ready()
    driver.now = START
    driver.do(c.Start(actor("ana")))
    assert not asked(driver).go
    assert "STARTED WITHOUT GO" in asked(driver).reason


def test_an_emergency_is_go_once_its_second_person_confirmed_and_the_record_names_the_incident() -> None:
    driver = declared()
    assert not asked(driver).go
    driver.sign("lena", FINE)
    found = asked(driver)
    assert found.go, found.reason
    assert found.record["go_by"] == "lena"
    assert driver.state.emergency is not None
    assert found.record["emergency"] == driver.state.emergency.incident
    assert [a["kind"] for a in found.record["accepted"]] == ["breakglass"]


def test_a_release_without_a_start_time_is_no_go() -> None:
    driver = Driver().cleared()
    timeless = replace(driver.state, start_at=None)
    assert not clearance(View(timeless, driver.facts, judge(timeless, driver.facts, driver.now), driver.now, HOME)).go
