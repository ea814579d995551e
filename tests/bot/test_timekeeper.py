"""Simulated time goes from wake-up to wake-up and drains each, whoever turns it and how many at once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from bot.clock import SimulatedClock
from bot.ports import OutboxStore, Wake
from bot.timekeeper import Timekeeper

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Rows:
    """Instants at which something is due; `drain` does what is due now, and takes its time."""

    def __init__(self, clock: SimulatedClock, minutes: list[int]) -> None:
        self.clock = clock
        self.due = [NOON + timedelta(minutes=m) for m in minutes]
        self.done: list[tuple[datetime, datetime]] = []
        self.away: list[tuple[datetime, datetime]] = []
        self.kept: list[datetime] = []
        self.spoken = 0

    async def next_wake(self) -> Wake:
        """`spoken`: so often somebody has just said something, of which something is due at once."""
        if self.spoken:
            self.spoken -= 1
            self.due.append(self.clock.now())
        return Wake(min(self.due, default=None), None)

    async def drain(self) -> int:
        await asyncio.sleep(0)
        now, before = self.clock.now(), len(self.done)
        self.done += [(due, now) for due in sorted(self.due) if due <= now]
        self.due = [due for due in self.due if due > now]
        return len(self.done) - before

    async def keep(self, now: datetime) -> None:
        self.kept.append(now)

    async def returned(self, left: datetime, back: datetime) -> None:
        self.away.append((left, back))


@pytest.fixture
def rows() -> Rows:
    return Rows(SimulatedClock(NOON), [5, 10, 10, 40])


@pytest.fixture
def time(rows: Rows) -> Timekeeper:
    return Timekeeper(rows.clock, cast("OutboxStore", rows), rows.drain, rows.keep, rows.returned)


def minutes(after: float) -> datetime:
    return NOON + timedelta(minutes=after)


async def test_each_wake_up_of_a_span_is_drained_at_its_own_instant(time: Timekeeper, rows: Rows) -> None:
    await time.to(minutes(30), down=False)
    assert rows.done == [(minutes(m), minutes(m)) for m in (5, 10, 10)]
    assert rows.clock.now() == rows.kept[-1] == minutes(30)


async def test_what_people_say_while_the_hands_move_is_done_then_and_no_wake_up_is_jumped_over(
    time: Timekeeper, rows: Rows
) -> None:
    rows.spoken = 4
    await time.to(minutes(30), down=False)
    assert all(due == now for due, now in rows.done)
    assert len(rows.done) == 3 + 4
    assert rows.clock.now() == minutes(30)


async def test_what_waits_for_real_time_does_not_keep_the_hands_from_moving(rows: Rows) -> None:
    async def nothing() -> int:
        return 0

    waiting = Timekeeper(rows.clock, cast("OutboxStore", rows), nothing, rows.keep, rows.returned)
    rows.due.append(NOON)
    async with asyncio.timeout(20):
        await waiting.to(minutes(30), down=False)
    assert rows.clock.now() == minutes(30)


async def test_away_drains_nothing_before_the_end_and_tells_the_span(time: Timekeeper, rows: Rows) -> None:
    await time.to(minutes(30), down=True)
    assert rows.away == [(NOON, minutes(30))]
    assert {now for _, now in rows.done} == {minutes(30)}


async def test_two_turns_at_the_same_time_are_both_made_and_time_never_goes_back(time: Timekeeper, rows: Rows) -> None:
    await asyncio.gather(time.advance(600, down=False), time.advance(600, down=False), time.to(minutes(7), down=False))
    assert rows.clock.now() == minutes(20)
    assert rows.kept == sorted(rows.kept)
    assert all(due == now for due, now in rows.done)


async def test_running_time_drains_each_wake_up_at_its_instant_while_people_go_on_and_stands_when_stopped(
    time: Timekeeper, rows: Rows
) -> None:
    await time.set_rate(3600)
    while rows.clock.now() < minutes(12):
        await time.settle()
        await asyncio.sleep(0.02)
    await time.set_rate(0)
    await time.advance(0, down=False)
    stood = rows.clock.now()
    assert [now for due, now in rows.done if due <= minutes(10)] == [minutes(5), minutes(10), minutes(10)]
    await time.stop()
    assert rows.clock.now() == stood == rows.kept[-1]
    assert time.rate() == 0


async def test_a_step_back_is_refused_and_a_step_on_is_made(time: Timekeeper, rows: Rows) -> None:
    with pytest.raises(ValueError, match="forward only"):
        await time.to(minutes(-1), down=False)
    with pytest.raises(ValueError, match="forward only"):
        await time.advance(-1, down=False)
    with pytest.raises(ValueError, match="backwards"):
        await time.set_rate(-1)
    await time.to(minutes(1), down=False)
    assert rows.clock.now() == minutes(1)
