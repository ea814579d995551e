"""A rehearsal says everything that a rush will say to the database, and takes, writes and changes nothing."""

import pytest
import sqlalchemy as sa

from bot.domain.people import SYSTEM
from bot.ports import Entry
from bot.store import Database, open_store
from bot.store.outbox_table import outbox
from bot.store.tables import heads
from tests.contracts.given import NOON, after, claim, command, enqueue, post, sent
from tests.contracts.test_workers import plan_of
from tests.postgres import drop_database, fresh_database_url


async def everything(store: Database) -> list[object]:
    async with store.transaction() as connection:
        rows = [(await connection.execute(sa.select(table))).all() for table in (outbox, heads)]
    return [*rows, await store.ledger("release:R-1"), await store.ledger("")]


async def test_a_rehearsal_changes_nothing_and_names_the_post_that_is_due_next(store: Database) -> None:
    assert await store.rehearsed() is None
    async with store.unit() as unit:
        await unit.append("release:R-1", [Entry("note", "kept", SYSTEM, NOON, "request")])
    await enqueue(
        store, command("first", 0), post("later", 9, release="R-2"), post("next", 5), post("bulletin", 1, release="")
    )
    before = await everything(store)
    row = await store.rehearsed()
    assert row is not None
    assert (row.key, row.due_at, row.attempts, row.fence) == ("next", after(5), 0, 0)
    assert await everything(store) == before
    taken = await claim(store, 6)
    assert [one.key for one in taken] == ["first", "bulletin"]
    assert await store.complete([sent(one) for one in taken]) == 2
    (posted,) = await claim(store, 6)
    assert (posted.key, posted.attempts) == ("next", 1)


@pytest.mark.postgres
async def test_what_is_due_is_locked_by_its_number_and_not_by_reading_all_that_is_due() -> None:
    url = await fresh_database_url()
    async with open_store(url) as store:
        await enqueue(store, *(post(f"p{n}", release=f"R-{n}") for n in range(600)))
        plan = await plan_of(
            store, store._claim.lock_due, limit=50, now=after(1), real=after(1), lease=after(1), grace=after(0)
        )
    await drop_database(url)
    assert plan["Actual Rows"] == 50
    assert read_under_the_lock(plan) == {"pk_outbox"}


def read_under_the_lock(plan: dict[str, object]) -> set[object]:
    """The indexes by which the rows are read that are to be locked."""
    parts = plan.get("Plans", [])
    assert isinstance(parts, list)
    own = {plan["Index Name"]} if "Index Name" in plan else set()
    return own.union(*(read_under_the_lock(part) for part in parts if part["Parent Relationship"] == "Outer"))
