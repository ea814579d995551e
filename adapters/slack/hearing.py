"""The listeners: payload -> Heard -> commit -> answer. Each acknowledges once, whatever happens (G17: or says that it failed)."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from slack_bolt.response import BoltResponse

from adapters.http.platform import Given
from adapters.slack import inbound, modal
from adapters.slack.directory import SlackDirectory
from adapters.slack.groups import UserGroups
from adapters.slack.home import Homes
from adapters.slack.inbound import PLATFORM, Spot, Who
from adapters.slack.installations import Installation, Installations
from adapters.slack.replies import Replies, private
from bot.messages import forms
from bot.messages.heard import Heard, Open, Said, Say
from bot.messages.model import Message
from bot.messages.words import say

Ack = Callable[..., Awaitable[Any]]
Body = Mapping[str, Any]
log = logging.getLogger(__name__)
COME_AGAIN: Final = 503
"""The status of what was not taken: Slack sends an event again at once, after a minute, and after five."""
LATE_S: Final = 2.7
"""An acknowledgement that leaves so late may arrive after Slack's three seconds, and then nobody sees it."""
_REMEMBERED: Final = 5_000


class Hearing:
    """What Slack delivers, one method for each kind."""

    def __init__(
        self,
        given: Given,
        installations: Installations,
        directory: SlackDirectory,
        replies: Replies,
        homes: Homes,
        groups: UserGroups,
    ) -> None:
        """All that is heard goes through `given.hear`."""
        self._given = given
        self._installations = installations
        self._directory = directory
        self._replies = replies
        self._homes = homes
        self._groups = groups
        self._answered: OrderedDict[str, None] = OrderedDict()

    async def command(self, body: Body) -> BoltResponse:
        """`/release …`."""
        began, spot = self._given.clock.monotonic(), inbound.of_command(body)
        home = await self._home(spot, body)
        if home is None:
            return BoltResponse(status=200, body=private(_not_served(body).text))
        try:
            who, words = await asyncio.gather(
                self._who(spot, home, fresh=True), self._words(str(body.get("text") or ""), home)
            )
            answer = await self._given.hear(inbound.commanded(who, words))
            shown = await self._replies.to_command(answer, spot, home, body)
        except Exception:
            log.exception("request %s failed", spot.receipt)
            shown = private(say("talk.trouble", {"request": spot.receipt}))
        if shown and self._given.clock.monotonic() - began >= LATE_S:
            self._replies.again(shown, body)
        self._homes.changed()
        return BoltResponse(status=200, body=shown)

    async def press(self, ack: Ack, body: Body) -> None:
        """A button."""
        spot = inbound.of_interaction(body)
        home = await self._home(spot, body)
        try:
            if home is None:
                self._replies.alone(_not_served(body), spot, None, body)
            else:
                heard = inbound.pressed(await self._who(spot, home, fresh=True), body)
                if heard is not None and self._first(spot.receipt):
                    await self._replies.to_press(await self._given.hear(heard), spot, home, body)
        except Exception:
            log.exception("request %s failed", spot.receipt)
            self._replies.alone(_trouble(spot), spot, home, body)
        await ack()
        self._homes.changed()

    async def form(self, ack: Ack, body: Body) -> None:
        """A form that was sent off."""
        spot = inbound.of_interaction(body)
        home = await self._home(spot, body)
        view = modal.shown(_not_served(body)) if home is None else None
        shown: Mapping[str, Any] | None = {"response_action": "update", "view": view} if view else None
        try:
            if home is not None:
                heard = inbound.filled(await self._who(spot, home, fresh=True), body)
                shown = self._replies.to_form(await self._given.hear(heard), spot, home)
        except Exception:
            log.exception("request %s failed", spot.receipt)
            shown = {"response_action": "update", "view": modal.shown(_trouble(spot))}
        await (ack(**shown) if shown else ack())
        self._homes.changed()

    async def shortcut(self, ack: Ack, body: Body) -> None:
        """`Use as evidence` on a message, and `Plan a release` from anywhere: both open a form."""
        spot = inbound.of_interaction(body)
        home = await self._home(spot, body)
        try:
            if home is None:
                self._replies.alone(_not_served(body), spot, None, body)
            elif self._first(spot.receipt):
                who = await self._who(spot, home)
                evidence = body.get("callback_id") == inbound.EVIDENCE
                answer = await self._given.hear(inbound.asked(who, "evidence" if evidence else "plan"))
                if evidence and isinstance(answer, Open):
                    answer = Open(forms.kept(answer.form, await self._quoted(body, home)))
                await self._replies.to_press(answer, spot, home, body)
        except Exception:
            log.exception("request %s failed", spot.receipt)
            self._replies.alone(_trouble(spot), spot, home, body)
        await ack()

    async def message(self, ack: Ack, body: Body) -> BoltResponse | None:
        """Words: to the bot alone, in the thread of a release, or with a mention of the bot. All others are not its business.

        Where nobody can look up whether they are, they are left to come again: they may be "hold".
        """
        try:
            await self._message(body)
        except Exception:
            log.exception("an event failed, and is to come again")
            return BoltResponse(status=COME_AGAIN)
        await ack()
        return None

    async def opened_home(self, ack: Ack, body: Body) -> None:
        """Somebody looks at the Home tab."""
        spot = inbound.of_home(body)
        home = await self._home(spot, body) if spot is not None else None
        if spot is not None and home is not None:
            self._homes.opened(spot, home)
        await ack()

    async def uninstalled(self, ack: Ack, body: Body) -> None:
        """The bot was taken out of a workspace, or its token revoked."""
        event = body.get("event")
        revoked = event.get("tokens") if isinstance(event, Mapping) else None
        only_users = isinstance(revoked, Mapping) and not revoked.get("bot")
        if not only_users:
            at = body.get("event_time")
            await self._installations.forget(inbound.team_of(body), at if isinstance(at, int) else None)
        await ack()

    async def group_changed(self, ack: Ack) -> None:
        """Somebody joined or left a user group: who holds a role by it is read again."""
        self._groups.changed()
        await ack()

    async def ignored(self, ack: Ack) -> None:
        """Whatever else Slack sends is taken and dropped: an error would make it come again."""
        await ack()

    # ---- parts --------------------------------------------------------------------------------------------------------

    async def _message(self, body: Body) -> None:
        spot = inbound.of_message(body)
        home = await self._home(spot, body) if spot is not None else None
        if spot is None or home is None:
            return
        event: Mapping[str, Any] = body["event"]
        text = str(event.get("text") or "")
        mentioned = event.get("type") == "app_mention"
        if not spot.direct and not mentioned and (f"<@{home.bot_user}" in text or not await self._in_a_release(spot)):
            return  # a mention comes once more, as app_mention
        if not self._first(spot.receipt):
            return
        try:
            who, said = await asyncio.gather(self._who(spot, home, fresh=True), self._words(text, home))
            file = (
                "" if inbound.first_link(text) else inbound.first_file(event)
            )  # shared as the answer, with words or without
            words = f"{said} {file}".strip()
            answer = await self._given.hear(self._as_heard(who, words, mentioned=mentioned))
        except Exception:
            log.exception("request %s failed", spot.receipt)
            answer = Say(_trouble(spot))
        self._replies.to_words(answer, spot if spot.direct else _threaded(spot, event), home)
        self._homes.changed()

    def _as_heard(self, who: Who, text: str, *, mentioned: bool) -> Heard:
        if mentioned or who.spot.direct:
            return inbound.spoken(who, text)
        s = who.spot
        return Said(who.actor, s.place, s.receipt, who.at, s.thread, text=text)

    async def _in_a_release(self, spot: Spot) -> bool:
        if spot.thread is None:
            return False
        return await self._given.reads.release_of_message(PLATFORM, spot.channel, spot.thread) is not None

    async def _home(self, spot: Spot, body: Body) -> Installation | None:
        """Whose token answers. Somebody of another company presses a card of ours: it is of our workspace all the same."""
        if inbound.org_wide(body):
            return None
        await self._installations.look(spot.team)
        found = self._installations.of(spot.team) or self._installations.of(inbound.team_of_card(body))
        if found is not None and spot.place.id:
            self._installations.seen(spot.place.id, found.team)
        return found

    async def _who(self, spot: Spot, home: Installation, *, fresh: bool = False) -> Who:
        """`fresh`: what may give a consent. Groups and profile are asked for at once: both may be slow, and Slack waits."""
        asking = self._directory.actor(spot, home, fresh=fresh)
        both = fresh and self._groups.stale()
        actor = (await asyncio.gather(asking, self._groups.fresh()))[0] if both else await asking
        return Who(actor, spot, self._given.clock.now())

    async def _words(self, text: str, home: Installation) -> str:
        named = [user for user in inbound.accounts_in(text) if user != home.bot_user]
        people = await self._directory.people(named[:10], home) if named else {}
        return inbound.plain_words(text, people, home.bot_user)

    async def _quoted(self, body: Body, home: Installation) -> Mapping[str, str]:
        """The message as evidence: its first link, else its first file's, else the link to itself; and its words.

        A card of our own proves nothing that it says: of it the form is empty, and knows the release by the thread.
        """
        given = body.get("message")
        message: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        if home.bot_user == message.get("user") or (home.bot_id and home.bot_id == message.get("bot_id")):
            return {}
        text = str(message.get("text") or "")
        link = inbound.first_link(text) or inbound.first_file(message) or inbound.permalink(body)
        return {name: value for name, value in (("link", link), ("text", await self._words(text, home))) if value}

    def _first(self, receipt: str) -> bool:
        """False where this process answered that delivery already: it came twice, and is answered once."""
        if receipt in self._answered:
            return False
        self._answered[receipt] = None
        while len(self._answered) > _REMEMBERED:
            self._answered.popitem(last=False)
        return True


def _threaded(spot: Spot, event: Mapping[str, Any]) -> Spot:
    """An answer to words in a channel stands in their thread."""
    return spot if spot.thread else replace(spot, thread=str(event.get("ts") or "") or None)


def _not_served(body: Body) -> Message:
    return Message(say("chat.org_wide" if inbound.org_wide(body) else "chat.not_here"), private=True)


def _trouble(spot: Spot) -> Message:
    return Message(say("talk.trouble", {"request": spot.receipt}), private=True)
