"""The outbox never gets stuck and never spins: whoever sleeps until the next wake finds something to do, until all is over."""

import asyncio
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.commands import Judge
from bot.domain.people import SYSTEM, Place
from bot.messages.effects import Effect, Gather, Later, Post, Revise, Supersede
from bot.ports import Completion, Row
from bot.store import Database, open_store
from tests.contracts.given import NOON, REAL
from tests.sqlite import fresh_sqlite_url

MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory: what is tested here is no durability
MINUTES = st.integers(0, 6).map(lambda minutes: NOON + timedelta(minutes=minutes))
KEYS = st.sampled_from(["a", "b", "c", "d", "e", "f"])
RELEASES = st.sampled_from(["R-1", "R-2"])
PLACES = st.sampled_from([Place("sandbox", "#one"), Place("sandbox", "#two")])
POSTS = st.builds(
    Post,
    key=KEYS,
    release=RELEASES,
    occasion=st.just("T-30"),
    audience=st.just("team"),
    place=PLACES,
    due_at=MINUTES,
    card=st.just("mark"),
    schedule_revision=st.sampled_from([None, 1, 2]),
    parent=st.none() | KEYS,
)
LATER = st.builds(Later, st.sampled_from(["x", "y", "z"]), RELEASES, st.just(Judge(actor=SYSTEM)), MINUTES)
GATHERS = st.builds(Gather, st.just("g"), RELEASES, st.just("ci"), st.just("demo"), st.just("plan"), MINUTES)
REVISE = st.builds(Revise, KEYS, RELEASES, MINUTES)
SUPERSEDE = st.builds(Supersede, RELEASES, st.integers(1, 3), st.just("moved"))
EFFECTS = st.lists(st.one_of(POSTS, POSTS, LATER, GATHERS, REVISE, SUPERSEDE), max_size=10)
HOW = st.lists(st.sampled_from(["sent", "failed", "looked for", "throttled", "died", "given back"]), max_size=25)


@given(EFFECTS, EFFECTS, HOW, st.integers(1, 4))
@settings(deadline=None, max_examples=60)
def test_sleeping_until_the_next_wake_is_enough(
    first: list[Effect], then: list[Effect], how: list[str], limit: int
) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder:
        asyncio.run(live(fresh_sqlite_url(Path(folder)), first, then, how, limit))


async def live(url: str, first: list[Effect], then: list[Effect], how: list[str], limit: int) -> None:
    """Write, work, write again in the middle, and go on from wake to wake. Once `how` is used up, everything is sent."""
    now, real = NOON, REAL
    async with open_store(url) as store:
        await write(store, first)
        for turn in range(400):
            if turn == 3:
                await write(store, then)
            rows = await store.claim(limit, now, real, 20, "worker")
            for row in rows:
                await end(store, row, how.pop() if how else "sent", real)
            if rows:
                continue
            wake = await store.next_wake()
            assert wake.civil is None or wake.civil > now, "a wake that wakes nobody: the worker would spin"
            assert wake.real is None or wake.real > real, "a wake that wakes nobody: the worker would spin"
            if wake.civil:
                now = wake.civil
            elif wake.real:
                real = wake.real
            elif turn > 3:
                break
        assert await open_rows(store) == []


async def write(store: Database, effects: list[Effect]) -> None:
    async with store.unit() as unit:
        await unit.enqueue(effects, NOON)


async def end(store: Database, row: Row, how: str, real: datetime) -> None:
    later = real + timedelta(seconds=7)
    shown = "sent" if row.kind in {"post", "edit"} else "done"
    match how:
        case "died":
            return
        case "given back":
            await store.release_leases("worker", NOON)
            return
        case "looked for":
            done = Completion(row, "unknown", not_before=later)
        case "throttled":
            done = Completion(row, "pending", not_before=later, count_attempt=False)
        case "failed":
            done = Completion(row, "failed")
        case _:
            done = replace(Completion(row, shown, shown_rev=row.wanted_rev), message_id=f"m-{row.key}")
    await store.complete([done])


async def open_rows(store: Database) -> list[str]:
    async with store.snapshot() as connection:
        found = await connection.exec_driver_sql("SELECT key FROM outbox WHERE wake_at IS NOT NULL")
        return [key for (key,) in found.all()]
