"""What a person brings is that person's word: attested, of this moment, whatever the command says of it (G3, G24)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decide.vouched import NOT_FOR_PEOPLE, recorded, vouched
from bot.domain import commands as c
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.finding import Verdict
from bot.domain.people import SYSTEM
from bot.domain.release import Phase
from tests.driver import REASON, Driver
from tests.world import HOME, NOW, START, actor, drilled_rollback, facts, good_observations

CHECKS = dict.fromkeys(("tests", "coverage", "code_analysis", "security_scan"), "passed")


def green(kind: Kind = Kind.CI) -> Evidence:
    """What says of itself that a source checked it."""
    return Evidence(kind, Standing.VERIFIED, "demo-ci", "bot", NOW, url="https://ci.acme.example/9", facts=CHECKS)


def of_person(d: Driver, kind: Kind) -> Evidence:
    found = [e for e in d.state.evidence if e.kind is kind and e.source == "person"]
    return found[-1]


def test_a_person_never_verifies_and_only_a_source_does() -> None:
    d = Driver().plan()
    d.do(c.AddEvidence(actor("kai"), green()))
    said = of_person(d, Kind.CI)
    assert (said.standing, said.by, said.source, said.demo) == (Standing.ATTESTED, "kai", "person", False)
    d.sources(*(x for x in good_observations(NOW) if x.kind is not Kind.CI)).answer_all()
    assert [f.code for f in d.state.judgement.findings if f.subject == "ci" and f.open] == ["ci_unverified"]  # type: ignore[union-attr]  # it was judged
    d.sources()
    assert not [f for f in d.state.judgement.findings if f.subject == "ci" and f.open]  # type: ignore[union-attr]  # it was judged


def test_a_claim_of_the_first_message_and_an_answer_are_that_persons_word_too() -> None:
    d = Driver()
    d.do(c.StartPlan(actor("ana"), "R-1", "payments", HOME, version="2.4.1", start_at=START, claims=(green(),)))
    assert of_person(d, Kind.CI).standing is Standing.ATTESTED
    assert of_person(d, Kind.CI).by == "ana"
    d.sources()
    d.answer(replace(drilled_rollback(NOW), standing=Standing.VERIFIED, by="bot", source="demo"))
    drill = of_person(d, Kind.ROLLBACK)
    assert (drill.standing, drill.by) == (Standing.ATTESTED, "ana")


def test_several_items_at_once_are_each_that_persons_word_or_none_is_kept() -> None:
    d = Driver().plan()
    before = d.state.evidence
    bad = c.AddEvidence(actor("kai"), green(Kind.QA), more=(green(Kind.APPROVALS),))
    assert (d.refused(bad), d.state.evidence) == ("not_attestable", before)
    d.do(c.AddEvidence(actor("kai"), green(Kind.QA), more=(green(Kind.SECURITY), green(Kind.RUNBOOK))))
    for kind in (Kind.QA, Kind.SECURITY, Kind.RUNBOOK):
        assert (of_person(d, kind).standing, of_person(d, kind).by) == (Standing.ATTESTED, "kai")


@given(
    standing=st.sampled_from(list(Standing)),
    by=st.sampled_from(["bot", "kai", "nobody"]),
    days=st.integers(-400, 400),
    fresh=st.integers(-400, 4000),
    kind=st.sampled_from(list(Kind)),
)
def test_the_word_of_a_person_is_never_better_than_attested(
    standing: Standing, by: str, days: int, fresh: int, kind: Kind
) -> None:
    dated: datetime = NOW + timedelta(days=days)
    item = Evidence(kind, standing, "demo", by, dated, dated=dated, stale_after=NOW + timedelta(days=fresh))
    said = vouched(item, actor("kai"), facts(), NOW)
    assert said.standing.rank >= max(Standing.ATTESTED.rank, standing.rank)
    assert (said.by, said.source, said.observed_at) == ("kai", "person", NOW)
    assert said.dated is None or said.dated <= NOW
    policy = facts().policy.freshness.get(kind)
    assert said.stale_after == ((said.dated or NOW) + policy if policy else None)
    assert bool(recorded((item,), actor("kai"), None, facts(), NOW)) is (kind not in NOT_FOR_PEOPLE)


@pytest.mark.parametrize(
    "drill",
    [
        replace(drilled_rollback(NOW), facts={"way": "redeploy"}),
        replace(drilled_rollback(NOW), facts={}),
        replace(drilled_rollback(NOW), facts={"tested": False}),
        replace(drilled_rollback(NOW), dated=None),
        replace(drilled_rollback(NOW), dated=NOW + timedelta(days=1)),
    ],
)
def test_go_is_refused_until_somebody_says_on_which_day_the_rollback_was_tested(drill: Evidence) -> None:
    d = Driver().plan()
    d.do(c.AddEvidence(actor("kai"), drill))
    d.sources()
    while d.state.open_question:
        d.answer(how="dont_know")
    for who in ("kai", "mia", "lena"):
        d.sign(who)
    assert d.refused(c.Vote(actor("lena"), "go")) == "go_not_yet"
    d.later(minutes=1)
    d.do(c.AddEvidence(actor("kai"), drilled_rollback(d.now)))
    for who in ("kai", "mia", "lena"):
        d.sign(who, f"{REASON} again")
    d.go()
    assert d.phase() is Phase.CLEARED


def test_a_vote_is_go_or_no_go_and_nothing_else() -> None:
    d = Driver().signed()
    for word in ("GO", "yes", "", "nogo"):
        assert d.refused(c.Vote(actor("lena"), word, "whatever this may mean")) == "vote_word"
    assert d.refused(c.Vote(actor("ana"), "GO")) == "own_release"
    assert d.refused(c.Vote(actor("lena"), "go")) == ""
    assert d.phase() is Phase.CLEARED


def test_consents_are_given_and_refused_only_while_they_decide_something() -> None:
    d = Driver().plan()
    approve = c.Approve(actor("kai"), f"{REASON}, says kai")
    decline = c.Decline(actor("kai"), "the drill was in another region")
    assert d.refused(approve) == "approve_phase"
    assert d.refused(decline) == "approve_phase"
    d.sources().answer_all()
    assert d.refused(decline) == ""
    assert d.refused(approve) == ""
    live = Driver().live()
    assert live.refused(approve) == "approve_phase"
    assert live.refused(decline) == "approve_phase"
    live.do(c.DeclareRollback(actor("kai"), "errors"))
    assert live.refused(decline) == "approve_phase"


def test_a_source_verifies() -> None:
    d = Driver().ready()
    d.do(c.RecordObservations(SYSTEM, "g", "demo-ci", (green(),)))
    ci = d.state.latest(Kind.CI)
    assert ci is not None
    assert ci.standing is Standing.VERIFIED
    assert d.refused(c.RecordObservations(actor("kai"), "g", "demo-ci", (green(),))) == "system_only"
    assert d.state.judgement is not None
    assert d.state.judgement.verdict is not Verdict.NO_GO
