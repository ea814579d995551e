"""Rows that are posts or edits: judged, drawn and sent at the instant of sending (timeline.md, steps 2 to 6)."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from bot.domain.release import Phase
from bot.messages.effects import Post
from bot.messages.model import Message
from bot.messages.view import View
from bot.outbox.notes import Note, tell
from bot.outbox.receipts import again, ended, entry, unsure
from bot.outbox.wiring import Parts
from bot.ports import (
    Ambiguous,
    Announcement,
    CannotLook,
    Completion,
    Found,
    Outgoing,
    Rejected,
    Row,
    SendResult,
    Sent,
    Throttled,
)
from bot.timeline.late import Due, LaterMark, Merge, SendLate, Skip, Supersede, fate
from bot.timeline.marks import MARKS

log = logging.getLogger(__name__)

WAITING = frozenset({"pending", "sending", "unknown"})


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A message that is ready: `late_s` 0 is on time."""

    message: Message
    digest: str
    late_s: int = 0


async def post(parts: Parts, row: Row, effect: Post, deadline: float) -> Completion:
    """Send it, or say why not. `deadline` (monotonic): after it no send begins, the lease is no longer provably ours."""
    view = await parts.view(row.release, effect.place)
    if view is None:
        return ended(row, "failed", parts.clock.now(), "no_release")
    if row.kind == "edit":
        return await _edit(parts, row, effect, view, deadline)
    siblings = await _siblings(parts, row, effect)
    later = tuple(LaterMark(a.mark, a.due_at) for a in siblings if a.state in WAITING and a.due_at > row.due_at)
    due = Due(effect.occasion, row.due_at, row.useful_until, row.schedule_revision, effect.n)
    judged = fate(due, view.release, view.now, later)
    if isinstance(judged, Merge):
        return ended(row, "merged", view.now, judged.into)
    if isinstance(judged, Skip):
        return ended(row, "skipped", view.now, judged.why)
    if isinstance(judged, Supersede):
        return ended(row, "superseded", view.now, judged.why)
    late_s = judged.seconds if isinstance(judged, SendLate) else 0
    found = await _look(parts, row, effect, view)
    if found is not None:
        return found
    merged = tuple(a.mark for a in siblings if a.state == "merged" and a.outcome == effect.occasion)
    drawn = _draw(parts, effect, replace(view, due_at=row.due_at, late_s=late_s, merged=merged), late_s)
    outgoing = Outgoing(row.key, effect.place, drawn.message, row.parent_message_id, None, row.due_at)
    return await _send(parts, row, effect, outgoing, drawn, deadline)


async def _edit(parts: Parts, row: Row, effect: Post, view: View, deadline: float) -> Completion:
    """Edits are idempotent: the newest state is shown, however often; nothing is looked for before."""
    if row.parent_message_id is None:
        return ended(row, "superseded", view.now, "nothing_to_edit")
    over = row.schedule_revision is not None or effect.schedule_revision is not None
    corrected = over and (
        effect.schedule_revision != view.release.schedule_revision or view.release.phase is Phase.CANCELLED
    )
    drawn = _draw(parts, effect, replace(view, due_at=effect.due_at, corrected=corrected), 0)
    if drawn.digest == row.render_hash:
        return Completion(row, "sent", outcome="unchanged", shown_rev=row.wanted_rev)
    outgoing = Outgoing(row.key, effect.place, drawn.message, None, row.parent_message_id, row.due_at)
    return await _send(parts, row, effect, outgoing, drawn, deadline)


async def _siblings(parts: Parts, row: Row, effect: Post) -> Sequence[Announcement]:
    """The marks of the same schedule to the same place."""
    if effect.occasion not in MARKS:
        return ()
    return [
        a
        for a in await parts.reads.announcements(row.release)
        if a.mark
        and a.place == effect.place.id
        and a.platform == effect.place.platform
        and a.schedule_revision == effect.schedule_revision
        and a.key != row.key
    ]


async def _look(parts: Parts, row: Row, effect: Post, view: View) -> Completion | None:
    """Look before it is sent again, or after a lease's time (a restored backup forgets); None: it is not there, send."""
    lease = timedelta(seconds=parts.settings.lease_s)
    if row.attempts <= 1 and view.now - row.due_at <= lease:
        return None
    chat = parts.chats.get(effect.place.platform)
    if chat is None:
        return None
    look = await chat.find(row.key, effect.place, row.due_at - lease)
    if isinstance(look, Found):
        at = view.now
        return Completion(
            row,
            "sent",
            message_id=look.message_id,
            sent_at=at,
            outcome="found",
            shown_rev=row.wanted_rev,
            entry=entry(row, "sent", at, "found", look.message_id),
        )
    if isinstance(look, CannotLook):
        if row.attempts <= 1:
            return None
        end = row.useful_until or row.due_at + parts.settings.unknown_grace
        if view.now > end:
            await tell(parts, Note(row, effect, "cannot_look"))
            return ended(row, "unknown", view.now, "cannot_look")
        return unsure(row, parts.not_before(parts.settings.backoff_s(row.attempts)), "cannot_look")
    return None


def _draw(parts: Parts, effect: Post, view: View, late_s: int) -> _Drawn:
    view = replace(view, params=effect.params, reader=effect.params.get("person"))
    message = parts.render(effect.card, view)
    digest = hashlib.sha256(repr(asdict(message)).encode()).hexdigest()
    return _Drawn(message, digest, late_s)


async def _send(parts: Parts, row: Row, effect: Post, outgoing: Outgoing, drawn: _Drawn, deadline: float) -> Completion:
    chat = parts.chats.get(effect.place.platform)
    if chat is None:
        await tell(parts, Note(row, effect, "no_platform"))
        return ended(row, "failed", parts.clock.now(), "no_platform")
    if parts.clock.monotonic() > deadline:
        return again(row, None, "lease_guard", count_attempt=False)
    result: SendResult = await chat.send(outgoing)
    if isinstance(result, Rejected) and result.code == "thread_gone" and outgoing.thread is not None:
        result = await chat.send(replace(outgoing, thread=None))
    at = parts.clock.now()
    match result:
        case Sent(message_id=message_id):
            state = "late" if drawn.late_s and row.kind == "post" else "sent"
            outcome = f"late {drawn.late_s} s" if drawn.late_s else ""
            return Completion(
                row,
                state,
                message_id=message_id,
                sent_at=at,
                outcome=outcome,
                render_hash=drawn.digest,
                shown_rev=row.wanted_rev,
                entry=entry(row, state, at, outcome, message_id),
            )
        case Throttled(retry_after=seconds):
            return again(row, parts.not_before(seconds), "throttled", count_attempt=False)
        case Ambiguous(detail=detail):
            log.warning("row %s: it is not known whether it was posted (%s)", row.key, detail)
            return unsure(row, parts.not_before(parts.settings.settle_s), "ambiguous")
        case Rejected(code=code):
            log.warning("row %s was refused: %s %s", row.key, code, result.detail)
            await tell(parts, Note(row, effect, code))
            return ended(row, "failed", at, code)
