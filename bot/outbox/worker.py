"""The worker. `drain` does what is due now, one row after the other, for sandbox and tests; `run` is the server's loop.

Nothing here is truth: a worker may die at any line, and the rows say what is to be done next.
"""

import asyncio
import logging
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.errors import Unwritable
from bot.messages.effects import Gather, Later
from bot.outbox import absence, obey
from bot.outbox.absence import Absence
from bot.outbox.awake import Awake
from bot.outbox.completer import Completer
from bot.outbox.deliver import Deliverer
from bot.outbox.sight import Sight
from bot.outbox.wiring import Parts
from bot.ports import Alarm, Completion, Row, Wake

log = logging.getLogger(__name__)

SOON = timedelta(milliseconds=50)
"""A due row that another worker is just claiming is looked at again after that; never in a tight circle."""

ASIDE = 8
"""Sources that are being asked take no slot of the posts, up to so many times the slots: slow ones hold up nothing."""

BEHIND = 4
"""Results that wait to be written, up to so many times the slots."""

STORE_DOWN_S = 1.0
DRAIN_BATCH = 16
MOST_ROUNDS = 100_000


class Outbox:
    """One worker; any number may run on one PostgreSQL. `owner`: its own name, for its leases; made up where none is given."""

    def __init__(self, parts: Parts, owner: str = "") -> None:
        self._parts = parts
        self._owner = owner or uuid.uuid4().hex
        self._alarm: Alarm | None = None
        self._deliver = Deliverer(parts)
        self._wake = asyncio.Event()
        self._waiting = asyncio.Event()
        self._stopping = False
        self._draining = asyncio.Lock()
        self._flying: set[asyncio.Task[None]] = set()
        self._unwritten = 0
        self._sending = 0
        self._asking = 0
        self._pressed = False
        self._completer = Completer(parts, self._on_written, lambda: self._sending > 0)
        self._absence: Absence | None = None
        self._awake = Awake(parts)
        self.writable = True
        """False from when the database took no entry until it took one: it may be read all the same, as on a full disk."""

    # ---- both -----------------------------------------------------------------------------------------------------

    def ring(self) -> None:
        """There may be work: look again. The alarm calls it."""
        self._wake.set()

    async def beat(self) -> None:
        """The heartbeat, for the scheduler's tick. None while an absence waits to be noticed: the next turn does."""
        if self._awake.slept:
            self.ring()
            return
        try:
            await absence.beat(self._parts)
        except Unwritable:
            self.writable = False
            raise
        self.writable = True

    async def tidy(self) -> int:
        """Forget the answers that no platform will ask for again, for the scheduler's tick. Gives how many.

        Never at the start: what an earlier process had begun is taken up first, and its receipts are needed for that.
        """
        settings = self._parts.settings
        return await self._parts.memory.forget_answers(self._parts.clock.now() - settings.answers_kept)

    async def recover(self) -> int:
        """Give back at once what an earlier process of the same owner was sending, instead of waiting for its leases.

        Only where `owner` is a fixed name, and no such process can be alive nor anything of it be on the wire: one process
        on SQLite with a local platform.
        """
        return await self._parts.store.release_leases(self._owner, self._parts.clock.now())

    # ---- drained by hand ------------------------------------------------------------------------------------------

    async def drain(self, now: datetime | None = None) -> int:
        """Do everything that is due at that time (None: the clock's), and what follows from it. Gives how many rows."""
        handled = 0
        async with self._draining:
            for _ in range(MOST_ROUNDS):
                claimed_at = self._parts.clock.monotonic()
                rows = await self._claim(DRAIN_BATCH, now)
                if not rows and not self._unwritten:
                    return handled
                if not rows:
                    await self._landed()
                for row in rows:
                    ended = await self._handle(row, Sight(self._parts, [row]), claimed_at)
                    await self._parts.store.complete([ended])
                handled += len(rows)
        msg = f"the outbox is not empty after {MOST_ROUNDS} rounds: rows make each other due"
        raise RuntimeError(msg)

    async def come_back(self) -> int:
        """At the start of a drained bot: if it was away, do what is due and tell it (T8). Gives how many posts told it."""
        away = await absence.noticed(self._parts)
        if away is None:
            await self.beat()
            return 0
        return await self._told(away)

    async def returned(self, since: datetime, until: datetime) -> int:
        """The bot was away from then to then: do what is due, then tell it (T8). Gives how many posts told it."""
        return await self._told(await absence.begun(self._parts, since, until))

    async def _told(self, away: Absence) -> int:
        await self.drain()
        told = await absence.tell(self._parts, away)
        await self.beat()
        await self.drain()
        return told

    # ---- the server's loop ----------------------------------------------------------------------------------------

    async def run(self, alarm: Alarm) -> None:
        """Work until `stop`. Then: claim no more, finish what is being sent, write results, give leases back."""
        self._alarm = alarm
        self._completer.start()
        try:
            await self._begin()
            while not self._stopping:
                self._wake.clear()
                if not await self._turn():
                    await self._wake.wait()
        finally:
            await asyncio.gather(*self._flying, return_exceptions=True)
            await self._completer.stop()
            await self._give_back()

    async def stop(self) -> None:
        """SIGTERM: `run` claims no more, and ends when what is being sent has ended."""
        self._stopping = True
        self._wake.set()

    async def _begin(self) -> None:
        while not self._stopping:
            try:
                self._absence = await absence.noticed(self._parts)
                at = self._parts.clock.now()
                await self.beat()
                self._awake.here(at)
            except Exception:
                log.exception("the database does not answer at the start; it is tried again")
                await asyncio.sleep(STORE_DOWN_S)
            else:
                await self._rehearse()
                return

    async def _rehearse(self) -> None:
        """Nothing depends on it but the time that the first rush takes."""
        if self._parts.rehearse is None:
            return
        try:
            row = await self._parts.rehearse()
            if row is not None:
                await self._deliver.rehearse(row, Sight(self._parts, [row]))
        except Exception:
            log.exception("the rehearsal failed; the first posts take a little longer")

    async def _turn(self) -> bool:
        """Claim once. True: look again at once, since more is waiting. While it presses, no claim is made for a few slots."""
        asked = self._room()
        if asked <= 0 or (self._pressed and asked < self._few()):
            self._awake.here(self._parts.clock.now())
            return False
        claimed_at = self._parts.clock.monotonic()
        try:
            at = self._parts.clock.now()
            self._absence = await self._awake.away() or self._absence
            rows = await self._claim(asked)
            self._awake.here(at)
            sight = Sight(self._parts, rows)
            for row in rows:
                self._start(row, sight, claimed_at)
            if rows:
                self.writable = True
                self._pressed = len(rows) == asked
                return self._pressed
            self._pressed = False
            await self._arm()
            return await self._tell_absence()
        except Unwritable as error:
            self.writable = False
            log.error("the outbox waits for the database: %s", error)  # noqa: TRY400 - it says all, each second
            await asyncio.sleep(STORE_DOWN_S)
            return True
        except Exception:
            log.exception("the outbox could not be read; it is tried again")
            await asyncio.sleep(STORE_DOWN_S)
            return True

    def _room(self) -> int:
        """How many rows may be claimed: a slot is free when its send has ended, also where its result is not written yet.

        So that what is due goes out before it is written what has gone; but not for long: too many results hold up everything.
        """
        slots = self._parts.settings.slots
        held = self._sending + max(self._asking - ASIDE * slots, 0)
        results = self._unwritten - self._sending - self._asking
        return min(slots - held, BEHIND * slots - results, self._parts.settings.batch)

    def _few(self) -> int:
        """While it presses no claim is made for fewer; never more than there can be."""
        return min(self._parts.settings.batch, self._parts.settings.slots) // 2

    async def _claim(self, limit: int, now: datetime | None = None) -> Sequence[Row]:
        clock, lease_s = self._parts.clock, self._parts.settings.lease_s
        return await self._parts.store.claim(limit, now or clock.now(), clock.real(), lease_s, self._owner)

    def _start(self, row: Row, sight: Sight, claimed_at: float) -> None:
        task = asyncio.get_running_loop().create_task(self._fly(row, sight, claimed_at), name=f"outbox-{row.id}")
        self._unwritten += 1
        self._count(row, 1)
        self._flying.add(task)
        task.add_done_callback(self._flying.discard)

    async def _fly(self, row: Row, sight: Sight, claimed_at: float) -> None:
        ended = await self._handle(row, sight, claimed_at)
        self._count(row, -1)
        self._completer.put(ended)
        if self._pressed and self._room() >= self._few():
            self._wake.set()

    def _count(self, row: Row, number: int) -> None:
        if isinstance(row.effect, Gather):
            self._asking += number
        else:
            self._sending += number

    async def _handle(self, row: Row, sight: Sight, claimed_at: float) -> Completion:
        match row.effect:
            case Later() as effect:
                return await obey.command(self._parts, row, effect)
            case Gather() as effect:
                return await obey.gather(self._parts, row, effect)
            case _:
                return await self._deliver(row, sight, claimed_at)

    def _on_written(self, count: int) -> None:
        """What waited for these rows can be claimed when their results are committed, and no sooner."""
        self._unwritten -= count
        self._wake.set()
        waiting, self._waiting = self._waiting, asyncio.Event()
        waiting.set()

    async def _landed(self) -> None:
        """Until something of what `run` is sending has been written."""
        await self._waiting.wait()

    async def _arm(self) -> None:
        if self._alarm is not None:
            self._alarm.ring_at(self._instant(await self._parts.store.next_wake()))

    def _instant(self, wake: Wake) -> datetime | None:
        """The earlier of both clocks as an instant of the machine's time."""
        clock, rate = self._parts.clock, self._parts.rate()
        instants = [wake.real] if wake.real else []
        if wake.civil and rate > 0:
            instants.append(clock.real() + (wake.civil - clock.now()) / rate)
        return max(min(instants), clock.real() + SOON) if instants else None

    async def _tell_absence(self) -> bool:
        if self._absence is None or self._unwritten:
            return False
        told = await absence.tell(self._parts, self._absence)
        self._absence = None
        return told > 0

    async def _give_back(self) -> None:
        try:
            await self._parts.store.release_leases(self._owner, self._parts.clock.now())
        except Exception:
            log.exception("leases could not be given back; they run out by themselves")
