"""Answers by the platform's receipt: a repeated delivery gets the stored one (decision 9)."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages.heard import Answer, Quiet
from bot.store.codec import dump_answer, load_answer
from bot.store.deliveries import Kept
from bot.store.dialect import upsertable
from bot.store.tables import inbox

_ANSWER = sa.select(inbox.c.answer).where(inbox.c.receipt == sa.bindparam("b_receipt"))
_INSERT = sa.insert(inbox)


async def answer_of(connection: AsyncConnection, receipt: str) -> Answer | None:
    """The stored answer, or None for a delivery that is new."""
    text = await connection.scalar(_ANSWER, {"b_receipt": receipt})
    return None if text is None else load_answer(text)


async def known(connection: AsyncConnection, receipts: Sequence[str]) -> dict[str, Answer]:
    """The stored answers by receipt."""
    query = sa.select(inbox.c.receipt, inbox.c.answer).where(inbox.c.receipt.in_(receipts))
    return {row.receipt: load_answer(row.answer) for row in (await connection.execute(query)).all()}


async def remember(connection: AsyncConnection, receipt: str, answer: Answer, at: datetime) -> None:
    """Keep it. The same delivery, handled twice at once, fails here: the second becomes a Conflict and reads the first."""
    await connection.execute(_INSERT, {"receipt": receipt, "at": at, "answer": dump_answer(answer)})


async def keep(connection: AsyncConnection, rows: Sequence[Kept]) -> None:
    """Keep them; their receipts are new. The caller's transaction is the only writer (SQLite)."""
    if rows:
        await connection.execute(
            _INSERT, [{"receipt": row.receipt, "at": row.at, "answer": row.answer} for row in rows]
        )


async def first_to_answer(connection: AsyncConnection, receipt: str, at: datetime) -> bool:
    """True once for each delivery, whoever asks. What is noted goes with the answers, and is no answer to anything."""
    row = {"receipt": f"{receipt}#answered", "at": at, "answer": dump_answer(Quiet())}
    insert = upsertable(connection, inbox).values(row).on_conflict_do_nothing().returning(inbox.c.receipt)
    return await connection.scalar(insert) is not None


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Drop answers from before that; platforms stop repeating within hours. Gives how many."""
    return (await connection.execute(sa.delete(inbox).where(inbox.c.at < before))).rowcount
