"""A pasted link is looked up through the source that owns its host, before the start, once; other links are nobody's."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.links import Owner
from bot.domain.people import SYSTEM
from bot.messages.effects import Gather, Later, Routes
from bot.messages.react import react
from tests.driver import Driver
from tests.world import HOME, NOW, actor, facts, service

RUN = "https://github.com/acme/payments/actions/runs/7"
OWNERS = {"github.com": Owner("github", "github")}


def _driver(*, sources: bool = True) -> Driver:
    about = service() if sources else replace(service(), sources={})
    return Driver(facts(owners=OWNERS, service=about, services={"payments": about}))


def _plan(*links: str) -> c.StartPlan:
    return c.StartPlan(actor("ana"), "R-1", "payments", HOME, version="2.4.1", links=links)


def _asked(driver: Driver) -> list[tuple[str, ...]]:
    return [x.gathers for x in driver.events if isinstance(x, e.SourcesAsked) and x.purpose == "link"]


def test_a_link_of_the_plan_is_looked_up_at_once() -> None:
    driver = _driver()
    driver.do(_plan(RUN, "https://wiki.acme.example/x", f"{RUN}/attempts/2"))
    assert _asked(driver) == [("R-1:gather:link.github:link:2",)]
    assert "R-1:gather:link.github:link:2" in driver.state.gathers


def test_a_link_that_comes_later_is_looked_up_then_and_only_once() -> None:
    driver = _driver()
    driver.do(_plan())
    assert _asked(driver) == []
    said = Evidence(Kind.CI, Standing.ATTESTED, "person", "ana", NOW, url=RUN)
    for _ in range(2):
        driver.do(c.AddEvidence(actor("ana"), said))
    assert len(_asked(driver)) == 1
    driver.do(c.AddEvidence(actor("ana"), replace(said, kind=Kind.NOTES, url="https://github.com.evil.example/x")))
    assert len(_asked(driver)) == 1


def test_a_link_that_comes_after_the_start_is_kept_and_looked_up_by_nobody() -> None:
    driver = Driver(facts(owners=OWNERS)).live()
    said = Evidence(Kind.NOTES, Standing.ATTESTED, "person", "ana", driver.now, url=RUN)
    before = len(_asked(driver))
    driver.do(c.AddEvidence(actor("ana"), said))
    assert driver.state.evidence[-1].url == RUN
    assert len(_asked(driver)) == before


def test_links_are_looked_up_again_with_the_drift_check() -> None:
    driver = _driver()
    driver.do(_plan(RUN))
    driver.do(c.CheckDrift(SYSTEM, "T-5", driver.state.schedule_revision))
    assert len(_asked(driver)) == 2


def test_planning_goes_on_when_the_one_source_has_answered() -> None:
    driver = _driver(sources=False)
    driver.do(_plan(RUN))
    assert driver.state.open_question is None
    driver.now += timedelta(seconds=1)
    key = driver.state.gathers[0]
    driver.do(c.RecordObservations(SYSTEM, key, "github", (), "link"))
    assert driver.state.gathers == ()
    assert driver.state.open_question is not None


def test_the_request_goes_to_the_owner_and_the_question_does_not_wait_for_it_for_ever() -> None:
    driver = _driver(sources=False)
    driver.do(_plan(RUN))
    effects = react(None, driver.events, driver.state, driver.facts, Routes((), ()), NOW)
    gathers = [(x.role, x.source, x.purpose) for x in effects if isinstance(x, Gather)]
    assert gathers == [("link", "github", "link")]
    assert [x.due_at for x in effects if isinstance(x, Later) and isinstance(x.command, c.AskNext)] == [
        NOW + timedelta(seconds=2.5)
    ]


def test_planning_without_any_source_goes_on_at_once() -> None:
    driver = _driver(sources=False)
    driver.do(_plan())
    effects = react(None, driver.events, driver.state, driver.facts, Routes((), ()), NOW)
    assert [x.due_at for x in effects if isinstance(x, Later) and isinstance(x.command, c.AskNext)] == [NOW]
    driver.do(c.AskNext(SYSTEM))
    assert driver.state.open_question is not None


def _waits() -> Evidence:
    facts_: dict[str, str | int | float | bool] = {"needs": "commit"}
    return Evidence(Kind.CI, Standing.INCONCLUSIVE, "demo-ci", "bot", NOW, facts=facts_)


def _artifact() -> Evidence:
    facts_: dict[str, str | int | float | bool] = {"commit": "91fe2c0"}
    return Evidence(Kind.ARTIFACT, Standing.VERIFIED, "demo-scm", "bot", NOW, facts=facts_)


def _rechecks(driver: Driver) -> int:
    return sum(isinstance(x, e.SourcesAsked) and x.purpose == "recheck" for x in driver.events)


def test_a_pipeline_that_waits_for_the_commit_is_asked_once_more_in_whatever_order_they_answer() -> None:
    for order in ((_waits(), _artifact()), (_artifact(), _waits())):
        driver = _driver()
        driver.do(_plan())
        for one in order:
            driver.do(c.RecordObservations(SYSTEM, "none", one.source, (one,), "plan"))
        assert _rechecks(driver) == 1
        driver.do(c.RecordObservations(SYSTEM, "none", "demo-ci", (), "recheck"))
        assert _rechecks(driver) == 1
