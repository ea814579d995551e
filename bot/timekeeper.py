"""Keeps simulated time: goes from wake-up to wake-up and drains each, never jumping over one (decision 12).

Time stands still unless it is advanced or runs at a rate; it is stored, and goes on after a restart. `down` moves the hands
while nothing is delivered, as if the bot had been away; what was due meanwhile is then late, and is treated as late (T3, T8).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.ports import OutboxStore

log = logging.getLogger(__name__)

STEP_S = 0.25
"""How often running time moves on, in real seconds."""

MOST_WAKES = 100_000
"""A span with more wake-ups than this is not simulated in one call."""


class Hands(Protocol):
    """The part of the simulated clock that moves."""

    def now(self) -> datetime:
        """Civil time, UTC."""

    def set(self, instant: datetime) -> None:
        """Civil time is that instant from here on."""


class Timekeeper:
    """The clock that people turn.

    `drain` does all that is due at the clock's instant, and gives how many rows that were;
    `returned` is told from when to when the bot was away.
    """

    simulated = True

    def __init__(
        self,
        clock: Hands,
        outbox: OutboxStore,
        drain: Callable[[], Awaitable[int]],
        keep: Callable[[datetime], Awaitable[object]],
        returned: Callable[[datetime, datetime], Awaitable[object]],
    ) -> None:
        self._clock = clock
        self._outbox = outbox
        self._drain = drain
        self._keep = keep
        self._returned = returned
        self._lock = asyncio.Lock()
        self._rate = 0.0
        self._running: asyncio.Task[None] | None = None

    def rate(self) -> float:
        """Simulated seconds for each real second; 0: time stands still."""
        return self._rate

    def now(self) -> datetime:
        """Civil time."""
        return self._clock.now()

    async def settle(self) -> None:
        """Do all that is due now."""
        async with self._lock:
            await self._drain()

    async def advance(self, seconds: float, *, down: bool) -> None:
        """Move on by that, counted from when earlier turns are through. Raises ValueError for a step back."""
        async with self._lock:
            await self._turn(self._clock.now() + timedelta(seconds=seconds), down=down)

    async def to(self, instant: datetime, *, down: bool) -> None:
        """Move on to that instant. Raises ValueError where it is past; running time that passed it meanwhile is no error."""
        if instant < self._clock.now():
            raise ValueError(_FORWARD)
        async with self._lock:
            await self._turn(max(instant, self._clock.now()), down=down)

    async def _turn(self, instant: datetime, *, down: bool) -> None:
        """The lock is held: the hands are nobody else's until all of the span is done."""
        if instant < self._clock.now():
            raise ValueError(_FORWARD)
        if down:
            await self._be_away(instant.astimezone(UTC))
        else:
            await self._walk(instant.astimezone(UTC))
        await self._keep(self._clock.now())

    async def set_rate(self, rate: float) -> None:
        """Let time run at that rate; 0 stops it. Raises ValueError below 0."""
        if rate < 0:
            msg = "simulated time does not run backwards"
            raise ValueError(msg)
        self._rate = rate
        if rate and (self._running is None or self._running.done()):
            self._running = asyncio.get_running_loop().create_task(self._run(), name="timekeeper")

    async def stop(self) -> None:
        """Stop running; the time stays where it is."""
        self._rate = 0.0
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def _walk(self, instant: datetime) -> None:
        await self._drain()
        for _ in range(MOST_WAKES):
            wake = (await self._outbox.next_wake()).civil
            if wake is None or wake > instant:
                break
            if wake > self._clock.now():
                self._clock.set(wake)
                await self._drain()
            elif not await self._drain():
                break  # due, and not to be done now: it waits for real time, or for another row
            # Else somebody spoke while the hands moved: what followed is due at once, and the walk goes on behind it.
        else:
            # More is due than one call may take: the hands stand where the last drained wake-up was, so that none is jumped over.
            log.warning("a span with more than %d wake-ups is not gone through in one call", MOST_WAKES)
            return
        self._clock.set(instant)
        await self._drain()

    async def _be_away(self, instant: datetime) -> None:
        left = self._clock.now()
        self._clock.set(instant)
        await self._returned(left, instant)
        await self._drain()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        last = loop.time()
        while self._rate:
            await asyncio.sleep(STEP_S)
            elapsed, last = loop.time() - last, loop.time()
            try:
                await self.advance(elapsed * self._rate, down=False)
            except Exception:
                log.exception("running time stumbled; it goes on")


class MachineTime:
    """The system clock as a sandbox shows it: it cannot be turned."""

    simulated = False

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def now(self) -> datetime:
        """Civil time."""
        return self._now()

    def rate(self) -> float:
        """One second for each second."""
        return 1.0

    async def advance(self, seconds: float, *, down: bool) -> None:
        """Raises ValueError: the machine's time is not ours to turn."""
        raise ValueError(_NOT_OURS, seconds, down)

    async def to(self, instant: datetime, *, down: bool) -> None:
        """Raises ValueError: the machine's time is not ours to turn."""
        raise ValueError(_NOT_OURS, instant, down)

    async def set_rate(self, rate: float) -> None:
        """Raises ValueError: the machine's time is not ours to turn."""
        raise ValueError(_NOT_OURS, rate)


_FORWARD = "simulated time goes forward only"
_NOT_OURS = "the system clock cannot be turned"
