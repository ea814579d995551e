"""1,000 posts due in the same second, with 10,000 parked: how late each arrives at the platform."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import psutil

from bench.timeline.processes import Workers, platform
from bench.timeline.rows import fill
from bench.timeline.wire import ask
from bot.store import open_store

ACK_MS = 20.0
LEAD_S = 10.0
"""The workers start and rehearse in that time, after the last row is written."""
GIVE_UP_S = 120.0
READY_S = 0.3
"""So long before the due time the workers have done what they do at their start."""
FILLED_A_SECOND, PARKED_A_SECOND = 120, 5000
"""Slower than on any machine that was tried, busy ones too: the due time has to lie behind the last row."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """Seconds from the due time to the arrival at the platform; counts at the platform; memory of each worker in MB.

    `cpu_us`: processor time of all workers for each post, in microseconds, receipts included; 0 where it was not measured. It
    wavers less than lateness on a machine with other guests.
    """

    way: str
    database: str
    workers: int
    due: int
    parked: int
    arrived: int
    doubled: int
    p50: float
    p99: float
    longest: float
    memory_mb: int
    cpu_us: int = 0

    def with_cpu(self, seconds: float) -> Self:
        """With the processor time of all workers together."""
        return replace(self, cpu_us=round(seconds * 1e6 / max(self.due, 1)))

    def line(self) -> str:
        """For the terminal."""
        what = f"{self.way}, {self.database}, {self.workers} worker(s)"
        cpu = f", {self.cpu_us} us of the workers' processor for each" if self.cpu_us else ""
        return (
            f"{what:46} p50 {self.p50:6.2f}  p99 {self.p99:6.2f}  max {self.longest:6.2f} s"
            f"   {self.arrived} of {self.due} arrived, {self.doubled} doubled, {self.memory_mb} MB{cpu}"
        )


def outbox(
    url: str,
    database: str,
    workers: int,
    due: int,
    parked: int,
    settings: dict[str, Any],
    *,
    judging: bool = False,
    park: bool = True,
) -> Lateness:
    """Measure the outbox on that migrated database, which is empty, or where all is parked already."""
    at = asyncio.run(_fill(url, due, parked if park else 0))
    with platform(ACK_MS) as port:
        crew = Workers(url, port, settings, judge=judging)
        try:
            # One process for one SQLite file: the fill is closed before, and the workers start well before the due time.
            crew.add(workers)
            seen = [psutil.Process(w.pid) for w in crew.running]
            left = at.timestamp() - time.time() - READY_S
            if left < READY_S:
                msg = f"the workers were ready {READY_S - left:.1f} s too late: the machine is too busy"
                raise RuntimeError(msg)
            time.sleep(left)
            before = _processor(seen)
            wait_for(port, due, at)
            used = _processor(seen) - before
            memory = max(one.memory_info().rss for one in seen) // 2**20
        finally:
            crew.end()
        log = ask(port, "log")["posts"]
    arrived = [(key, when) for key, _, when in log]
    return lateness("outbox", database, workers, due, parked, arrived, at, memory).with_cpu(used)


def wait_for(port: int, due: int, at: datetime) -> None:
    """Until all have arrived, or nothing more can be expected."""
    while ask(port, "count")["keys"] < due and time.time() < at.timestamp() + GIVE_UP_S:
        time.sleep(0.2)
    time.sleep(0.5)


def lateness(
    way: str,
    database: str,
    workers: int,
    due: int,
    parked: int,
    log: list[tuple[str, float]],
    at: datetime,
    memory: int,
) -> Lateness:
    """Count a log of (key, when)."""
    late = sorted(when - at.timestamp() for _, when in log) or [float("nan")]
    keys = {key for key, _ in log}
    return Lateness(
        way,
        database,
        workers,
        due,
        parked,
        len(keys),
        len(log) - len(keys),
        round(_share(late, 0.50), 3),
        round(_share(late, 0.99), 3),
        round(late[-1], 3),
        memory,
    )


def as_json(figures: Lateness) -> dict[str, Any]:
    """For the results file."""
    return asdict(figures)


async def _fill(url: str, due: int, parked: int) -> datetime:
    """The due time lies far enough ahead for filling and for the workers' start."""
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(
        seconds=LEAD_S + 5 + due / FILLED_A_SECOND + parked / PARKED_A_SECOND
    )
    async with open_store(url) as store:
        await fill(store, [at] * due, parked)
    left = (at - datetime.now(UTC)).total_seconds()
    if left < LEAD_S:
        msg = f"filling took too long: {left:.1f} s are left before the due time"
        raise RuntimeError(msg)
    return at


def _processor(processes: Sequence[psutil.Process]) -> float:
    """Seconds that they have used so far."""
    return float(sum(times.user + times.system for times in (one.cpu_times() for one in processes)))


def _share(late: list[float], share: float) -> float:
    return late[min(len(late) - 1, round(share * (len(late) - 1)))]
