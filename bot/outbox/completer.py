"""Writes results in batches: single rows cap at about 90 a second on SQLite. Posts that are due go before them."""

import asyncio
import logging
from collections.abc import Callable

from bot.outbox.wiring import Parts
from bot.ports import Completion

log = logging.getLogger(__name__)

BATCH = 200
"""The most results of one transaction."""

STEP_S = 0.004
"""So often it is looked whether the others came."""

TRIES = 5
RETRY_S = 0.2
_SAID = frozenset({"post", "edit"})


class Completer:
    """Results go in, batches go to the store. `written` is called with how many, when they are committed (or given up).

    `more`: posts are on their way whose results will come soon. What others wait for is written at once: the end of a command
    or a gather lets posts go out.
    """

    def __init__(self, parts: Parts, written: Callable[[int], None], more: Callable[[], bool]) -> None:
        self._parts = parts
        self._written = written
        self._more = more
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
            await self._gather(batch)
            await self._write(batch)
            for _ in batch:
                self._queue.task_done()
            self._written(len(batch))

    async def _gather(self, batch: list[Completion]) -> None:
        """The results of the same burst, with the one that came first."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._parts.settings.linger_s
        while True:
            await asyncio.sleep(STEP_S)
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            if len(batch) >= BATCH or not self._more() or not all(one.row.kind in _SAID for one in batch):
                return
            if loop.time() >= until:
                return

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
