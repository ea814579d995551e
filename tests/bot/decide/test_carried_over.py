"""What people gave holds for what they gave it to: not for another way back, data change or build (G7, G8, G18)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import commands as c
from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.orders import Delegation
from bot.domain.people import SYSTEM, Role
from bot.domain.release import Phase
from bot.domain.service import StandingEvidence, Threshold
from bot.messages.clearance import clearance
from bot.messages.view import View
from bot.policy import judge
from tests.bot.decide.test_decision_maker_signs import around, high
from tests.driver import REASON, Driver
from tests.world import HOME, NOW, START, actor, drilled_rollback, good_observations, observed

LINK = "https://wiki.acme.example/rollback"


def states(d: Driver) -> set[ConsentState]:
    return {k.state for k in d.state.consents if k.kind in {ConsentKind.SIGN_OFF, ConsentKind.VOTE}}


def test_a_newer_drill_of_the_catalogue_that_decides_voids_what_was_signed() -> None:
    d = Driver()
    drill = StandingEvidence(
        Kind.ROLLBACK, (NOW - timedelta(days=21)).date(), "kai", url=LINK, facts={"tested": True, "way": "redeploy"}
    )
    service = d.facts.services["payments"]
    d.facts = replace(d.facts, service=replace(service, standing=(*service.standing, drill)))
    d.cleared()
    assert d.phase() is Phase.CLEARED
    newer = replace(drill, dated=(NOW - timedelta(days=2)).date(), facts={"tested": True, "way": "restore"})
    d.facts = replace(d.facts, service=replace(service, standing=(*service.standing, newer)))
    d.do(c.Judge(SYSTEM))
    assert d.phase() is Phase.PLANNED, "a restore is another way back than the one that was signed for"
    assert states(d) == {ConsentState.VOID}
    for who in ("lena", "kai", "mia", "quinn", "priya"):
        d.sign(who, f"{REASON} of the restore")
    d.sign("lena", f"{REASON}, with the restore", ConsentKind.RISK)
    d.go()
    assert d.phase() is Phase.CLEARED


def test_a_graver_data_change_that_a_source_finds_later_voids_what_was_signed_for_the_lighter_one() -> None:
    d = Driver().plan(data_change="expand").sources(*good_observations(NOW, "expand")).answer_all()
    for who in ("kai", "mia", "lena"):
        d.sign(who)
    given = [k for k in d.state.consents if k.kind is ConsentKind.SIGN_OFF]
    assert given
    found = observed(Kind.MIGRATION, d.now, data_change="irreversible", dry_run=True, backup=True)
    d.do(c.RecordObservations(SYSTEM, "again", "demo", (found,), "recheck"))
    assert states(d) == {ConsentState.VOID}
    milder = observed(Kind.MIGRATION, d.now, data_change="expand", dry_run=True)
    d.do(c.RecordObservations(SYSTEM, "again", "demo", (milder,), "recheck"))
    for who in ("kai", "mia", "lena"):
        d.sign(who, f"{REASON} again")
    assert ConsentState.VALID in states(d)


@pytest.mark.parametrize("kind", [Kind.QA, Kind.CI])
def test_what_somebody_vouched_for_is_not_carried_to_another_build_of_the_version(kind: Kind) -> None:
    """Quinn looked at the results of one commit; the next one has results of its own."""
    d = Driver().plan().sources().answer_all()
    said = Evidence(kind, Standing.ATTESTED, "person", "quinn", d.now, url="https://qa.acme.example/7", dated=d.now)
    d.do(c.AddEvidence(actor("quinn"), said))
    assert [x for x in d.state.evidence if x.kind is kind and x.source == "person"]
    again = tuple(x for x in good_observations(d.now) if x.kind is not Kind.ARTIFACT)
    built = observed(Kind.ARTIFACT, d.now, commit="0badc0d", digest="sha256:bb", authors="ben")
    d.do(c.RecordObservations(SYSTEM, "again", "demo", (*again, built), "recheck"))
    assert not [x for x in d.state.evidence if x.kind is kind and x.source == "person"]
    d.do(c.AddEvidence(actor("quinn"), replace(said, observed_at=d.now)))
    d.do(c.RecordObservations(SYSTEM, "again", "demo", (*again, built), "recheck"))
    assert [x for x in d.state.evidence if x.kind is kind and x.source == "person"], "of this build it counts"


def test_what_a_bot_vouches_for_needs_a_human_being_who_confirms_it() -> None:
    d = Driver()
    service = d.facts.services["payments"]
    d.facts = replace(d.facts, service=replace(service, team=(*service.team, "release-bot")))
    d.plan().sources()
    d.do(c.AddEvidence(actor("release-bot"), drilled_rollback(d.now, by="release-bot")))
    d.answer_all()
    assert d.state.judgement is not None
    assert "rollback_unconfirmed" in {f.code for f in d.state.judgement.findings}
    d.now += timedelta(minutes=1)
    for who in ("kai", "mia", "lena"):
        d.sign(who)
    assert "rollback_confirmed" in {f.code for f in d.state.judgement.findings}
    d.go()
    assert d.phase() is Phase.CLEARED


def test_what_a_delegate_signed_for_somebody_who_turns_out_to_be_an_author_is_void() -> None:
    roles: dict[Role, tuple[str, ...]] = {
        Role.SERVICE_OWNER: ("priya",),
        Role.ON_CALL: ("kai", "lena"),
        Role.ENGINEERING_LEAD: ("mia",),
    }
    d = high(around(roles))
    d.sign("lena", "a backup of the old table is kept", ConsentKind.RISK)
    d.facts = replace(d.facts, delegations=(Delegation("D-1", "kai", "quinn", d.now + timedelta(hours=9)),))
    d.do(c.Approve(actor("quinn"), REASON, ConsentKind.SIGN_OFF, "on_call"))
    given = next(k for k in d.state.consents if k.on_behalf == "kai")
    assert given.state is ConsentState.VALID
    built = observed(Kind.ARTIFACT, d.now, commit="91fe2c0", digest="sha256:aa", authors="ben, kai")
    d.do(c.RecordObservations(SYSTEM, "again", "demo", (built,), "recheck"))
    assert next(k for k in d.state.consents if k.id == given.id).state is ConsentState.VOID
    d.facts = replace(d.facts, delegations=())
    assert d.sign("lena", kind=ConsentKind.SIGN_OFF, subject="on_call").__class__.__name__ == "Decided"


def other_limits(d: Driver) -> None:
    """The catalogue is edited a moment before the start, and nobody has looked at the release since."""
    service = d.facts.services["payments"]
    d.facts = replace(d.facts, service=replace(service, thresholds=(Threshold("error rate", 9.0, "%"),)))


def test_a_plan_that_the_catalogue_changed_since_is_held_at_its_start() -> None:
    d = Driver().cleared()
    d.now = START
    d.do(c.StopWithoutGo(SYSTEM, d.state.schedule_revision))
    assert d.phase() is Phase.CLEARED
    other_limits(d)
    d.do(c.StopWithoutGo(SYSTEM, d.state.schedule_revision))
    assert (d.phase(), d.state.held_code) == (Phase.HELD, "no_go_at_start")


def test_a_start_after_the_catalogue_changed_the_plan_is_one_without_go_and_no_pipeline_gets_one() -> None:
    for changed in (False, True):
        d = Driver().cleared()
        d.now = START
        if changed:
            other_limits(d)
        seen = View(d.state, d.facts, judge(d.state, d.facts, d.now), d.now, HOME)
        assert clearance(seen).go is not changed
        d.do(c.Start(actor("ana")))
        assert d.state.started_without_go is changed
