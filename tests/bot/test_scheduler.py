"""The alarm clock owns no truth: it rings at the time, rings on request, sweeps, and comes back from the dead."""

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import machine_time
from bot.ports import Alarm
from bot.scheduler import AlarmClock, Tick, jump_watch

LONG = 3600.0
SOON = 20.0
"""A busy machine comes to it within that time; what waits for the next sweep or for LONG does not."""


class Bell:
    """Counts rings."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self.times: list[datetime] = []

    def __call__(self) -> None:
        self.times.append(machine_time())
        self.rung.set()

    async def heard(self, within: float = SOON) -> datetime:
        """Wait for one ring."""
        async with asyncio.timeout(within):
            await self.rung.wait()
        self.rung.clear()
        return self.times[-1]


async def test_it_rings_at_the_instant_and_only_then() -> None:
    bell = Bell()
    clock = AlarmClock(bell, sweep_s=LONG)
    alarm: Alarm = clock
    clock.start()
    when = machine_time() + timedelta(milliseconds=150)
    alarm.ring_at(when)
    alarm.ring_at(when)
    assert await bell.heard() >= when
    await clock.stop()
    assert len(bell.times) == 1


async def test_an_instant_that_is_past_rings_at_once_however_long_ago_it_was() -> None:
    bell = Bell()
    clock = AlarmClock(bell, sweep_s=LONG)
    clock.start()
    clock.ring_at(datetime(2020, 1, 1, tzinfo=UTC))
    await bell.heard()
    await clock.stop()


async def test_a_new_instant_replaces_the_old_one_and_none_takes_it_away() -> None:
    bell = Bell()
    clock = AlarmClock(bell, sweep_s=LONG)
    clock.start()
    clock.ring_at(machine_time() + timedelta(seconds=LONG))
    clock.ring_at(machine_time() + timedelta(milliseconds=50))
    await bell.heard()
    clock.ring_at(machine_time() + timedelta(milliseconds=50))
    clock.ring_at(None)
    await asyncio.sleep(0.15)
    await clock.stop()
    assert len(bell.times) == 1


async def test_who_commits_rings_at_once_and_the_sweep_rings_without_anybody() -> None:
    bell = Bell()
    clock = AlarmClock(bell, sweep_s=0.05)
    clock.start()
    clock.ring_now()
    assert len(bell.times) == 1
    bell.rung.clear()
    await bell.heard()
    assert clock.alive
    await clock.stop()
    assert not clock.alive


async def test_an_instant_given_before_the_start_rings_after_it() -> None:
    bell = Bell()
    clock = AlarmClock(bell, sweep_s=LONG)
    clock.ring_at(machine_time())
    assert not bell.times
    clock.start()
    await bell.heard()
    await clock.stop()


async def test_a_tick_that_fails_is_logged_and_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    calls: list[int] = []
    twice = asyncio.Event()

    async def seal() -> None:
        calls.append(1)
        if len(calls) == 1:
            msg = "the sealing key is away"
            raise OSError(msg)
        twice.set()

    clock = AlarmClock(Bell(), ticks=[Tick("seal", 0.05, seal)], sweep_s=LONG)
    with caplog.at_level(logging.ERROR):
        clock.start()
        async with asyncio.timeout(SOON):
            await twice.wait()
        await clock.stop()
    assert "tick seal failed" in caplog.text


async def test_a_scheduler_that_lost_its_timer_is_woken_by_the_watchdog() -> None:
    bell = Bell()
    clock = AlarmClock(bell, sweep_s=0.05, watchdog_s=0.1)
    clock.start()
    await bell.heard()
    assert clock._scheduler is not None
    clock._scheduler._stop_timer()
    bell.rung.clear()
    await bell.heard()
    assert clock.alive
    await clock.stop()


async def test_a_scheduler_that_is_dead_is_replaced_and_rings_again(caplog: pytest.LogCaptureFixture) -> None:
    bell = Bell()
    clock = AlarmClock(bell, sweep_s=0.05, watchdog_s=0.1)
    with caplog.at_level(logging.ERROR):
        clock.start()
        await bell.heard()
        assert clock._scheduler is not None
        clock._scheduler.shutdown(wait=False)
        bell.rung.clear()
        await bell.heard()
        assert clock.rebuilt == 1
        await bell.heard()
        assert clock.alive
        await clock.stop()
    assert "a new one takes over" in caplog.text


async def test_a_scheduler_that_is_only_late_stays_and_sweeps_as_soon_as_it_has_time(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bell = Bell()
    clock = AlarmClock(bell, sweep_s=0.02, watchdog_s=0.1)
    with caplog.at_level(logging.ERROR):
        clock.start()
        for _ in range(3):
            await bell.heard()
            time.sleep(0.11)  # noqa: ASYNC251 - the whole process stands still, as on a machine with no time for it
            assert not clock.alive
            bell.rung.clear()
        await bell.heard()
        await clock.stop()
    assert clock.rebuilt == 0
    assert not caplog.text


async def test_what_is_under_way_at_the_stop_comes_to_its_end(caplog: pytest.LogCaptureFixture) -> None:
    begun, sealed = asyncio.Event(), []

    async def seal() -> None:
        begun.set()
        await asyncio.sleep(0.05)
        sealed.append(1)

    clock = AlarmClock(Bell(), ticks=[Tick("seal", 0.01, seal)], sweep_s=LONG)
    with caplog.at_level(logging.WARNING):
        clock.start()
        async with asyncio.timeout(SOON):
            await begun.wait()
        await clock.stop()
    assert len(sealed) == 1
    assert not caplog.text


async def test_what_does_not_end_at_the_stop_is_broken_off_and_said(caplog: pytest.LogCaptureFixture) -> None:
    begun, broken = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        begun.set()
        try:
            await asyncio.sleep(LONG)
        finally:
            broken.set()

    clock = AlarmClock(Bell(), ticks=[Tick("seal", 0.01, hang)], sweep_s=LONG, end_s=0.05)
    with caplog.at_level(logging.WARNING):
        clock.start()
        async with asyncio.timeout(SOON):
            await begun.wait()
            await clock.stop()
    assert broken.is_set()
    assert "tick seal did not end" in caplog.text


async def test_a_jump_of_the_system_clock_is_logged_and_due_rows_are_looked_at(
    caplog: pytest.LogCaptureFixture,
) -> None:
    jumps = [None, timedelta(hours=1), None]
    bell = Bell()
    watch = jump_watch(lambda: jumps.pop(0), bell)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            await watch()
    assert len(bell.times) == 1
    assert "1:00:00" in caplog.text
