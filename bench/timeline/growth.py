"""What 100,000 or 1,000,000 posts that lie further ahead cost those that are due now.

Lateness, and the two questions that are asked all the time.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bench.timeline import burst
from bench.timeline.burst import Lateness
from bench.timeline.rows import park
from bot.store import Database, open_store

ASKED = 40
LEASE_S = 20.0


@dataclass(frozen=True, slots=True)
class Growth:
    """Medians in milliseconds. `wake_ms`: when is the next row due? `claim_ms`: a claim that finds nothing due."""

    lateness: Lateness
    wake_ms: float
    claim_ms: float
    park_s: float

    def line(self) -> str:
        """For the terminal."""
        asked = f"next wake-up {self.wake_ms:.1f} ms, empty claim {self.claim_ms:.1f} ms, parked in {self.park_s:.0f} s"
        return f"{self.lateness.line()}\n    {self.lateness.parked:,} parked: {asked}"


def grown(url: str, database: str, workers: int, due: int, parked: int) -> Growth:
    """Park, ask, then the burst, on that migrated, empty database."""
    wake_ms, claim_ms, park_s = asyncio.run(_parked(url, parked))
    return Growth(burst.outbox(url, database, workers, due, parked, {}, park=False), wake_ms, claim_ms, park_s)


async def _parked(url: str, parked: int) -> tuple[float, float, float]:
    now = datetime.now(UTC)
    async with open_store(url, database_time=True) as store:
        began = time.monotonic()
        await park(store, parked, now + timedelta(days=1))
        took = time.monotonic() - began
        claim = await _median(lambda: _claim(store))
        return await _median(store.next_wake), claim, round(took, 1)


async def _claim(store: Database) -> None:
    now = datetime.now(UTC)
    found = await store.claim(64, now, now, LEASE_S, "growth")
    if found:
        msg = f"{len(found)} rows were claimed before anything is due"
        raise RuntimeError(msg)


async def _median(ask: Callable[[], Awaitable[object]]) -> float:
    took = []
    for _ in range(ASKED):
        began = time.perf_counter()
        await ask()
        took.append((time.perf_counter() - began) * 1000)
    return round(sorted(took)[ASKED // 2], 2)
