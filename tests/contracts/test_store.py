"""ports.Store and ports.Unit, on every database."""

import asyncio

import pytest

from bot.domain.errors import Conflict, Corrupt, Unwritable
from bot.domain.events import (
    Cancelled,
    DetailsGiven,
    Planned,
)
from bot.domain.people import SYSTEM
from bot.messages.heard import Quiet, Say
from bot.messages.model import Actions, Button, Context, Heading, Message, Text
from bot.ports import Entry
from bot.store import Database
from tests.contracts.given import NOON, after, entry, keep, plan_started, post

ANSWER = Say(Message("GO", (Heading("GO"), Text("why"), Context("rev 1"), Actions((Button("go", "Go", "1|go"),)))))


async def test_a_release_comes_back_as_it_was_saved_with_its_version(store: Database) -> None:
    saved = await keep(store, plan_started(), DetailsGiven(at=NOON, by="ana", start_at=after(60), links=("https://x",)))
    loaded = await store.release("R-1")
    assert loaded is not None
    assert (loaded.release, loaded.version) == (saved, 1)
    assert await store.release("R-2") is None
    assert await store.releases() == [saved]


async def test_the_second_of_two_decisions_on_one_version_is_a_conflict_and_then_succeeds(store: Database) -> None:
    await keep(store, plan_started())
    await keep(store, Planned(at=NOON), version=1)
    with pytest.raises(Conflict):
        await keep(store, Cancelled(at=NOON, by="ana", reason="x"), version=1)
    assert len(await store.ledger("release:R-1")) == 2
    await keep(store, Cancelled(at=NOON, by="ana", reason="x"), version=2)
    assert [row.name for row in await store.ledger("release:R-1")] == ["PlanStarted", "Planned", "Cancelled"]


async def test_a_release_is_created_once(store: Database) -> None:
    await keep(store, plan_started())
    with pytest.raises(Conflict):
        await keep(store, plan_started())


async def test_an_exception_leaves_nothing_behind(store: Database) -> None:
    async def fail() -> None:
        async with store.unit() as unit:
            await unit.new_release_id()
            await unit.append("system", [entry(what="note", name="started")])
            await unit.enqueue([post("p")], NOON)
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert await store.ledger("system") == []
    assert await store.announcements("R-1") == []
    async with store.unit() as unit:
        assert await unit.new_release_id() == "R-1"
        assert await unit.new_release_id() == "R-2"


async def test_a_number_that_its_transaction_does_not_need_is_drawn_again(store: Database) -> None:
    async with store.unit() as unit:
        await unit.give_back_release_id(await unit.new_release_id())
        assert await unit.new_release_id() == "R-1"
        assert await unit.new_release_id() == "R-2"
        await unit.give_back_release_id("R-1")
        assert await unit.new_release_id() == "R-3"


async def test_a_repeated_delivery_gets_the_stored_answer(store: Database) -> None:
    async with store.unit() as unit:
        assert await unit.answer_of("receipt") is None
        await unit.remember("receipt", ANSWER, NOON)
    async with store.unit() as unit:
        assert await unit.answer_of("receipt") == ANSWER
    with pytest.raises(Conflict):
        async with store.unit() as unit:
            await unit.remember("receipt", Quiet(), NOON)
    assert await store.forget_answers(NOON) == 0
    assert await store.forget_answers(after(1)) == 1


async def test_of_two_deliveries_at_once_one_is_handled_and_the_other_conflicts(store: Database) -> None:
    async def handle() -> str:
        try:
            async with store.unit() as unit:
                if await unit.answer_of("receipt"):
                    return "repeated"
                await asyncio.sleep(0.05)
                await unit.remember("receipt", ANSWER, NOON)
        except Conflict:
            return "conflict"
        return "handled"

    assert sorted(await asyncio.gather(handle(), handle())) in [["conflict", "handled"], ["handled", "repeated"]]


async def test_each_entry_is_chained_to_the_one_before(store: Database) -> None:
    async with store.unit() as unit:
        first = await unit.append("release:R-1", [entry(plan_started()), entry(what="refused", name="Vote")])
        assert await unit.head("release:R-1") == first
        second = await unit.append("release:R-1", [Entry("receipt", "T-30", SYSTEM, NOON, "q", body={"message": "m1"})])
        assert await unit.append("release:R-1", []) == second
        assert await unit.head("system") == ""
    rows = await store.ledger("release:R-1")
    assert [(row.seq, row.what) for row in rows] == [(1, "event"), (2, "refused"), (3, "receipt")]
    assert [row.previous for row in rows] == ["", rows[0].hash, first]
    assert rows[2].hash == second
    assert rows[0].body["type"] == "PlanStarted"
    assert (rows[0].person, rows[0].account, rows[0].surface) == ("ana", "U1", "sandbox:#payments")
    assert rows[0].at == NOON


async def test_two_writers_of_one_stream_never_tear_its_chain(store: Database) -> None:
    async def write(number: int) -> None:
        async with store.unit() as unit:
            await unit.append("system", [entry(what="note", name=str(number))])

    await asyncio.gather(*(write(number) for number in range(12)))
    rows = await store.ledger("system")
    assert [row.seq for row in rows] == list(range(1, 13))
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:-1]]


async def test_an_entry_that_json_cannot_hold_is_refused_and_the_next_is_written(store: Database) -> None:
    bad = Entry("note", "latency", SYSTEM, NOON, "q", body={"p95": float("nan")})
    with pytest.raises(ValueError, match="JSON"):
        async with store.unit() as unit:
            await unit.append("system", [bad])
    async with store.unit() as unit:
        await unit.append("system", [entry(what="note", name="fine")])
    assert len(await store.ledger("system")) == 1


async def test_a_database_that_cannot_be_written_refuses_the_act(store: Database) -> None:
    async with store.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE ledger RENAME TO elsewhere")
    with pytest.raises(Unwritable):
        await keep(store, plan_started())
    assert await store.release("R-1") is None
    async with store.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO ledger")
    await keep(store, plan_started())


@pytest.mark.parametrize("table", ["ledger", "seals"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET previous = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
async def test_the_database_refuses_every_change_of_the_record(store: Database, table: str, verb: str) -> None:
    sqlite = store.engines.write.dialect.name == "sqlite"
    if sqlite and verb.startswith("TRUNCATE"):
        verb = "INSERT OR REPLACE INTO {0} SELECT * FROM {0}"
    await keep(store, plan_started())
    async with store.transaction() as connection:
        await connection.exec_driver_sql("INSERT INTO seals VALUES (1, '2026-11-24T12:00:00.000000Z', '{}', '', 'mac')")
    before = await store.ledger("release:R-1")
    with pytest.raises(Exception, match=r"append-only|another transaction"):
        async with store.transaction() as connection:
            await connection.exec_driver_sql(verb.format(table))
    assert await store.ledger("release:R-1") == before


async def test_a_release_marked_corrupt_takes_no_decision(store: Database) -> None:
    await keep(store, plan_started())
    await keep(store, plan_started("R-2"), release="R-2")
    async with store.transaction() as connection:
        await connection.exec_driver_sql("UPDATE releases SET corrupt = true WHERE id = 'R-1'")
    with pytest.raises(Corrupt):
        await store.release("R-1")
    async with store.unit() as unit:
        with pytest.raises(Corrupt, match="R-1") as refused:
            await unit.open_plans("payments", "production")
    assert refused.value.release == "R-1"
    assert await store.release("R-2") is not None
    async with store.transaction() as connection:
        await connection.exec_driver_sql("UPDATE releases SET corrupt = false WHERE id = 'R-1'")
    async with store.unit() as unit:
        assert [r.id for r in await unit.open_plans("payments", "production")] == ["R-1", "R-2"]
