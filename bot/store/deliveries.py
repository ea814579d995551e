"""What is known of deliveries, and what is kept of them, in one statement of PostgreSQL: one round trip, and one commit.

The statement also says whether the state is the one that was named last (bot.store.marks), and keeps what was offered for that
state only if it is. The database itself looks, in the snapshot in which it answers: between the two nothing can be decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages.heard import Answer
from bot.store.codec import load_answer
from bot.store.marks import MOST, Marks, Snapshot

_TEXTS = sa.ARRAY(sa.Text)
_NUMBERS = sa.ARRAY(sa.BigInteger)

_WRITTEN = (
    "EXISTS (SELECT 1 FROM releases WHERE age(xmin) <= age(CAST(:oldest AS xid)))"
    " OR EXISTS (SELECT 1 FROM stream_heads WHERE age(xmin) <= age(CAST(:oldest AS xid)))"
    " OR EXISTS (SELECT 1 FROM freezes WHERE age(xmin) <= age(CAST(:oldest AS xid)))"
    " OR EXISTS (SELECT 1 FROM orders WHERE age(xmin) <= age(CAST(:oldest AS xid)))"
)
"""True where a row of the state was written by a transaction that was not over when the state was named, or may have been.

By the number of the transaction that wrote the row; ages, since the numbers of rows begin again after 32 bits. What is taken out
leaves no row, but its entry in the ledger moves the head of a stream.
"""
_SAME = f"""
seen AS MATERIALIZED (SELECT pg_current_snapshot() AS s),
ended AS (
  SELECT t FROM seen, unnest(:under_way) AS t WHERE pg_visible_in_snapshot(t::text::xid8, s)
  UNION ALL
  SELECT t FROM seen, generate_series(:last, least(pg_snapshot_xmax(s)::text::bigint, :last + {MOST}) - 1) AS t
  WHERE pg_visible_in_snapshot(t::text::xid8, s)
),
same AS MATERIALIZED (
  SELECT s, CASE
    WHEN NOT :named THEN false
    WHEN pg_snapshot_xmax(s)::text::bigint <= :last + {MOST} AND NOT EXISTS (SELECT 1 FROM ended WHERE t <> ALL(:ours)) THEN true
    ELSE NOT ({_WRITTEN}) END AS same
  FROM seen
)"""  # noqa: S608 - no text of anybody: a number of ours, and a constant
_KEPT = """
kept AS (
  INSERT INTO inbox (receipt, at, answer)
  SELECT receipt, :at, (CAST(:texts AS text[]))[text] FROM unnest(:receipts, :numbers, :anyway) AS g (receipt, text, anyway)
  WHERE anyway OR (SELECT same FROM same)
  ON CONFLICT DO NOTHING RETURNING receipt, pg_current_xact_id()::text AS number
)"""
_FOUND = "FROM same LEFT JOIN inbox AS i ON i.receipt = ANY(:asked)"
_STATE = (
    sa.bindparam("under_way", type_=_NUMBERS),
    sa.bindparam("ours", type_=_NUMBERS),
    sa.bindparam("last", type_=sa.BigInteger),
    sa.bindparam("named", type_=sa.Boolean),
    sa.bindparam("oldest", type_=sa.Text),
    sa.bindparam("asked", type_=_TEXTS),
)
_LOOK = sa.text(f"WITH {_SAME} SELECT s::text AS mark, same, i.receipt, i.answer {_FOUND}").bindparams(*_STATE)
_LOOK_AND_KEEP = sa.text(
    f"WITH {_SAME}, {_KEPT} SELECT s::text AS mark, same, (SELECT array_agg(receipt) FROM kept) AS kept,"  # noqa: S608 - constants
    f" (SELECT min(number) FROM kept) AS number, i.receipt, i.answer {_FOUND}"
).bindparams(
    *_STATE,
    sa.bindparam("at", type_=sa.DateTime(timezone=True)),
    sa.bindparam("texts", type_=_TEXTS),
    sa.bindparam("receipts", type_=_TEXTS),
    sa.bindparam("numbers", type_=sa.ARRAY(sa.Integer)),
    sa.bindparam("anyway", type_=sa.ARRAY(sa.Boolean)),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer to a delivery that changed nothing, as text (`load_answer` reads it).

    `anyway`: whatever the state is; else only while it is the one that was named last.
    """

    receipt: str
    at: datetime
    answer: str
    anyway: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """`mark`: the name of the state. `same`: it is the one that was named last. `answers`: what was known before.

    `new`: the receipts that were kept now.
    """

    mark: str
    same: bool
    answers: dict[str, Answer]
    new: frozenset[str] = frozenset()


async def look(connection: AsyncConnection, marks: Marks, receipts: Sequence[str], rows: Sequence[Kept] = ()) -> Found:
    """Ask for `receipts`, and keep those of `rows` that are new. The connection commits each statement by itself.

    In the order of their receipts, so that two replicas which keep the same ones never wait for each other.
    """
    values = _named(marks) | {"asked": list(receipts)}
    if not rows:
        found = (await connection.execute(_LOOK, values)).all()
        new, number = frozenset[str](), None
    else:
        found = (await connection.execute(_LOOK_AND_KEEP, values | _rows(rows))).all()
        new = frozenset(found[0].kept or ())
        number = int(found[0].number) if new else None
    mark = marks.seen(Snapshot.of(found[0].mark), same=found[0].same, kept=number)
    answers = {row.receipt: load_answer(row.answer) for row in found if row.receipt is not None}
    return Found(mark, found[0].same, answers, new)


def _named(marks: Marks) -> dict[str, Any]:
    """The state that was named last."""
    before = marks.newest
    if before is None:
        return {"named": False, "under_way": [], "last": 0, "ours": [], "oldest": "0"}
    return {
        "named": True,
        "under_way": list(before.under_way),
        "last": before.end,
        "ours": list(marks.receipts),
        "oldest": str(before.begin % 2**32),
    }


def _rows(rows: Sequence[Kept]) -> dict[str, Any]:
    """As arrays; an answer that many got is sent once."""
    ordered = sorted(rows, key=lambda row: row.receipt)
    numbers = {text: n for n, text in enumerate(dict.fromkeys(row.answer for row in ordered), start=1)}
    return {
        "at": max(row.at for row in ordered),
        "texts": list(numbers),
        "receipts": [row.receipt for row in ordered],
        "numbers": [numbers[row.answer] for row in ordered],
        "anyway": [row.anyway for row in ordered],
    }
