"""Nobody waits for an answer longer than platforms let them (decision 9): then "not confirmed yet", and the work goes on.

What came of it is told when it is known, to the person alone: it may be that nothing was done, since the database was away.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.domain.people import Place
from bot.messages import answers
from bot.messages.heard import Answer, Errors, Heard, Open, Say
from bot.messages.model import Message, Text
from bot.messages.times import clock
from bot.messages.words import say
from bot.ports import CatalogReader, Chat, Outgoing, Sent, Throttled

log = logging.getLogger(__name__)

BUDGET_S = 2.0
SEND_S = 20.0
"""So long a late answer may take to be sent, with the patience that the platform asks for."""

Hear = Callable[[Heard], Awaitable[Answer]]
Late = Callable[[Heard, Answer], Awaitable[None]]


class Patience:
    """`hear` of the runner with a limit. What took longer is finished all the same, and told; `finish` waits for it."""

    def __init__(self, hear: Hear, budget_s: float = BUDGET_S, late: Late | None = None) -> None:
        """`late` tells an answer that came too late for its acknowledgement."""
        self.late = late
        self._hear = hear
        self._budget_s = budget_s
        self._late: set[asyncio.Task[Answer] | asyncio.Task[None]] = set()

    async def hear(self, heard: Heard) -> Answer:
        """The runner's answer, or that it is not confirmed yet; never raises."""
        task = asyncio.get_running_loop().create_task(self._answer(heard), name=f"hear-{heard.receipt}")
        self._keep(task)
        done, _ = await asyncio.wait([task], timeout=self._budget_s)
        if done:
            return task.result()
        if self.late is not None:
            following = self._follow(heard, task, self.late)
            self._keep(asyncio.get_running_loop().create_task(following, name=f"late-{heard.receipt}"))
        return Say(answers.trouble("talk.unconfirmed"))

    async def finish(self) -> None:
        """Until all that was heard has been committed or refused, and those who waited were told."""
        while self._late:
            await asyncio.wait(tuple(self._late))

    async def _answer(self, heard: Heard) -> Answer:
        return await self._hear(heard)

    async def _follow(self, heard: Heard, task: asyncio.Task[Answer], late: Late) -> None:
        try:
            await late(heard, await task)
        except Exception:
            log.exception("the late answer to request %s could not be told", heard.receipt)

    def _keep(self, task: asyncio.Task[Answer] | asyncio.Task[None]) -> None:
        self._late.add(task)
        task.add_done_callback(self._late.discard)


def alone(chats: Sequence[Chat], catalog: CatalogReader) -> Late:
    """Tells late answers in the conversation with the person alone, on the platform where it was asked."""
    by_name: Mapping[str, Chat] = {chat.platform: chat for chat in chats}

    async def tell(heard: Heard, answer: Answer) -> None:
        chat = by_name.get(heard.place.platform)
        message = _told(heard, answer)
        if chat is None or message is None:
            return
        person = catalog().roster.person(heard.actor.person)
        where = (person.direct if person else {}).get(chat.platform, heard.actor.account)
        outgoing = Outgoing(f"late:{heard.receipt}", Place(chat.platform, where), message)
        async with asyncio.timeout(SEND_S):
            sent = await chat.send(outgoing)
            if isinstance(sent, Throttled):
                await asyncio.sleep(sent.retry_after)
                sent = await chat.send(outgoing)
        if not isinstance(sent, Sent):
            log.warning("the late answer to request %s did not get through: %s", heard.receipt, sent)

    return tell


def _told(heard: Heard, answer: Answer) -> Message | None:
    if isinstance(answer, Open | Errors):
        return answers.line("talk.late_form", {"at": clock(heard.at)})
    if not isinstance(answer, Say):
        return None
    first = Text(say("talk.late", {"at": clock(heard.at)}))
    said = answer.message
    return replace(
        said, text=f"{first.text} {said.text}", blocks=(first, *(said.blocks or (Text(said.text),))), private=True
    )
