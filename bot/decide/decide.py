"""decide(release, command, facts, now): the one place where a command becomes events. Illegal moves change nothing.

It judges itself: it takes raw facts and calls the policy; no verdict is ever an argument (decision 4).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.decide import amend, answering, consents, emergency, evidence, exceptions, planning, rollout, talk, timing
from bot.decide.laws import LAWS, Laws
from bot.decide.linked import look_up_new
from bot.decide.result import Decided, Decision, Refused
from bot.decide.settle import settle
from bot.domain import commands as c
from bot.domain.event import Event
from bot.domain.evolve import fold
from bot.domain.facts import Facts
from bot.domain.lifecycle import ended
from bot.domain.release import Phase, Release

Handler = Callable[[Any, Any, Facts, datetime, Laws], Decision]

HANDLERS: Mapping[type[c.Command], Handler] = {
    c.StartPlan: lambda r, x, f, n, _: planning.start_plan(r, x, f, n),
    c.AnswerQuestion: lambda r, x, f, n, laws: answering.answer(r, x, f, n, laws.judge),
    c.AskNext: lambda r, _, f, n, laws: Decided(planning.ask_next(r, f, n, laws.judge, waited=True)),
    c.RecordObservations: lambda r, x, f, n, laws: evidence.record(r, x, f, n, laws.judge),
    c.AddEvidence: lambda r, x, f, n, laws: evidence.add(r, x, f, n, laws.judge),
    c.DeclareNotApplicable: lambda r, x, f, n, laws: evidence.not_applicable(r, x, f, n, laws.judge),
    c.NoteTalk: lambda *_: Decided(()),
    c.AskPerson: lambda r, x, f, n, _: evidence.ask_person(r, x, f, n),
    c.CheckDrift: lambda r, x, f, n, _: evidence.check_drift(r, x, f, n),
    c.Vote: lambda r, x, f, n, laws: consents.vote(r, x, f, n, laws.judge),
    c.RequestException: lambda r, x, f, n, _: exceptions.request_exception(r, x, f, n),
    c.RequestSignOffs: lambda r, x, f, n, _: consents.request_sign_offs(r, x, f, n),
    c.Withdraw: lambda r, x, f, n, _: consents.withdraw(r, x, f, n),
    c.Amend: lambda r, x, f, n, _: amend.amend(r, x, f, n),
    c.Hold: lambda r, x, _, n, __: timing.hold(r, x, n),
    c.Resume: lambda r, x, _, n, __: timing.resume(r, x, n),
    c.Move: lambda r, x, f, n, _: timing.move(r, x, f, n),
    c.Cancel: lambda r, x, _, n, __: timing.cancel(r, x, n),
    c.StopWithoutGo: lambda r, x, f, n, laws: timing.stop_without_go(r, x, n, laws.judge, f),
    c.Escalate: lambda r, x, f, n, _: timing.escalate(r, x, f, n),
    c.RemindOutcome: lambda r, x, _, n, __: timing.remind_outcome(r, x, n),
    c.Start: lambda r, x, f, n, laws: rollout.start(r, x, f, n, laws.judge),
    c.ReportStep: lambda r, x, _, n, __: rollout.step(r, x, n),
    c.ReportHealth: lambda r, x, _, n, __: rollout.health(r, x, n),
    c.Finish: lambda r, x, _, n, __: rollout.finish(r, x, n),
    c.DeclareRollback: lambda r, x, _, n, __: rollout.declare_rollback(r, x, n),
    c.FinishRollback: lambda r, x, _, n, __: rollout.finish_rollback(r, x, n),
    c.RecordLesson: lambda _, x, __, n, ___: rollout.lesson(x, n),
    c.Judge: lambda *_: Decided(()),
    c.DeclareEmergency: lambda r, x, f, n, _: emergency.declare(r, x, f, n),
    c.RecordReview: lambda r, x, f, n, _: emergency.review(r, x, f, n),
    c.RemindReview: lambda r, x, f, n, _: emergency.remind_review(r, x, f, n),
}
"""Total over COMMANDS but Approve and Decline, which first choose their consent (a test says so)."""


def decide(release: Release | None, command: c.Command, facts: Facts, now: datetime, laws: Laws = LAWS) -> Decision:
    """Events with all their consequences, or a refusal. Pure: the same arguments give the same answer."""
    for guard in laws.guards:
        refused = guard(release, command, facts, now)
        if refused is not None:
            return refused
    lapsed = _lapsed(release, now) if release is not None and not ended(release.phase) else ()
    current = fold(lapsed, release)
    decision = _handle(current, command, facts, now, laws)
    if isinstance(decision, Refused):
        return decision
    if isinstance(command, c.StartPlan | c.AnswerQuestion | c.AddEvidence):
        asked = look_up_new(current, decision.events, facts, now)
        decision = replace(decision, events=(*decision.events, *asked))
    if isinstance(command, c.Escalate) and not decision.events and not lapsed:
        return (
            decision  # nobody to remind: whether evidence drifted is judged at the marks, which ask its sources first
        )
    heard = talk.heard(current, command, now)
    if current is not None and ended(current.phase) and not decision.events:
        return decision
    events = (*lapsed, *heard, *decision.events)
    asking = not lapsed and _asks_again(command, fold(events, release))
    settled = settle(release, events, facts, now, laws.judge, asking=asking)
    return Decided(settled.events, decision.code, decision.params)


def _asks_again(command: c.Command, release: Release | None) -> bool:
    """True for the check before a mark, and each answer to it but the last. Cards, and who decides, judge anew meanwhile."""
    if release is None or not isinstance(command, c.CheckDrift | c.RecordObservations):
        return False
    if isinstance(command, c.RecordObservations) and command.purpose != "recheck":
        return False
    # Links may have been asked about right behind it; a request of long ago that nobody answered holds nothing up.
    rounds = [int(key.rsplit(":", 1)[1]) for key in release.gathers if ":recheck:" in key]
    return release.phase in {Phase.PLANNED, Phase.CLEARED} and any(n >= release.gather_round - 1 for n in rounds)


def _lapsed(release: Release, now: datetime) -> tuple[Event, ...]:
    """What ran out since the last decision; an alarm that is late extends nothing (decision 4)."""
    return (*consents.expired(release, now), *emergency.lapsed(release, now))


def _handle(release: Release | None, command: c.Command, facts: Facts, now: datetime, laws: Laws) -> Decision:
    if release is None and not isinstance(command, c.StartPlan | c.DeclareEmergency):
        return Refused("no_release")
    if release is not None and isinstance(command, c.Approve | c.Decline):
        meant = consents.choose(release, command.actor.person, command.kind, command.subject, facts, now)
        if isinstance(meant, Refused):
            return meant
        bad = laws.good_reason(release, command, facts, now)
        if bad is not None:
            return bad
        if isinstance(command, c.Approve):
            return consents.approve(release, command, facts, now, meant)
        return consents.decline(release, command, facts, now, meant)
    bad = laws.good_reason(release, command, facts, now)
    if bad is not None:
        return bad
    return HANDLERS[type(command)](release, command, facts, now, laws)
