"""What all ways to run the bot share."""

import subprocess
import sys

FROZEN_AND_FREED = """
import gc, weakref
from bot.app.house import spare_the_collector

class Ring:
    pass

spare_the_collector()
assert gc.get_freeze_count() > 10_000, gc.get_freeze_count()
assert len(gc.get_objects()) < 100, "modules are looked through again"
ring = Ring()
ring.itself, seen = ring, weakref.ref(ring)
del ring
gc.collect()
assert seen() is None, "what becomes garbage later is no longer freed"
"""


def test_the_collector_leaves_out_what_a_started_process_holds_and_frees_what_becomes_garbage_later() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FROZEN_AND_FREED], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
