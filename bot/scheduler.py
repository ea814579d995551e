"""The alarm clock: wakes the process, and owns no truth (decision 1). The only module that knows APScheduler.

A date trigger at the next wake-up, a sweep every 2 s, the committer's own ring, and periodic ticks (heartbeat, sealer). Losing
any of them costs lateness of at most one sweep, never a post. A scheduler whose callback raised is silently dead, so a watchdog
outside it calls wakeup(), and builds a new one where no sweep comes of that. One that is only late, since the machine had no time
for it, sweeps when it is woken, and stays.

APScheduler runs nothing of ours that takes time: its jobs only ring, or begin a task of the alarm clock's own. When it is shut
down it would cancel what it runs; a seal that is being written is finished instead.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.errors import Unwritable

log = logging.getLogger(__name__)

SWEEP_S = 2.0
WATCHDOG_S = 5.0
MISSED_SWEEPS = 3
END_S = 10.0
"""So long a tick that is under way may take to end when the alarm clock is stopped."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to do every `every_s` seconds. An exception is logged; the next tick comes all the same."""

    name: str
    every_s: float
    call: Callable[[], Awaitable[object]]


class AlarmClock:
    """Port Alarm. `ring` is called on the event loop and must return at once: it only sets the worker's wake-up."""

    def __init__(
        self,
        ring: Callable[[], None],
        ticks: Sequence[Tick] = (),
        sweep_s: float = SWEEP_S,
        watchdog_s: float = WATCHDOG_S,
        end_s: float = END_S,
    ) -> None:
        self._ring = ring
        self._ticks = tuple(ticks)
        self._sweep_s = sweep_s
        self._watchdog_s = watchdog_s
        self._end_s = end_s
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._next: datetime | None = None
        self._swept = monotonic()
        self._watch: asyncio.Task[None] | None = None
        self._scheduler: AsyncIOScheduler | None = None
        self.rebuilt = 0

    def start(self) -> None:
        """Start on the running event loop."""
        self._build()
        self._watch = asyncio.get_running_loop().create_task(self._watchdog(), name="alarm-watchdog")

    async def stop(self) -> None:
        """Stop ringing, begin no tick, and let those that are under way come to their end."""
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
            self._watch = None
        self._shut()
        await asyncio.sleep(0)  # the scheduler shuts down on the loop's next turn; until then it may begin a tick
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way.values(), timeout=self._end_s)
        for task in late:
            log.warning("%s did not end within %s s and is broken off", task.get_name(), self._end_s)
            task.cancel()
        if late:
            await asyncio.wait(late)

    @property
    def alive(self) -> bool:
        """True while the sweep keeps coming."""
        return self._watch is not None and monotonic() - self._swept < self._sweep_s * MISSED_SWEEPS

    def ring_at(self, when: datetime | None) -> None:
        """Ring at that instant of the machine's time (None: nothing is due). A past instant rings at once."""
        if when == self._next:
            return
        self._next = when
        self._arm()

    def ring_now(self) -> None:
        """Ring at once."""
        self._ring()

    def _build(self) -> None:
        scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            executors={"default": DebugExecutor()},  # on the loop itself, at once: jobs only ring and begin
        )
        scheduler.add_job(self._sweep, "interval", seconds=self._sweep_s, id="sweep")
        for tick in self._ticks:
            scheduler.add_job(self._begin, "interval", (tick,), seconds=tick.every_s, id=f"tick:{tick.name}")
        scheduler.start()
        self._scheduler = scheduler
        self._swept = monotonic()
        self._arm()

    def _arm(self) -> None:
        scheduler = self._scheduler
        if scheduler is None:
            return
        if self._next is None:
            if scheduler.get_job("next") is not None:
                scheduler.remove_job("next")
            return
        scheduler.add_job(self._due, "date", run_date=self._next, id="next", replace_existing=True)

    def _due(self) -> None:
        """Rings when the scheduler is through: it forgets this job after it, and the ring may ask for the next one."""
        self._next = None
        asyncio.get_running_loop().call_soon(self._ring)

    def _sweep(self) -> None:
        self._swept = monotonic()
        self._ring()

    def _begin(self, tick: Tick) -> None:
        """One that is still under way is not begun a second time."""
        if tick.name in self._under_way:
            return
        task = asyncio.get_running_loop().create_task(_guarded(tick), name=f"tick {tick.name}")
        self._under_way[tick.name] = task
        task.add_done_callback(lambda _: self._under_way.pop(tick.name, None))

    def _shut(self) -> None:
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._scheduler = None

    async def _watchdog(self) -> None:
        while True:
            await asyncio.sleep(self._watchdog_s)
            try:
                await self._look_after()
            except Exception:
                log.exception("the watchdog could not wake the scheduler; it tries again")

    async def _look_after(self) -> None:
        """A scheduler that lives sweeps on the loop's next turn where a sweep is due; one that does not is replaced."""
        swept = self._swept
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.wakeup()
        await asyncio.sleep(0)
        if self.alive or self._swept != swept:
            return
        log.error("the scheduler has stopped sweeping: a new one takes over")
        self._ring()
        self._shut()
        self._build()
        self.rebuilt += 1


def jump_watch(jump: Callable[[], timedelta | None], ring: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    """The call of a Tick: asks the clock whether the system clock was set; if so says it and has due rows looked at."""

    async def watch() -> None:
        by = jump()
        if by is not None:
            way = "forward" if by > timedelta(0) else "back"
            log.warning("the system clock jumped %s by %s; due rows are looked at again", way, abs(by))
            ring()

    return watch


async def _guarded(tick: Tick) -> None:
    try:
        await tick.call()
    except Unwritable as error:
        log.error("tick %s failed, the next one comes in %s s: %s", tick.name, tick.every_s, error)  # noqa: TRY400 - it says all
    except Exception:
        log.exception("tick %s failed; the next one comes in %s s", tick.name, tick.every_s)
