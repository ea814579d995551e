"""Slack, outward: posts and edits once, looks back by the key in a message's metadata, and says clearly how it ended."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.blocks import Json
from adapters.slack.directory import SlackDirectory
from adapters.slack.files import Files
from adapters.slack.inbound import PLATFORM
from adapters.slack.installations import Installation, Installations
from adapters.slack.render import drawn, posted
from bot.domain.people import Place
from bot.messages.keys import EDIT
from bot.messages.model import Block, Context, Message
from bot.messages.words import say
from bot.ports import (
    Ambiguous,
    CannotLook,
    Found,
    Look,
    NotFound,
    Outgoing,
    Rejected,
    SendResult,
    Sent,
    Throttled,
)

log = logging.getLogger(__name__)

EVENT: Final = "t_minus_post"
"""The event_type of our metadata. Everybody in the workspace can read metadata: it holds the row's key and nothing else."""
_MOST_PARTS: Final = 5
"""Posts that follow one that was cut: they come in a burst, which Slack bears for a few."""
AFTER_S: Final = 6.0
"""So long what follows a post may take: less than the time that the outbox gives to the whole."""
_PAGE: Final = 100
_MOST_PAGES: Final = 20

_CODES: Final[Mapping[str, str]] = {
    "thread_not_found": "thread_gone",
    "cannot_reply_to_message": "thread_gone",
    "restricted_action_thread_locked": "thread_gone",
    "restricted_action_non_threadable_channel": "thread_gone",
    "message_not_found": "message_gone",
    "cant_update_message": "message_gone",
    "edit_window_closed": "message_gone",
    "account_inactive": "revoked",
    "invalid_auth": "revoked",
    "not_authed": "revoked",
    "token_expired": "revoked",
    "token_revoked": "revoked",
    "team_access_not_granted": "revoked",
    "access_denied": "revoked",
    "org_login_required": "revoked",
    "missing_scope": "missing_scope",
    "no_permission": "missing_scope",
    "messages_tab_disabled": "missing_scope",
    "is_archived": "archived",
    "is_inactive": "archived",
    "restricted_action": "restricted",
    "ekm_access_denied": "restricted",
    "restricted_action_thread_only_channel": "restricted",
    "restricted_action_read_only_channel": "restricted",
    "channel_not_found": "channel_not_found",
    "user_not_found": "channel_not_found",
    "users_not_found": "channel_not_found",
    "user_disabled": "channel_not_found",
    "not_in_channel": "not_in_channel",
    "msg_too_long": "msg_too_long",
}
"""Slack's word for a clear no -> the house's. Others stay as they are."""

_BLOCKS_REFUSED: Final = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "block_mismatch"})
"""A no that is about the blocks alone: the text still gets through, and it carries the verdict."""


_CLOSED: Final = frozenset({"missing_scope", "no_permission"})
"""A history that this app may not read, now or later: asking again tells nothing."""


class SlackChat:
    """ports.Chat."""

    platform = PLATFORM

    def __init__(self, api: Api, installations: Installations, directory: SlackDirectory) -> None:
        """Everything that it asks Slack for goes through `api`."""
        self._api = api
        self._installations = installations
        self._directory = directory
        self._files = Files(api)
        self._direct: dict[tuple[str, str], str] = {}

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Post or edit once."""
        if outgoing.place.platform != self.platform:
            return Rejected("channel_not_found", str(outgoing.place))
        try:
            home = await self._installations.of_place(outgoing.place.id)
            if home is None:
                return Rejected("revoked", "the bot is installed in no workspace that has this place")
            channel = await self.channel(home, outgoing.place)
        except (Refused, TooFast, Unsure) as error:
            return _before(error)
        known = await self._directory.accounts(outgoing.message.mentions, home)
        new = outgoing.edit_of is None
        shown = drawn(
            outgoing.message,
            account=known.get,
            name=self._directory.name,
            cut_code="chat.cut_thread" if new else "chat.cut",
        )
        body = posted(outgoing.message, shown, known.get)
        try:
            sent = await self._call(home, outgoing, channel, body)
        except Refused as error:
            if error.code not in _BLOCKS_REFUSED:
                return _rejected(error)
            try:
                sent = await self._call(home, outgoing, channel, body | {"blocks": []})
            except (Refused, TooFast, Unsure) as again:
                return _failed(again)
        except (TooFast, Unsure) as error:
            return _failed(error)
        if new:
            await self._completed(home, channel, sent, outgoing, shown.rest)
        return Sent(sent)

    async def _completed(
        self, home: Installation, channel: str, sent: str, outgoing: Outgoing, rest: Sequence[Block]
    ) -> None:
        """What belongs to a post that stands: it stands whatever becomes of this, and does not wait for it for long."""
        try:
            async with asyncio.timeout(AFTER_S):
                thread = outgoing.thread or sent  # the ts of a reply names no thread
                if rest:
                    await self._follow(home, channel, thread, rest)
                if outgoing.message.attachments:
                    await self._files.share(home, channel, outgoing.message.attachments, thread)
        except TimeoutError:
            log.warning("what belongs to a post was not posted within %s s", AFTER_S)

    async def find(self, key: str, place: Place, since: datetime, thread: str | None = None) -> Look:
        """Look back for a key; only after an ambiguous send, since some apps may read history once a minute."""
        try:
            home = await self._installations.of_place(place.id)
            if home is None or place.platform != self.platform:
                return CannotLook("not installed")
            channel = await self.channel(home, place)
            method = "conversations.replies" if thread else "conversations.history"
            cursor: str | None = None
            for _ in range(_MOST_PAGES):
                page = await self._api.call(
                    home.token,
                    method,
                    channel=channel,
                    ts=thread,
                    oldest=f"{since.timestamp():.6f}",
                    inclusive=True,
                    include_all_metadata=True,
                    limit=_PAGE,
                    cursor=cursor,
                )
                found = _with_key(page, key, home)
                if found is not None:
                    return Found(found)
                cursor = _next(page)
                if cursor is None:
                    return NotFound()
        except Refused as error:
            if error.code == "thread_not_found" and thread:
                return await self.find(key, place, since)  # then it went, if it went, without its thread
            return CannotLook(error.code, never=error.code in _CLOSED)
        except TooFast as error:
            return CannotLook(f"too fast: {error}")
        except Unsure as error:
            return CannotLook(str(error))
        return CannotLook("too much to look through")

    async def channel(self, home: Installation, place: Place) -> str:
        """The conversation's id; one with a person alone is opened. Raises what Api.call raises."""
        if place.id[:1] not in {"U", "W"}:
            return place.id
        key = (home.team, place.id)
        if key not in self._direct:
            opened = (await self._api.call(home.token, "conversations.open", users=place.id)).get("channel")
            found = opened.get("id") if isinstance(opened, Mapping) else None
            if not isinstance(found, str):
                msg = "no conversation was opened"
                raise Unsure(msg)
            self._direct[key] = found
        return self._direct[key]

    async def _follow(self, home: Installation, channel: str, thread: str, rest: Sequence[Block]) -> None:
        """What did not fit into the post, in its thread: once, as far as it goes. The post stands, whatever becomes of this."""
        for number in range(1, _MOST_PARTS + 1):
            title = Context(say("chat.rest", {"number": str(number)}))
            message = Message(title.text, (title, *rest))
            part = drawn(message, cut_code="chat.cut_thread")
            left = part.rest
            try:
                await self._files.step(
                    home, "chat.postMessage", channel=channel, thread_ts=thread, **posted(message, part)
                )
            except (Refused, TooFast, Unsure) as error:
                log.warning("a part that did not fit was not posted: %s %s", type(error).__name__, error)
                return
            if not left or left == list(rest):
                return
            rest = left

    async def _call(self, home: Installation, outgoing: Outgoing, channel: str, body: Json) -> str:
        # An edit writes the metadata anew: it leaves the post's own key there, by which the post is found later on too.
        metadata = {"event_type": EVENT, "event_payload": {"key": outgoing.key.removesuffix(EDIT)}}
        if outgoing.edit_of is not None:
            values: dict[str, Any] = {"channel": channel, "ts": outgoing.edit_of, "text": body["text"]}
            answer = await self._api.call(home.token, "chat.update", **values, blocks=body["blocks"], metadata=metadata)
            return _ts(answer)
        thread = outgoing.thread
        broadcast = True if thread and escalates(outgoing) else None
        answer = await self._api.call(
            home.token,
            "chat.postMessage",
            channel=channel,
            thread_ts=thread,
            reply_broadcast=broadcast,
            metadata=metadata,
            **body,
        )
        return _ts(answer)


def escalates(outgoing: Outgoing) -> bool:
    """True for what has to be seen beside its thread: a reminder that calls somebody (G15)."""
    return bool(outgoing.message.mentions) and any(f":{name}:" in outgoing.key for name in _ESCALATIONS)


_ESCALATIONS: Final = ("REMINDER", "WITHOUT-GO", "ROLLBACK", "OUTCOME", "REVIEW-OVERDUE")
"""Occasions, as they stand in the keys of posts."""


def _ts(answer: Mapping[str, Any]) -> str:
    ts = answer.get("ts")
    if not isinstance(ts, str) or not ts:
        msg = "posted, but Slack did not say where"
        raise Unsure(msg)
    return ts


def _before(error: Exception) -> SendResult:
    """Nothing was posted yet: what was unsure was only the way there, and may be tried again."""
    return Throttled(5.0) if isinstance(error, Unsure) else _failed(error)


def _failed(error: Exception) -> SendResult:
    if isinstance(error, TooFast):
        return Throttled(error.seconds)
    return _rejected(error) if isinstance(error, Refused) else Ambiguous(str(error))


def _rejected(error: Refused) -> Rejected:
    needed = error.body.get("needed")
    return Rejected(house_word(error.code), f"{error.code} {needed or ''}".strip())


def house_word(code: str) -> str:
    """What the house calls Slack's reason for a clear no."""
    return _CODES.get(code, code)


def _with_key(page: Mapping[str, Any], key: str, home: Installation) -> str | None:
    """The post of that key; one that an earlier version edited carries the key of its edit."""
    messages = page.get("messages")
    for message in messages if isinstance(messages, list) else ():
        metadata = message.get("metadata") if isinstance(message, Mapping) else None
        inside = metadata.get("event_payload") if isinstance(metadata, Mapping) else None
        ours = isinstance(metadata, Mapping) and metadata.get("event_type") == EVENT and _written_by(message, home)
        if ours and isinstance(inside, Mapping) and str(inside.get("key")).removesuffix(EDIT) == key:
            return str(message["ts"])
    return None


def _written_by(message: Mapping[str, Any], home: Installation) -> bool:
    """Metadata proves nothing alone: everybody can read ours, and any app can write the same."""
    bot, user = message.get("bot_id"), message.get("user")
    if bot and home.bot_id:
        return bool(bot == home.bot_id)
    return not user or user == home.bot_user


def _next(page: Mapping[str, Any]) -> str | None:
    more = page.get("response_metadata")
    cursor = more.get("next_cursor") if isinstance(more, Mapping) else None
    return cursor if isinstance(cursor, str) and cursor else None
