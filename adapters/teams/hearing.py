"""What Teams delivers: activity -> Heard -> commit -> answer, in the shape that each kind of activity takes."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

from adapters.http.platform import Given
from adapters.http.tasks import Tasks
from adapters.teams import forms, inbound
from adapters.teams.adapter import Invoked
from adapters.teams.connector import NoToken, Refused, TooFast, Unsure
from adapters.teams.directory import TeamsDirectory
from adapters.teams.elements import TOKEN, Json, execute, rows
from adapters.teams.inbound import ACTION, FETCH, SUBMIT, Act, Spot, Who, text
from adapters.teams.outbound import TeamsChat
from adapters.teams.references import Reference, References
from adapters.teams.render import REFRESH, card, fallback, parts
from bot.domain.errors import Unwritable
from bot.domain.people import ActorKind
from bot.messages.cards.index import render
from bot.messages.heard import Answer, Errors, Open, Say
from bot.messages.model import Message, Text
from bot.messages.tokens import BadToken, unpack
from bot.messages.words import say

Body = Mapping[str, Any]
Show = Callable[[Reference, Json | None], Awaitable[None]]
"""Sends the answer to a conversation; the second: to whom alone it is shown there."""
CARD: Final = "application/vnd.microsoft.card.adaptive"
LINE: Final = "application/vnd.microsoft.activity.message"
LEARN_S: Final = 1.0
"""So long an activity waits until what it tells of its conversation is written."""
LOOK_S: Final = 3.0
"""So long a card waits for what is read for it: Teams gives up on a press after some seconds, and says nothing of use."""
_REMEMBERED: Final = 5_000
log = logging.getLogger(__name__)


class Hearing:
    """One method for each kind of activity; `take` is the handler of a turn."""

    def __init__(
        self, given: Given, directory: TeamsDirectory, references: References, chat: TeamsChat, tasks: Tasks
    ) -> None:
        """All that is heard goes through `given.hear`."""
        self._given = given
        self._directory = directory
        self._references = references
        self._chat = chat
        self._tasks = tasks
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._pointed: OrderedDict[str, None] = OrderedDict()

    async def take(self, body: Body) -> Invoked | None:
        """The answer of an invoke; None for everything else.

        Teams sends nothing again that a person typed, so whatever goes wrong is said where it was typed, at once (G17).
        """
        kind, spot = text(body, "type"), inbound.spot_of(body)
        try:
            return await self._taken(body, spot, kind)
        except (Unwritable, TimeoutError) as error:
            log.error("the database is away, request %s: %s", spot.receipt, error)  # noqa: TRY400 - the sentence says all, and each request while it is away would fill the log
            told = say("talk.unwritable", {"request": spot.receipt})
        except Exception:
            log.exception("request %s failed", spot.receipt)
            told = say("talk.trouble", {"request": spot.receipt})
        if kind == "message" and not spot.bot:
            self._answer(spot, Message(told, (Text(told),)))
        action = text(body, "name") == ACTION
        return (Invoked(HTTPStatus.OK, _line(told)) if action else _said(told)) if kind == "invoke" else None

    async def _taken(self, body: Body, spot: Spot, kind: str) -> Invoked | None:
        installed = text(body, "action") if kind == "installationUpdate" else ""
        if installed == "remove":
            await self._references.forget(spot)
            return None
        await self._learned(spot)
        if kind == "message":
            await self._message(body, spot)
        elif kind == "messageUpdate" and not spot.bot:
            self._edited(body, spot)
        elif installed == "add" and self._first(spot.receipt):
            self._answer(spot, Message(say("teams.welcome")))
        elif kind == "invoke":
            return await self._invoke(body, spot)
        return None

    async def _learned(self, spot: Spot) -> None:
        """Where a database that is away, or slow, keeps it from being written, the next activity tells it again."""
        learning = self._tasks.start(self._learn(spot), "noting a conversation")
        await asyncio.wait({learning}, timeout=LEARN_S)

    async def _learn(self, spot: Spot) -> None:
        try:
            await self._references.learn(spot)
        except Unwritable as error:
            log.warning("a conversation could not be noted: %s", error)

    # ---- words --------------------------------------------------------------------------------------------------------

    async def _message(self, body: Body, spot: Spot) -> None:
        if spot.bot or not self._first(spot.receipt):
            return
        act = inbound.act_of(body)
        who = await self._who(spot, fresh=act is not None)
        if act is None:
            people = await self._directory.people(inbound.mentioned(body), spot)
            heard = inbound.spoken(who, inbound.words_of(body, people))
            answer = await self._given.hear(heard)
        elif act.verb in {forms.BACK, REFRESH}:
            return
        else:
            answer = await self._given.hear(inbound.acted(who, act))
        if isinstance(answer, Say):
            self._answer(spot, answer.message)
        elif isinstance(answer, Open | Errors):
            shown = forms.inline(answer.form, answer.errors if isinstance(answer, Errors) else None)
            told = answer.form.title

            async def show(where: Reference, whispered: Json | None) -> None:
                await self._chat.show(where, shown, told, whispered)

            self._tasks.start(self._deliver(spot, show), "showing a form")

    def _edited(self, body: Body, spot: Spot) -> None:
        """What was heard stands as it was: an edit that looks like a new command may not be taken for one that was heard."""
        changed = text(inbound.part(body, "channelData"), "eventType")
        if changed == "editMessage" and self._first(f"{spot.receipt} {text(body, 'text')}"):
            told = say("teams.edited")
            self._answer(spot, Message(told, (Text(told),), private=True))

    def _answer(self, spot: Spot, message: Message) -> None:
        self._tasks.start(self._deliver(spot, self._saying(message), private=message.private), "answering")

    def _saying(self, message: Message) -> Show:
        async def show(where: Reference, whispered: Json | None) -> None:
            await self._chat.say(where, message, whispered)

        return show

    async def _deliver(self, spot: Spot, show: Show, *, private: bool = False) -> None:
        """What answers a slash command, only its sender sees, in the conversation.

        Other private answers go to the personal chat, and the thread says so once to each person: a Teams that does not know
        whispers would show them to everybody, and one is known to do so only where somebody whispered to the bot.
        """
        here = Reference(spot.service_url, spot.tenant, spot.conversation, spot.kind)
        if spot.direct or not (private or spot.targeted):
            await self._through(lambda: show(here, None))
            return
        if spot.targeted and await self._through(lambda: show(here, _whispered(spot))):
            return
        alone = await self._through(lambda: self._alone(spot, show))
        if alone and (spot.targeted or not _new(self._pointed, f"{spot.conversation} {spot.user}")):
            return
        told = say("teams.alone") if alone else say("teams.cannot_write_alone")
        await self._through(lambda: self._chat.say(here, Message(told, (Text(told),))))

    async def _document(self, spot: Spot, message: Message) -> None:
        await self._through(lambda: self._alone(spot, self._saying(message)))

    async def _alone(self, spot: Spot, show: Show) -> None:
        if not spot.directory:
            raise Refused(HTTPStatus.NOT_FOUND)
        await show(await self._chat.alone(spot), None)

    async def _through(self, send: Callable[[], Awaitable[None]]) -> bool:
        """True where it got through."""
        try:
            await send()
        except (Refused, TooFast, Unsure, NoToken) as error:
            log.warning("an answer did not get through: %s %s", type(error).__name__, error)
            return False
        return True

    # ---- invokes ------------------------------------------------------------------------------------------------------

    async def _invoke(self, body: Body, spot: Spot) -> Invoked:
        name, act = text(body, "name"), inbound.act_of(body)
        if name not in {ACTION, FETCH, SUBMIT}:
            return Invoked(HTTPStatus.NOT_IMPLEMENTED)
        if act is None:
            return (
                Invoked(HTTPStatus.OK, _line(say("talk.old_button_alone")))
                if name == ACTION
                else _said(say("talk.old_button_alone"))
            )
        if name == ACTION and act.verb == REFRESH:
            return await self._refreshed(act)
        if name == ACTION and act.verb == forms.BACK:
            return await self._back(act, spot)
        answer = await self._given.hear(inbound.acted(await self._who(spot, fresh=True), act))
        if name != ACTION:
            return _in_dialog(answer)
        if isinstance(answer, Say) and _is_document(answer.message):
            # A card holds a part of it: the whole goes where it disturbs nobody.
            self._tasks.start(self._document(spot, answer.message), "sending a document")
        return _in_card(answer, act)

    async def _refreshed(self, act: Act) -> Invoked:
        """The whole card. Whoever presses a button of it without the right is refused at the press, on record (G7)."""
        async with asyncio.timeout(LOOK_S):
            kept = await self._references.card(text(act.data, "k"))
        if kept is None:
            return Invoked(HTTPStatus.OK, _line(say("talk.old_button_alone")))
        return Invoked(HTTPStatus.OK, _card(dict(kept)))

    async def _back(self, act: Act, spot: Spot) -> Invoked:
        """The release as it is now; for a form that belongs to none, a line."""
        try:
            release = unpack(act.token).release
        except BadToken:
            release = ""
        who = await self._who(spot)
        async with asyncio.timeout(LOOK_S):
            view = await self._given.view(release, spot.place) if release else None
            seen = await self._given.seen((view,), who.actor.person, spot.place) if view is not None else ()
        if view is None or not seen or who.actor.kind not in {ActorKind.HUMAN, ActorKind.UNSURE}:
            return Invoked(HTTPStatus.OK, _card(card(Message(say("teams.closed")))))
        shown = render("living", replace(view, reader=who.actor.person or None))
        return Invoked(HTTPStatus.OK, _card(card(shown)))

    # ---- parts --------------------------------------------------------------------------------------------------------

    async def _who(self, spot: Spot, *, fresh: bool = False) -> Who:
        return Who(await self._directory.actor(spot, fresh=fresh), spot, self._given.clock.now())

    def _first(self, receipt: str) -> bool:
        """False where this process answered that delivery already: Teams repeats, and the answer is given once."""
        return _new(self._answered, receipt)


def _new(known: OrderedDict[str, None], key: str) -> bool:
    """True the first time; the oldest are forgotten."""
    if key in known:
        return False
    known[key] = None
    while len(known) > _REMEMBERED:
        known.popitem(last=False)
    return True


def _in_card(answer: Answer, act: Act) -> Invoked:
    """In the presser's own view of the card: a form, the answer with a way back, or a line."""
    if isinstance(answer, Open | Errors):
        return Invoked(HTTPStatus.OK, _card(forms.inline(answer.form, _errors(answer))))
    if isinstance(answer, Say):
        shown = card(answer.message, cut_code="chat.cut_alone" if _is_document(answer.message) else "chat.cut")
        shown["body"] += rows([execute(say("teams.back"), forms.BACK, {TOKEN: act.token})])
        return Invoked(HTTPStatus.OK, _card(shown))
    return Invoked(HTTPStatus.OK, _line(say("teams.noted")))


def _is_document(message: Message) -> bool:
    return len(tuple(parts(message))) > 1


def _in_dialog(answer: Answer) -> Invoked:
    """In the dialog: a form, the answer, or a line with which it ends."""
    if isinstance(answer, Open | Errors):
        return Invoked(HTTPStatus.OK, {"task": forms.dialog(answer.form, _errors(answer))})
    if isinstance(answer, Say):
        shown = {"contentType": CARD, "content": card(answer.message)}
        size = {"height": "medium", "width": "medium"}
        told = {"title": fallback(answer.message)[:60], **size, "card": shown}
        return Invoked(HTTPStatus.OK, {"task": {"type": "continue", "value": told}})
    return _said(say("teams.noted"))


def _whispered(spot: Spot) -> Json:
    """What makes a message one that the sender of a slash command alone sees, below their own words."""
    answers = {"type": "targetedMessageInfo", "messageId": spot.message}
    return {"recipient": {"id": spot.user, "name": spot.name}, "entities": [answers]}


def _errors(answer: Open | Errors) -> Mapping[str, str] | None:
    return answer.errors if isinstance(answer, Errors) else None


def _card(drawn: Json) -> Json:
    return {"statusCode": 200, "type": CARD, "value": drawn}


def _line(told: str) -> Json:
    return {"statusCode": 200, "type": LINE, "value": told}


def _said(told: str) -> Invoked:
    return Invoked(HTTPStatus.OK, {"task": {"type": "message", "value": told}})
