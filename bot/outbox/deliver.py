"""A claimed post or edit: is it still true, may it be there already, draw it, send it once, say how it ended (steps 2 to 5)."""

import asyncio
import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.errors import Conflict, Unwritable
from bot.domain.people import Place
from bot.domain.service import Audience
from bot.messages.effects import Post
from bot.messages.model import Message
from bot.messages.view import View
from bot.outbox.around import Around, around
from bot.outbox.dressed import dressed
from bot.outbox.notes import Note, tell
from bot.outbox.receipts import again, ended, entry, unsure
from bot.outbox.sight import Sight
from bot.outbox.wiring import Parts
from bot.ports import (
    Ambiguous,
    CannotLook,
    Chat,
    Completion,
    Found,
    Outgoing,
    Rejected,
    Row,
    SendResult,
    Sent,
    Throttled,
)
from bot.timeline.late import Due, Fate, Merge, Send, SendLate, Skip, Supersede, fate
from bot.timeline.marks import MARKS

log = logging.getLogger(__name__)

LOOK_MARGIN = timedelta(minutes=1)
"""A look-back begins that much before the due time: the platform's clock is not ours."""

TICK_S = 0.001
"""A wait that is shorter is over: rounded to an instant it would be now, and the row would be claimed again at once."""

RECEIPT_S = 1.0
"""So long before its lease runs out a send is given up as ambiguous: another worker may look for it from then on, and must not
look while it is still on the wire."""

THREAD_GONE = "thread_gone"
"""The parent was deleted by hand: a clear no, after which the post may go without its thread."""

SHUT_OUT = "place_may_not_hear"
"""The place subscribed, and may not see the release any more: its channels, or that one, turned private since."""

RESENT_AT = 2
"""The attempt that is made though the first may have arrived, where the operator chose so: it stands there twice at most."""

MOST_UNSURE_WAITS = 6
"""An ambiguous send is looked for after one settling time, then two …, at most that many."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One row on its way. `deadline`, `lease_ends`: monotonic seconds; after the first no send may begin."""

    row: Row
    post: Post
    chat: Chat
    view: View | None
    fate: Fate
    deadline: float
    lease_ends: float
    message: Message | None = None

    @property
    def edit(self) -> bool:
        return self.row.kind == "edit"

    @property
    def seen(self) -> View:
        """The release; a bulletin has its message instead, and is never late."""
        if self.view is None:
            msg = f"row {self.row.key} is of no release"
            raise ValueError(msg)
        return self.view


class Deliverer:
    """Sends posts and edits. Keeps one thing in memory: until when a place wants to be left alone (429).

    Platforms count posts and edits apart, so that a burst of edits of a card holds up no T=0.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._quiet_until: dict[tuple[Place, str], float] = {}

    async def __call__(self, row: Row, sight: Sight, claimed_at: float) -> Completion:
        """How it ended. `claimed_at`: the monotonic second before the claim. Never raises for a single bad row."""
        post = row.effect
        if not isinstance(post, Post):
            return ended(row, "failed", self._parts.clock.now(), "no_post")
        try:
            return await self._deliver(row, post, sight, claimed_at)
        except Exception as error:
            log.exception("row %s could not be delivered (attempt %d)", row.key, row.attempts)
            if row.attempts >= self._parts.settings.attempts:
                return await self._lost(row, post, "failed", type(error).__name__)
            wait = self._parts.settings.backoff_s(row.attempts)
            return again(row, self._parts.not_before(wait), type(error).__name__)

    async def rehearse(self, row: Row, sight: Sight) -> None:
        """Draw what will be due as if it were now, and throw it away: what is needed for it is ready then."""
        post = row.effect
        view = await sight.view(row.release)
        if isinstance(post, Post) and view is not None:
            near = around(await sight.posts(row.release), post) if post.occasion in MARKS else Around()
            fingerprint(self._parts.render(post.card, dressed(view, row, post, near, Send())))

    async def _deliver(self, row: Row, post: Post, sight: Sight, claimed_at: float) -> Completion:
        settings, clock = self._parts.settings, self._parts.clock
        chat = self._parts.chats.get(post.place.platform)
        if chat is None:
            return await self._lost(row, post, "failed", "platform_not_connected")
        quiet = self._quiet_until.get((post.place, row.kind), 0.0) - clock.monotonic()
        if quiet > TICK_S:
            return again(row, self._parts.not_before(quiet), "throttled", count_attempt=False)
        if row.kind == "edit" and row.message_id is None:
            return ended(row, "skipped", clock.now(), "nothing_to_edit")
        lease_ends = claimed_at + settings.lease_s
        deadline = lease_ends - (1 - settings.guard) * settings.lease_s
        if not row.release:
            message = await self._parts.bulletin(post) if self._parts.bulletin is not None else None
            if message is None:
                return ended(row, "skipped", clock.now(), "nothing_to_say")
            task = _Task(row, post, chat, None, Send(), deadline, lease_ends, message)
            return await self._look_first(task) or await self._send(task)
        view = await sight.view(row.release)
        if view is None:
            return await self._lost(row, post, "failed", "release_gone")
        if post.audience == Audience.STAKEHOLDERS and not await self._may_hear(view, post.place):
            return ended(row, "skipped", clock.now(), SHUT_OUT)
        near = around(await sight.posts(row.release), post) if post.occasion in MARKS else Around()
        told = Send() if row.kind == "edit" else fate(_due(row, post, near), view.release, clock.now(), near.later)
        view = dressed(view, row, post, near, told)
        task = _Task(row, post, chat, view, told, deadline, lease_ends)
        return await self._look_first(task) or await self._not_sent(task) or await self._send(task)

    async def _may_hear(self, view: View, place: Place) -> bool:
        return self._parts.hears is None or await self._parts.hears(view, place)

    async def _look_first(self, task: _Task) -> Completion | None:
        """Step 5. None: it is not there, or nobody can have sent it. An edit sent twice is the same edit."""
        row, clock = task.row, self._parts.clock
        tried = row.attempts > 1
        late = clock.now() - row.due_at > timedelta(seconds=self._parts.settings.lease_s)
        if task.edit or not (tried or (late and isinstance(task.fate, Send | SendLate))):
            return None
        seen = await self._find(task)
        if isinstance(seen, Found):
            return self._sent(task, seen.message_id, "found")
        if not isinstance(seen, CannotLook) or not tried:
            return None
        if seen.never and self._parts.settings.resend and row.attempts == RESENT_AT:
            return None
        grace_over = row.due_at + self._parts.settings.unknown_grace
        until = min(row.useful_until or grace_over, grace_over)  # what comes after it in its place waits for it
        if clock.now() <= until:
            return self._unsure(row, f"cannot_look: {seen.detail}")
        return await self._lost(row, task.post, "unknown", "cannot_look")

    async def _find(self, task: _Task) -> Found | CannotLook | object:
        try:
            async with asyncio.timeout(self._parts.settings.http_timeout_s):
                since = task.row.due_at - LOOK_MARGIN
                return await task.chat.find(task.row.key, task.post.place, since, task.row.parent_message_id)
        except TimeoutError:
            return CannotLook("timeout")
        except Exception as error:
            log.exception("looking back for %s failed", task.row.key)
            return CannotLook(type(error).__name__)

    async def _not_sent(self, task: _Task) -> Completion | None:
        """T3, T4: merged, skipped or superseded; recorded, and a post that nothing speaks for is told to the owner."""
        now = self._parts.clock.now()
        match task.fate:
            case Merge(into):
                return ended(task.row, "merged", now, into)
            case Skip(why):
                return await self._lost(task.row, task.post, "skipped", why)
            case Supersede(why):
                return ended(task.row, "superseded", now, why)
        return None

    async def _send(self, task: _Task) -> Completion:
        row, post, clock = task.row, task.post, self._parts.clock
        message = task.message
        if message is None:
            message = self._parts.render(post.card, task.seen)
        drawn = fingerprint(message)
        if task.edit and drawn == row.render_hash:
            return Completion(row, "sent", outcome="unchanged", shown_rev=row.wanted_rev)
        remaining = task.deadline - clock.monotonic()
        if remaining <= 0:
            return again(row, None, "lease_guard", count_attempt=False)
        outgoing = Outgoing(
            key=row.key,
            place=post.place,
            message=message,
            thread=None if task.edit else row.parent_message_id,
            edit_of=row.message_id if task.edit else None,
            due_at=row.due_at,
        )
        result = await self._call(task, outgoing)
        if isinstance(result, Rejected) and result.code == THREAD_GONE and outgoing.thread:
            result = await self._call(task, replace(outgoing, thread=None))
        return await self._result(task, result, drawn)

    async def _call(self, task: _Task, outgoing: Outgoing) -> SendResult:
        """Once. Whatever goes wrong after this point may have happened after the effect."""
        left = task.lease_ends - RECEIPT_S - self._parts.clock.monotonic()
        try:
            async with asyncio.timeout(min(self._parts.settings.http_timeout_s, left)):
                return await task.chat.send(outgoing)
        except TimeoutError:
            return Ambiguous("timeout")
        except Exception as error:
            log.exception("sending %s broke off", outgoing.key)
            return Ambiguous(type(error).__name__)

    async def _result(self, task: _Task, result: SendResult, drawn: str) -> Completion:
        row = task.row
        match result:
            case Sent(message_id):
                return self._sent(task, message_id, drawn=drawn)
            case Rejected(code, detail):
                log.warning("row %s was rejected: %s %s", row.key, code, detail)
                return await self._lost(row, task.post, "failed", code)
            case Throttled(wait):
                until = self._parts.clock.monotonic() + wait
                self._quiet_until[task.post.place, row.kind] = until
                return again(row, self._parts.not_before(wait), "throttled", count_attempt=False)
            case Ambiguous(detail):
                return self._unsure(row, f"ambiguous: {detail}")

    def _sent(self, task: _Task, message_id: str, outcome: str = "", drawn: str | None = None) -> Completion:
        row, now = task.row, self._parts.clock.now()
        late = isinstance(task.fate, SendLate)
        if late and not outcome:
            outcome = f"{task.seen.late_s} s late"
        state = "late" if late else "sent"
        return Completion(
            row,
            state,
            message_id=message_id,
            sent_at=now,
            outcome=outcome,
            render_hash=drawn,
            shown_rev=row.wanted_rev,
            entry=entry(row, state, now, outcome, message_id),
        )

    def _unsure(self, row: Row, outcome: str) -> Completion:
        waits = min(max(row.attempts, 1), MOST_UNSURE_WAITS)
        return unsure(row, self._parts.not_before(self._parts.settings.settle_s * waits), outcome)

    async def _lost(self, row: Row, post: Post, state: str, code: str) -> Completion:
        """It did not get through (failed, skipped), or nobody can say (unknown): told by another way, and recorded.

        Where the database fails, the row comes back and is judged again, however often it was tried: no loss is silent.
        """
        if not row.release:
            return ended(row, state, self._parts.clock.now(), code)
        try:
            await tell(self._parts, Note(row, post, code))
        except Exception as error:
            log.exception("nobody could be told that row %s did not get through: %s", row.key, code)
            if isinstance(error, Unwritable | Conflict) or row.attempts < self._parts.settings.attempts:
                return again(
                    row, self._parts.not_before(self._parts.settings.backoff_s(row.attempts)), type(error).__name__
                )
        return ended(row, state, self._parts.clock.now(), code)


def fingerprint(message: Message) -> str:
    """The same message has the same one: an edit that would change nothing is not sent."""
    return hashlib.sha256(repr(message).encode()).hexdigest()


def _due(row: Row, post: Post, near: Around) -> Due:
    asks_for = post.params.get("revision") if post.occasion == "APPROVAL" else None
    plan = int(asks_for) if asks_for else None
    return Due(post.occasion, row.due_at, row.useful_until, row.schedule_revision, post.n, plan, near.said)
