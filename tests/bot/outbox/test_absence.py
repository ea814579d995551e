"""T8: after downtime the bot says from when to when it was away, what went out late, and what was withdrawn; once."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.release import Phase
from bot.messages.effects import Post
from bot.outbox import absence
from bot.outbox.absence import HEARTBEAT, OCCASION
from bot.timeline.marks import T_0, T_5, T_15, T_30
from tests.bot.outbox.outbox_world import STAKEHOLDERS, World, mark, said, until
from tests.world import HOME, NOW, START

LIVE = {"phase": Phase.LIVE, "started_at": START}


def told(world: World) -> list[str]:
    """What was said about an absence."""
    return [repr(p.message) for p in world.chat.posted if f":{OCCASION}:" in p.key]


async def test_who_was_away_over_a_mark_says_so_in_the_places_concerned(world: World) -> None:
    await world.planned(**LIVE)
    marks: list[Post] = [
        mark(T_0, STAKEHOLDERS, audience="stakeholders"),
        mark(T_15, STAKEHOLDERS, audience="stakeholders"),
    ]
    await world.enqueue([*marks, said("CARD", "living", due_at=START)])
    await world.worker.beat()
    world.clock.set(START + timedelta(minutes=20))
    assert await world.outbox().come_back() == 1
    assert len(told(world)) == 1
    assert "away from 12:00 UTC" in told(world)[0]
    assert "until 14:20 UTC" in told(world)[0]
    assert (await world.post_of(OCCASION)).place == "#releases"
    body = told(world)[0]
    assert T_0 in body
    assert T_15 in body
    order = [p.key.split(":")[2] for p in world.chat.posted if p.place == STAKEHOLDERS]
    assert order == [T_15, OCCASION]


async def test_an_absence_over_which_nothing_was_due_is_not_told(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_30)])
    await world.worker.beat()
    world.clock.set(NOW + timedelta(minutes=30))
    assert await world.outbox().come_back() == 0
    assert not world.chat.posted
    assert await world.go(START - timedelta(minutes=30)) == 1


async def test_a_short_restart_and_a_first_start_are_no_absence(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_30)])
    assert await world.worker.come_back() == 0
    world.clock.set(START - timedelta(minutes=31))
    await world.worker.beat()
    world.clock.set(START - timedelta(minutes=29))
    assert await world.outbox().come_back() == 0
    await world.worker.drain()
    assert [p.key.split(":")[2] for p in world.chat.posted] == [T_30]


async def test_a_crash_between_working_off_and_telling_still_tells_once(world: World) -> None:
    await world.planned()
    await world.enqueue([mark(T_30), mark(T_5)])
    back = START - timedelta(minutes=3)
    world.clock.set(back)
    first = await absence.begun(world.parts(), NOW, back)
    await world.worker.drain()
    await absence.tell(world.parts(), first)
    await world.store.set_meta(absence.ABSENCE, _kept(NOW, back, first.missed))
    world.clock.set(back + timedelta(minutes=1))
    await world.outbox().come_back()
    await world.worker.drain()
    assert len(told(world)) == 1
    assert await world.store.get_meta(absence.ABSENCE) == ""


async def test_what_a_hold_took_back_on_return_is_withdrawn_and_what_was_superseded_before_is_not(world: World) -> None:
    release = await world.planned(schedule_revision=2)
    await world.enqueue([mark(T_30, revision=1)])
    await world.worker.drain()
    await world.enqueue([mark(T_30, revision=2), mark(T_5, revision=2)])
    await world.save(replace(release, phase=Phase.HELD))
    world.clock.set(START)
    await world.worker.returned(NOW, START)
    body = told(world)[0]
    assert "Withdrawn" in body
    assert T_30 in body
    assert T_5 in body


async def test_the_heartbeat_is_civil_time_so_simulated_time_that_stood_still_was_no_absence(world: World) -> None:
    await world.worker.beat()
    await world.pass_real(7 * 86400)
    assert await world.outbox().come_back() == 0
    kept = await world.store.get_meta(HEARTBEAT)
    assert kept is not None
    assert datetime.fromisoformat(kept) == NOW


async def test_the_server_tells_an_absence_when_what_was_due_has_been_worked_off(world: World) -> None:
    await world.planned(**LIVE)
    await world.enqueue([mark(T_0, HOME)])
    await world.worker.beat()
    world.clock.set(START + timedelta(minutes=5))
    worker = world.outbox()
    running = asyncio.create_task(worker.run(_NoAlarm()))
    await until(lambda: told(world))
    await worker.stop()
    await running
    assert [p.key.split(":")[2] for p in world.chat.posted] == [T_0, OCCASION]


async def test_a_server_that_slept_tells_it_when_it_wakes_though_it_was_never_started_anew(world: World) -> None:
    """As a process that was frozen, a machine whose lid was shut, or one whose database was away for as long."""
    await world.planned(**LIVE)
    await world.enqueue([mark(T_0, HOME), mark(T_15, HOME)])
    worker = world.outbox()
    running = asyncio.create_task(worker.run(_NoAlarm()))
    await until(lambda: worker._awake._seen is not None)
    world.clock.set(START + timedelta(minutes=5))
    await worker.beat()  # its tick may come before its turn
    worker.ring()
    await until(lambda: told(world))
    assert "away from 12:00 UTC" in told(world)[0]
    world.clock.set(START + timedelta(minutes=7))
    await worker.beat()
    world.clock.set(START + timedelta(minutes=15))
    await world.store.set_meta(HEARTBEAT, (START + timedelta(minutes=14)).isoformat())  # another replica was at work
    worker.ring()
    await until(lambda: len(world.chat.posted) > 2)
    await worker.stop()
    await running
    assert [p.key.split(":")[2] for p in world.chat.posted] == [T_0, OCCASION, T_15]


class _NoAlarm:
    """Nobody rings."""

    def ring_at(self, when: datetime | None) -> None:
        del when

    def ring_now(self) -> None:
        """Nothing."""


def _kept(since: datetime, until: datetime, missed: frozenset[str]) -> str:
    return json.dumps({"since": since.isoformat(), "until": until.isoformat(), "missed": sorted(missed)})
