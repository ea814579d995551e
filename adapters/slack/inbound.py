"""From Slack's payloads to what the bot has Heard: the same grammar as on the other platforms. No network here."""

import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from adapters.slack.blocks import PRESS
from adapters.slack.limits import clean
from adapters.slack.modal import origin, typed
from bot.domain.people import Actor, Place
from bot.messages.heard import Asked, Filled, Heard, Pressed, Said

PLATFORM: Final = "slack"
EVIDENCE: Final = "use_as_evidence"
"""The callback_id of the message shortcut."""
PLAN: Final = "plan_release"
"""The callback_id of the global shortcut."""

ANYTHING: Final = re.compile(".*", re.DOTALL)
A_PRESS: Final = re.compile(f"{PRESS}:.*", re.DOTALL)

Json = Mapping[str, Any]

_USER = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto):[^<>|\s]+)(?:\|[^<>]*)?>")
_CHANNEL = re.compile(r"<#([A-Z0-9]{2,20})(?:\|([^<>]*))?>")
_SPECIAL = re.compile(r"<!([a-z]+)(?:\^[^<>|]*)*(?:\|([^<>]*))?>")
_TRIGGER = re.compile(r"[\w.-]{1,120}", re.ASCII)
_STAMP = re.compile(r"[0-9]{1,16}\.[0-9]{1,10}")
_COMMAND = re.compile(r"/?release\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spot:
    """Who did it and where, in Slack's ids. `thread`: the ts of the thread's first message. `direct`: alone with the bot."""

    team: str
    user: str
    channel: str
    receipt: str
    thread: str | None = None
    direct: bool = False
    user_team: str = ""

    @property
    def place(self) -> Place:
        """A conversation with the bot alone is named by its person, so that it is known before anybody opened it."""
        return Place(PLATFORM, self.user if self.direct else self.channel)


@dataclass(frozen=True, slots=True)
class Who:
    """The spot with the person behind it, and the instant."""

    actor: Actor
    spot: Spot
    at: datetime


def team_of(body: Json) -> str:
    """The workspace that the bot was installed in. In a channel that two companies share, `team_id` may be the other one's."""
    installed = (
        _id(_part(body, "view"), "app_installed_team_id"),
        _id(_first(body, "authorizations"), "team_id"),
        _id(_part(body, "team"), "id"),
        _id(body, "team_id"),
        _id(_part(body, "user"), "team_id"),
    )
    return next(filter(None, installed), "")


def team_of_card(body: Json) -> str:
    """The workspace of the message that was pressed: of ours, whoever pressed it."""
    return _id(_part(body, "message"), "team")


def org_wide(body: Json) -> bool:
    """True where the app was installed for a whole Enterprise organisation, whose tokens are of no single workspace."""
    found = _first(body, "authorizations") or body
    return found.get("is_enterprise_install") in {True, "true"}


def of_command(body: Json) -> Spot:
    """A slash command. Its trigger is made anew for each one."""
    channel = _id(body, "channel_id")
    receipt = _receipt(_text(body, "team_id"), "command", _text(body, "trigger_id"), body)
    return Spot(_id(body, "team_id"), _id(body, "user_id"), channel, receipt, direct=_direct(channel, body))


def of_interaction(body: Json) -> Spot:
    """A press, a form that was sent off, or a shortcut."""
    user, channel, box, view = (_part(body, name) for name in ("user", "channel", "container", "view"))
    message = _part(body, "message")
    kept = origin(_text(view, "private_metadata")) if view else None
    opened = {"channel": kept.channel, "thread": kept.thread} if kept else {}
    where = _id(channel, "id") or _id(box, "channel_id") or _id(opened, "channel")
    thread = _ts(message, "thread_ts") or _ts(box, "thread_ts") or _ts(opened, "thread")
    team = team_of(body)
    kind = _text(body, "type")
    if kind == "message_action":
        thread = thread or _ts(message, "ts")
    receipt = _receipt(team, kind, _text(body, "trigger_id"), body)
    direct = _direct(where, channel) or not where
    return Spot(team, _id(user, "id"), where, receipt, thread or None, direct, _id(user, "team_id"))


def of_message(body: Json) -> Spot | None:
    """Words in a conversation; None for what no person typed just now: edits, joins, bots, our own."""
    event = _part(body, "event")
    subtype = _text(event, "subtype")
    if event.get("bot_id") or event.get("hidden") or subtype not in {"", "thread_broadcast", "file_share"}:
        return None
    team, channel, ts = team_of(body), _id(event, "channel"), _ts(event, "ts")
    user = _id(event, "user")
    if not (channel and ts and user):
        return None
    thread = _ts(event, "thread_ts") or None
    receipt = f"{PLATFORM}:{team}:message:{channel}:{ts}"
    direct = _text(event, "channel_type") == "im" or channel.startswith("D")
    theirs = _id(
        event, "user_team"
    )  # of an organisation it says its id, E…, which no workspace has: then the profile tells
    return Spot(team, user, channel, receipt, thread, direct, theirs if theirs.startswith("T") else "")


def of_home(body: Json) -> Spot | None:
    """Somebody who looks at the Home tab; None where it is another tab, or nobody's id."""
    event, team = _part(body, "event"), team_of(body)
    user = _id(event, "user")
    return Spot(team, user, "", "", direct=True) if user and _text(event, "tab") != "messages" else None


def asked(who: Who, verb: str, words: str = "") -> Heard:
    """A verb with its words."""
    s = who.spot
    return Asked(who.actor, s.place, s.receipt, who.at, s.thread, verb=verb, words=words)


def commanded(who: Who, text: str) -> Heard:
    """`/release plan …`: a bare `/release` asks for help."""
    first, *more = text.strip().split(maxsplit=1) or ["help"]
    return asked(who, first.lower(), more[0].strip() if more else "")


def spoken(who: Who, text: str) -> Heard:
    """`@T-Minus release plan …` and `release plan …` to the bot alone ask; everything else is said."""
    s = who.spot
    command = _COMMAND.fullmatch(text.strip())
    if command is not None:
        return commanded(who, command["rest"])
    return Said(who.actor, s.place, s.receipt, who.at, s.thread, text=text.strip())


def pressed(who: Who, body: Json) -> Heard | None:
    """A press on one of our buttons; None for another's."""
    action = _first(body, "actions")
    if not _text(action, "action_id").startswith(f"{PRESS}:"):
        return None
    s, box = who.spot, _part(body, "container")
    message = _ts(box, "message_ts") or _ts(_part(body, "message"), "ts") or None
    return Pressed(who.actor, s.place, s.receipt, who.at, s.thread, token=_text(action, "value"), message=message)


def filled(who: Who, body: Json) -> Heard:
    """A form that was sent off."""
    view, s = _part(body, "view"), who.spot
    kept = origin(_text(view, "private_metadata"))
    token = kept.token if kept else ""
    return Filled(who.actor, s.place, s.receipt, who.at, s.thread, token=token, values=typed(view))


def plain_words(text: str, people: Mapping[str, str], bot: str = "") -> str:
    """Slack's markup taken out of what was typed: links as they are, `@ana` for a known account, no mention of the bot."""

    def user(found: re.Match[str]) -> str:
        return "" if found[1] == bot else f"@{people.get(found[1], found[1])}"

    text = _USER.sub(user, text)
    text = _LINK.sub(lambda m: m[1].removeprefix("mailto:"), text)
    text = _CHANNEL.sub(lambda m: f"#{m[2] or m[1]}", text)
    text = _SPECIAL.sub(lambda m: m[2] or f"@{m[1]}", text)
    return clean(html.unescape(text)).strip()


def accounts_in(text: str) -> tuple[str, ...]:
    """The accounts that are mentioned."""
    return tuple(dict.fromkeys(_USER.findall(text)))


def first_link(text: str) -> str:
    """The first link of a message, or ""."""
    found = _LINK.search(text)
    return html.unescape(found[1]) if found and found[1].startswith("http") else ""


def first_file(message: Json) -> str:
    """The link to the first file of a message, or ""."""
    link = _text(_first(message, "files"), "permalink")
    return link if link.startswith("https://") and link.isprintable() and " " not in link else ""


def permalink(body: Json) -> str:
    """The link to the message that a shortcut was used on, or ""."""
    domain, channel, ts = (
        _text(_part(body, "team"), "domain"),
        _id(_part(body, "channel"), "id"),
        _ts(body, "message_ts"),
    )
    able = re.fullmatch(r"[a-z0-9-]{1,60}", domain) and channel and ts
    return f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}" if able else ""


def _direct(channel: str, named: Json) -> bool:
    return (
        channel.startswith("D")
        or _text(named, "channel_name") == "directmessage"
        or _text(named, "name") == "directmessage"
    )


def _receipt(team: str, kind: str, trigger: str, body: Json) -> str:
    """A delivery's own name: its trigger, or where there is none that could be one of Slack's all that it says."""
    if not _TRIGGER.fullmatch(trigger):
        trigger = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:40]
    return f"{PLATFORM}:{team}:{kind}:{trigger}"[:200]


def _part(body: Json, name: str) -> Json:
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def _first(body: Json, name: str) -> Json:
    """The first of a list of objects."""
    found = body.get(name)
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, Mapping) else {}


def _text(body: Json, name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""


def _id(body: Json, name: str) -> str:
    """An id of Slack's: letters and digits only."""
    found = _text(body, name)
    return found if found.isascii() and found.isalnum() else ""


def _ts(body: Json, name: str) -> str:
    """The name of a message: seconds and a running number."""
    found = _text(body, name)
    return found if _STAMP.fullmatch(found) else ""
