"""Health is a value: reachable, ringing, nothing overdue, nothing lost, sealed. It says so, and says when it is well again."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import SimulatedClock
from bot.domain.people import SYSTEM
from bot.health import Health, check
from bot.ports import Check, Entry, Pulse, Rejected
from bot.store import open_store
from bot.store.seals import seal
from tests.bot.outbox.outbox_world import World, said
from tests.sqlite import fresh_sqlite_url
from tests.world import NOW

WELL = Pulse(None, 0, 0, NOW, None)


class Heart:
    """Says what it is told to."""

    def __init__(self, pulse: Pulse | Exception) -> None:
        self.told = pulse

    async def pulse(self, now: datetime, since: datetime) -> Pulse:
        assert since < now
        if isinstance(self.told, Exception):
            raise self.told
        return self.told


async def health(pulse: Pulse | Exception, *, alive: bool = True) -> Health:
    """How it is at noon."""
    return await check(Heart(pulse), SimulatedClock(NOW), lambda: alive)


async def test_a_database_that_hangs_is_told_in_time_until_it_answers() -> None:
    hanging = Hanging()
    async with asyncio.timeout(20):
        told = await check(hanging, SimulatedClock(NOW), lambda: True, answer_s=0.05)
    assert told.problems == ("database_unreachable",)
    assert not hanging.ended, "its slow end is not waited for"
    hanging.goes_on.set()
    assert (await check(hanging, SimulatedClock(NOW), lambda: True)).ready
    hanging.goes_on.clear()
    asked = asyncio.ensure_future(check(hanging, SimulatedClock(NOW), lambda: True))
    await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked


class Hanging:
    """Answers when it may go on, and takes a while to be broken off."""

    def __init__(self) -> None:
        self.goes_on = asyncio.Event()
        self.ended = False

    async def pulse(self, now: datetime, since: datetime) -> Pulse:
        assert since < now
        try:
            await self.goes_on.wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0.1)
            self.ended = True
            raise
        return WELL


async def test_a_database_that_takes_no_entry_is_not_ready_though_it_is_read() -> None:
    full = await check(Heart(WELL), SimulatedClock(NOW), lambda: True, lambda: False)
    assert (full.problems, full.ready) == (("database_unwritable",), False)
    assert (await check(Heart(WELL), SimulatedClock(NOW), lambda: True, lambda: True)).ready


async def test_all_is_well() -> None:
    told = await health(WELL)
    assert told.problems == ()
    assert told.ready
    assert told.database


@pytest.mark.parametrize(
    ("pulse", "problem", "ready"),
    [
        (OSError("away"), "database_unreachable", False),
        (replace(WELL, oldest_due=NOW - timedelta(minutes=4)), "rows_overdue", False),
        (replace(WELL, unsealed_since=NOW - timedelta(minutes=2)), "ledger_unsealed", False),
        (replace(WELL, unsealed_since=NOW - timedelta(minutes=2), sealed_at=None), "ledger_unsealed", False),
        (replace(WELL, failed=2), "posts_failed", True),
        (replace(WELL, unknown=1), "posts_unknown", True),
    ],
)
async def test_each_trouble_has_its_code(pulse: Pulse | Exception, problem: str, *, ready: bool) -> None:
    told = await health(pulse)
    assert told.problems == (problem,)
    assert told.ready is ready
    assert (await health(WELL)).ready


async def test_a_scheduler_that_is_dead_is_not_healthy() -> None:
    assert (await health(WELL, alive=False)).problems == ("scheduler_dead",)
    assert (await health(OSError(), alive=False)).problems == ("database_unreachable", "scheduler_dead")
    assert (await health(WELL)).problems == ()


async def test_what_is_due_for_a_moment_or_sealed_a_while_ago_with_little_new_is_well() -> None:
    told = await health(Pulse(NOW - timedelta(seconds=5), 0, 0, NOW - timedelta(days=1), NOW - timedelta(seconds=5)))
    assert told.problems == ()
    assert told.overdue_s == 5


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A worker on a real store."""
    async with open_store(fresh_sqlite_url(tmp_path)) as store:
        yield World(store)


async def test_the_real_store_tells_overdue_failed_and_unsealed(world: World) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    world.clock.set(NOW + timedelta(minutes=5))
    assert (await check(world.store, world.clock, lambda: True)).problems == ("rows_overdue",)
    world.chat.before = [Rejected("revoked")]
    await world.worker.drain()
    assert (await check(world.store, world.clock, lambda: True)).problems == ("posts_failed",)
    world.clock.set(NOW + timedelta(minutes=7))
    assert (await check(world.store, world.clock, lambda: True)).problems == ("ledger_unsealed", "posts_failed")
    await seal(world.store, b"k" * 32, world.clock.now())
    assert (await check(world.store, world.clock, lambda: True)).problems == ("posts_failed",)
    world.clock.set(NOW + timedelta(days=2))
    assert (await check(world.store, world.clock, lambda: True)).problems == ()
    async with world.store.unit() as unit:
        await unit.append("system", [Entry("note", "x", SYSTEM, world.clock.now(), "r")])
    assert (await check(world.store, world.clock, lambda: True)).problems == (), "a seal is a few seconds away"
    world.clock.set(NOW + timedelta(days=2, minutes=2))
    assert (await check(world.store, world.clock, lambda: True)).problems == ("ledger_unsealed",)


async def test_a_row_that_waits_for_its_lease_is_not_overdue(world: World) -> None:
    await world.planned()
    await world.enqueue([said("VERDICT", "verdict")])
    await world.store.claim(1, NOW, world.clock.real(), 20, "w")
    world.clock.set(NOW + timedelta(minutes=5))
    assert (await check(world.store, world.clock, lambda: True)).problems == ()


async def test_a_platform_that_brings_nothing_is_told_and_is_not_ready_only_where_no_other_is_heard() -> None:
    down = Check("slack_socket_down", ok=False, sentence="no line stands", remedy="see whether Slack is reached")
    for deaf, ready in (([down], False), ([down, None], True), ([down, down], False)):
        told = await check(Heart(WELL), SimulatedClock(NOW), lambda: True, deaf=deaf)
        assert (told.ready, set(told.problems), told.deaf[0]) == (ready, {"slack_socket_down"}, down)
    away = await check(Heart(OSError()), SimulatedClock(NOW), lambda: True, deaf=[down, None])
    assert (away.ready, away.problems) == (False, ("database_unreachable", "slack_socket_down"))
    well = await check(Heart(WELL), SimulatedClock(NOW), lambda: True, deaf=[None])
    assert (well.ready, well.problems, well.deaf) == (True, (), ())
