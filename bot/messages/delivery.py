"""The figures of delivery as people read them: each with what it was counted from (A5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.release import Release
from bot.messages.answer_tables import csv
from bot.messages.model import Block, Context, Fields, Heading, Message, Text
from bot.messages.telling import flat
from bot.messages.times import span, stamp
from bot.messages.words import say
from bot.plan.delivery import SPAN, Delivery

_LATE = frozenset({"late", "merged", "skipped"})
_DUE = frozenset({"sent", *_LATE})
_HEAD = ("release", "service", "version", "phase", "planned_at", "started_at", "ended_at", "rolled_back", "emergency")


class Posted(Protocol):
    """A post as the store knows it."""

    @property
    def mark(self) -> str:
        """T-30 … T+30, or ""."""

    @property
    def state(self) -> str:
        """What became of it."""


def metrics(found: Delivery, posts: Sequence[Posted], service: str, now: datetime) -> Message:
    """One line for each figure; the releases themselves as a file."""
    what = flat(service, 40) or say("metrics.all")
    days = str(SPAN.days)
    heading = say("metrics.title", {"what": what, "days": days})
    count = len(found.started)
    if not count:
        return Message(heading, (Heading(heading), Text(say("metrics.none"))), private=True)
    marks = [p for p in posts if p.mark and p.state in _DUE]
    late = sum(p.state in _LATE for p in marks)
    share = say("metrics.share", {"part": str(found.failed), "all": str(found.ended)}) if found.ended else "UNKNOWN"
    pairs = (
        (say("metrics.frequency"), say("metrics.per_week", {"count": str(count), "week": f"{found.per_week:.1f}"})),
        (say("metrics.lead"), _span(found.lead)),
        (say("metrics.failures"), share),
        (say("metrics.recovery"), _span(found.recovery)),
        (say("metrics.approval"), _span(found.approval)),
        (say("metrics.accepted"), str(found.accepted)),
        (say("metrics.emergencies"), str(found.emergencies)),
        (say("metrics.without_go"), str(found.without_go)),
        (say("metrics.late"), say("metrics.share", {"part": str(late), "all": str(len(marks))})),
    )
    blocks: tuple[Block, ...] = (Heading(heading), Fields(pairs), Context(say("metrics.note", {"at": stamp(now)})))
    file = (f"releases-{what.replace(' ', '-')}.csv", csv((_HEAD, *(_row(r) for r in found.started))))
    text = f"{heading}: {pairs[0][1]}; {pairs[2][0]} {pairs[2][1]}"
    return Message(text, blocks, private=True, attachments=(file,))


def _span(length: timedelta | None) -> str:
    return span(length) if length is not None else say("metrics.no_case")


def _row(r: Release) -> tuple[str, ...]:
    ended = r.rolled_back_at or r.done_at
    return (
        r.id,
        flat(r.service, 40),
        flat(r.version or "", 40),
        r.phase.value,
        stamp(r.created_at),
        stamp(r.started_at) if r.started_at else "",
        stamp(ended) if ended else "",
        "yes" if r.rollback_at else "no",
        "yes" if r.emergency else "no",
    )
