"""Real processes, killed and stopped at random while they post: nothing is lost, nothing is doubled, counted at the receiver.

Short here; T_MINUS_SOAK is how many times longer (make soak). That these loops do find doubles where the look-back is taken out
is shown by `python -m bench.timeline loops --blind`.
"""

import asyncio
import os
from pathlib import Path

import pytest

from bench.timeline.loop import Count, Plan, run
from tests.postgres import drop_database, fresh_database_url
from tests.sqlite import fresh_sqlite_url

SOAK = float(os.environ.get("T_MINUS_SOAK", "1"))
RATE = 40.0
"""Posts for each second."""

pytestmark = [pytest.mark.crash, pytest.mark.unmeasured]


def plan(seconds: float, workers: int, how: tuple[str, ...], every_s: tuple[float, float]) -> Plan:
    """The seed is told by the failing line, and given again by T_MINUS_SEED."""
    length = seconds * SOAK
    return Plan(int(length * RATE), length, workers, how, every_s, seed=int(os.environ.get("T_MINUS_SEED", "7")))


def check(count: Count) -> None:
    """Nothing lost, nothing doubled, nothing left lying."""
    print(count.line())
    assert count.blows > 0
    assert (count.lost, count.doubled, count.left) == (0, 0, 0), count.line()
    assert count.arrived == count.plan.posts


def test_one_process_on_sqlite_loses_and_doubles_nothing_when_it_is_killed(tmp_path: Path) -> None:
    check(run(fresh_sqlite_url(tmp_path), "SQLite", plan(4, 1, ("kill", "end", "kill"), (0.8, 1.6))))


@pytest.mark.postgres
async def test_two_processes_on_postgresql_lose_and_double_nothing_when_they_are_killed_and_stopped() -> None:
    url = await fresh_database_url()
    check(await _beside(url, plan(5, 2, ("kill", "stop", "end"), (0.3, 0.9))))
    await drop_database(url)


async def _beside(url: str, wanted: Plan) -> Count:
    """The loop waits in real time and runs its own event loops: in a thread of its own."""
    return await asyncio.to_thread(run, url, "PostgreSQL", wanted)
