"""The time and the dice of one world. Everything random comes from one Random(seed), so a seed is a world."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.clock import SystemClock
from tests.simulation.chances import Chances, Died, rolled
from tests.world import NOW

MOST_DEATHS = 8
TICK_S = 0.001


@dataclass
class Nature:
    """`wall` is the machine's time of day, `steady` its monotonic second. `seen` counts what happened."""

    seed: int
    rng: Random = field(init=False)
    chances: Chances = field(init=False)
    wall: datetime = NOW
    steady: float = 1000.0
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)
        self.chances = rolled(self.rng)

    def clock(self) -> SystemClock:
        """The clock of a process that starts now."""
        return SystemClock(lambda: self.wall, lambda: self.steady)

    def passes(self, seconds: float) -> None:
        """Time goes on."""
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds

    async def waits(self, seconds: float) -> None:
        """Time goes on while somebody waits, so that time-outs strike as they would."""
        loop = asyncio.get_running_loop()
        end = self.steady + seconds
        while self.steady < end:
            timer = loop.next_timer() if isinstance(loop, SteadyLoop) else None
            until = end if timer is None else min(end, timer + TICK_S)
            self.passes(max(until - self.steady, TICK_S))
            for _ in range(3):
                await asyncio.sleep(0)

    def jumps(self, seconds: float) -> None:
        """Somebody sets the system clock."""
        self.wall += timedelta(seconds=seconds)

    def until(self, instant: datetime) -> None:
        """Time goes on until then, if it is not past."""
        self.passes(max((instant - self.wall).total_seconds(), 0.0))

    def strikes(self, what: str) -> bool:
        """Roll for it, and count it."""
        chance: float = getattr(self.chances, what)
        struck = chance > 0 and self.rng.random() < chance
        if struck:
            self.seen[what] += 1
        return struck

    def may_die(self, where: str) -> None:
        """Raises Died."""
        if self.seen["death"] < MOST_DEATHS and self.strikes("death"):
            self.seen[f"death:{where}"] += 1
            raise Died(where)

    def clears_up(self) -> None:
        """From now on nothing goes wrong; places that are gone stay gone, and who cannot look still cannot."""
        was = self.chances
        self.chances = Chances(gone=was.gone, can_look=was.can_look, health=was.health)


class SteadyLoop(asyncio.SelectorEventLoop):
    """An event loop on the world's own seconds: asyncio.timeout strikes when they have passed."""

    def __init__(self, nature: Nature) -> None:
        self._nature = nature
        super().__init__()

    def time(self) -> float:
        """The world's monotonic second."""
        return self._nature.steady

    def next_timer(self) -> float | None:
        """When the next time-out strikes."""
        timers: list[asyncio.TimerHandle] = getattr(self, "_scheduled", [])
        return min((timer.when() for timer in timers if not timer.cancelled()), default=None)
