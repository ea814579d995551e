"""The tables of decide are total, and GO is reached where it should be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.decide.decide import HANDLERS
from bot.decide.result import Decided
from bot.decide.rights import OWN_REASON, RIGHTS, Right, right_of
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.commands import alarms
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.finding import Verdict
from bot.domain.people import SYSTEM
from bot.domain.release import Band, Phase
from bot.domain.service import StandingEvidence
from tests.driver import REASON, Driver
from tests.world import HOME, NOW, START, actor, drilled_rollback, facts, good_observations, observed

ALARMS = {getattr(alarms, name) for name in ("AskNext", "CheckDrift", "Escalate", "Judge", "RecordObservations")} | {
    alarms.RemindOutcome,
    alarms.StopWithoutGo,
    c.RemindReview,
}


def test_every_command_needs_a_right() -> None:
    without = {x.__name__ for x in set(RIGHTS) ^ set(c.COMMANDS.values())}
    assert not without, f"each needs a line in RIGHTS (bot/decide/rights.py) and in COMMANDS: {sorted(without)}"
    assert all(right_of(command) in Right for command in (c.Judge(SYSTEM), c.Hold(actor("kai"), "")))
    assert set(OWN_REASON) < set(RIGHTS)


def test_every_command_has_a_handler_but_those_that_first_choose_their_consent() -> None:
    without = {x.__name__ for x in set(HANDLERS) ^ (set(c.COMMANDS.values()) - {c.Approve, c.Decline})}
    assert not without, f"each needs a line in HANDLERS (bot/decide/decide.py) and in COMMANDS: {sorted(without)}"


def test_only_the_system_gives_the_commands_of_clock_and_sources() -> None:
    assert {command for command, right in RIGHTS.items() if right is Right.SYSTEM} == ALARMS
    d = Driver().plan()
    for who in ("ana", "lena", "release-bot"):
        assert d.refused(c.RecordObservations(actor(who), "g", "demo", good_observations(NOW))) == "system_only"
    assert d.refused(c.RecordObservations(SYSTEM, "g", "demo", good_observations(NOW))) == ""


@pytest.mark.parametrize(
    ("command", "refused", "allowed"),
    [
        (c.Amend(actor("ana"), "steps", "5, 100"), "priya", "mia"),
        (
            c.Move(actor("ana"), NOW + timedelta(hours=5), "18:00", "Europe/Berlin", "the window is crowded"),
            "ben",
            "kai",
        ),
        (c.Cancel(actor("ana"), "the change is not needed"), "lena", "ana"),
        (c.Hold(actor("ana"), ""), "sam", "quinn"),
        (c.Vote(actor("ana"), "no-go", "support is not staffed tonight"), "sam", "ana"),
    ],
)
def test_a_command_is_given_by_those_who_may(command: c.Command, refused: str, allowed: str) -> None:
    d = Driver().ready()
    before = d.state
    assert d.refused(replace(command, actor=actor(refused))).startswith("not_")
    assert d.state == before
    assert isinstance(d.do(replace(command, actor=actor(allowed))), Decided)


def test_only_a_decision_maker_resumes() -> None:
    d = Driver().ready()
    d.do(c.Hold(actor("kai"), "the alert is flapping"))
    assert d.refused(c.Resume(actor("kai"))) == "not_decision_maker"
    assert isinstance(d.do(c.Resume(actor("mia"))), Decided)
    assert d.phase() is Phase.PLANNED


def drilled_service() -> Driver:
    """A service whose catalogue holds a fresh drill too."""
    base = facts().services["payments"]
    drill = StandingEvidence(
        Kind.ROLLBACK,
        (NOW - timedelta(days=21)).date(),
        "kai",
        url="https://wiki.acme.example/drill",
        facts={"tested": True},
    )
    return Driver(facts=facts(service=replace(base, standing=(*base.standing, drill))))


def test_a_low_release_of_a_well_kept_service_is_go_without_a_question() -> None:
    d = drilled_service().plan().sources()
    assert d.phase() is Phase.PLANNED
    assert not [x for x in d.events if isinstance(x, e.QuestionAsked)]
    judged = d.state.judgement
    assert judged
    assert (judged.score.band, judged.verdict) == (Band.LOW, Verdict.UNVERIFIED)
    d.sign("kai")
    judged = d.state.judgement
    assert judged
    assert judged.verdict is Verdict.GO
    d.go()
    assert d.phase() is Phase.CLEARED


def test_go_is_reached_with_a_risk_that_was_accepted() -> None:
    d = Driver().plan().sources(*good_observations(NOW, "expand")).answer_all()
    d.do(c.Amend(actor("ana"), "data_change", "contract"))
    assert d.go().__class__.__name__ == "Refused"
    d.do(c.AddEvidence(actor("kai"), drilled_rollback(d.now, way="restore")))
    d.do(c.RecordObservations(SYSTEM, "g", "demo", (observed(Kind.MIGRATION, NOW, dry_run=True, backup=True),)))
    d.now += timedelta(minutes=1)
    for who in ("mia", "lena", "kai", "mia", "lena"):
        d.sign(who, f"{REASON} {len(d.events)}")
    d.go()
    assert d.phase() is Phase.CLEARED
    accepted = (
        [f for f in d.state.judgement.findings if f.code == "risk_migration_accepted"] if d.state.judgement else []
    )
    assert accepted


@pytest.mark.parametrize("whom", ["release-bot", "nobody"])
def test_only_a_human_being_is_asked_so_that_no_bot_vouches_for_a_drill(whom: str) -> None:
    """G18: found by the model, seed 10. Who is asked may answer."""
    d = Driver().ready()
    assert d.refused(c.AskPerson(actor("ana"), Kind.ROLLBACK, whom)) == "person_unknown"
    assert d.refused(c.AddEvidence(actor("release-bot"), drilled_rollback(NOW, by="release-bot"))) == "not_team"
    assert isinstance(d.do(c.AskPerson(actor("ana"), Kind.ROLLBACK, "sam")), Decided)
    assert isinstance(d.do(c.AddEvidence(actor("sam"), drilled_rollback(NOW, by="sam"))), Decided)


def test_only_a_human_being_can_be_named_as_who_does_it() -> None:
    d = Driver().plan().sources()
    assert d.state.open_question is not None
    asked = c.AnswerQuestion(actor("ana"), d.state.open_question.number, "person", "", person="release-bot")
    assert d.refused(asked) == "person_unknown"
    assert isinstance(d.do(replace(asked, person="kai")), Decided)


@pytest.mark.parametrize(("who", "code"), [("sam", "owner_not_team"), ("visitor", "person_unknown")])
def test_nobody_outside_the_team_becomes_rollback_owner_and_moves_what_is_not_theirs(who: str, code: str) -> None:
    """A rollback owner has the rights of the owner (G27): at the start, in an answer and by an amendment alike."""
    d = Driver()
    plan = c.StartPlan(actor("ana"), "R-1", "payments", HOME, version="2.4.1", start_at=START, rollback_owner=who)
    assert d.refused(plan) == code
    d.facts = replace(d.facts, service=replace(d.facts.services["payments"], rollback_owner=None))
    d.plan().sources()
    assert d.refused(replace(plan, actor=actor("kai"))) == code
    while (question := d.state.open_question) is not None and question.slot != "rollback_owner":
        d.answer(how="dont_know")
    if question is not None:
        named = c.AnswerQuestion(actor("ana"), question.number, "given", "", details={"rollback_owner": who})
        assert d.refused(named) == code
        assert d.refused(replace(named, details={"rollback_owner": "ben"})) == ""
    assert d.refused(c.Amend(actor("ana"), "rollback_owner", who)) == code
    assert d.refused(c.Amend(actor("ana"), "rollback_owner", "mia")) == ""
    assert d.refused(c.Cancel(actor(who), "it is not needed any more")) != ""
    assert d.refused(c.Cancel(actor("mia"), "it is not needed any more")) == ""


def test_who_was_asked_for_an_item_may_answer_for_it_and_do_nothing_else() -> None:
    d = Driver().ready()
    notice = Evidence(Kind.CUSTOMER_NOTICE, Standing.ATTESTED, "person", "sam", d.now, url="https://x.example/notice")
    assert d.refused(c.AddEvidence(actor("sam"), notice)) == "not_team"
    d.do(c.AskPerson(actor("ana"), Kind.CUSTOMER_NOTICE, "sam"))
    assert d.refused(c.AddEvidence(actor("sam"), notice)) == ""
    for more in (
        c.Hold(actor("sam"), "support does not like it"),
        c.Vote(actor("sam"), "no-go", "support is not staffed tonight"),
        c.RequestException(actor("sam"), "freeze", "the shops are closed anyway", "kai", d.now + timedelta(days=1)),
        c.RequestSignOffs(actor("sam")),
    ):
        assert d.refused(more) == "not_team", more
        assert d.refused(replace(more, actor=actor("kai"))) != "not_team"
