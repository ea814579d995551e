"""Many who wait for the same kind of work of the database, done for all of them at once: a crowd costs few round trips.

Who comes while one piece of work is under way is in the next one: what is asked is read, and what is given is committed,
after it came. One commit, and one sync of the disk, serves all who waited for it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

Given = TypeVar("Given")
Told = TypeVar("Told")

_MOST = 200
"""How many are served at once."""


class Crowd(Generic[Given, Told]):
    """One piece of work at a time; each is for everybody who waits."""

    def __init__(self, serve: Callable[[Sequence[Given]], Awaitable[Sequence[Told]]], name: str) -> None:
        """`serve` goes to the database once, and tells each of them something, in their order. `name`: of its task."""
        self._serve = serve
        self._name = name
        self._waiting: list[tuple[Given, asyncio.Future[Told]]] = []
        self._serving: asyncio.Task[None] | None = None

    async def of(self, given: Given) -> Told:
        """What that one is told. Raises what the database raises."""
        loop = asyncio.get_running_loop()
        told: asyncio.Future[Told] = loop.create_future()
        self._waiting.append((given, told))
        if self._serving is None:
            # A context of its own: the work belongs to no one's transaction.
            self._serving = loop.create_task(self._serve_all(), context=Context(), name=self._name)
        return await told

    async def _serve_all(self) -> None:
        try:
            while self._waiting:
                served, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._tell([one for one in served if not one[1].done()])
        finally:
            self._serving = None

    async def _tell(self, served: Sequence[tuple[Given, asyncio.Future[Told]]]) -> None:
        if not served:
            return
        try:
            found = await self._serve([given for given, _ in served])
        except asyncio.CancelledError:
            for _, told in served:
                told.cancel()
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the answer is waited for
            for _, told in served:
                if not told.done():
                    told.set_exception(error)
            return
        for (_, told), one in zip(served, found, strict=True):
            if not told.done():
                told.set_result(one)
