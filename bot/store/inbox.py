"""Answers by the platform's receipt: a repeated delivery gets the stored one (decision 9)."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages.heard import Answer
from bot.store.codec import dump_answer, load_answer
from bot.store.tables import inbox

_ANSWER = sa.select(inbox.c.answer).where(inbox.c.receipt == sa.bindparam("b_receipt"))
_INSERT = sa.insert(inbox)
_WITH_SNAPSHOT = sa.text(
    "SELECT pg_current_snapshot()::text AS mark, receipt, answer"
    " FROM (SELECT 1) AS always LEFT JOIN inbox ON receipt = ANY(:receipts)"
).bindparams(sa.bindparam("receipts", type_=sa.ARRAY(sa.Text)))


async def answer_of(connection: AsyncConnection, receipt: str) -> Answer | None:
    """The stored answer, or None for a delivery that is new."""
    text = await connection.scalar(_ANSWER, {"b_receipt": receipt})
    return None if text is None else load_answer(text)


async def known(
    connection: AsyncConnection, receipts: Sequence[str], mark: str | None
) -> tuple[str, dict[str, Answer]]:
    """The stored answers with the mark of the state; None: the database itself names it (PostgreSQL, by its snapshot).

    Two snapshots of the same name hold the same commits, so what was read in the one need not be read again in the other.
    """
    if mark is None:
        rows = (await connection.execute(_WITH_SNAPSHOT, {"receipts": list(receipts)})).all()
        return rows[0].mark, {row.receipt: load_answer(row.answer) for row in rows if row.receipt is not None}
    query = sa.select(inbox.c.receipt, inbox.c.answer).where(inbox.c.receipt.in_(receipts))
    return mark, {row.receipt: load_answer(row.answer) for row in (await connection.execute(query)).all()}


async def remember(connection: AsyncConnection, receipt: str, answer: Answer, at: datetime) -> None:
    """Keep it. The same delivery, handled twice at once, fails here: the second becomes a Conflict and reads the first."""
    await connection.execute(_INSERT, {"receipt": receipt, "at": at, "answer": dump_answer(answer)})


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Drop answers from before that; platforms stop repeating within hours. Gives how many."""
    return (await connection.execute(sa.delete(inbox).where(inbox.c.at < before))).rowcount
