"""A chat platform as real ones are: it keeps a message before it acknowledges it, and what happens in between is its own."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.messages.model import Message
from bot.ports import Ambiguous, CannotLook, Found, Look, NotFound, Outgoing, Rejected, SendResult, Sent, Throttled
from tests.simulation.nature import Nature

NEVER_S = 60.0
"""Longer than any caller waits."""

LANDS_WITHIN_S = 5.0
"""How long after the caller gave up a message may still land."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A message in the receiver's log. `at`: from when on others see it."""

    key: str
    place: str
    at: datetime
    message_id: str
    thread: str | None
    message: Message


async def _nobody() -> None:
    """No other worker."""


@dataclass
class Platform:
    """A Chat. `log` is what people saw; `refused` the keys that got a clear no; `blinded` those that it did not look for."""

    nature: Nature
    platform: str = "sandbox"
    log: list[Kept] = field(default_factory=list)
    edits: list[Kept] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    blinded: set[str] = field(default_factory=set)
    rival: Callable[[], Coroutine[None, None, None]] = _nobody
    two_at_work: bool = False

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Post or edit once."""
        nature = self.nature
        nature.may_die("before the send")
        if outgoing.place.id in nature.chances.gone:
            self.refused.add(outgoing.key)
            return Rejected("channel_not_found")
        if nature.strikes("throttled"):
            return Throttled(nature.rng.uniform(1, 90))
        if not self.two_at_work and nature.strikes("rival"):
            await self._other_worker()
        if nature.strikes("slow"):
            await nature.waits(nature.rng.uniform(0.1, 12))
        if nature.strikes("timeout_before"):
            await nature.waits(NEVER_S)
        if nature.strikes("timeout_after"):
            return await self._lands_unheard(outgoing)
        kept = self._keep(outgoing)
        nature.may_die("after the send")
        return Sent(kept.message_id)

    async def find(self, key: str, place: object, since: datetime, thread: str | None = None) -> Look:
        """Look back for a key."""
        del place, thread
        self.nature.may_die("before the look")
        if not self.nature.chances.can_look or self.nature.strikes("blind"):
            self.blinded.add(key)
            if self.nature.rng.random() < 0.3:
                raise TimeoutError
            return CannotLook("not_allowed")
        now = self.nature.wall
        found = next((k for k in self.log if k.key == key and since <= k.at <= now), None)
        self.nature.may_die("after the look")
        self.nature.seen["found" if found else "not found"] += 1
        return Found(found.message_id) if found else NotFound()

    async def _lands_unheard(self, outgoing: Outgoing) -> SendResult:
        """The message is kept; the caller learns nothing: its time-out strikes before, or the connection breaks."""
        if self.nature.rng.random() < 0.3:
            self._keep(outgoing)
            return Ambiguous("connection_lost")
        try:
            await self.nature.waits(NEVER_S)
        finally:
            self._keep(outgoing, self.nature.rng.uniform(-1, LANDS_WITHIN_S))
        return Ambiguous("silence")

    async def _other_worker(self) -> None:
        """Another worker looks at the outbox while this send is on its way; it goes on when this one is given up."""
        self.two_at_work = True
        other = asyncio.get_running_loop().create_task(self.rival())
        try:
            await asyncio.shield(other)
        except asyncio.CancelledError:
            await other
            raise
        finally:
            self.two_at_work = False

    def _keep(self, outgoing: Outgoing, after_s: float = 0.0) -> Kept:
        edit = outgoing.edit_of is not None
        log = self.edits if edit else self.log
        number = outgoing.edit_of or f"m{len(self.log) + 1}"
        at = self.nature.wall + timedelta(seconds=after_s)
        kept = Kept(outgoing.key, outgoing.place.id, at, number, outgoing.thread, outgoing.message)
        log.append(kept)
        return kept


class Forgetful(Platform):
    """The mutation: a look-back that never sees anything. Worlds must notice."""

    async def find(self, key: str, place: object, since: datetime, thread: str | None = None) -> Look:
        """It is not there."""
        await super().find(key, place, since, thread)
        return NotFound()
