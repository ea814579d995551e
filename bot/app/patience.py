"""Nobody waits for an answer longer than platforms let them (decision 9): then "not confirmed yet", and the work goes on."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.messages import answers
from bot.messages.heard import Answer, Heard, Say

BUDGET_S = 2.0

Hear = Callable[[Heard], Awaitable[Answer]]


class Patience:
    """`hear` of the runner with a limit. What took longer is finished all the same; `finish` waits for it."""

    def __init__(self, hear: Hear, budget_s: float = BUDGET_S) -> None:
        self._hear = hear
        self._budget_s = budget_s
        self._late: set[asyncio.Task[Answer]] = set()

    async def hear(self, heard: Heard) -> Answer:
        """The runner's answer, or that it is not confirmed yet; never raises."""
        task = asyncio.get_running_loop().create_task(self._answer(heard), name=f"hear-{heard.receipt}")
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        done, _ = await asyncio.wait([task], timeout=self._budget_s)
        return task.result() if done else Say(answers.line("talk.unconfirmed"))

    async def finish(self) -> None:
        """Until all that was heard has been committed or refused."""
        while self._late:
            await asyncio.wait(tuple(self._late))

    async def _answer(self, heard: Heard) -> Answer:
        return await self._hear(heard)
