"""What health asks is answered from an index, however many rows there are: it is asked every few seconds."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.store import Database
from bot.store.outbox_table import outbox
from bot.store.pulse import lost_since
from tests.contracts.given import NOON

ROWS = 4_000
LOST = {"failed": 3, "unknown": 2}


def row(number: int, state: str) -> dict[str, Any]:
    """A row that is over, minute by minute further back."""
    due = NOON - timedelta(minutes=number)
    return {
        "key": f"k{number}{state}",
        "kind": "post",
        "rank": 2,
        "release": f"R-{number}",
        "stream": f"R-{number}|x",
        "place": "x",
        "occasion": "T-30",
        "due_at": due,
        "state": state,
        "payload": "{}",
        "created_at": due,
    }


async def explained(store: Database) -> str:
    """How the database would count."""
    statement = lost_since(NOON - timedelta(hours=24))
    text = str(statement.compile(store.engines.write.sync_engine, compile_kwargs={"literal_binds": True}))
    how = "EXPLAIN" if store.engines.postgres else "EXPLAIN QUERY PLAN"
    async with store.transaction() as connection:
        rows = (await connection.exec_driver_sql(f"{how} {text}")).all()
    return "\n".join(str(part) for one in rows for part in one)


async def test_failed_and_unknown_rows_are_counted_from_their_index_and_rightly(store: Database) -> None:
    over = [row(n, "sent") for n in range(ROWS)]
    lost = [row(n, state) for state, count in LOST.items() for n in range(count)]
    old = [row(n, "failed") for n in range(5_000, 5_010)]
    async with store.transaction() as connection:
        await connection.execute(sa.insert(outbox), [*over, *lost, *old])
        await connection.exec_driver_sql("ANALYZE outbox")
    plan = await explained(store)
    assert "ix_outbox_lost" in plan
    assert "Seq Scan" not in plan
    assert "SCAN outbox\n" not in f"{plan}\n"
    pulse = await store.pulse(NOON, NOON - timedelta(hours=24))
    assert {"failed": pulse.failed, "unknown": pulse.unknown} == LOST
