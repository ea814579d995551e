"""What is known of deliveries (decision 9), asked for all that wait in one question: a crowd costs few round trips.

Who comes while a question is under way is in the next one, so each answer was read after it was asked for.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import Context

from bot.messages.heard import Answer
from bot.ports import Delivery

Found = tuple[str, Mapping[str, Answer]]
"""The mark of the committed state, and the stored answers by receipt."""

_MOST = 200
"""Receipts of one question."""


class Deliveries:
    """One question at a time; each is about everybody who waits."""

    def __init__(self, ask: Callable[[Sequence[str]], Awaitable[Found]]) -> None:
        """`ask` reads the database once."""
        self._ask = ask
        self._waiting: list[tuple[str, asyncio.Future[Delivery]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def of(self, receipt: str) -> Delivery:
        """See ports.Reads. Raises what the database raises."""
        loop = asyncio.get_running_loop()
        told: asyncio.Future[Delivery] = loop.create_future()
        self._waiting.append((receipt, told))
        if self._asking is None:
            # A context of its own: the question belongs to no one's transaction.
            self._asking = loop.create_task(self._ask_for_all(), context=Context(), name="asking for deliveries")
        return await told

    async def _ask_for_all(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._tell([one for one in asked if not one[1].done()])
        finally:
            self._asking = None

    async def _tell(self, asked: Sequence[tuple[str, asyncio.Future[Delivery]]]) -> None:
        try:
            mark, answers = await self._ask([receipt for receipt, _ in asked])
        except asyncio.CancelledError:
            for _, told in asked:
                told.cancel()
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the answer is waited for
            for _, told in asked:
                if not told.done():
                    told.set_exception(error)
            return
        for receipt, told in asked:
            if not told.done():
                told.set_result(Delivery(answers.get(receipt), mark))
