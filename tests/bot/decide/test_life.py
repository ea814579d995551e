"""A release from plan to done, and each way out of it, on the pure core."""

from dataclasses import replace

import pytest

from bot.decide.result import Decided, Refused
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evidence import Kind, Standing
from bot.domain.evolve import fold
from bot.domain.finding import Verdict
from bot.domain.people import SYSTEM, ActorKind
from bot.domain.release import Phase
from bot.policy.consents import wanted
from bot.policy.people import decision_makers
from tests.driver import REASON, Driver
from tests.world import START, actor, observed


def test_a_good_release_goes_from_plan_to_done_and_folds_to_itself() -> None:
    d = Driver().live()
    assert d.phase() is Phase.LIVE
    assert not d.state.started_without_go
    assert isinstance(d.do(c.ReportStep(actor("ana"), 100)), Decided)
    assert isinstance(d.do(c.Finish(actor("ana"), "Drills pay off.")), Decided)
    assert d.phase() is Phase.CLOSED
    assert fold(d.events) == d.state


def test_go_is_refused_until_the_rollback_was_tested() -> None:
    d = Driver().plan().sources()
    while d.state.open_question:
        d.answer(how="dont_know")
    for who in ("kai", "mia", "lena", "quinn"):
        d.sign(who)
    assert isinstance(d.go(), Refused)
    assert d.phase() is Phase.PLANNED
    ok = Driver().cleared()
    assert ok.state.phase is Phase.CLEARED


def test_the_requester_never_approves_and_a_peer_does() -> None:
    d = Driver().ready()
    assert d.refused(c.Approve(actor("ana"), REASON)) == "own_release"
    assert d.refused(c.Approve(actor("ana-admin"), REASON)) in {"own_release", "not_entitled"}
    assert d.refused(c.Approve(actor("ben"), REASON)) == "own_release"
    assert d.refused(c.Approve(actor("release-bot"), REASON)) == "bot_cannot_approve"
    assert d.refused(c.Approve(actor("visitor"), REASON)) == "guest"
    assert d.refused(c.Approve(actor("nobody"), REASON)) == "not_in_roster"
    assert d.refused(c.Vote(actor("ana"), "go")) == "own_release"
    assert isinstance(d.sign("kai"), Decided)


def test_an_account_in_doubt_consents_to_nothing_until_the_platform_says_what_it_is_and_may_hold_meanwhile() -> None:
    d = Driver().ready()
    doubtful = replace(actor("kai"), kind=ActorKind.UNSURE)
    assert d.refused(c.Approve(doubtful, REASON)) == "account_unsure"
    assert d.refused(c.Vote(replace(actor("lena"), kind=ActorKind.UNSURE), "go")) == "account_unsure"
    assert isinstance(d.do(c.Hold(doubtful, "the queue grows")), Decided)
    d = Driver().ready()
    assert isinstance(d.sign("kai"), Decided)


def test_the_refused_requester_reads_all_who_may_sign_off_not_the_deciders_only() -> None:
    d = Driver().ready()
    refused = d.do(c.Approve(actor("ana"), REASON))
    able = {p for w in wanted(d.state, d.facts, d.now) if w.kind is ConsentKind.SIGN_OFF for p in w.people}
    assert isinstance(refused, Refused)
    assert set(refused.params["who"].split(", ")) == {d.facts.roster.name(p) for p in able}
    assert d.facts.roster.name("kai") in refused.params["who"]
    go = d.do(c.Vote(actor("ana"), "go"))
    assert isinstance(go, Refused)
    makers = decision_makers(d.state, d.facts)
    assert set(go.params["who"].split(", ")) == {d.facts.roster.name(p) for p in makers}
    assert isinstance(d.sign("kai"), Decided)


def test_a_second_go_says_that_the_release_is_cleared_and_records_nothing() -> None:
    d = Driver().cleared()
    before = d.state
    again = d.do(c.Vote(actor("lena"), "go"))
    assert isinstance(again, Refused)
    assert (again.code, again.params["who"]) == ("already_cleared", "Lena")
    assert d.state == before
    d.do(c.Vote(actor("kai"), "no-go", "the alert of the ledger is flapping"))
    assert isinstance(d.go(reason="the alert was looked at and belongs to another team"), Decided)
    assert d.phase() is Phase.CLEARED


def test_a_risk_that_nobody_asked_about_is_answered_with_what_is_open_for_that_person() -> None:
    d = Driver().ready()
    other = d.do(c.Approve(actor("kai"), REASON, ConsentKind.RISK))
    assert isinstance(other, Refused)
    assert (other.code, other.params["consent"], other.params["phase"]) == ("other_open", "risk:", "planned")
    assert "sign_off:" in other.params["consents"]
    deciding = d.do(c.Approve(actor("lena"), REASON, ConsentKind.RISK))
    assert isinstance(deciding, Refused)
    assert "vote:go" not in deciding.params["consents"]
    assert d.refused(c.Approve(actor("sam"), REASON, ConsentKind.RISK)) == "nothing_of_yours"
    assert isinstance(d.sign("kai"), Decided)
    go_is_open = d.do(c.Approve(actor("lena"), REASON, ConsentKind.RISK))
    assert isinstance(go_is_open, Refused)
    assert go_is_open.params["consents"] == "vote:go"
    planning = Driver().plan()
    assert planning.refused(c.Approve(actor("kai"), REASON, ConsentKind.RISK)) == "approve_phase"


def test_what_is_held_before_the_start_is_decided_after_it_was_resumed() -> None:
    held = Driver().ready()
    held.do(c.Hold(actor("kai"), "the database is slow"))
    assert held.refused(c.Vote(actor("lena"), "go")) == "held_first"
    assert held.refused(c.Approve(actor("kai"), REASON, ConsentKind.SIGN_OFF)) == "held_first"
    held.do(c.Resume(actor("lena")))
    assert isinstance(held.sign("kai"), Decided)


@pytest.mark.parametrize(
    "reason", ["ok", "lgtm", "approved", "ok ok ok ok ok ok ok", "looks good to me", "aaaaaaaaaaaaaaaaaaaa"]
)
def test_boilerplate_is_no_reason_and_a_real_one_is_kept_verbatim(reason: str) -> None:
    d = Driver().ready()
    assert d.refused(c.Approve(actor("kai"), reason)).startswith("reason_")
    text = "Drill of 3 Nov  took 8 min — acceptable"
    assert isinstance(d.do(c.Approve(actor("kai"), text)), Decided)
    assert d.state.consents[-1].reason == text


def test_a_change_of_the_plan_voids_consents_and_takes_the_clearance_back() -> None:
    d = Driver().cleared()
    d.do(c.Amend(actor("ana"), "steps", "5, 100"))
    assert d.phase() is Phase.PLANNED
    assert all(k.state is ConsentState.VOID for k in d.state.consents)
    d.sign("kai")
    d.go()
    assert d.phase() is Phase.CLEARED


def test_an_old_button_decides_nothing() -> None:
    d = Driver().signed()
    old = d.state.plan_revision
    d.do(c.Amend(actor("ana"), "steps", "5, 100"))
    assert d.refused(c.Vote(actor("lena"), "go", revision=old)) == "stale_button"
    d.sign("kai")
    assert isinstance(d.do(c.Vote(actor("lena"), "go", revision=d.state.plan_revision)), Decided)
    assert d.phase() is Phase.CLEARED


def test_drift_flips_go_without_voiding_and_t0_holds() -> None:
    d = Driver().cleared()
    d.now = START
    d.do(
        c.RecordObservations(
            SYSTEM, "g", "demo-ci", (observed(Kind.CI, d.now, Standing.FAILED, tests="failed"),), "recheck"
        )
    )
    assert d.state.judgement
    assert d.state.judgement.verdict is Verdict.NO_GO
    assert d.phase() is Phase.CLEARED
    d.do(c.StopWithoutGo(SYSTEM, d.state.schedule_revision))
    assert d.phase() is Phase.HELD
    assert d.state.held_code == "no_go_at_start"


def test_no_go_at_t0_while_questions_are_open_is_held_too() -> None:
    d = Driver().plan().sources()
    assert d.state.open_question
    d.now = START
    d.do(c.StopWithoutGo(SYSTEM, d.state.schedule_revision))
    assert d.phase() is Phase.HELD


def test_a_start_without_go_is_recorded_and_said() -> None:
    d = Driver().ready()
    decision = d.do(c.Start(actor("ana")))
    assert isinstance(decision, Decided)
    assert decision.code == "started_without_go"
    assert d.state.started_without_go


def test_a_no_go_vote_blocks_until_it_is_overruled_with_a_reason() -> None:
    d = Driver().signed()
    d.do(c.Vote(actor("priya"), "no-go", "support is not staffed tonight"))
    assert d.refused(c.Vote(actor("lena"), "go")) == "overrule_needs_reason"
    d.go(reason="support confirmed two people on the phone")
    assert d.phase() is Phase.CLEARED
    assert any(k.overruled_by == "lena" for k in d.state.consents)


def test_hold_and_rollback_take_any_reason_and_cancel_is_refused_after_the_start() -> None:
    d = Driver().live()
    assert isinstance(d.do(c.Hold(actor("kai"), "")), Decided)
    assert d.refused(c.Cancel(actor("ana"), "changed our mind about it")) == "cancel_after_start"
    assert isinstance(d.do(c.DeclareRollback(actor("kai"), "x")), Decided)
    assert isinstance(d.do(c.FinishRollback(actor("kai"))), Decided)
    assert d.phase() is Phase.ROLLED_BACK
    assert d.refused(c.Hold(actor("kai"), "too late")) == "ended"


def test_a_move_inside_the_window_keeps_consents_and_outside_voids_them() -> None:
    d = Driver().cleared()
    inside = START.replace(minute=30)
    d.do(c.Move(actor("ana"), inside, "15:30", "Europe/Berlin", "waiting for the support shift"))
    assert d.phase() is Phase.CLEARED
    outside = START.replace(hour=START.hour + 6)
    d.do(c.Move(actor("ana"), outside, "21:00", "Europe/Berlin", "the window of today is too crowded"))
    assert d.phase() is Phase.PLANNED


def test_planning_again_continues_and_never_resets_the_budget() -> None:
    d = Driver().plan(version=None, start_at=None).sources()
    seen = 0
    for _ in range(6):
        d.answer(how="dont_know")
        d.plan(version=None, start_at=None)
        seen = len(d.state.questions)
    assert seen <= 3
    assert sum(q.core for q in d.state.questions) <= 2
    assert len([x for x in d.events if isinstance(x, e.QuestionAsked)]) <= 3


def test_planning_again_takes_all_that_is_said_also_how_it_reaches_users() -> None:
    d = Driver().plan().sources()
    d.plan(canary_percent=5, later_steps=(25, 100))
    assert (d.state.strategy, d.state.steps) == ("canary", (5, 25, 100))
    d.plan(canary_percent=20)
    assert d.state.steps == (20, 25, 100)
    d.plan(strategy="rolling")
    assert d.state.strategy == "rolling"
    before = len([x for x in d.events if isinstance(x, e.DetailsGiven)])
    d.plan(version=None, start_at=None)
    assert len([x for x in d.events if isinstance(x, e.DetailsGiven)]) == before
