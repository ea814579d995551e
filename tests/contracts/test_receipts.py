"""Answers that are kept though nothing was decided, on every database: durable, in few commits, and no change of the state."""

import asyncio
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import Unwritable
from bot.domain.facts import Window
from bot.messages.heard import Quiet, Say
from bot.messages.model import Message
from bot.ports import Delivery
from bot.store import Database, open_store
from tests.contracts.given import NOON, after, keep, plan_started
from tests.postgres import drop_database, fresh_database_url


def said(text: str) -> Say:
    return Say(Message(text))


async def test_a_kept_answer_is_there_for_whoever_opens_the_database_next(store: Database, url: str) -> None:
    assert await store.keep_answer("r1", said("GO"), NOON) == said("GO")
    assert (await store.delivery("r1")).answer == said("GO")
    await store.close()
    async with open_store(url) as again:
        assert (await again.delivery("r1")).answer == said("GO")
        async with again.unit() as unit:
            assert await unit.answer_of("r1") == said("GO")
        assert await again.forget_answers(after(1)) == 1


async def test_the_first_answer_to_a_delivery_stands(store: Database) -> None:
    """Kept by a decision, kept before, or by another who waits for the same commit."""
    async with store.unit() as unit:
        await unit.remember("decided", Quiet(), NOON)
    assert await store.keep_answer("decided", said("late"), NOON) == Quiet()
    at_once = await asyncio.gather(*(store.keep_answer("same", said(f"{n}"), NOON) for n in range(20)))
    assert len({answer.message.text for answer in at_once if isinstance(answer, Say)}) == 1
    assert (await store.delivery("same")).answer == at_once[0]
    mixed = await asyncio.gather(*(store.keep_answer(name, said(name), NOON) for name in ("new", "same", "newer")))
    assert mixed == [said("new"), at_once[0], said("newer")]


async def test_one_of_all_who_heard_a_delivery_is_the_first_to_answer_it(store: Database) -> None:
    assert sorted(await asyncio.gather(*(store.first_to_answer("r1", NOON) for _ in range(4)))) == [False] * 3 + [True]
    assert await store.first_to_answer("r2", NOON)
    assert not await store.first_to_answer("r2", NOON)
    assert (await store.delivery("r1")).answer is None, "that somebody answers is no answer"
    assert await store.forget_answers(after(1)) == 2
    assert await store.first_to_answer("r1", NOON)


async def test_many_who_wait_share_few_commits(store: Database) -> None:
    commits = 0

    def count(_: sa.Connection) -> None:
        nonlocal commits
        commits += 1

    sa.event.listen(store.engines.write.sync_engine, "commit", count)
    names = [f"r{n}" for n in range(150)]
    kept = await asyncio.gather(*(store.keep_answer(name, said(name), NOON) for name in names))
    assert kept == [said(name) for name in names]
    assert commits <= 4
    found = await asyncio.gather(*(store.delivery(name) for name in names))
    assert [one.answer for one in found] == kept


async def test_receipts_alone_are_no_change_of_the_state_and_a_decision_is(store: Database) -> None:
    first = (await store.delivery("a")).mark
    for n in range(3):
        await asyncio.gather(*(store.keep_answer(f"{n}:{m}", said("x"), NOON) for m in range(5)))
        assert (await store.delivery("a")).mark == first
    await keep(store, plan_started())
    second = (await store.delivery("a")).mark
    assert second != first
    await store.keep_answer("last", said("x"), NOON)
    assert (await store.delivery("a")).mark == second


async def test_a_decision_is_seen_among_many_receipts(store: Database) -> None:
    """However they come together: whoever asks after the decision gets another name of the state than who asked before."""
    before = (await store.delivery("a")).mark
    keeping = [asyncio.create_task(store.keep_answer(f"r{n}", said("x"), NOON)) for n in range(60)]
    await keep(store, plan_started())
    assert (await store.delivery("a")).mark != before
    await asyncio.gather(*keeping)


@pytest.mark.postgres
async def test_a_decision_of_another_process_makes_the_state_a_new_one() -> None:
    url = await fresh_database_url()
    async with open_store(url) as store, open_store(url) as other:
        first = (await store.delivery("a")).mark
        await keep(other, plan_started())
        assert (await store.delivery("a")).mark != first
        await _no_change(other, store)
        second = (await store.delivery("a")).mark
        window = Window("F-1", "*", after(60), after(120), "inventory", owner="ana")
        async with other.unit() as unit:
            await unit.add_freeze(window)
        third = (await store.delivery("a")).mark
        assert third not in {first, second}
    await drop_database(url)


async def test_an_answer_is_offered_for_one_state_and_kept_for_no_other(store: Database) -> None:
    mark = (await store.delivery("a")).mark
    assert await store.offer_answer("a", said("GO"), NOON, mark) == Delivery(said("GO"), mark)
    assert await store.offer_answer("a", said("late"), NOON, mark) == Delivery(said("GO"), mark)
    await keep(store, plan_started())
    told = await store.offer_answer("b", said("GO"), NOON, mark)
    assert told.answer is None
    assert told.mark != mark
    assert (await store.delivery("b")) == Delivery(None, told.mark), "what is no longer so is kept for nobody"
    offered = (store.offer_answer(f"o{n}", said("NO-GO"), NOON, told.mark) for n in range(5))
    old = (store.offer_answer(f"old{n}", said("GO"), NOON, mark) for n in range(5))
    kept = (store.keep_answer(f"k{n}", said(f"{n}"), NOON) for n in range(5))
    first, second, third, fourth = await asyncio.gather(
        asyncio.gather(*offered), asyncio.gather(*old), asyncio.gather(*kept), store.delivery("a")
    )
    assert [one.answer for one in first] == [said("NO-GO")] * 5
    assert [one.answer for one in second] == [None] * 5
    assert list(third) == [said(f"{n}") for n in range(5)]
    assert {one.mark for one in (*first, *second, fourth)} == {told.mark}
    assert [(await store.delivery(f"o{n}")).answer for n in range(5)] == [said("NO-GO")] * 5


async def test_the_same_delivery_offered_and_kept_at_once_has_one_answer(store: Database) -> None:
    mark = (await store.delivery("a")).mark
    deciding = asyncio.create_task(keep(store, plan_started()))
    offered, kept = await asyncio.gather(
        store.offer_answer("same", said("GO"), NOON, mark), store.keep_answer("same", said("NO-GO"), NOON)
    )
    assert offered.answer in {None, kept}
    assert (await store.delivery("same")).answer == kept
    await deciding


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(4))
async def test_no_decision_is_missed_whatever_ends_in_which_order(seed: int) -> None:
    """Decisions, receipts of others, and what is given up end in any order; receipts of ours are kept between."""
    url, chance = await fresh_database_url(), Random(seed)
    kinds = ("orders (id, body)", "inbox (receipt, at, answer)")
    async with open_store(url) as store, open_store(url) as other:
        under_way: list[tuple[str, AsyncConnection]] = []
        newest = (await store.delivery("a")).mark
        named, decided = {newest: 0}, 0
        for turn in range(60):
            if len(under_way) < 4 and chance.random() < 0.5:
                kind, connection = chance.choice(kinds), other.engines.write.connect()
                await connection.start()
                now = "now(), " if kind.startswith("inbox") else ""
                await connection.execute(sa.text(f"INSERT INTO {kind} VALUES ('theirs{turn}', {now}'x')"))  # noqa: S608 - of two
                under_way.append((kind, connection))
            elif under_way:
                kind, connection = under_way.pop(chance.randrange(len(under_way)))
                if chance.random() < 0.8:
                    await connection.commit()
                    decided += kind.startswith("orders")
                await connection.close()
            told = await store.offer_answer(f"ours{turn}", said("x"), NOON, newest)
            assert named.setdefault(told.mark, decided) == decided, f"turn {turn}: a decision was missed"
            assert (told.answer is None) == (told.mark != newest)
            newest = told.mark
        for _, connection in under_way:
            await connection.close()
        assert decided > 3
    await drop_database(url)


async def test_what_cannot_be_kept_is_told_and_then_kept(store: Database) -> None:
    await _renamed(store, "inbox", "away")
    told = await asyncio.gather(
        *(store.keep_answer(f"r{n}", said("x"), NOON) for n in range(3)), return_exceptions=True
    )
    assert {type(one) for one in told} == {Unwritable}
    await _renamed(store, "away", "inbox")
    assert await store.keep_answer("r0", said("y"), NOON) == said("y")


async def _no_change(other: Database, store: Database) -> None:
    """Kept by another process; as long as another database of this server has something under way, it may be a change."""
    for n in range(200):
        before = (await store.delivery("a")).mark
        await other.keep_answer(f"elsewhere{n}", said("x"), NOON)
        found = await store.delivery(f"elsewhere{n}")
        assert found.answer == said("x")
        if found.mark == before:
            return
        await asyncio.sleep(0.01)
    pytest.fail("a receipt is no change, wherever it is kept")


async def _renamed(store: Database, table: str, name: str) -> None:
    async with store.engines.write.begin() as connection:
        await connection.execute(sa.text(f"ALTER TABLE {table} RENAME TO {name}"))
