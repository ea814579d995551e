"""react(before, after, events): what committed events cause elsewhere or later. Pure; each effect becomes an outbox row.

One function per event, in one table: "who hears what when this happens" is answered by reading it from top to bottom.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.facts import Facts
from bot.domain.finding import Verdict
from bot.domain.people import SYSTEM
from bot.domain.release import Phase, Release
from bot.domain.service import Audience
from bot.messages import keys
from bot.messages.effects import CorrectSent, Effect, Gather, Later, Post, Revise, ReviseOccasion, Routes, Supersede
from bot.messages.happened import Happened
from bot.messages.schedule import replanned
from bot.timeline.marks import MARKS, T_0, T_30_AFTER

FIRST_QUESTION_AFTER = timedelta(seconds=2.5)
"""How long the first question waits for sources that are slow (decision 6)."""


def react(
    before: Release | None, events: Sequence[e.Event], after: Release, facts: Facts, routes: Routes, now: datetime
) -> tuple[Effect, ...]:
    """All effects of these events, in order. Nothing happened: nothing to do."""
    if not events:
        return ()
    seen = Happened(before, after, facts, routes, now)
    effects: list[Effect] = []
    for event in events:
        reaction = _REACTIONS.get(type(event))
        if reaction is not None:
            effects += reaction(seen, event)
    effects += replanned(seen, events)
    effects += [Revise(keys.card(after.id, place), after.id, now) for place in seen.team() if before is not None]
    return tuple(effects)


def _plan_started(seen: Happened, _: e.PlanStarted) -> Iterator[Effect]:
    for place in seen.team():
        yield Post(
            key=keys.card(seen.after.id, place),
            release=seen.after.id,
            occasion="CARD",
            audience="team",
            place=place,
            due_at=seen.now,
            card="living",
        )


def _sources_asked(seen: Happened, event: e.SourcesAsked) -> Iterator[Effect]:
    service = seen.facts.service
    for key in event.gathers:
        role = key.split(":")[2]
        source = service.sources.get(role, "") if service else ""
        yield Gather(key, seen.after.id, role, source, event.purpose, seen.now)
    if event.purpose == "plan":
        due = seen.now + FIRST_QUESTION_AFTER
        key = keys.act(seen.after.id, seen.after.schedule_revision, "ask-next", str(seen.after.gather_round))
        yield Later(key, seen.after.id, c.AskNext(SYSTEM), due)


def _question_asked(seen: Happened, event: e.QuestionAsked) -> Iterator[Effect]:
    n = event.question.number
    yield Post(
        key=keys.post(seen.after.id, 0, "QUESTION", n, "team", seen.after.home),
        release=seen.after.id,
        occasion="QUESTION",
        audience="team",
        place=seen.after.home,
        due_at=seen.now,
        card="question",
        params={"number": str(n)},
        n=n,
        parent=keys.card(seen.after.id, seen.after.home),
    )


def _question_answered(seen: Happened, event: e.QuestionAnswered) -> Iterator[Effect]:
    key = keys.post(seen.after.id, 0, "QUESTION", event.number, "team", seen.after.home)
    yield Revise(key, seen.after.id, seen.now)


def _planned(seen: Happened, _: e.Planned) -> Iterator[Effect]:
    yield seen.post("VERDICT", seen.after.home, "verdict", in_thread=True)


def _supply(seen: Happened, event: e.SupplyRequested) -> Iterator[Effect]:
    direct = seen.routes.direct.get(event.of)
    if direct is None:
        return
    n = len(seen.after.asked_of)
    yield seen.post(
        "SUPPLY", direct, "supply_request", audience="direct", n=n, params={"kind": event.kind, "person": event.of}
    )


def _approvals(seen: Happened, event: e.ApprovalsRequested) -> Iterator[Effect]:
    n = len(seen.after.approvals_asked)
    params = {"revision": str(seen.after.plan_revision), "wanted": ",".join(event.wanted)}
    for place in seen.team():
        yield seen.post("APPROVAL", place, "approval", n=n, params=params, in_thread=True)
    for person in event.of:
        direct = seen.routes.direct.get(person)
        if direct is not None:
            yield seen.post("APPROVAL", direct, "approval", audience="direct", n=n, params={**params, "person": person})


def _approvals_changed(seen: Happened, _: e.Event) -> Iterator[Effect]:
    """Buttons go at once and the outcome stands in their place, on every copy of the card."""
    yield from _approval_cards(seen)


def _approval_cards(seen: Happened) -> Iterator[Effect]:
    """The requests, and the reminders of them: both carry the buttons."""
    for occasion in ("APPROVAL", "REMINDER"):
        yield ReviseOccasion(seen.after.id, occasion, seen.now)


def _revised(seen: Happened, event: e.PlanRevised) -> Iterator[Effect]:
    yield from _approval_cards(seen)
    if event.voided:
        for place in seen.team():
            yield seen.post(
                "VOIDED",
                place,
                "plan_voided",
                n=event.revision,
                params={"voided": ",".join(event.voided), "revision": str(event.revision)},
                in_thread=True,
            )


def _judged(seen: Happened, event: e.Judged) -> Iterator[Effect]:
    """A new post only where the verdict of a published plan changes from or to GO, while that matters (quiet)."""
    before = seen.before.judgement if seen.before else None
    if before is None or seen.before is None or seen.after.phase not in {Phase.PLANNED, Phase.CLEARED}:
        return
    if seen.before.phase not in {Phase.PLANNED, Phase.CLEARED}:
        return
    was, now = before.verdict, event.judgement.verdict
    lost = was is Verdict.GO and now is not Verdict.GO
    back = was is not Verdict.GO and now is Verdict.GO and seen.after.phase is Phase.CLEARED
    if not (lost or back):
        return
    n = int(seen.now.timestamp())
    for place in seen.team():
        yield seen.post("FLIP", place, "verdict_changed", n=n, params={"was": was.value, "now": now.value})


def _held(seen: Happened, event: e.Held) -> Iterator[Effect]:
    revision = seen.after.schedule_revision
    yield Supersede(seen.after.id, revision + 1, "held")
    card = "no_go_at_start" if event.code == "no_go_at_start" else "held"
    n = int(seen.now.timestamp())
    for place in seen.team():
        yield seen.post("HOLD", place, card, n=n)
    if seen.stakeholders_heard():
        for place in seen.routes.stakeholders:
            yield seen.post("HOLD", place, card, audience="stakeholders", n=n)
    yield from _approval_cards(seen)


def _resumed(seen: Happened, _: e.Event) -> Iterator[Effect]:
    for place in seen.team():
        yield seen.post("RESUMED", place, "resumed")
    if seen.stakeholders_heard():
        for place in seen.routes.stakeholders:
            yield seen.post("RESUMED", place, "resumed", audience="stakeholders")
    yield from _approval_cards(seen)


def _moved(seen: Happened, event: e.Moved) -> Iterator[Effect]:
    revision = seen.after.schedule_revision
    yield Supersede(seen.after.id, revision, "moved")
    yield CorrectSent(seen.after.id, revision, seen.now)
    params = {"was": event.was.isoformat() if event.was else "", "reason": event.reason, "by": event.by}
    for place in seen.team():
        yield seen.post("MOVED", place, "moved", params=params)
    if event.was is not None and seen.now >= event.was:
        for place in seen.routes.stakeholders:
            yield seen.post("MOVED", place, "moved", audience="stakeholders", params=params)


def _cancelled(seen: Happened, _: e.Cancelled) -> Iterator[Effect]:
    revision = seen.after.schedule_revision + 1
    yield Supersede(seen.after.id, revision, "cancelled")
    yield CorrectSent(seen.after.id, revision, seen.now)
    for place in seen.team():
        yield seen.post("CANCELLED", place, "cancelled")
    if seen.stakeholders_heard():
        for place in seen.routes.stakeholders:
            yield seen.post("CANCELLED", place, "cancelled", audience="stakeholders")
    yield from _approval_cards(seen)


def _started(seen: Happened, event: e.Started) -> Iterator[Effect]:
    """A start that is reported late edits the T=0 post (T4); without GO it is said aloud (G23)."""
    after = seen.after
    if after.start_at is not None and seen.now >= after.start_at:
        for place in seen.routes.stakeholders:
            key = keys.post(after.id, after.schedule_revision, T_0, 1, Audience.STAKEHOLDERS.value, place)
            yield Revise(key, after.id, seen.now)
        for place in seen.team():
            key = keys.post(after.id, after.schedule_revision, T_0, 1, Audience.TEAM.value, place)
            yield Revise(key, after.id, seen.now)
    if event.without_go:
        for place in seen.team():
            yield seen.post("WITHOUT-GO", place, "started_without_go")
    yield from _approval_cards(seen)


def _health(seen: Happened, event: e.HealthReported) -> Iterator[Effect]:
    if not event.ok:
        for place in seen.team():
            n = len(seen.after.health)
            yield seen.post("PROGRESS", place, "progress", n=n, params={"metric": event.metric, "by": event.by})


def _closed(seen: Happened, _: e.Closed) -> Iterator[Effect]:
    """The team hears it in the thread; stakeholders hear it at T+30, or now where T+30 is over (T4, T9)."""
    for place in seen.team():
        yield seen.post("DONE", place, "done", in_thread=True)
    start = seen.after.start_at
    if start is not None and seen.now > start + MARKS[T_30_AFTER]:
        for place in seen.routes.stakeholders:
            yield seen.post("DONE", place, "done", audience="stakeholders")
    yield ReviseOccasion(seen.after.id, "OUTCOME", seen.now)


def _rollback(seen: Happened, _: e.RollbackDeclared) -> Iterator[Effect]:
    yield Supersede(seen.after.id, seen.after.schedule_revision + 1, "rollback")
    for place in seen.routes.stakeholders:
        yield seen.post("ROLLBACK", place, "rollback", audience="stakeholders")
    for place in seen.team():
        yield seen.post("ROLLBACK", place, "rollback")
    yield ReviseOccasion(seen.after.id, "OUTCOME", seen.now)


def _rolled_back(seen: Happened, _: e.RollbackFinished) -> Iterator[Effect]:
    for place in seen.routes.stakeholders:
        yield seen.post("ROLLED-BACK", place, "rolled_back", audience="stakeholders")
    for place in seen.team():
        yield seen.post("ROLLED-BACK", place, "rolled_back")


def _reminded(seen: Happened, event: e.Reminded) -> Iterator[Effect]:
    outcome = event.code == "outcome"
    card, occasion = ("outcome_reminder", "OUTCOME") if outcome else ("reminder", "REMINDER")
    for person in event.of:
        direct = seen.routes.direct.get(person)
        if direct is not None:
            params = {"code": event.code, "person": person, **event.params}
            n = seen.after.reminders
            yield seen.post(occasion, direct, card, audience="direct", n=n, params=params)


def _outcome_unknown(seen: Happened, _: e.OutcomeUnknown) -> Iterator[Effect]:
    for place in seen.team():
        yield seen.post("OUTCOME", place, "outcome_unknown", n=99)
    for place in seen.routes.stakeholders:
        yield seen.post("OUTCOME", place, "outcome_unknown", audience="stakeholders", n=99)


_REACTIONS: Mapping[type[e.Event], Callable[[Happened, Any], Iterator[Effect]]] = {
    e.PlanStarted: _plan_started,
    e.SourcesAsked: _sources_asked,
    e.QuestionAsked: _question_asked,
    e.QuestionAnswered: _question_answered,
    e.Planned: _planned,
    e.SupplyRequested: _supply,
    e.ApprovalsRequested: _approvals,
    e.ConsentGiven: _approvals_changed,
    e.RiskDeclined: _approvals_changed,
    e.ConsentEnded: _approvals_changed,
    e.Cleared: _approvals_changed,
    e.PlanRevised: _revised,
    e.Judged: _judged,
    e.Held: _held,
    e.ResumedPlanned: _resumed,
    e.ResumedLive: _resumed,
    e.Moved: _moved,
    e.Cancelled: _cancelled,
    e.Started: _started,
    e.HealthReported: _health,
    e.Closed: _closed,
    e.RollbackDeclared: _rollback,
    e.RollbackFinished: _rolled_back,
    e.Reminded: _reminded,
    e.OutcomeUnknown: _outcome_unknown,
}
