"""Teams, outward: posts and edits once, and says clearly how it ended.

A bot cannot read back what it wrote (that needs another permission than posting does), so a post of which nobody knows
whether it arrived stays unknown, and its owner is told. An edit is simply made again.
"""

import asyncio
import hashlib
import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Final

from adapters.teams.connector import Connector, NoToken, Refused, TooFast, Unsure
from adapters.teams.directory import TeamsDirectory
from adapters.teams.elements import Json
from adapters.teams.inbound import PLATFORM, Spot
from adapters.teams.references import Reference, References, is_person
from adapters.teams.render import card, fallback, files, parts
from bot.domain.errors import Unwritable
from bot.domain.people import Place
from bot.messages.model import Message
from bot.ports import Ambiguous, CannotLook, Look, Outgoing, Rejected, SendResult, Sent, Throttled

_RATES: Final = ((1.0, 7), (2.0, 8), (30.0, 60))
"""(seconds, messages): so many may a bot send into one thread."""
_PATIENCE_S: Final = 30.0
"""After an answer that is about our registration, not about the message: somebody has to look."""
_ANSWER_S: Final = 6.0
"""So long at most an answer waits for its turn; a post of the outbox waits as long as Teams asks."""
_AGAIN: Final = 2
_MOST_PLACES: Final = 2_000

_CODES: Final[Mapping[str, str]] = {
    "MessageWritesBlocked": "revoked",
    "BotNotInConversationRoster": "not_in_channel",
    "BotDisabledByAdmin": "revoked",
    "ConversationNotFound": "channel_not_found",
    "ConversationBlockedByUser": "revoked",
    "MessageSizeTooBig": "msg_too_long",
    "service_url_not_trusted": "not_in_channel",
}
"""The connector's word for a clear no -> the house's."""
log = logging.getLogger(__name__)


class TeamsChat:
    """ports.Chat."""

    platform = PLATFORM

    def __init__(
        self, connector: Connector, references: References, directory: TeamsDirectory, now: Callable[[], float]
    ) -> None:
        """`now`: monotonic seconds."""
        self._connector = connector
        self._references = references
        self._directory = directory
        self._now = now
        self._sent: OrderedDict[str, deque[float]] = OrderedDict()

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Post or edit once."""
        if outgoing.place.platform != self.platform:
            return Rejected("channel_not_found", str(outgoing.place))
        try:
            where = await self.where(outgoing.place)
        except (Refused, TooFast, NoToken) as error:
            return _failed(error, outgoing)
        except Unsure:
            return Throttled(5.0)  # nothing was posted yet: only the way there is unsure
        if where is None:
            return Rejected("not_in_channel", "nobody of that place, or of its tenant, was ever heard")
        wait = self._wait(where.conversation)
        if wait > 0:
            return Throttled(wait)
        activity = await self._activity(outgoing)
        try:
            if outgoing.edit_of is not None:
                await self._connector.edit(where.service_url, where.conversation, outgoing.edit_of, activity)
                return Sent(outgoing.edit_of)
            found = await self._connector.post(where.service_url, threaded(where, outgoing.thread), activity)
        except (Refused, TooFast, Unsure, NoToken) as error:
            return _failed(error, outgoing)
        await self._attach(where, outgoing)
        return Sent(found)

    async def find(self, key: str, place: Place, since: datetime, thread: str | None = None) -> Look:
        """Teams does not let a bot read a conversation."""
        del key, place, since, thread
        return CannotLook("a bot cannot read back what it wrote on Teams", never=True)

    async def say(self, where: Reference, message: Message, whispered: Json | None = None) -> None:
        """An answer, in that conversation; `whispered`: to whom alone. Raises Refused, TooFast, Unsure, NoToken."""
        known = await self._directory.accounts(message.mentions)
        for one in (*parts(message), *files(message)):
            await self.show(where, card(one, account=known.get), fallback(one), whispered)

    async def show(self, where: Reference, drawn: Json, told: str, whispered: Json | None = None) -> None:
        """A card as an answer. Where Teams asks for a little patience it is sent again. Raises what `say` raises."""
        activity = activity_of(drawn, told) | (whispered or {})
        for _ in range(_AGAIN):
            try:
                await self._connector.post(where.service_url, where.conversation, activity)
            except TooFast as error:
                if error.seconds > _ANSWER_S:
                    raise
                await asyncio.sleep(error.seconds)
            else:
                return
        await self._connector.post(where.service_url, where.conversation, activity)

    async def where(self, place: Place) -> Reference | None:
        """The conversation of a place; one with a person alone is opened. Raises what the connector raises."""
        if not is_person(place.id):
            return await self._references.place(place.id)
        found = await self._references.anybody(place.id)
        if found is None or found.conversation:
            return found
        opened = await self._connector.open(found.service_url, found.user or place.id, found.tenant)
        await self._references.opened(place.id, opened)
        return Reference(found.service_url, found.tenant, opened, "personal", found.user, found.name)

    async def alone(self, spot: Spot) -> Reference:
        """The conversation with who speaks, alone; it is found while the database is away, too. Raises what `say` raises."""
        found = self._references.at_hand(spot)
        if found.conversation:
            return found
        opened = await self._connector.open(found.service_url, found.user or spot.directory, found.tenant)
        try:
            await self._references.opened(spot.directory, opened)
        except Unwritable:
            log.warning("a conversation could not be noted: the database is away")
        return replace(found, conversation=opened)

    async def _activity(self, outgoing: Outgoing) -> Json:
        message = outgoing.message
        known = await self._directory.accounts(message.mentions)
        whole = card(message, account=known.get)
        viewers = [known[who][0] for who in message.mentions if who in known and known[who][0].startswith("29:")]
        key = hashlib.sha256(outgoing.key.encode()).hexdigest()[:32]
        if is_person(outgoing.place.id) or not message.mentions or len(viewers) != len(message.mentions):
            return activity_of(whole, fallback(message))
        shown = card(message, account=known.get, viewers=viewers, key=key)
        await self._references.keep_card(key, whole if "refresh" in shown else None)
        return activity_of(shown, fallback(message))

    async def _attach(self, where: Reference, outgoing: Outgoing) -> None:
        """Files follow as text; the post itself stands whether they arrive or not."""
        for one in files(outgoing.message) if outgoing.edit_of is None else ():
            try:
                shown = activity_of(card(one), fallback(one))
                await self._connector.post(where.service_url, threaded(where, outgoing.thread), shown)
            except (Refused, TooFast, Unsure, NoToken):
                return

    def _wait(self, conversation: str) -> float:
        """Seconds until that conversation takes one more; 0: now, and it is counted."""
        now = self._now()
        times = self._sent.setdefault(conversation, deque())
        self._sent.move_to_end(conversation)
        while len(self._sent) > _MOST_PLACES:
            self._sent.popitem(last=False)
        while times and now - times[0] >= _RATES[-1][0]:
            times.popleft()
        for span, most in _RATES:
            recent = [t for t in times if now - t < span]
            if len(recent) >= most:
                return span - (now - recent[0])
        times.append(now)
        return 0.0


def activity_of(drawn: Json, told: str) -> Json:
    """A message with that card. `told` is the line of the notification: it carries the verdict."""
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": drawn}
    calls = bool(drawn.get("msteams", {}).get("entities"))
    alert = {"channelData": {"notification": {"alert": True}}} if calls else {}
    return {"type": "message", "summary": told, "attachments": [attachment], **alert}


def threaded(where: Reference, thread: str | None) -> str:
    """The conversation, or its thread: channels have them, chats have not."""
    return f"{where.conversation};messageid={thread}" if thread and where.kind == "channel" else where.conversation


def _failed(error: Exception, outgoing: Outgoing) -> SendResult:
    if isinstance(error, TooFast):
        return Throttled(error.seconds)
    if isinstance(error, NoToken):
        return Throttled(_PATIENCE_S)
    if not isinstance(error, Refused):
        return Ambiguous(str(error))
    if error.status == HTTPStatus.UNAUTHORIZED:
        return Throttled(_PATIENCE_S)
    code = _CODES.get(error.sub) or _CODES.get(error.code)
    if error.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE} and not code:
        gone = "message_gone" if outgoing.edit_of else "thread_gone" if outgoing.thread else "channel_not_found"
        return Rejected(gone, str(error))
    if error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        code = "msg_too_long"
    if not code and error.status != HTTPStatus.FORBIDDEN:
        code = error.code or f"status_{error.status}"  # no reason of ours: the connector's own word
    return Rejected(code or "restricted", str(error))
