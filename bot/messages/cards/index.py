"""All cards by name: what a Post's `card` means. "How does it look?" is answered from here."""

from collections.abc import Callable, Mapping

from bot.messages.cards.approval import approval
from bot.messages.cards.changes import (
    cancelled,
    done,
    held,
    moved,
    no_go_at_start,
    plan_voided,
    progress,
    resumed,
    started_without_go,
    verdict_changed,
)
from bot.messages.cards.closing import closing
from bot.messages.cards.emergency import (
    emergency_confirmed,
    emergency_declared,
    emergency_lapsed,
    review_overdue,
    review_recorded,
    review_reminder,
)
from bot.messages.cards.gathering import gathering, supply_request
from bot.messages.cards.living import living
from bot.messages.cards.marks import mark
from bot.messages.cards.question import question
from bot.messages.cards.reminders import delivery_failed, downtime, outcome_reminder, outcome_unknown, reminder
from bot.messages.cards.rollback import rollback, rolled_back
from bot.messages.cards.verdict import verdict
from bot.messages.model import Message
from bot.messages.view import View

CARDS: Mapping[str, Callable[[View], Message]] = {
    "living": living,
    "question": question,
    "gathering": gathering,
    "verdict": verdict,
    "approval": approval,
    "supply_request": supply_request,
    "mark": mark,
    "verdict_changed": verdict_changed,
    "held": held,
    "no_go_at_start": no_go_at_start,
    "resumed": resumed,
    "moved": moved,
    "cancelled": cancelled,
    "started_without_go": started_without_go,
    "rollback": rollback,
    "rolled_back": rolled_back,
    "done": done,
    "closing": closing,
    "reminder": reminder,
    "outcome_reminder": outcome_reminder,
    "outcome_unknown": outcome_unknown,
    "downtime": downtime,
    "plan_voided": plan_voided,
    "progress": progress,
    "delivery_failed": delivery_failed,
    "emergency_declared": emergency_declared,
    "emergency_confirmed": emergency_confirmed,
    "emergency_lapsed": emergency_lapsed,
    "review_reminder": review_reminder,
    "review_overdue": review_overdue,
    "review_recorded": review_recorded,
}


def render(card: str, view: View) -> Message:
    """The message of that card, drawn from committed state. KeyError where no card has that name."""
    return CARDS[card](view)
