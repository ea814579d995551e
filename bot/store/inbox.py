"""Answers by the platform's receipt: a repeated delivery gets the stored one (decision 9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages.heard import Answer
from bot.store.codec import dump_answer, load_answer
from bot.store.marks import Snapshot
from bot.store.tables import inbox

_ANSWER = sa.select(inbox.c.answer).where(inbox.c.receipt == sa.bindparam("b_receipt"))
_INSERT = sa.insert(inbox)
_KEEP = sa.text(
    "INSERT INTO inbox (receipt, at, answer) SELECT * FROM unnest(:receipts, :ats, :answers)"
    " ON CONFLICT DO NOTHING RETURNING receipt, pg_current_xact_id()::text AS number"
).bindparams(
    sa.bindparam("receipts", type_=sa.ARRAY(sa.Text)),
    sa.bindparam("ats", type_=sa.ARRAY(sa.DateTime(timezone=True))),
    sa.bindparam("answers", type_=sa.ARRAY(sa.Text)),
)
_WRITTEN = sa.text(
    "SELECT EXISTS (SELECT 1 FROM releases AS r WHERE age(r.xmin) <= age(b.oldest))"
    " OR EXISTS (SELECT 1 FROM stream_heads AS h WHERE age(h.xmin) <= age(b.oldest))"
    " OR EXISTS (SELECT 1 FROM freezes AS f WHERE age(f.xmin) <= age(b.oldest))"
    " OR EXISTS (SELECT 1 FROM orders AS o WHERE age(o.xmin) <= age(b.oldest))"
    " FROM (SELECT CAST(CAST(:oldest AS text) AS xid) AS oldest) AS b"
)
"""By the number of the transaction that wrote the row; ages, since the numbers of rows begin again after 32 bits."""
_WITH_SNAPSHOT = sa.text(
    "SELECT pg_current_snapshot()::text AS mark, receipt, answer"
    " FROM (SELECT 1) AS always LEFT JOIN inbox ON receipt = ANY(:receipts)"
).bindparams(sa.bindparam("receipts", type_=sa.ARRAY(sa.Text)))


async def answer_of(connection: AsyncConnection, receipt: str) -> Answer | None:
    """The stored answer, or None for a delivery that is new."""
    text = await connection.scalar(_ANSWER, {"b_receipt": receipt})
    return None if text is None else load_answer(text)


async def known(connection: AsyncConnection, receipts: Sequence[str]) -> dict[str, Answer]:
    """The stored answers by receipt."""
    query = sa.select(inbox.c.receipt, inbox.c.answer).where(inbox.c.receipt.in_(receipts))
    return {row.receipt: load_answer(row.answer) for row in (await connection.execute(query)).all()}


async def known_in_snapshot(connection: AsyncConnection, receipts: Sequence[str]) -> tuple[Snapshot, dict[str, Answer]]:
    """The same with the snapshot that they were read in (PostgreSQL)."""
    rows = (await connection.execute(_WITH_SNAPSHOT, {"receipts": list(receipts)})).all()
    answers = {row.receipt: load_answer(row.answer) for row in rows if row.receipt is not None}
    return Snapshot.of(rows[0].mark), answers


async def remember(connection: AsyncConnection, receipt: str, answer: Answer, at: datetime) -> None:
    """Keep it. The same delivery, handled twice at once, fails here: the second becomes a Conflict and reads the first."""
    await connection.execute(_INSERT, {"receipt": receipt, "at": at, "answer": dump_answer(answer)})


async def state_written_since(connection: AsyncConnection, before: Snapshot) -> bool:
    """True where a row of the state was written by a transaction that was not over in that snapshot, or may have been.

    What is taken out leaves no row, but its entry in the ledger moves the head of a stream (PostgreSQL).
    """
    return bool(await connection.scalar(_WRITTEN, {"oldest": str(before.begin % 2**32)}))


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer to a delivery that changed nothing, as text (`load_answer` reads it)."""

    receipt: str
    at: datetime
    answer: str


async def keep(connection: AsyncConnection, rows: Sequence[Kept]) -> set[str]:
    """Keep those whose receipts are new; gives their receipts. The caller's transaction is the only writer (SQLite)."""
    query = sa.select(inbox.c.receipt).where(inbox.c.receipt.in_([row.receipt for row in rows]))
    there = set((await connection.scalars(query)).all())
    new = {row.receipt: row for row in reversed(rows) if row.receipt not in there}
    if new:
        values = [{"receipt": row.receipt, "at": row.at, "answer": row.answer} for row in new.values()]
        await connection.execute(_INSERT, values)
    return set(new)


async def keep_at_once(connection: AsyncConnection, rows: Sequence[Kept]) -> tuple[int | None, set[str]]:
    """The same in one statement of its own transaction (PostgreSQL), with that transaction's number; None where none is new.

    In the order of their receipts, so that two replicas which keep the same ones never wait for each other.
    """
    ordered = sorted(rows, key=lambda row: row.receipt)
    values = {
        "receipts": [row.receipt for row in ordered],
        "ats": [row.at for row in ordered],
        "answers": [row.answer for row in ordered],
    }
    new = (await connection.execute(_KEEP, values)).all()
    return int(new[0].number) if new else None, {row.receipt for row in new}


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Drop answers from before that; platforms stop repeating within hours. Gives how many."""
    return (await connection.execute(sa.delete(inbox).where(inbox.c.at < before))).rowcount
