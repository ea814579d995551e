"""Writes results in batches: single rows cap at about 90 a second on SQLite."""

import asyncio
import logging
from collections.abc import Callable

from bot.outbox.wiring import Parts
from bot.ports import Completion

log = logging.getLogger(__name__)

BATCH = 200
LINGER_S = 0.004
"""A moment for the others of the same burst: one transaction costs as much for one result as for many."""

TRIES = 5
RETRY_S = 0.2


class Completer:
    """Results go in, batches go to the store. `written` is called with how many, when they are committed (or given up)."""

    def __init__(self, parts: Parts, written: Callable[[int], None]) -> None:
        self._parts = parts
        self._written = written
        self._queue: asyncio.Queue[Completion] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start on the running event loop."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="outbox-completer")

    def put(self, completion: Completion) -> None:
        """One result."""
        self._queue.put_nowait(completion)

    async def stop(self) -> None:
        """Write all that was put, then end."""
        if self._task is None:
            return
        await self._queue.join()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None

    async def _run(self) -> None:
        while True:
            batch = [await self._queue.get()]
            await asyncio.sleep(LINGER_S)
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._write(batch)
            for _ in batch:
                self._queue.task_done()
            self._written(len(batch))

    async def _write(self, batch: list[Completion]) -> None:
        """A batch that cannot be written is left to its leases: those rows are looked for before they are sent again."""
        for attempt in range(1, TRIES + 1):
            try:
                held = await self._parts.store.complete(batch)
            except Exception:
                log.exception("%d results could not be written (try %d of %d)", len(batch), attempt, TRIES)
                await asyncio.sleep(RETRY_S * attempt)
                continue
            if held < len(batch):
                log.warning("%d of %d results came after their lease had run out", len(batch) - held, len(batch))
            return
