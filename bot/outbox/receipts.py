"""How a claimed row ended, as a value to be written: with its receipt for the ledger (step 6)."""

from datetime import datetime

from bot.domain.people import SYSTEM
from bot.messages.effects import Post
from bot.ports import Completion, Entry, Row

UNRECORDED = frozenset({"CARD"})
"""Edits of the living card leave no receipt: they show committed state, and would drown the ledger."""


def entry(row: Row, state: str, at: datetime, outcome: str = "", message_id: str | None = None) -> Entry | None:
    """The ledger's entry of a post or edit that is over; None where nothing is recorded."""
    post = row.effect
    if not isinstance(post, Post):
        return None
    if row.kind == "edit" and post.occasion in UNRECORDED:
        return None
    body = {
        "key": row.key,
        "occasion": post.occasion,
        "audience": post.audience,
        "place": str(post.place),
        "due_at": row.due_at.isoformat(),
        "outcome": outcome,
        "message": message_id or row.message_id or "",
    }
    name = f"edit_{state}" if row.kind == "edit" else f"post_{state}"
    return Entry("receipt", name, SYSTEM, at, row.key, body=body)


def ended(row: Row, state: str, at: datetime, outcome: str = "") -> Completion:
    """Over without a message: merged, skipped, superseded, failed, unknown."""
    return Completion(row, state, outcome=outcome, entry=entry(row, state, at, outcome))


def done(row: Row, outcome: str = "") -> Completion:
    """A command or gather that was obeyed; its events are the record."""
    return Completion(row, "done", outcome=outcome)


def again(row: Row, not_before: datetime | None, outcome: str, *, count_attempt: bool = True) -> Completion:
    """Back to pending, not before that real time."""
    return Completion(row, "pending", not_before=not_before, outcome=outcome, count_attempt=count_attempt)


def unsure(row: Row, not_before: datetime, outcome: str) -> Completion:
    """It may or may not have been posted: looked for at that real time."""
    return Completion(row, "unknown", not_before=not_before, outcome=outcome)
