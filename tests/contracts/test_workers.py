"""Several workers at once: nothing twice, nothing out of order, no deadlock; and fast with many rows parked."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.errors import Conflict
from bot.domain.people import SYSTEM
from bot.messages.effects import Effect, Revise, Supersede
from bot.ports import Completion, Entry
from bot.store import Database, open_store
from bot.store.outbox_table import outbox
from bot.store.seals import seal
from bot.store.wake import _DUE
from tests.contracts.given import NOON, RELEASES, after, claim, command, enqueue, entry, post, really, sent
from tests.postgres import drop_database, fresh_database_url

PARKED = """
INSERT INTO outbox (key, kind, rank, release, stream, place, occasion, schedule_revision, due_at, wake_at, state, outcome,
                    payload, created_at)
SELECT 'parked-' || n, 'post', 2, 'P-' || n, 'P-' || n, 'c' || n % 50, 'T-30', 1, now() + interval '1 day' + n * interval
       '1 second', now() + interval '1 day' + n * interval '1 second', 'pending', '', '{}', now()
FROM generate_series(1, 100000) AS n
"""


async def test_every_post_goes_out_once_and_each_place_hears_them_in_order(stores: list[Database]) -> None:
    releases, marks = [f"R-{n}" for n in range(8)], ["T-30", "T-5", "T=0"]
    for release in releases:
        posts = [
            post(f"{release}:{mark}", at, release=release, occasion=mark, place=place)
            for at, mark in enumerate(marks)
            for place in (RELEASES, post("x").place)
        ]
        numbered = [replace(one, key=f"{one.key}:{one.place.id}") for one in posts]
        await enqueue(stores[0], *numbered, command(f"{release}:stop", 2, release=release))
    flying: set[tuple[str, str]] = set()
    heard: dict[tuple[str, str], list[str]] = {}

    async def work(store: Database, worker: int) -> None:
        idle = 0
        while idle < 5:
            rows = await claim(store, 10, limit=4, owner=f"w{worker}")
            idle = 0 if rows else idle + 1
            for row in rows:
                stream = (row.release, str(getattr(row.effect, "place", "")))
                assert stream not in flying
                flying.add(stream)
                heard.setdefault(stream, []).append(row.key)
            await asyncio.sleep(0.005)
            flying.difference_update((row.release, str(getattr(row.effect, "place", ""))) for row in rows)
            receipts = [entry(what="receipt", name=row.key) for row in rows]
            done = [replace(sent(row), entry=receipt) for row, receipt in zip(rows, receipts, strict=True)]
            assert await store.complete(done) == len(rows)

    await asyncio.gather(*(work(store, number) for number, store in enumerate(stores * 3)))
    assert len(heard) == 3 * len(releases)
    for (release, place), keys in heard.items():
        expected = [f"{release}:{mark}:{place.partition(':')[2]}" for mark in marks]
        assert keys == (expected if place else [f"{release}:stop"])
    for release in releases:
        written = [row.name for row in await stores[0].ledger(f"release:{release}")]
        assert written.index(f"{release}:stop") < written.index(f"{release}:T=0:#releases")


async def test_decisions_receipts_and_seals_cross_without_a_deadlock(stores: list[Database]) -> None:
    releases = [f"R-{n}" for n in range(4)]
    await enqueue(stores[0], *(post(f"{r}:card", release=r) for r in releases))
    stop = asyncio.Event()

    async def decide(store: Database, seed: int) -> int:
        lost = 0
        for turn in range(15):
            release = releases[(turn + seed) % len(releases)]
            effects: list[Effect] = [
                Revise(f"{release}:card", release, NOON),
                Supersede(release, turn, "moved"),
                post(f"{release}:{seed}:{turn}", release=release, schedule_revision=turn),
            ]
            try:
                async with store.unit() as unit:
                    await unit.append(f"release:{release}", [entry(what="note", name="decided")])
                    await unit.append("system", [entry(what="note", name="decided")])
                    await unit.enqueue(effects, NOON)
            except Conflict:
                lost += 1
        return lost

    async def send(store: Database) -> None:
        while not stop.is_set():
            rows = await claim(store, 1, limit=10)
            receipt = Entry("receipt", "post", SYSTEM, NOON, "q")
            await store.complete([replace(sent(row), entry=receipt) for row in rows])
            await seal(store, b"key", NOON)

    senders = [asyncio.create_task(send(store)) for store in stores]
    lost = await asyncio.gather(*(decide(store, seed) for seed, store in enumerate(stores * 2)))
    stop.set()
    await asyncio.gather(*senders)
    decided = [row for row in await stores[0].ledger("system") if row.name == "decided"]
    assert len(decided) + sum(lost) == 15 * len(lost)


async def test_a_worker_that_was_stopped_cannot_write_over_its_successor(stores: list[Database]) -> None:
    await enqueue(stores[0], post("p"))
    (slow,) = await claim(stores[0], owner="slow")
    (quick,) = await claim(stores[-1], real=20, owner="quick")
    late, good = stores[0].complete([sent(slow, "doubled")]), stores[-1].complete([sent(quick, "once")])
    assert sum(await asyncio.gather(late, good)) == 1
    assert [one.message for one in await stores[0].announcements("R-1")] == ["once"]


@pytest.mark.postgres
async def test_the_database_says_what_is_due_where_it_is_asked_to() -> None:
    url = await fresh_database_url()
    wrong = datetime(2001, 1, 1, tzinfo=UTC)
    async with open_store(url, database_time=True) as store:
        soon = datetime.now(UTC) + timedelta(hours=1)
        await enqueue(store, post("due", -600), replace(post("later", release="R-2"), due_at=soon))
        before = datetime.now(UTC)
        (row,) = await store.claim(10, wrong, wrong, 20, "worker")
        claimed_at = datetime.now(UTC)
        assert row.key == "due"
        assert await store.claim(10, soon, soon + timedelta(hours=1), 20, "other") == []
        lease = (await store.next_wake()).real
        assert lease is not None
        assert before <= lease - timedelta(seconds=20) <= claimed_at
        await store.complete([Completion(row, "sent")])
    await drop_database(url)


async def plan_of(store: Database, statement: sa.Select[Any], **values: object) -> dict[str, Any]:
    """What PostgreSQL did for it: the root of the plan."""
    text = str(
        statement.params(**values).compile(store.engines.write.sync_engine, compile_kwargs={"literal_binds": True})
    )
    async with store.transaction() as connection:
        explained = await connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {text}")
        found = explained.scalar_one()
    plan: dict[str, Any] = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return plan


def scans(plan: dict[str, Any]) -> set[str]:
    """Every "how: of what" in the plan."""
    own = {f"{plan['Node Type']}: {plan['Relation Name']}"} if "Relation Name" in plan else set()
    return own.union(*(scans(child) for child in plan.get("Plans", [])))


@pytest.mark.postgres
@pytest.mark.parametrize("analyzed", [False, True])
async def test_an_empty_claim_and_the_next_wake_read_a_few_pages_however_many_rows_are_parked(
    *, analyzed: bool
) -> None:
    url = await fresh_database_url()
    async with open_store(url, database_time=True) as store:
        async with store.transaction() as connection:
            await connection.exec_driver_sql(PARKED)
            if analyzed:
                await connection.exec_driver_sql("ANALYZE outbox")
        for statement in (store._claim.lock_due, _DUE):
            plan = await plan_of(store, statement, limit=50)
            assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < 60
            assert f"Seq Scan: {outbox.name}" not in scans(plan)
        await store.claim(50, NOON, NOON, 20, "worker")
    await drop_database(url)


async def test_a_burst_is_taken_in_batches_until_nothing_is_due(store: Database) -> None:
    await enqueue(store, *(post(f"p{n}", release=f"R-{n}") for n in range(700)))
    taken = 0
    while rows := await claim(store, 1, limit=200):
        assert await store.complete([sent(row) for row in rows]) == len(rows)
        taken += len(rows)
    assert taken == 700
    assert (await store.next_wake()).civil is None
    assert after(0) == NOON
    assert really(0) > NOON
