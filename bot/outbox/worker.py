"""The worker: `drain` does all that is due (sandbox, tests, simulation), `run` does it for good, many rows at once."""

import asyncio
import logging
import uuid
from contextlib import suppress

from bot.messages.effects import Gather, Later, Post
from bot.outbox.obey import command, gather
from bot.outbox.posts import post
from bot.outbox.receipts import again, ended
from bot.outbox.wiring import Parts
from bot.ports import Alarm, Completion, Row

log = logging.getLogger(__name__)

TROUBLE_S = 1.0
"""How long the worker waits after the database failed it."""

MOST_AT_ONCE = 200


class Outbox:
    """One worker; any number may run on one PostgreSQL. Give `run` the alarm that rings `ring`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._owner = uuid.uuid4().hex
        self._wake = asyncio.Event()
        self._stopping = False
        self._flying: set[asyncio.Task[None]] = set()
        self._ended: asyncio.Queue[Completion] = asyncio.Queue()

    def ring(self) -> None:
        """There may be work: look again."""
        self._wake.set()

    async def drain(self) -> int:
        """Do everything that is due now, and what follows from it; gives the number of rows."""
        done = 0
        while rows := await self._claim(self._parts.settings.batch):
            deadline = self._deadline()
            completions = await asyncio.gather(*(self._do(row, deadline) for row in rows))
            await self._parts.store.complete([c for c in completions if c is not None])
            done += len(rows)
        return done

    async def run(self, alarm: Alarm) -> None:
        """Work until stop(). A database that fails is tried again; nothing is lost, rows are late."""
        writer = asyncio.get_running_loop().create_task(self._write(), name="outbox-completions")
        try:
            while not self._stopping:
                self._wake.clear()
                try:
                    busy = await self._take()
                    if not busy:
                        await self._set_alarm(alarm)
                except Exception:
                    log.exception("the outbox could not be read; again in %s s", TROUBLE_S)
                    await asyncio.sleep(TROUBLE_S)
                    continue
                if not busy:
                    await self._wake.wait()
        finally:
            if self._flying:
                await asyncio.wait(self._flying)
            await self._ended.join()
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer
            await self._parts.store.release_leases(self._owner, self._parts.clock.now())

    async def stop(self) -> None:
        """Claim nothing more; what is being sent is finished (SIGTERM)."""
        self._stopping = True
        self._wake.set()

    async def _take(self) -> bool:
        free = self._parts.settings.slots - len(self._flying)
        if free <= 0:
            return False
        rows = await self._claim(min(free, self._parts.settings.batch))
        deadline = self._deadline()
        for row in rows:
            task = asyncio.get_running_loop().create_task(self._fly(row, deadline))
            self._flying.add(task)
            task.add_done_callback(self._landed)
        return bool(rows)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._wake.set()

    async def _fly(self, row: Row, deadline: float) -> None:
        completion = await self._do(row, deadline)
        if completion is not None:
            await self._ended.put(completion)

    async def _write(self) -> None:
        """Results are written in batches; single rows would cap the whole at the disk's rhythm."""
        while True:
            batch = [await self._ended.get()]
            while len(batch) < MOST_AT_ONCE and not self._ended.empty():
                batch.append(self._ended.get_nowait())
            try:
                await self._parts.store.complete(batch)
            except Exception:
                log.exception("results could not be written; the leases run out, and it is looked for")
            for _ in batch:
                self._ended.task_done()
            self._wake.set()

    async def _claim(self, limit: int) -> list[Row]:
        clock, settings = self._parts.clock, self._parts.settings
        return list(await self._parts.store.claim(limit, clock.now(), clock.real(), settings.lease_s, self._owner))

    def _deadline(self) -> float:
        settings = self._parts.settings
        return self._parts.clock.monotonic() + settings.lease_s * settings.guard

    async def _do(self, row: Row, deadline: float) -> Completion | None:
        """None: nothing can be said; the lease runs out and somebody looks."""
        try:
            match row.effect:
                case Later() as later:
                    return await command(self._parts, row, later)
                case Gather() as asked:
                    return await gather(self._parts, row, asked)
                case Post() as one:
                    return await post(self._parts, row, one, deadline)
        except Exception as error:
            log.exception("row %s could not be done (attempt %d)", row.key, row.attempts)
            if row.attempts >= self._parts.settings.attempts:
                return ended(row, "failed", self._parts.clock.now(), type(error).__name__)
            wait = self._parts.not_before(self._parts.settings.backoff_s(row.attempts))
            return again(row, wait, type(error).__name__)
        return ended(row, "failed", self._parts.clock.now(), "unknown_effect")

    async def _set_alarm(self, alarm: Alarm) -> None:
        wake = await self._parts.store.next_wake()
        times = [t for t in (wake.civil, wake.real) if t is not None]
        alarm.ring_at(min(times, default=None))
