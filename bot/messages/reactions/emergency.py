"""Who hears what of an emergency: the broadcast when it is declared and confirmed, its end, and its review (G16)."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.emergency import REVIEW_WITHIN
from bot.domain.people import SYSTEM
from bot.messages import keys
from bot.messages.effects import Effect, Later, ReviseOccasion
from bot.messages.happened import Happened
from bot.messages.reactions.reaction import Reactions

REMINDERS = {1: timedelta(hours=12), 2: timedelta(hours=22), 3: REVIEW_WITHIN}
"""After the end: two reminders, then the team hears that the review is overdue."""


def _declared(seen: Happened, event: e.EmergencyDeclared) -> Iterator[Effect]:
    yield from broadcast(seen, "EMERGENCY", "emergency_declared")
    key = keys.act(seen.after.id, 0, "judge", f"breakglass-{int(event.expires_at.timestamp())}")
    yield Later(key, seen.after.id, c.Judge(SYSTEM, cause="break-glass is over"), event.expires_at)


def _lapsed(seen: Happened, _: e.EmergencyLapsed) -> Iterator[Effect]:
    yield from broadcast(seen, "EMERGENCY-OVER", "emergency_lapsed")
    yield from seen.approval_cards()


def _reviewed(seen: Happened, _: e.ReviewRecorded) -> Iterator[Effect]:
    for place in seen.team():
        yield seen.post("REVIEWED", place, "review_recorded", in_thread=True)
    yield from (ReviseOccasion(seen.after.id, occasion, seen.now) for occasion in ("REVIEW", "REVIEW-OVERDUE"))


def _overdue(seen: Happened, _: e.ReviewOverdue) -> Iterator[Effect]:
    for place in seen.team():
        yield seen.post("REVIEW-OVERDUE", place, "review_overdue")


def broadcast(seen: Happened, occasion: str, card: str) -> Iterator[Effect]:
    """To the team and to stakeholders, in every place of both."""
    n = int(seen.now.timestamp())
    for place in seen.team():
        yield seen.post(occasion, place, card, n=n)
    for place in seen.routes.stakeholders:
        yield seen.post(occasion, place, card, audience="stakeholders", n=n)


def review_rows(seen: Happened) -> Iterator[Effect]:
    """The reminders of a review, from the end of the emergency on."""
    if seen.after.review_open:
        for number, wait in REMINDERS.items():
            key = keys.act(seen.after.id, 0, "review", str(number))
            yield Later(key, seen.after.id, c.RemindReview(SYSTEM, number), seen.now + wait)


REACTIONS: Reactions = {
    e.EmergencyDeclared: _declared,
    e.EmergencyLapsed: _lapsed,
    e.ReviewRecorded: _reviewed,
    e.ReviewOverdue: _overdue,
}
