"""The same worlds over the server's own loop: workers, alarm, time-outs and deaths at once, as `serve` runs them.

`T_MINUS_WORLD=<seed>` replays one here too; `T_MINUS_SOAK=<n>` lives n times as many.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.simulation.life import serve
from tests.simulation.platform import Forgetful
from tests.simulation.test_worlds import folder
from tests.sqlite import fresh_sqlite_url

__all__ = ["folder"]

EVERY_DAY = 8
BATCHES = 4
ONE = os.environ.get("T_MINUS_WORLD")
SEEDS = [int(ONE)] if ONE else list(range(EVERY_DAY * int(os.environ.get("T_MINUS_SOAK", "1"))))
MOST_MUTANTS = 12

pytestmark = pytest.mark.unmeasured


@pytest.mark.parametrize("batch", range(BATCHES))
def test_whatever_strikes_a_server_each_post_is_made_once_or_its_absence_is_explained(batch: int, folder: Path) -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS[batch::BATCHES]:
        try:
            world, found = serve(seed, fresh_sqlite_url(folder))
        except Exception as error:
            error.add_note(f"served world {seed}; replay it with T_MINUS_WORLD={seed}")
            raise
        assert not found, f"served world {seed} (replay: T_MINUS_WORLD={seed}):\n" + "\n".join(found)
        seen += world.nature.seen
    assert ONE or (seen["death"] and seen["mark sent"])


def test_a_seed_is_a_served_world(folder: Path) -> None:
    first, _ = serve(2, fresh_sqlite_url(folder, "first.db"))
    again, _ = serve(2, fresh_sqlite_url(folder, "again.db"))
    assert first.chat.log == again.chat.log
    assert first.chat.edits == again.chat.edits
    assert first.nature.seen == again.nature.seen


def test_a_server_that_never_looks_back_doubles_posts(folder: Path) -> None:
    for seed in (0, 2, *range(3, MOST_MUTANTS)):
        _, found = serve(seed, fresh_sqlite_url(folder), Forgetful)
        if any("was posted 2 times" in fault for fault in found):
            return
    pytest.fail("a worker that never looks back was not noticed: the worlds are too calm")
