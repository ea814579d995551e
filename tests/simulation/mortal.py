"""A database whose caller may die before and after each call, and which is busy now and then."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from bot.domain.errors import Unwritable
from bot.messages.heard import Answer
from bot.ports import Completion, Delivery, Row, Unit, Wake
from bot.store import Database
from tests.simulation.nature import Nature


class MortalStore:
    """ports.Store and ports.OutboxStore around the real database."""

    def __init__(self, inner: Database, nature: Nature) -> None:
        self._inner = inner
        self._nature = nature

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """A death before the commit rolls back; one after it leaves what nobody was told of."""
        self._busy()
        async with self._inner.unit() as unit:
            yield unit
            self._nature.may_die("before the commit")
        self._nature.may_die("after the commit")

    async def keep_answer(self, receipt: str, answer: Answer, at: datetime) -> Answer:
        """See ports.Store."""
        self._nature.may_die("before an answer is kept")
        self._busy()
        standing = await self._inner.keep_answer(receipt, answer, at)
        self._nature.may_die("after an answer was kept")
        return standing

    async def offer_answer(self, receipt: str, answer: Answer, at: datetime, mark: str) -> Delivery:
        """See ports.Store."""
        self._nature.may_die("before an answer is offered")
        self._busy()
        found = await self._inner.offer_answer(receipt, answer, at, mark)
        self._nature.may_die("after an answer was offered")
        return found

    async def first_to_answer(self, receipt: str, at: datetime) -> bool:
        """See ports.Store."""
        self._nature.may_die("before somebody is the first to answer")
        self._busy()
        first = await self._inner.first_to_answer(receipt, at)
        self._nature.may_die("after somebody was the first to answer")
        return first

    async def claim(self, limit: int, now: datetime, real: datetime, lease_s: float, owner: str) -> Sequence[Row]:
        """See ports.OutboxStore."""
        self._busy()
        rows = await self._inner.claim(limit, now, real, lease_s, owner)
        if rows:
            self._nature.may_die("after the claim")
        return rows

    async def complete(self, completions: Sequence[Completion]) -> int:
        """See ports.OutboxStore."""
        self._nature.may_die("before the receipt")
        self._busy()
        held = await self._inner.complete(completions)
        self._nature.may_die("after the receipt")
        return held

    async def next_wake(self) -> Wake:
        """See ports.OutboxStore."""
        return await self._inner.next_wake()

    async def unfinished_at(self, release: str, due_at: datetime) -> bool:
        """See ports.OutboxStore."""
        return await self._inner.unfinished_at(release, due_at)

    async def release_leases(self, owner: str, now: datetime) -> int:
        """See ports.OutboxStore."""
        return await self._inner.release_leases(owner, now)

    async def close(self) -> None:
        """The file stays open: the next process of this world takes it over."""

    def _busy(self) -> None:
        if self._nature.strikes("busy"):
            msg = "database is locked"
            raise Unwritable(msg)
