"""A seeded world over the server's own loop: workers run, the alarm rings, time leaps to whatever waits for it.

The loop's seconds are the world's. Where every task waits, the world's time goes on to the first of them, so a day takes a
second, and everything that may happen at once does: sends, commits, deliveries, deaths. A seed still is a world: SQLite
answers on the loop itself, so nothing but the seed decides who comes first.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta

from bot.domain.errors import Unwritable
from bot.outbox import Outbox
from bot.ports import Completion, Row
from tests.simulation.chances import Died
from tests.simulation.mortal import MortalStore
from tests.simulation.nature import Nature
from tests.simulation.world import ACTS, LONGEST, World

SWEEP_S = 60.0
"""The server sweeps every 2 s; here seldom, so that a ring that is lost is seen as lateness, and a day stays short."""

BEAT_S = 60.0
AFTERWARDS = timedelta(hours=1)


class _Leaping(selectors.DefaultSelector):
    """Never waits: lets the world's time pass instead."""

    def __init__(self, nature: Nature) -> None:
        super().__init__()
        self._nature = nature

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready. Raises AssertionError where every task waits for what will never come."""
        ready = super().select(0)
        if not ready and timeout is None:
            msg = "every task waits, and nothing will come"
            raise AssertionError(msg)
        if not ready and timeout:
            self._nature.passes(timeout)
        return ready


class LeapingLoop(asyncio.SelectorEventLoop):
    """An event loop on the world's seconds, which pass when nothing else is to be done."""

    def __init__(self, nature: Nature) -> None:
        self._nature = nature
        super().__init__(_Leaping(nature))
        self.set_exception_handler(_mourned)

    def time(self) -> float:
        """The world's monotonic second."""
        return self._nature.steady


def _mourned(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    """Nobody asks what became of the tasks of a dead process; everything else is told as always."""
    if not isinstance(context.get("exception"), Died):
        loop.default_exception_handler(context)


class ServedNature(Nature):
    """`waits` needs no help here: time leaps to whoever waits. `fatal` is told when somebody dies."""

    fatal: Callable[[], None] | None = None

    async def waits(self, seconds: float) -> None:
        """Time goes on while somebody waits."""
        await asyncio.sleep(seconds)

    def may_die(self, where: str) -> None:
        """Raises Died; the whole process is dead from here on, not this task alone."""
        try:
            super().may_die(where)
        except Died:
            if self.fatal is not None:
                self.fatal()
            raise


class _Alarm:
    """Port Alarm on the loop's own timers: rings when asked to, and sweeps."""

    def __init__(self, nature: Nature, ring: Callable[[], None]) -> None:
        self._nature = nature
        self._ring = ring
        self._next: asyncio.TimerHandle | None = None
        self._sweeping = self._later(SWEEP_S, self._sweep)

    def ring_at(self, when: datetime | None) -> None:
        """Ring at that instant of the machine's time."""
        if self._next is not None:
            self._next.cancel()
            self._next = None
        if when is not None:
            self._next = self._later((when - self._nature.wall).total_seconds(), self._ring)

    def ring_now(self) -> None:
        """Ring at once."""
        self._ring()

    def end(self) -> None:
        """No ring comes any more."""
        self._sweeping.cancel()
        if self._next is not None:
            self._next.cancel()

    def _sweep(self) -> None:
        self._ring()
        self._sweeping = self._later(SWEEP_S, self._sweep)

    @staticmethod
    def _later(seconds: float, call: Callable[[], None]) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(max(seconds, 0.0), call)


class _ProcessStore(MortalStore):
    """The database of one process: whatever is left of a dead process reaches it no more."""

    dead = False

    async def claim(self, limit: int, now: datetime, real: datetime, lease_s: float, owner: str) -> Sequence[Row]:
        """See ports.OutboxStore."""
        self._alive()
        return await super().claim(limit, now, real, lease_s, owner)

    async def complete(self, completions: Sequence[Completion]) -> int:
        """See ports.OutboxStore."""
        self._alive()
        return await super().complete(completions)

    async def release_leases(self, owner: str, now: datetime) -> int:
        """See ports.OutboxStore."""
        self._alive()
        return await super().release_leases(owner, now)

    def _busy(self) -> None:
        self._alive()
        super()._busy()

    def _alive(self) -> None:
        if self.dead:
            where = "long since"
            raise Died(where)


class ServedWorld(World):
    """The same day, people and judges as World; the process is a server: two workers where the world has a rival."""

    nature: ServedNature

    async def run(self) -> None:
        """From the first word of a person to the day's end, and until all is quiet."""
        nature, rng = self.nature, self.nature.rng
        self._plan_day()
        self._acts = sorted(nature.wall + timedelta(seconds=rng.uniform(5, 3 * 3600)) for _ in range(ACTS))
        await self._up()
        await self._serve_until(nature.wall + LONGEST)
        nature.clears_up()
        await self._serve_until(nature.wall + AFTERWARDS)
        for outbox in self._workers:
            await outbox.stop()
        await asyncio.gather(*self._tasks)
        await self._buried()

    # ---- the process ------------------------------------------------------------------------------------------------

    async def _up(self) -> None:
        self._death = asyncio.Event()
        self.nature.fatal = self._dies
        self._start()
        count = 2 if self.nature.chances.rival else 1
        self._workers = [Outbox(self.parts, f"p{self.processes}-{n}") for n in range(count)]
        self._alarms = [_Alarm(self.nature, worker.ring) for worker in self._workers]
        self.service.alarm = self._alarms[0]
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(worker.run(alarm), name="outbox")
            for worker, alarm in zip(self._workers, self._alarms, strict=True)
        ]

    def _mortal(self) -> MortalStore:
        self._process = _ProcessStore(self.store, self.nature)
        return self._process

    def _dies(self) -> None:
        self._process.dead = True
        self._death.set()

    async def _buried(self) -> None:
        """Nothing of the process is left, but what it had put on the wire; connections are given back by tasks of their own."""
        for alarm in self._alarms:
            alarm.end()
        while left := [task for task in asyncio.all_tasks() if task.get_name().startswith("outbox")]:
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=1)

    # ---- the day ----------------------------------------------------------------------------------------------------

    async def _serve_until(self, end: datetime) -> None:
        beats = self.nature.steady
        while self.nature.wall < end:
            if self._death.is_set():
                await self._buried()
                await self._up()
            wait = await self._living(self._moment(end))
            if self.nature.steady - beats >= BEAT_S:
                beats = self.nature.steady
                await self._workers[0].beat()
                await self._befalls()
            if wait:
                await self._until_death(wait)

    async def _living(self, moment: Coroutine[None, None, float]) -> float:
        """How long to wait afterwards. A death of what we call ourselves is a death as any other."""
        try:
            return await moment
        except Died:
            return 0.0
        except Unwritable:
            return 1.0

    async def _moment(self, end: datetime) -> float:
        """What is due of people and deliveries now; gives the seconds until the next of them, or the next beat."""
        await self._hear()
        if self._acts and self.nature.wall >= self._acts[0]:
            self._acts.pop(0)
            await self._act()
            return 0.0
        coming = [end, *self._acts[:1], *(d.at for d in self.inbox[:1])]
        return min(max((min(coming) - self.nature.wall).total_seconds(), 0.001), BEAT_S)

    async def _befalls(self) -> None:
        if self.nature.strikes("jump"):
            self.nature.jumps(self.nature.rng.choice((-90, -5, 5, 300)))
        if self.nature.strikes("away"):
            self._dies()
            await self._buried()
            await asyncio.sleep(self.nature.rng.choice((20, 240, 700, 2400)))
            await self._up()

    async def _until_death(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._death.wait()
        except TimeoutError:
            return
