"""The inbox as many use it at once: what is known of deliveries, and answers that are kept though nothing was decided."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.messages.heard import Answer
from bot.ports import Delivery
from bot.store import inbox
from bot.store.codec import dump_answer
from bot.store.crowd import Crowd
from bot.store.engine import Engines
from bot.store.faults import translated
from bot.store.marks import Marks

_MOST_TEXTS = 256
_Given = tuple[inbox.Kept, Answer]


class Receipts:
    """Questions go in crowds, and so do the receipts that are kept; `delivery` names the state (bot.store.marks)."""

    def __init__(self, alone: AsyncEngine, engines: Engines) -> None:
        """`alone`: each statement is its own transaction on PostgreSQL; a reading connection on SQLite."""
        self._alone = alone
        self._engines = engines
        self._marks = Marks()
        self._texts: OrderedDict[int, tuple[Answer, str]] = OrderedDict()
        self._asking = Crowd(self._known, "asking for deliveries")
        self._keeping = Crowd(self._keep, "keeping receipts")

    async def delivery(self, receipt: str) -> Delivery:
        """See ports.Reads."""
        return await self._asking.of(receipt)

    async def keep(self, receipt: str, answer: Answer, at: datetime) -> Answer:
        """See ports.Store."""
        return await self._keeping.of((inbox.Kept(receipt, at, self._text(answer)), answer))

    def transaction_ended(self) -> None:
        """One of this process, that may have changed anything. PostgreSQL tells that by itself."""
        if not self._engines.postgres:
            self._marks.changed()

    def _text(self, answer: Answer) -> str:
        """The very same answer, which many get where nothing changed, is written once. Held, so that its name stays its own."""
        held = self._texts.get(id(answer))
        if held is None:
            held = self._texts[id(answer)] = (answer, dump_answer(answer))
            while len(self._texts) > _MOST_TEXTS:
                self._texts.popitem(last=False)
        return held[1]

    async def _known(self, receipts: Sequence[str]) -> Sequence[Delivery]:
        if not self._engines.postgres:
            mark = self._marks.of()
            async with self._alone.begin() as connection:
                answers = await inbox.known(connection, receipts)
            return [Delivery(answers.get(receipt), mark) for receipt in receipts]
        async with self._alone.begin() as connection:
            snapshot, answers = await inbox.known_in_snapshot(connection, receipts)
        if not self._marks.unchanged(snapshot) and await self._written():
            self._marks.changed()
        mark = self._marks.of(snapshot)
        return [Delivery(answers.get(receipt), mark) for receipt in receipts]

    async def _written(self) -> bool:
        """True where the state may be another one than when it was named."""
        before = self._marks.newest
        if before is None:
            return True
        async with self._alone.begin() as connection:
            return await inbox.state_written_since(connection, before)

    async def _keep(self, given: Sequence[_Given]) -> Sequence[Answer]:
        """In a commit of their own, after which each has the answer that stands: its own, or the one that was first."""
        rows = [row for row, _ in given]
        try:
            new = await self._keep_rows(rows)
        except (DBAPIError, PoolTimeout, OSError) as error:
            raise translated(error) from error
        if len(new) == len(rows):
            return [answer for _, answer in given]
        async with self._alone.begin() as connection:
            standing = await inbox.known(connection, [row.receipt for row in rows])
        return [standing.get(row.receipt, answer) for row, answer in given]

    async def _keep_rows(self, rows: Sequence[inbox.Kept]) -> set[str]:
        if not self._engines.postgres:
            async with self._engines.write.begin() as connection:
                return await inbox.keep(connection, rows)
        async with self._alone.begin() as connection:
            transaction, new = await inbox.keep_at_once(connection, rows)
        if transaction is not None:
            self._marks.kept_receipts(transaction)
        return new
