"""Who hears what while a release is planned, judged and decided."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import ConsentKind
from bot.domain.finding import Verdict
from bot.domain.people import SYSTEM
from bot.domain.release import Phase
from bot.messages import keys
from bot.messages.effects import Effect, Gather, Later, Post, Revise, ReviseOccasion
from bot.messages.happened import Happened
from bot.messages.reactions.emergency import broadcast
from bot.messages.reactions.reaction import Reactions
from bot.timeline.marks import T_5, T_30

FIRST_QUESTION_AFTER = timedelta(seconds=2.5)
"""How long the first question waits for sources that are slow (decision 6)."""


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
    if not seen.after.gathers and seen.after.phase is Phase.PLANNING:
        key = keys.act(seen.after.id, seen.after.schedule_revision, "ask-next", "0")
        yield Later(key, seen.after.id, c.AskNext(SYSTEM), seen.now)


def _sources_asked(seen: Happened, event: e.SourcesAsked) -> Iterator[Effect]:
    service = seen.facts.service
    for key in event.gathers:
        role = key.split(":")[2]
        role, _, owner = role.partition(".")
        source = owner or (service.sources.get(role, "") if service else "")
        yield Gather(key, seen.after.id, role, source, event.purpose, seen.now)
    if event.purpose in {"plan", "link"} and seen.after.phase is Phase.PLANNING:
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


def _exception_requested(seen: Happened, event: e.ConsentRequested) -> Iterator[Effect]:
    yield from seen.approval_cards()
    yield from _expiry(seen, event)


def _consent_given(seen: Happened, event: e.ConsentGiven) -> Iterator[Effect]:
    yield from seen.approval_cards()
    yield from _expiry(seen, event)
    if event.consent.kind is ConsentKind.BREAKGLASS:
        yield from broadcast(seen, "EMERGENCY-CONFIRMED", "emergency_confirmed")


def _expiry(seen: Happened, event: e.ConsentRequested | e.ConsentGiven) -> Iterator[Effect]:
    """What is over at a known time is looked at again then: the verdict falls by itself, and is said (G5)."""
    at = event.consent.expires_at
    if at is not None and at > seen.now:
        key = keys.act(seen.after.id, 0, "expiry", f"{event.consent.id}:{at.isoformat()}")
        yield Later(key, seen.after.id, c.Judge(SYSTEM), at)


def _approvals_changed(seen: Happened, _: e.Event) -> Iterator[Effect]:
    """Buttons go at once and the outcome stands in their place, on every copy of the card."""
    yield from seen.approval_cards()


def _revised(seen: Happened, event: e.PlanRevised) -> Iterator[Effect]:
    yield from seen.approval_cards()
    if event.voided:
        for place in seen.team():
            yield seen.post(
                "VOIDED",
                place,
                "plan_voided",
                n=event.revision,
                params={
                    "voided": ",".join(event.voided),
                    "revision": str(event.revision),
                    "changed": ",".join(event.changed),
                },
                in_thread=True,
            )


def _judged(seen: Happened, event: e.Judged) -> Iterator[Effect]:
    """A new post only where the verdict of a published plan changes from or to GO, while that matters (quiet).

    Marks that ask for the decision lose or get their buttons with it (G22).
    """
    for occasion in (T_30, T_5):
        yield ReviseOccasion(seen.after.id, occasion, seen.now)
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


REACTIONS: Reactions = {
    e.PlanStarted: _plan_started,
    e.SourcesAsked: _sources_asked,
    e.QuestionAsked: _question_asked,
    e.QuestionAnswered: _question_answered,
    e.Planned: _planned,
    e.SupplyRequested: _supply,
    e.ApprovalsRequested: _approvals,
    e.ConsentRequested: _exception_requested,
    e.ConsentGiven: _consent_given,
    e.RiskDeclined: _approvals_changed,
    e.ConsentEnded: _approvals_changed,
    e.Cleared: _approvals_changed,
    e.PlanRevised: _revised,
    e.Judged: _judged,
}
