"""The loop: many at once, in the order of each stream, woken by alarm and commit, ended in order by SIGTERM."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.people import Place
from bot.messages.heard import Quiet
from bot.outbox import Outbox, Settings
from bot.ports import Completion, Outgoing, Row, SendResult, Wake
from bot.timeline.marks import T_5, T_30
from tests.bot.outbox.outbox_world import FakeChat, World, mark, said, until
from tests.world import HOME, NOW, START


class Bell:
    """An alarm that only remembers."""

    def __init__(self) -> None:
        self.at: list[datetime | None] = []

    def ring_at(self, when: datetime | None) -> None:
        self.at.append(when)

    def ring_now(self) -> None:
        """Nothing: the tests ring the worker."""


class SlowChat(FakeChat):
    """Waits for `gate` before it acknowledges."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.at_once = 0
        self.most = 0

    async def send(self, outgoing: Outgoing) -> SendResult:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        await self.gate.wait()
        self.at_once -= 1
        return await super().send(outgoing)


async def test_many_are_sent_at_once_but_never_more_than_there_are_slots(world: World) -> None:
    slow = SlowChat()
    for n in range(12):
        await world.planned(id=f"R-{n}")
        await world.enqueue([replace(said("VERDICT", "verdict"), key=f"R-{n}:x", release=f"R-{n}")])
    worker = Outbox(replace(world.parts(), chats={"sandbox": slow}, settings=Settings(slots=5, batch=3)))
    running = asyncio.create_task(worker.run(Bell()))
    await until(lambda: slow.at_once == 5)
    await asyncio.sleep(0.1)
    assert slow.at_once == 5
    slow.gate.set()
    await until(lambda: len(slow.posted) == 12)
    await worker.stop()
    await running
    assert slow.most == 5


async def test_one_stream_keeps_its_order_however_many_slots_are_free(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_5), mark(T_30)])
    world.clock.set(START - timedelta(minutes=4, seconds=30))
    worker = world.outbox("another")
    running = asyncio.create_task(worker.run(Bell()))
    await until(lambda: len(world.chat.posted) == 1)
    await worker.stop()
    await running
    assert (await world.states()) == {"T-30@#payments": "merged", "T-5@#payments": "sent"}


async def test_sigterm_finishes_what_is_being_sent_and_claims_no_more(world: World) -> None:
    await world.planned()
    slow = SlowChat()
    await world.enqueue([said("VERDICT", "verdict")])
    worker = Outbox(replace(world.parts(), chats={"sandbox": slow}))
    running = asyncio.create_task(worker.run(Bell()))
    await until(lambda: slow.at_once == 1)
    await worker.stop()
    await world.enqueue([said("MOVED", "moved", Place("sandbox", "#releases"))])
    worker.ring()
    await asyncio.sleep(0.05)
    assert not running.done()
    slow.gate.set()
    await running
    assert (await world.states()) == {"VERDICT@#payments": "sent", "MOVED@#releases": "pending"}
    await world.worker.drain()
    assert (await world.post_of("MOVED")).state == "sent"
    assert world.chat.looked == 0


async def test_who_commits_wakes_the_worker(world: World) -> None:
    await world.planned()
    worker = world.outbox("another")
    running = asyncio.create_task(worker.run(Bell()))
    await asyncio.sleep(0.05)
    await world.enqueue([said("VERDICT", "verdict")])
    worker.ring()
    await until(lambda: world.chat.posted)
    await worker.stop()
    await running


@pytest.mark.parametrize(("rate", "waits_s"), [(1.0, 5400.0), (60.0, 90.0), (0.0, None)])
async def test_the_alarm_is_set_in_the_machine_s_time_at_any_rate(
    world: World, rate: float, waits_s: float | None
) -> None:
    await world.planned()
    await world.enqueue([mark(T_30)])
    world.clock.run(rate)
    bell = Bell()
    worker = world.outbox("another")
    running = asyncio.create_task(worker.run(bell))
    await until(lambda: bell.at)
    await worker.stop()
    await running
    assert bell.at[0] == (None if waits_s is None else world.clock.real() + timedelta(seconds=waits_s))


async def test_a_lease_that_runs_out_sets_the_alarm_though_civil_time_stands(world: World) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    await world.store.claim(1, NOW, world.clock.real(), 20, "dead")
    bell = Bell()
    worker = world.outbox("another")
    running = asyncio.create_task(worker.run(bell))
    await until(lambda: bell.at)
    assert bell.at[0] == world.clock.real() + timedelta(seconds=20)
    await world.pass_real(20)
    worker.ring()
    await until(lambda: world.chat.posted)
    await worker.stop()
    await running


class FaultyStore:
    """The real store, whose next calls fail."""

    def __init__(self, world: World, claims: int = 0, completions: int = 0) -> None:
        self._store = world.store
        self.claims = claims
        self.completions = completions

    async def claim(self, limit: int, now: datetime, real: datetime, lease_s: float, owner: str) -> Sequence[Row]:
        if self.claims:
            self.claims -= 1
            raise OSError(_AWAY)
        return await self._store.claim(limit, now, real, lease_s, owner)

    async def complete(self, completions: Sequence[Completion]) -> int:
        if self.completions:
            self.completions -= 1
            raise OSError(_AWAY)
        return await self._store.complete(completions)

    async def next_wake(self) -> Wake:
        return await self._store.next_wake()

    async def unfinished_at(self, release: str, due_at: datetime) -> bool:
        return await self._store.unfinished_at(release, due_at)

    async def release_leases(self, owner: str, now: datetime) -> int:
        return await self._store.release_leases(owner, now)


_AWAY = "the database is away"


async def test_a_database_that_is_away_for_a_moment_costs_time_but_no_post(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    store = FaultyStore(world, claims=1, completions=2)
    worker = Outbox(replace(world.parts(), store=store))
    with caplog.at_level(logging.ERROR):
        running = asyncio.create_task(worker.run(Bell()))
        await until(lambda: world.chat.posted)
        await worker.stop()
        await running
    assert "could not be read" in caplog.text
    assert "could not be written" in caplog.text
    assert (await world.post_of("VERDICT")).state == "sent"
    assert len(world.chat.posted) == 1


async def test_results_that_cannot_be_written_are_looked_for_when_the_lease_is_over(world: World) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    store = FaultyStore(world, completions=5)
    worker = Outbox(replace(world.parts(), store=store), "unlucky")
    running = asyncio.create_task(worker.run(Bell()))
    await until(lambda: not store.completions)
    await worker.stop()
    await running
    assert (await world.post_of("VERDICT")).state == "pending"
    await world.worker.drain()
    assert (await world.post_of("VERDICT")).outcome == "found"
    assert len(world.chat.posted) == 1


async def test_a_card_that_cannot_be_drawn_is_tried_again_then_fails_and_is_told(world: World) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "no_such_card"), said("MOVED", "moved", Place("sandbox", "#releases"))])
    for _ in range(Settings().attempts):
        await world.worker.drain()
        await world.pass_real(60)
    states = await world.states()
    assert states == {"VERDICT@#payments": "failed", "MOVED@#releases": "sent", "DELIVERY-FAILED@@ana": "sent"}


async def test_draining_beside_the_loop_waits_for_what_the_loop_is_sending(world: World) -> None:
    await world.planned()
    slow = SlowChat()
    await world.enqueue([said("VERDICT", "verdict")])
    worker = Outbox(replace(world.parts(), chats={"sandbox": slow}))
    running = asyncio.create_task(worker.run(Bell()))
    await until(lambda: slow.at_once == 1)
    draining = asyncio.create_task(worker.drain())
    await asyncio.sleep(0.05)
    assert not draining.done()
    slow.gate.set()
    await draining
    assert (await world.post_of("VERDICT")).state == "sent"
    await worker.stop()
    await running


async def test_a_time_to_drain_at_may_be_given(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_30)])
    assert await world.worker.drain() == 0
    assert await world.worker.drain(START - timedelta(minutes=30)) == 1
    assert world.chat.posted[0].place == HOME


async def test_answers_are_kept_for_a_week_for_repeated_deliveries_and_then_forgotten(world: World) -> None:
    async with world.store.unit() as unit:
        await unit.remember("old", Quiet(), NOW - timedelta(days=7, seconds=1))
        await unit.remember("young", Quiet(), NOW - timedelta(days=6, hours=23))
    assert await world.worker.tidy() == 1
    async with world.store.unit() as unit:
        assert await unit.answer_of("old") is None
        assert await unit.answer_of("young") == Quiet()


async def test_the_loop_rehearses_what_is_due_next_and_posts_it_when_it_is_due(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_30)])
    worker = Outbox(replace(world.parts(), rehearse=world.store.rehearsed))
    reads = world.reads
    running = asyncio.create_task(worker.run(Bell()))
    await until(lambda: world.reads > reads)
    assert world.chat.posted == []
    world.clock.set(START - timedelta(minutes=30))
    worker.ring()
    await until(lambda: len(world.chat.posted) == 1)
    await worker.stop()
    await running
    assert (await world.states()) == {"T-30@#payments": "sent"}


async def test_a_rehearsal_that_fails_costs_no_post(world: World, caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> Row | None:
        raise OSError(_AWAY)

    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    worker = Outbox(replace(world.parts(), rehearse=fail))
    with caplog.at_level(logging.ERROR):
        running = asyncio.create_task(worker.run(Bell()))
        await until(lambda: len(world.chat.posted) == 1)
        await worker.stop()
        await running
    assert "the rehearsal failed" in caplog.text
