"""One transaction of a decision: ports.Unit, plus what only the sandbox needs."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.emergency import Owed
from bot.domain.evidence import Evidence
from bot.domain.facts import Neighbour, Window
from bot.domain.orders import Delegation, Orders, Subscription
from bot.domain.release import Release
from bot.domain.service import Outcome
from bot.messages.effects import Effect
from bot.messages.heard import Answer
from bot.ports import Entry, Loaded
from bot.store import calendar, inbox, ledger, names, orders, outbox, releases
from bot.store.dialect import is_postgres


class SqlUnit:
    """Implements ports.Unit on one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def answer_of(self, receipt: str) -> Answer | None:
        """See ports.Unit."""
        return await inbox.answer_of(self._connection, receipt)

    async def remember(self, receipt: str, answer: Answer, at: datetime) -> None:
        """See ports.Unit."""
        await inbox.remember(self._connection, receipt, answer, at)

    async def new_release_id(self) -> str:
        """See ports.Unit."""
        return f"R-{await names.next_number(self._connection, 'release')}"

    async def give_back_release_id(self, release: str) -> None:
        """See ports.Unit."""
        await names.give_back(self._connection, "release", int(release.removeprefix("R-")))

    async def next_number(self, counter: str) -> int:
        """See ports.Unit."""
        return await names.next_number(self._connection, counter)

    async def load(self, release: str) -> Loaded | None:
        """See ports.Unit."""
        return await releases.load(self._connection, release)

    async def save(self, release: Release, version: int) -> None:
        """See ports.Unit."""
        await releases.save(self._connection, release, version)

    async def append(self, stream: str, entries: Sequence[Entry]) -> str:
        """See ports.Unit."""
        return await ledger.append(self._connection, stream, entries)

    async def head(self, stream: str) -> str:
        """See ports.Unit."""
        return await ledger.head(self._connection, stream)

    async def lock(self, names: Sequence[str]) -> None:
        """See ports.Unit. On SQLite the transaction itself is the lock."""
        if is_postgres(self._connection):
            for name in sorted(set(names)):
                lock = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))
                await self._connection.execute(sa.select(lock))

    async def enqueue(self, effects: Sequence[Effect], at: datetime) -> None:
        """See ports.Unit."""
        await outbox.enqueue(self._connection, effects, at)

    async def open_plans(self, service: str, environment: str) -> Sequence[Release]:
        """See ports.Unit."""
        return await releases.open_plans(self._connection, service, environment)

    async def neighbours(self, besides: str | None) -> Sequence[Neighbour]:
        """See ports.Unit."""
        return await releases.neighbours(self._connection, besides)

    async def accepted(self, services: Sequence[str], since: datetime) -> dict[str, int]:
        """See ports.Unit."""
        return await releases.accepted(self._connection, services, since)

    async def established(self, service: str) -> Sequence[Evidence]:
        """See ports.Unit."""
        return await releases.established(self._connection, service)

    async def history(self, service: str, limit: int = 20) -> Sequence[Outcome]:
        """See ports.Unit."""
        return await releases.history(self._connection, service, limit)

    async def reasons(self, service: str, person: str, besides: str | None, limit: int = 20) -> Sequence[str]:
        """See ports.Unit."""
        return await releases.reasons(self._connection, service, person, besides, limit)

    async def reviews_owed(self, service: str) -> Sequence[Owed]:
        """See ports.Unit."""
        return await releases.reviews_owed(self._connection, service)

    async def freezes(self) -> Sequence[Window]:
        """See ports.Unit."""
        return await calendar.all_freezes(self._connection)

    async def add_freeze(self, window: Window) -> None:
        """See ports.Unit."""
        await calendar.add(self._connection, window)

    async def orders(self) -> Orders:
        """See ports.Unit."""
        return await orders.everything(self._connection)

    async def add_order(self, order: Delegation | Subscription) -> None:
        """See ports.Unit."""
        await orders.add(self._connection, order)

    async def remove_order(self, order: str) -> None:
        """See ports.Unit."""
        await orders.remove(self._connection, order)

    async def remove_freeze(self, freeze: str) -> bool:
        """See ports.Unit."""
        return await calendar.remove(self._connection, freeze)

    async def get_meta(self, name: str) -> str | None:
        """A named value, or None."""
        return await names.get(self._connection, name)

    async def set_meta(self, name: str, value: str) -> None:
        """Set a named value with this transaction."""
        await names.put(self._connection, name, value)
