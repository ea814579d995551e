"""Statements about many rows take them as one parameter, and look each of them up: none reads the whole table for it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.outbox.receipts import entry
from bot.store import Database, complete, ledger, open_store, posts, releases
from bot.store.claim import _PARENTS
from bot.store.lists import among, as_columns, given_rows
from bot.store.outbox_table import outbox
from bot.store.tables import heads
from tests.contracts.given import NOON, claim, enqueue, post, sent
from tests.sqlite import fresh_sqlite_url


async def told(store: Database, statement: sa.Executable, **values: object) -> list[Any]:
    async with store.transaction() as connection:
        return list((await connection.execute(statement, values)).scalars())


async def test_one_parameter_holds_none_one_or_a_thousand_whatever_is_in_them(store: Database) -> None:
    odd = [f'it\'s {n} "quoted", \\ {{a,b}} é☃' for n in range(1000)]
    await enqueue(store, *(post(key, release=f"R-{n}") for n, key in enumerate(odd)))
    by_key = sa.select(outbox.c.key).where(among(outbox.c.key, "b_keys"))
    assert await told(store, by_key, b_keys=[]) == []
    assert await told(store, by_key, b_keys=odd[7:8]) == odd[7:8]
    assert sorted(await told(store, by_key, b_keys=[*odd, "nobody's"])) == sorted(odd)
    by_id = sa.select(outbox.c.id).where(among(outbox.c.id, "b_ids"))
    ids = await told(store, sa.select(outbox.c.id))
    assert sorted(await told(store, by_id, b_ids=ids)) == sorted(ids)
    assert await told(store, by_id, b_ids=[max(ids) + 1]) == []


async def test_many_receipts_are_written_at_once_each_to_its_own_row_and_chain(store: Database) -> None:
    await enqueue(store, *(post(f"p{n}", release=f"R-{n}") for n in range(60)))
    rows = await claim(store, 1, limit=60)
    receipts = [
        replace(sent(row, f"of {row.key}"), entry=entry(row, "sent", NOON, "", f"of {row.key}")) for row in rows
    ]
    assert await store.complete(receipts) == 60
    for row in rows:
        (one,) = await store.announcements(row.release)
        assert (one.state, one.message) == ("sent", f"of {row.key}")
        (receipt,) = await store.ledger(f"release:{row.release}")
        assert (receipt.seq, receipt.request, receipt.body["message"]) == (1, row.key, f"of {row.key}")
        assert receipt.hash == await store.head(f"release:{row.release}")


def test_rows_are_given_as_columns() -> None:
    rows = [{"id": 1, "at": NOON}, {"id": 2, "at": NOON + timedelta(days=1)}]
    assert as_columns(rows) == {"all_id": [1, 2], "all_at": [NOON, NOON + timedelta(days=1)]}
    assert given_rows({"id": sa.BigInteger()}).c.keys() == ["id"]


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(complete._LOCK, id="lock of what ended"),
        pytest.param(_PARENTS, id="parents"),
        pytest.param(posts._OF, id="posts of releases"),
        pytest.param(releases._LOADED, id="releases"),
        pytest.param(ledger._LOCK, id="heads"),
        pytest.param(sa.update(outbox).where(among(outbox.c.id, "b_ids")).values(state="sent"), id="change"),
        pytest.param(sa.select(heads).where(among(heads.c.stream, "b_streams")), id="any"),
    ],
)
async def test_sqlite_looks_them_up_by_an_index(statement: sa.ClauseElement, tmp_path: Path) -> None:
    async with open_store(fresh_sqlite_url(tmp_path)) as store:
        compiled = statement.compile(store.engines.write.sync_engine)
        async with store.transaction() as connection:
            await connection.exec_driver_sql("ANALYZE")
            text = f"EXPLAIN QUERY PLAN {compiled}"
            plan = (await connection.exec_driver_sql(text, (None,) * len(compiled.params))).all()
    steps = [step for *_, step in plan]
    assert any(step.startswith("SEARCH") for step in steps)
    assert not any(step.startswith("SCAN") and "json_each" not in step for step in steps), steps
