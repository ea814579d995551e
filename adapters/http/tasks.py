"""Work that goes on after an answer was given: kept hold of, finished at the end, never lost without a line in the log."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Tasks:
    """A task that nobody holds may vanish, and one that fails says nothing: here both are seen to."""

    def __init__(self) -> None:
        """Empty."""
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], what: str) -> asyncio.Task[None]:
        """Begin it; what it raises is logged under `what`."""
        task = asyncio.get_running_loop().create_task(_told(work, what), name=what)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def finish(self, grace_s: float) -> None:
        """Wait for all of them so long, and for what they begin meanwhile; end what is left."""
        loop = asyncio.get_running_loop()
        until = loop.time() + grace_s
        while self._running and loop.time() < until:
            await asyncio.wait(tuple(self._running), timeout=until - loop.time())
        left = tuple(self._running)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _told(work: Coroutine[Any, Any, None], what: str) -> None:
    try:
        await work
    except Exception:
        log.exception("%s failed", what)
