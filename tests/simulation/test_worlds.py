"""Seeded worlds of the whole bot. A failing seed is printed: `T_MINUS_WORLD=<seed> pytest tests/simulation` replays it.

`T_MINUS_SOAK=<n>` lives n times as many worlds as every day: `make soak` more than a thousand.
"""

import asyncio
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import drop_database, fresh_database_url
from tests.simulation.life import live
from tests.simulation.platform import Forgetful
from tests.sqlite import fresh_sqlite_url

BATCHES = 8
EVERY_DAY = 200
"""What two cores live through in some three minutes, all of CI having twenty-five; `make soak` lives many times as many."""

WORLDS = EVERY_DAY * int(os.environ.get("T_MINUS_SOAK", "1"))
ONE = os.environ.get("T_MINUS_WORLD")
SEEDS = [int(ONE)] if ONE else list(range(WORLDS))

EVERY_BATCH_SEES = (
    "death",
    "rival",
    "throttled",
    "timeout_after",
    "found",
    "replayed",
    "mark sent",
    "mark late",
    "Refused",
)
"""A batch of every day in which one of these never happened would prove little."""

MOST_MUTANTS = 60
ON_POSTGRESQL = range(6)

pytestmark = pytest.mark.unmeasured


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where the machine has that: what a crash leaves on a disk is for tests/processes to show."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    made = Path(tempfile.mkdtemp(prefix="t-minus-", dir=memory if memory.is_dir() else None))
    yield made
    shutil.rmtree(made)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_whatever_strikes_each_post_is_made_once_or_its_absence_is_explained(batch: int, folder: Path) -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS[batch::BATCHES]:
        try:
            world, found = live(seed, fresh_sqlite_url(folder))
        except Exception as error:
            error.add_note(f"world {seed}; replay it with T_MINUS_WORLD={seed}")
            raise
        assert not found, f"world {seed} (replay: T_MINUS_WORLD={seed}):\n" + "\n".join(found)
        seen += world.nature.seen
    assert len(SEEDS) < EVERY_DAY or not [what for what in EVERY_BATCH_SEES if not seen[what]]


@pytest.mark.postgres
@pytest.mark.parametrize("seed", ON_POSTGRESQL)
def test_it_is_so_on_postgresql_too(seed: int) -> None:
    url = asyncio.run(fresh_database_url())
    world, found = live(seed, url)
    assert not found, f"world {seed} on PostgreSQL:\n" + "\n".join(found)
    assert world.chat.log
    asyncio.run(drop_database(url))


def test_a_seed_is_a_world(folder: Path) -> None:
    first, _ = live(1, fresh_sqlite_url(folder, "first.db"))
    again, _ = live(1, fresh_sqlite_url(folder, "again.db"))
    assert first.chat.log == again.chat.log
    assert first.chat.edits == again.chat.edits
    assert first.nature.seen == again.nature.seen


def test_without_the_look_back_posts_are_doubled(folder: Path) -> None:
    for seed in range(MOST_MUTANTS):
        _, found = live(seed, fresh_sqlite_url(folder), Forgetful)
        if any("was posted 2 times" in fault for fault in found):
            return
    pytest.fail("a worker that never looks back was not noticed: the worlds are too calm")
