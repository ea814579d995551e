"""G5: a failed mandatory test is excepted by two people, for a time, with a mitigation; and by nothing less."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.finding import Result, Verdict
from bot.domain.people import SYSTEM, Role, Roster
from bot.domain.release import Phase
from tests.driver import Driver
from tests.world import START, actor, facts, good_observations, observed, service

WHY = "the refund path of this release is switched off"
UNTIL = START + timedelta(hours=4)


def failing(driver: Driver, *checks: str, **more: object) -> tuple[Evidence, ...]:
    """What the sources answer when the run fails in these checks."""
    names = ("tests", "coverage", "code_analysis", "security_scan")
    states = {n: "failed" if n in checks else "passed" for n in names} | {k: str(v) for k, v in more.items()}
    ci = observed(Kind.CI, driver.now, Standing.FAILED, **states)
    return (*(x for x in good_observations(driver.now) if x.kind is not Kind.CI), ci)


def failed(*checks: str, driver: Driver | None = None, **more: object) -> Driver:
    """A planned release whose only trouble is its pipeline."""
    d = driver or Driver()
    return d.plan().sources(*failing(d, *checks, **more)).answer_all()


def ask(who: str = "ana", **changes: Any) -> c.RequestException:  # noqa: ANN401 - any field of the command
    """The request, complete."""
    base = c.RequestException(
        actor(who),
        "test",
        WHY,
        "kai",
        UNTIL,
        check="coverage",
        details="coverage of RefundTest fell to 79 %",
        link="https://ci.acme.example/runs/7/coverage",
        mitigation="Kai watches the refund rate during the canary",
    )
    return replace(base, **changes)


def sign(who: str) -> c.Approve:
    """That person signs the exception."""
    return c.Approve(actor(who), f"the refund path is off, seen by {who}", ConsentKind.EXCEPTION)


def excepted(*checks: str, driver: Driver | None = None) -> Driver:
    """The same, excepted by both."""
    d = failed(*(checks or ("coverage",)), driver=driver)
    for command in (ask(), sign("priya"), sign("quinn")):
        assert d.refused(command) == ""
    return d


def ci_finding(d: Driver) -> tuple[str, Result]:
    """The worst that the rules say about the pipeline."""
    assert d.state.judgement is not None
    found = [f for f in d.state.judgement.findings if f.subject == Kind.CI]
    worst = max(found, key=lambda f: f.result.rank)
    return worst.code, worst.result


def of(d: Driver, role: Role) -> Consent:
    """The signature of that role, as it stands now."""
    return [k for k in d.state.consents if k.kind is ConsentKind.EXCEPTION and k.role is role][-1]


def cleared(d: Driver) -> Driver:
    """Everybody gives what is asked, and Lena the go."""
    for who in ("quinn", "kai", "mia", "lena", "priya"):
        d.sign(who)
    d.go()
    return d


def test_product_owner_and_qa_lead_make_it_amber_and_then_it_can_be_cleared() -> None:
    d = failed("coverage")
    assert d.refused(ask()) == ""
    assert d.refused(sign("priya")) == ""
    assert ci_finding(d) == ("ci_check_failed", Result.BLOCKED)
    assert d.refused(sign("quinn")) == ""
    assert ci_finding(d) == ("ci_check_excepted", Result.WARN)
    assert not [f for f in d.state.judgement.findings if f.subject == "ci" and f.result is Result.CLEAR]  # type: ignore[union-attr]  # judged
    assert cleared(d).phase() is Phase.CLEARED


@pytest.mark.parametrize("who", ["ana", "ana-admin", "ben", "kai", "lena", "mia", "sam", "release-bot"])
def test_nobody_else_signs_it(who: str) -> None:
    d = failed("coverage")
    d.do(ask())
    assert d.refused(sign(who))
    assert [k.state for k in d.state.consents if k.kind is ConsentKind.EXCEPTION] == [ConsentState.REQUESTED] * 2
    assert d.refused(sign("priya")) == ""


def test_one_human_being_with_two_accounts_fills_one_place_only() -> None:
    base = facts()
    people = {**base.roster.people, "priya-qa": replace(base.roster.people["priya"], id="priya-qa", name="Priya (QA)")}
    both = replace(service(), roles={**service().roles, Role.QA_LEAD: ("priya-qa", "quinn")})
    d = failed("coverage", driver=Driver(facts=replace(base, service=both, roster=Roster(people))))
    d.do(ask())
    assert d.refused(sign("priya")) == ""
    second = replace(sign("priya"), actor=replace(actor("priya"), person="priya-qa", account="priya-qa"))
    assert d.refused(second) == "not_entitled"
    assert ci_finding(d)[1] is Result.BLOCKED
    assert d.refused(sign("quinn")) == ""
    assert ci_finding(d)[1] is Result.WARN


def test_where_one_person_would_have_to_sign_twice_it_is_not_asked_for_until_there_is_a_deputy() -> None:
    roles = {**service().roles, Role.QA_LEAD: ("priya",)}
    alone = replace(facts(), service=replace(service(), roles=roles))
    d = failed("coverage", driver=Driver(facts=alone))
    assert d.refused(ask()) == "exception_one_person"
    nobody = replace(alone, service=replace(service(), roles={**roles, Role.QA_LEAD: ("ana", "ben")}))
    d.facts = nobody
    assert d.refused(ask()) == "exception_nobody"
    d.facts = replace(alone, service=replace(service(), roles=roles, deputies={Role.QA_LEAD: ("quinn",)}))
    for command in (ask(), sign("priya"), sign("quinn")):
        assert d.refused(command) == ""
    assert ci_finding(d)[1] is Result.WARN


def test_who_can_fill_both_places_leaves_the_one_that_only_they_can_fill() -> None:
    roles = {**service().roles, Role.PRODUCT_OWNER: ("priya", "sam"), Role.QA_LEAD: ("priya",)}
    d = failed("coverage", driver=Driver(facts=replace(facts(), service=replace(service(), roles=roles))))
    for command in (ask(), sign("priya"), sign("sam")):
        assert d.refused(command) == ""
    assert (of(d, Role.QA_LEAD).by, of(d, Role.PRODUCT_OWNER).by) == ("priya", "sam")
    assert ci_finding(d)[1] is Result.WARN


def test_who_asks_for_it_and_who_owns_it_do_not_sign_it() -> None:
    d = failed("coverage")
    assert d.refused(ask("priya")) == "exception_nobody"
    assert d.refused(ask(owner="quinn")) == "exception_nobody"
    assert d.refused(ask()) == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "The test isn't important for us"}, "test_belittled"),
        ({"reason": "honestly, this check does not matter"}, "test_belittled"),
        ({"reason": "flaky"}, "reason_short"),
        ({"details": " "}, "exception_details"),
        ({"link": "the dashboard"}, "exception_link"),
        ({"mitigation": "ok"}, "exception_mitigation"),
        ({"owner": "nobody"}, "person_unknown"),
        ({"owner": "release-bot"}, "person_unknown"),
        ({"check": "tests"}, "no_failed_check"),
        ({"check": ""}, "no_failed_check"),
        ({"expires_at": START + timedelta(minutes=29)}, "expiry_before_start"),
        ({"expires_at": START + timedelta(days=40)}, "expiry_out_of_range"),
        ({"what": "incident"}, "exception_never"),
        ({"what": "rollback"}, "exception_never"),
    ],
)
def test_a_request_that_lacks_something_is_refused_and_a_complete_one_is_not(
    changes: dict[str, Any], code: str
) -> None:
    d = failed("coverage")
    assert d.refused(ask(**changes)) == code
    assert not [k for k in d.state.consents if k.kind is ConsentKind.EXCEPTION]
    assert d.refused(ask()) == ""


def test_what_is_not_a_failed_check_of_this_build_has_no_exception() -> None:
    others = tuple(x for x in good_observations(Driver().now) if x.kind is not Kind.CI)
    for ci in (
        (),
        (observed(Kind.CI, Driver().now, Standing.UNAVAILABLE),),
        (observed(Kind.CI, Driver().now, Standing.PENDING, coverage="pending"),),
        (observed(Kind.CI, Driver().now, Standing.FAILED),),
        (replace(observed(Kind.CI, Driver().now, Standing.FAILED, coverage="failed"), subject="0badc0de"),),
        (observed(Kind.CI, Driver().now, coverage="absent"),),
    ):
        d = Driver().plan().sources(*others, *ci).answer_all()
        assert d.refused(ask()) == "no_failed_check"
    assert failed("coverage").refused(ask()) == ""


def test_another_failing_check_is_not_covered_nor_an_absent_one() -> None:
    d = excepted("coverage")
    d.sources(*failing(d, "coverage", "security_scan"), purpose="recheck")
    assert ci_finding(d) == ("ci_check_failed", Result.BLOCKED)
    d.sources(*failing(d, "coverage"), purpose="recheck")
    assert ci_finding(excepted("coverage"))[1] is Result.WARN
    absent = failed("coverage", security_scan="absent")
    for command in (ask(), sign("priya"), sign("quinn")):
        absent.do(command)
    assert ci_finding(absent) == ("ci_checks_absent", Result.MISSING)


def test_it_expires_by_itself_and_the_release_is_no_go_again() -> None:
    d = cleared(excepted())
    assert d.state.judgement is not None
    assert d.state.judgement.verdict is Verdict.GO
    d.now = UNTIL - timedelta(seconds=1)
    assert d.laws.judge(d.state, d.facts, d.now).verdict is Verdict.GO
    d.now = UNTIL
    assert d.laws.judge(d.state, d.facts, d.now).verdict is Verdict.NO_GO
    d.do(c.Judge(SYSTEM))
    assert {of(d, r).state for r in (Role.PRODUCT_OWNER, Role.QA_LEAD)} == {ConsentState.EXPIRED}
    assert ci_finding(d) == ("ci_check_failed", Result.BLOCKED)


def test_a_changed_plan_voids_it_and_asks_both_again() -> None:
    d = excepted()
    count = len([x for x in d.events if isinstance(x, e.ApprovalsRequested)])
    d.do(c.Amend(actor("ana"), "steps", "5, 50, 100"))
    assert {of(d, r).state for r in (Role.PRODUCT_OWNER, Role.QA_LEAD)} == {ConsentState.REQUESTED}
    assert of(d, Role.QA_LEAD).reason == WHY
    assert ci_finding(d)[1] is Result.BLOCKED
    asked = [x for x in d.events if isinstance(x, e.ApprovalsRequested)][count:]
    assert {p for x in asked for p in x.of} == {"priya", "quinn"}
    for who in ("priya", "quinn"):
        d.do(sign(who))
    assert ci_finding(d)[1] is Result.WARN


def test_another_build_voids_it() -> None:
    d = excepted()
    new = observed(Kind.ARTIFACT, d.now, commit="77aa001", digest="sha256:bb", authors="ben")
    d.do(c.RecordObservations(SYSTEM, "g", "demo-scm", (new,), "recheck"))
    assert d.state.commit == "77aa001"
    assert of(d, Role.QA_LEAD).state is ConsentState.REQUESTED
    assert ci_finding(d)[1] is Result.BLOCKED


def test_one_no_ends_it_and_a_new_request_can_still_be_signed() -> None:
    d = failed("coverage")
    d.do(ask())
    d.do(sign("priya"))
    assert d.refused(c.Decline(actor("quinn"), "refunds are on for two markets", ConsentKind.EXCEPTION)) == ""
    assert of(d, Role.QA_LEAD).state is ConsentState.DECLINED
    assert of(d, Role.PRODUCT_OWNER).state is ConsentState.VOID
    assert d.refused(sign("priya")) == "nothing_of_yours"
    d.do(c.Amend(actor("ana"), "summary", "Retries, and refunds off"))
    assert of(d, Role.QA_LEAD).state is ConsentState.DECLINED
    for command in (ask(mitigation="Refunds are off in all markets, checked by Kai"), sign("priya"), sign("quinn")):
        assert d.refused(command) == ""
    assert ci_finding(d)[1] is Result.WARN


def test_a_new_request_takes_the_place_of_the_old_one() -> None:
    d = failed("coverage")
    d.do(ask())
    d.do(sign("priya"))
    d.do(ask(expires_at=UNTIL + timedelta(hours=1)))
    live = [k for k in d.state.consents if k.kind is ConsentKind.EXCEPTION and k.state is not ConsentState.WITHDRAWN]
    assert [k.state for k in live] == [ConsentState.REQUESTED] * 2
    for who in ("priya", "quinn"):
        assert d.refused(sign(who)) == ""
    assert ci_finding(d)[1] is Result.WARN


def test_an_exception_that_a_later_start_outlives_covers_nothing_until_it_is_longer() -> None:
    d = excepted()
    d.do(
        c.Move(actor("ana"), UNTIL - timedelta(minutes=10), "later", "Europe/Berlin", "the bank asked for the evening")
    )
    for who in ("priya", "quinn"):
        d.do(sign(who))
    assert d.state.judgement is not None
    assert {"ci_check_failed", "exception_short"} <= {f.code for f in d.state.judgement.findings}
    for command in (ask(expires_at=UNTIL + timedelta(hours=2)), sign("priya"), sign("quinn")):
        assert d.refused(command) == ""
    assert ci_finding(d)[1] is Result.WARN


def test_a_run_of_yesterday_and_a_run_that_a_person_tells_of_stay_gaps() -> None:
    d = failed("coverage")
    d.do(ask(expires_at=START + timedelta(days=3)))
    for who in ("priya", "quinn"):
        d.do(sign(who))
    d.later(hours=25)
    d.do(c.Judge(SYSTEM))
    assert ci_finding(d) == ("ci_stale", Result.MISSING)
    told = failed("coverage")
    by_hand = tuple(replace(x, by="kai") if x.kind is Kind.CI else x for x in told.state.evidence)
    told.release = replace(told.state, evidence=by_hand)
    for command in (ask(), sign("priya"), sign("quinn")):
        told.do(command)
    assert ci_finding(told) == ("ci_unverified", Result.MISSING)
