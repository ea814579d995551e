"""The answer to who spoke, in the shape that each kind of request takes: in the acknowledgement where it can be.

Of the Web API only a window is opened before the acknowledgement, since its trigger lives three seconds.
"""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import aiohttp

from adapters.http.tasks import Tasks
from adapters.slack import modal
from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.blocks import Json
from adapters.slack.files import Files
from adapters.slack.inbound import Spot
from adapters.slack.installations import Installation
from adapters.slack.outbound import SlackChat
from adapters.slack.render import drawn, fallback, posted
from adapters.slack.windows import Windows
from bot.messages.heard import Answer, Errors, Open, Say
from bot.messages.model import Actions, Button, Context, Form, Message, Text
from bot.messages.words import say

_PATIENCE_S: Final = 5.0
"""So long an answer waits where Slack asks for it."""
_MOST_SHOWN: Final = 256
"""Drawn answers that are kept, by the message that they show; each holds its message, so that its name stays its own."""
_HOOKS: Final = frozenset({"hooks.slack.com", "hooks.slack-gov.com"})
_NOT_THERE: Final = frozenset({"channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived"})
"""The bot, or the person, cannot be met in that channel: their own conversation is left."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A message, drawn; `alone` is the acknowledgement that shows it to the speaker alone; `whole`: nothing was left out."""

    message: Message
    body: Json
    alone: str
    whole: bool


class Replies:
    """Gives answers. What follows an acknowledgement goes on in `tasks`."""

    def __init__(self, api: Api, chat: SlackChat, tasks: Tasks, first: Callable[[str], Awaitable[bool]]) -> None:
        """`chat` knows the conversations with persons alone. `first`: see Given."""
        self._api = api
        self._first = first
        self._chat = chat
        self._files = Files(api)
        self._windows = Windows(api)
        self._tasks = tasks
        self._shown: OrderedDict[int, _Shown] = OrderedDict()

    async def to_command(self, answer: Answer, spot: Spot, home: Installation, body: Mapping[str, Any]) -> str:
        """A slash command: the acknowledgement is the answer, seen by the speaker alone. The body of it, as JSON or empty.

        What does not fit a message opens as a window, where it is whole.
        """
        if isinstance(answer, Open | Errors):
            view = modal.modal(_with_errors(answer), spot.channel, spot.thread or "")
            why = await self._windows.open(home, body, view)
            return private(why) if why else ""
        if not isinstance(answer, Say):
            return ""
        message = self._attached(answer.message, spot, home)
        shown = self._kept(message)
        if not shown.whole and not await self._windows.open(home, body, modal.shown(message)):
            return ""
        return shown.alone

    def again(self, acknowledged: str, body: Mapping[str, Any]) -> None:
        """What was acknowledged too late, at the address that came with the command: rather twice than never."""
        self._tasks.start(self._again(json.loads(acknowledged), body), "answering a command late")

    async def to_press(self, answer: Answer, spot: Spot, home: Installation, body: Mapping[str, Any]) -> None:
        """A button or a shortcut: a form opens, a long text opens as a window, a line is posted for the presser alone."""
        if isinstance(answer, Open | Errors):
            view = modal.modal(_with_errors(answer), spot.channel, spot.thread or "")
            why = await self._windows.open(home, body, view)
            if why:
                self.alone(Message(why, private=True), spot, home, body)
            return
        if not isinstance(answer, Say):
            return
        message = self._attached(answer.message, spot, home)
        long = bool(answer.message.attachments) or not self._kept(message).whole or not spot.channel
        if long and not await self._windows.open(home, body, modal.shown(message)):
            return
        self.alone(message, spot, home, body)

    def alone(self, message: Message, spot: Spot, home: Installation | None, body: Mapping[str, Any]) -> None:
        """To the presser alone, after the acknowledgement. `home` None: no token is left, but the press's address may be open."""
        self._tasks.start(self._alone(message, spot, home, body), "answering a press")

    def to_form(self, answer: Answer, spot: Spot, home: Installation) -> Json | None:
        """A form that was sent off: errors at their fields, or the answer in its place. None: it closes."""
        if isinstance(answer, Errors):
            return modal.errors(answer.form, answer.errors)
        if isinstance(answer, Open):
            return {"response_action": "update", "view": modal.modal(answer.form, spot.channel, spot.thread or "")}
        if isinstance(answer, Say):
            message = self._attached(answer.message, spot, home)
            return {"response_action": "update", "view": modal.shown(message)}
        return None

    def to_words(self, answer: Answer, spot: Spot, home: Installation) -> None:
        """Words in a thread or to the bot alone: there is no acknowledgement to answer in."""
        if isinstance(answer, Open | Errors):
            answer = Say(_as_button(_with_errors(answer)))
        if isinstance(answer, Say):
            self._tasks.start(self._to_words(answer.message, spot, home), "answering words")

    def _drawn(self, message: Message) -> Json:
        return self._kept(message).body

    def _kept(self, message: Message) -> _Shown:
        """The very same message, which the runner gives where nothing changed, is drawn once."""
        kept = self._shown.get(id(message))
        if kept is None:
            shown = drawn(message, cut_code=_where_the_rest_is(message))
            body = posted(message, shown)
            alone = json.dumps({"response_type": "ephemeral", **body}, ensure_ascii=False)
            kept = self._shown[id(message)] = _Shown(message, body, alone, not (shown.left_out or shown.sections))
            while len(self._shown) > _MOST_SHOWN:
                self._shown.popitem(last=False)
        return kept

    # ---- ways ---------------------------------------------------------------------------------------------------------

    async def _to_words(self, message: Message, spot: Spot, home: Installation) -> None:
        """Once, although Slack may have brought the words to two replicas. Where nobody can tell, rather twice than never."""
        try:
            first = await self._first(spot.receipt)
        except Exception:
            log.exception("whether request %s was answered already cannot be told", spot.receipt)
            first = True
        if first:
            await self._said(self._attached(message, spot, home), spot, home)

    async def _alone(self, message: Message, spot: Spot, home: Installation | None, body: Mapping[str, Any]) -> None:
        """By the address that came with the press, else by a message that only this person sees."""
        if not await self._hooked(message, spot.thread, body) and home is not None:
            await self._said(message, spot, home)

    async def _again(self, values: Json, body: Mapping[str, Any]) -> None:
        if not await self._at_address(values, body):
            log.warning("an answer came too late for its command, and was not taken at its address")

    async def _hooked(self, message: Message, thread: str | None, body: Mapping[str, Any]) -> bool:
        """At the address that came with the press; False where it was surely not taken there."""
        extra = {"thread_ts": thread} if thread else {}
        values = {"response_type": "ephemeral", "replace_original": False, **self._drawn(message), **extra}
        return await self._at_address(values, body)

    async def _at_address(self, values: Json, body: Mapping[str, Any]) -> bool:
        url = body.get("response_url")
        if not isinstance(url, str) or not self._api.own(url, _HOOKS):
            return False
        try:
            async with self._api.session.post(url, json=values, allow_redirects=False) as answer:
                if answer.status < 300:  # noqa: PLR2004 - every answer of success
                    return True
                log.info("an answer was not taken at its address: status %d", answer.status)
        except (aiohttp.ClientError, TimeoutError) as error:
            log.info("an answer may not have arrived: %s", type(error).__name__)
            return True
        return False

    async def _said(self, message: Message, spot: Spot, home: Installation) -> None:
        """Where Slack says that this was too fast, once more after the time that it names, if that is not long."""
        for last in (False, True):
            try:
                await self._posted(message, spot, home)
            except TooFast as error:
                if last or error.seconds > _PATIENCE_S:
                    log.warning("an answer did not get through: TooFast %s", error)
                    return
                await asyncio.sleep(error.seconds)
            except (Refused, Unsure) as error:
                log.warning("an answer did not get through: %s %s", type(error).__name__, error)
                return
            else:
                return

    async def _posted(self, message: Message, spot: Spot, home: Installation) -> None:
        shown = self._drawn(message)
        if spot.direct or not spot.channel:
            channel = await self._chat.channel(home, spot.place)
            await self._api.call(home.token, "chat.postMessage", channel=channel, thread_ts=spot.thread, **shown)
        else:
            try:
                await self._api.call(
                    home.token, "chat.postEphemeral", channel=spot.channel, user=spot.user, thread_ts=spot.thread,
                    text=shown["text"], blocks=shown["blocks"],
                )  # fmt: skip
            except Refused as error:
                if error.code not in _NOT_THERE:
                    raise
                await self._posted(message, replace(spot, channel="", thread=None, direct=True), home)

    def _attached(self, message: Message, spot: Spot, home: Installation) -> Message:
        """Files go to the person's own conversation with the bot; the message says so."""
        if not message.attachments:
            return message
        self._tasks.start(self._share(message, spot, home), "attaching files")
        names = ", ".join(name for name, _ in message.attachments)
        blocks = message.blocks or (Text(message.text),)
        note = Context(say("chat.attached", {"names": names}))
        return Message(message.text, (*blocks, note), message.mentions, message.private, message.attachments)

    async def _share(self, message: Message, spot: Spot, home: Installation) -> None:
        alone = Spot(spot.team, spot.user, "", spot.receipt, direct=True)
        try:
            channel = await self._chat.channel(home, alone.place)
        except (Refused, TooFast, Unsure) as error:
            log.warning("files could not be attached: %s %s", type(error).__name__, error)
        else:
            if await self._files.share(home, channel, message.attachments):
                return
        await self._said(Message(say("chat.attach_failed"), private=True), spot, home)


def private(text: str) -> str:
    """A line that only the speaker sees, as JSON."""
    message = Message(text)
    return json.dumps({"response_type": "ephemeral", "text": fallback(message), "blocks": drawn(message).blocks})


def _where_the_rest_is(message: Message) -> str:
    return "chat.cut_file" if message.attachments else "chat.cut"


def _with_errors(answer: Open | Errors) -> Form:
    """A form that opens with what was wrong on top: errors at fields can be shown only once it is open."""
    form = answer.form
    if isinstance(answer, Open):
        return form
    labels = {field.name: field.label for field in form.fields}
    lines = tuple(Text(text, label=labels.get(name, "")) for name, text in answer.errors.items())
    return Form(form.code, form.title, form.fields, form.token, form.submit, (*lines, *form.intro))


def _as_button(form: Form) -> Message:
    """Words carry no trigger to open a form with: a button of the same token does."""
    press = Button(form.code, form.title, form.token, "primary")
    return Message(form.title, (*form.intro, Text(say("chat.press_for_form")), Actions((press,))), private=True)
