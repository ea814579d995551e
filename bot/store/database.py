"""The database as the rest of the bot sees it: ports.Store, ports.Reads and ports.OutboxStore in one object."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.emergency import Owed
from bot.domain.errors import Conflict
from bot.domain.evidence import Evidence
from bot.domain.facts import Neighbour, Window
from bot.domain.orders import Orders
from bot.domain.release import Release
from bot.domain.service import Outcome
from bot.messages.heard import Answer
from bot.ports import Announcement, Completion, Delivery, LedgerRow, Loaded, Pulse, Row, Wake
from bot.store import calendar, inbox, ledger, names, orders, posts, releases, wake
from bot.store.claim import Claim
from bot.store.columns import Instant
from bot.store.complete import complete, give_back
from bot.store.engine import Engines, open_engines
from bot.store.faults import translated, translating
from bot.store.pulse import pulse
from bot.store.receipts import Receipts
from bot.store.rehearsal import rehearse
from bot.store.unit import SqlUnit

T = TypeVar("T")
_TRIES = 5


class _Together:
    """Questions that belong together: one state of that database, from the first of them on."""

    def __init__(self, database: "Database", stack: AsyncExitStack) -> None:
        self.database = database
        self._stack = stack
        self._opened: AsyncConnection | None = None

    async def connection(self) -> AsyncConnection:
        """Where they are asked; one after another, by one task."""
        if self._opened is None:
            self._opened = await self._stack.enter_async_context(self.database.snapshot())
        return self._opened


_TOGETHER: ContextVar[_Together | None] = ContextVar("together", default=None)
"""The questions which this task asks together."""


class Database:
    """Open with `open_store`. Also an async context that closes itself."""

    def __init__(self, engines: Engines, *, database_time: bool) -> None:
        self.engines = engines
        self._alone = engines.read.execution_options(isolation_level="AUTOCOMMIT") if engines.postgres else engines.read
        self._receipts = Receipts(self._alone, engines)
        self._claim = Claim(database_time=database_time and engines.postgres)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Give everything back; again does nothing."""
        await self.engines.close()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        """Open a transaction. Raises Conflict where another one won, Unwritable where the database fails (G17).

        Unsure, which is an Unwritable, where its connection was lost in the commit.
        """
        async with self.transaction() as connection:
            yield SqlUnit(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that commits at the end."""
        committing = False
        try:
            async with self.engines.write.begin() as connection:
                yield connection
                committing = self.engines.postgres
        except (DBAPIError, PoolTimeout, OSError) as error:
            raise translated(error, committing=committing) from error
        finally:
            self._receipts.transaction_ended()

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A read-only connection that sees one and the same state throughout."""
        with translating():
            async with self.engines.read.connect() as connection:
                if self.engines.postgres:
                    await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                async with connection.begin():
                    yield connection

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """See ports.Reads. The state is that of the first question: where none is asked, the database hears nothing."""
        shared = _TOGETHER.get()
        if shared is not None and shared.database is self:
            yield
            return
        async with AsyncExitStack() as stack:
            token = _TOGETHER.set(_Together(self, stack))
            try:
                yield
            finally:
                _TOGETHER.reset(token)

    # ---- reads --------------------------------------------------------------------------------------------------------

    async def delivery(self, receipt: str) -> Delivery:
        """See ports.Reads."""
        return await self._receipts.delivery(receipt)

    async def keep_answer(self, receipt: str, answer: Answer, at: datetime) -> Answer:
        """See ports.Store."""
        return await self._receipts.keep(receipt, answer, at)

    async def offer_answer(self, receipt: str, answer: Answer, at: datetime, mark: str) -> Delivery:
        """See ports.Store."""
        return await self._receipts.offer(receipt, answer, at, mark)

    async def first_to_answer(self, receipt: str, at: datetime) -> bool:
        """See ports.Store."""
        return await self.again(lambda c: inbox.first_to_answer(c, receipt, at))

    async def release(self, release: str) -> Loaded | None:
        """See ports.Reads. Raises Corrupt."""
        return await self.read(lambda c: releases.load(c, release))

    async def loaded(self, wanted: Sequence[str]) -> Mapping[str, Loaded]:
        """See ports.Reads."""
        return await self.read(lambda c: releases.loaded(c, wanted))

    async def releases(self) -> Sequence[Release]:
        """See ports.Reads."""
        return await self.read(releases.everything)

    async def release_ids(self) -> Sequence[str]:
        """See ports.Reads."""
        return await self.read(releases.ids)

    async def announcements_of(self, wanted: Sequence[str]) -> Mapping[str, Sequence[Announcement]]:
        """See ports.Reads."""
        return await self.read(lambda c: posts.announcements_of(c, wanted))

    async def announcements(self, release: str) -> Sequence[Announcement]:
        """See ports.Reads."""
        return await self.read(lambda c: posts.announcements(c, release))

    async def ledger(self, stream: str) -> Sequence[LedgerRow]:
        """See ports.Reads."""
        return await self.read(lambda c: ledger.rows(c, stream))

    async def head(self, stream: str) -> str:
        """See ports.Reads."""
        return await self.read(lambda c: ledger.head(c, stream))

    async def heads(self, streams: Sequence[str]) -> Mapping[str, str]:
        """See ports.Reads."""
        return await self.read(lambda c: ledger.hashes(c, streams))

    async def release_of_message(self, platform: str, place: str, message: str) -> str | None:
        """See ports.Reads."""
        return await self.read(lambda c: posts.release_of_message(c, f"{platform}:{place}", message))

    async def neighbours(self, besides: str | None) -> Sequence[Neighbour]:
        """See ports.Reads."""
        return await self.read(lambda c: releases.neighbours(c, besides))

    async def accepted(self, services: Sequence[str], since: datetime) -> dict[str, int]:
        """See ports.Reads."""
        return await self.read(lambda c: releases.accepted(c, services, since))

    async def established(self, service: str) -> Sequence[Evidence]:
        """See ports.Reads."""
        return await self.read(lambda c: releases.established(c, service))

    async def history(self, service: str, limit: int = 20) -> Sequence[Outcome]:
        """See ports.Reads."""
        return await self.read(lambda c: releases.history(c, service, limit))

    async def reviews_owed(self, service: str) -> Sequence[Owed]:
        """See ports.Reads."""
        return await self.read(lambda c: releases.reviews_owed(c, service))

    async def freezes(self) -> Sequence[Window]:
        """See ports.Reads."""
        return await self.read(calendar.all_freezes)

    async def orders(self) -> Orders:
        """See ports.Reads."""
        return await self.read(orders.everything)

    async def time(self) -> datetime:
        """The database's own time, UTC: of its server, or of this machine."""
        here = sa.func.strftime("%Y-%m-%dT%H:%M:%fZ", "now", type_=Instant())

        async def ask(connection: AsyncConnection) -> datetime:
            told: datetime = (
                await connection.execute(sa.select(sa.func.now() if self.engines.postgres else here))
            ).scalar_one()
            return told

        return await self.read(ask)

    async def get_meta(self, name: str) -> str | None:
        """A named value, or None."""
        return await self.read(lambda c: names.get(c, name))

    async def set_meta(self, name: str, value: str) -> None:
        """Set a named value (the sandbox mark, the simulated time)."""
        await self.again(lambda c: names.put(c, name, value))

    async def forget_answers(self, before: datetime) -> int:
        """Drop stored answers to deliveries older than that."""
        return await self.again(lambda c: inbox.forget(c, before))

    # ---- outbox -------------------------------------------------------------------------------------------------------

    async def claim(self, limit: int, now: datetime, real: datetime, lease_s: float, owner: str) -> Sequence[Row]:
        """See ports.OutboxStore."""
        return await self.again(lambda c: self._claim(c, limit, now, real, lease_s, owner))

    async def complete(self, completions: Sequence[Completion]) -> int:
        """See ports.OutboxStore. `unknown` with not_before is looked at again then; without it, it is the end."""
        if not completions:
            return 0
        return await self.again(lambda c: complete(c, completions))

    async def rehearsed(self) -> Row | None:
        """Make ready what a rush will need (bot.store.rehearsal). Gives the post that is due next, and takes nothing."""
        try:
            return await rehearse(self.engines, self._claim)
        except (DBAPIError, PoolTimeout, OSError) as error:
            raise translated(error) from error

    async def next_wake(self) -> Wake:
        """See ports.OutboxStore."""
        return await self.read(wake.next_wake)

    async def pulse(self, now: datetime, since: datetime) -> Pulse:
        """A few counts for health; failed and unknown posts are counted from `since` on."""
        return await self.read(lambda c: pulse(c, now, since))

    async def unfinished_at(self, release: str, due_at: datetime) -> bool:
        """See ports.OutboxStore."""
        return await self.read(lambda c: wake.unfinished_at(c, release, due_at))

    async def release_leases(self, owner: str, now: datetime) -> int:  # noqa: ARG002 - the port's signature
        """See ports.OutboxStore."""
        return await self.again(lambda c: give_back(c, owner))

    # ---- how ----------------------------------------------------------------------------------------------------------

    async def read(self, question: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """One question by itself, or in the transaction of the questions which belong together with it."""
        shared = _TOGETHER.get()
        if shared is not None and shared.database is self:
            return await question(await shared.connection())
        with translating():
            async with self._alone.begin() as connection:
                return await question(connection)

    async def again(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """In a transaction, done again where it lost a race: these are ours, no person waits to decide anew."""
        for _ in range(_TRIES - 1):
            try:
                async with self.transaction() as connection:
                    return await work(connection)
            except Conflict:
                continue
        async with self.transaction() as connection:
            return await work(connection)


def open_store(url: str, *, database_time: bool = False) -> Database:
    """Open the database at that URL; its schema must be in place (migrate.upgrade). Raises SecondProcess, ValueError.

    `database_time`: on PostgreSQL with the system clock the database decides what is due; elsewhere it changes nothing.
    """
    return Database(open_engines(url), database_time=database_time)
