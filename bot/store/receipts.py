"""The inbox as many use it at once: what is known of deliveries, and answers that are kept though nothing was decided."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.messages.heard import Answer
from bot.ports import Delivery
from bot.store import inbox
from bot.store.codec import dump_answer
from bot.store.crowd import Crowd
from bot.store.deliveries import Found, Kept, look
from bot.store.engine import Engines
from bot.store.faults import translating
from bot.store.marks import Marks

_MOST_TEXTS = 256


@dataclass(frozen=True, slots=True)
class _Asked:
    """One delivery, and the answer that is kept where it is new: None is kept for nobody.

    `mark`: it is kept only while the state has that name; None: whatever the state is.
    """

    receipt: str
    at: datetime | None = None
    answer: Answer | None = None
    mark: str | None = None


class Receipts:
    """Questions and receipts that are kept go to the database in one crowd; `delivery` names the state (bot.store.marks)."""

    def __init__(self, alone: AsyncEngine, engines: Engines) -> None:
        """`alone`: each statement is its own transaction on PostgreSQL; a reading connection on SQLite."""
        self._alone = alone
        self._engines = engines
        self._marks = Marks()
        self._texts: OrderedDict[int, tuple[Answer, str]] = OrderedDict()
        self._crowd = Crowd(self._serve, "asking for deliveries")

    async def delivery(self, receipt: str) -> Delivery:
        """See ports.Reads."""
        return await self._crowd.of(_Asked(receipt))

    async def keep(self, receipt: str, answer: Answer, at: datetime) -> Answer:
        """See ports.Store."""
        return (await self._crowd.of(_Asked(receipt, at, answer))).answer or answer

    async def offer(self, receipt: str, answer: Answer, at: datetime, mark: str) -> Delivery:
        """See ports.Store."""
        return await self._crowd.of(_Asked(receipt, at, answer, mark))

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

    async def _serve(self, asked: Sequence[_Asked]) -> Sequence[Delivery]:
        """After one commit each has the answer that stands: the one that was first, else its own; None where it has none."""
        rows = self._rows(asked)
        with translating():
            found = await self._looked_and_kept(asked, rows) if rows else await self._looked(asked)
        return [Delivery(found.answers.get(one.receipt), found.mark) for one in asked]

    def _rows(self, asked: Sequence[_Asked]) -> Mapping[str, tuple[Kept, Answer]]:
        """What would be kept, by receipt; what is kept whatever the state is comes before what is not."""
        rows: dict[str, tuple[Kept, Answer]] = {}
        for one in asked:
            if one.answer is None or one.at is None or one.mark not in {None, self._marks.now}:
                continue
            anyway = one.mark is None
            if one.receipt not in rows or (anyway and not rows[one.receipt][0].anyway):
                rows[one.receipt] = (Kept(one.receipt, one.at, self._text(one.answer), anyway), one.answer)
        return rows

    async def _looked(self, asked: Sequence[_Asked]) -> Found:
        receipts = [one.receipt for one in asked]
        if self._engines.postgres:
            async with self._alone.begin() as connection:
                return await look(connection, self._marks, receipts)
        mark = self._marks.now
        async with self._alone.begin() as connection:
            return Found(mark, same=True, answers=await inbox.known(connection, receipts))

    async def _looked_and_kept(self, asked: Sequence[_Asked], rows: Mapping[str, tuple[Kept, Answer]]) -> Found:
        receipts, wanted = [one.receipt for one in asked], [row for row, _ in rows.values()]
        if self._engines.postgres:
            async with self._alone.begin() as connection:
                found = await look(connection, self._marks, receipts, wanted)
        else:
            found = await self._written_alone(receipts, wanted)
        answers = {**found.answers, **{receipt: rows[receipt][1] for receipt in found.new}}
        elsewhere = [r for r in rows if r not in answers and (found.same or rows[r][0].anyway)]
        if elsewhere:  # kept by another process while this one asked
            async with self._alone.begin() as connection:
                answers |= await inbox.known(connection, elsewhere)
        return replace(found, answers=answers)

    async def _written_alone(self, receipts: Sequence[str], rows: Sequence[Kept]) -> Found:
        """By the only writer of SQLite: while it writes, nothing else is committed."""
        named = self._marks.now
        async with self._engines.write.begin() as connection:
            mark = self._marks.now
            answers = await inbox.known(connection, receipts)
            new = [row for row in rows if row.receipt not in answers and (row.anyway or mark == named)]
            await inbox.keep(connection, new)
        return Found(mark, mark == named, answers, frozenset(row.receipt for row in new))
