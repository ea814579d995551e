"""From Teams' activities to what the bot has Heard: the same grammar as on the other platforms. No network here."""

import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from adapters.teams.elements import PRESS, TOKEN
from adapters.teams.forms import BACK, FILL, typed
from adapters.teams.limits import clean
from adapters.teams.render import REFRESH
from bot.domain.people import Actor, Place
from bot.messages.heard import Asked, Filled, Heard, Pressed, Said

PLATFORM: Final = "teams"
ACTION: Final = "adaptiveCard/action"
FETCH: Final = "task/fetch"
SUBMIT: Final = "task/submit"
PERSON: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12,13}")
"""An Entra object id, which is how a conversation with a person alone is named."""

Json = Mapping[str, Any]

_COMMAND: Final = re.compile(r"/?release\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_NAMED: Final = re.compile(r"@T-Minus[,:]?\s+(?=\S)", re.IGNORECASE)
_VERBS: Final = frozenset({PRESS, FILL, BACK, REFRESH})
_THREAD: Final = ";messageid="


@dataclass(frozen=True, slots=True)
class Spot:
    """Who did it and where, in Teams' ids.

    `user`: the id by which the connector knows the person; `directory`: the Entra object id, "" for the anonymous.
    `conversation`: as the connector names it, with the thread; `channel`: without. `kind`: personal, groupChat or channel.
    `message`: the activity's own id. `targeted`: it was sent to the bot alone, in a channel or group chat (a slash command).
    """

    user: str
    directory: str
    name: str
    tenant: str
    service_url: str
    conversation: str
    kind: str
    receipt: str
    message: str = ""
    targeted: bool = False

    @property
    def channel(self) -> str:
        """The conversation without its thread."""
        return self.conversation.partition(_THREAD)[0]

    @property
    def thread(self) -> str | None:
        """The id of the first message of the thread; chats have none."""
        return self.conversation.partition(_THREAD)[2] or None

    @property
    def direct(self) -> bool:
        """True where the person is alone with the bot."""
        return self.kind == "personal"

    @property
    def bot(self) -> bool:
        """True for a bot's account."""
        return self.user.startswith("28:")

    @property
    def place(self) -> Place:
        """A conversation with the bot alone is named by its person, so that it is known before anybody opened it."""
        return Place(PLATFORM, (self.directory or self.user) if self.direct else self.channel)


@dataclass(frozen=True, slots=True)
class Who:
    """The spot with the person behind it, and the instant."""

    actor: Actor
    spot: Spot
    at: datetime


def spot_of(body: Json) -> Spot:
    """Of any activity."""
    sender, where, recipient = part(body, "from"), part(body, "conversation"), part(body, "recipient")
    conversation = text(where, "id")
    kind = text(where, "conversationType") or ("groupChat" if where.get("isGroup") else "personal")
    return Spot(
        user=text(sender, "id"),
        directory=_directory(sender),
        name=clean(text(sender, "name")),
        tenant=tenant_of(body),
        service_url=text(body, "serviceUrl"),
        conversation=conversation,
        kind=kind,
        receipt=_receipt(body, conversation),
        message=text(body, "id"),
        targeted=recipient.get("isTargeted") is True,
    )


def tenant_of(body: Json) -> str:
    """The tenant's id in lower case. The SDK's own models lose it: they look under another name."""
    found = text(part(part(body, "channelData"), "tenant"), "id") or text(part(body, "conversation"), "tenantId")
    return found.casefold()


def words_of(body: Json, people: Mapping[str, str]) -> str:
    """What was typed, without the mention of the bot; `people`: person ids by the ids of who is mentioned.

    Only the very text of the mention's own entity is taken out, once: the bot's name may stand in the words as well.
    """
    found, bot = text(body, "text"), text(part(body, "recipient"), "id")
    for entity in _mentions(body):
        who, tag = part(entity, "mentioned"), text(entity, "text")
        if not tag:
            continue
        user = text(who, "id")
        name = "" if user == bot else f"@{people.get(user, text(who, 'name'))}"
        found = found.replace(tag, name, 1)
    return clean(html.unescape(found)).replace("\xa0", " ").strip()


def mentioned(body: Json) -> tuple[tuple[str, str], ...]:
    """(user id, Entra object id) of who is mentioned beside the bot."""
    bot = text(part(body, "recipient"), "id")
    whos = [part(entity, "mentioned") for entity in _mentions(body)]
    return tuple((text(who, "id"), _directory(who)) for who in whos if text(who, "id") not in {"", bot})[:10]


def asked(who: Who, verb: str, words: str = "") -> Heard:
    """A verb with its words."""
    s = who.spot
    return Asked(who.actor, s.place, s.receipt, who.at, s.thread, verb=verb, words=words)


def spoken(who: Who, words: str) -> Heard:
    """`@T-Minus release plan …` asks, and so does `release plan …` to the bot alone; everything else is said.

    The name may be mere letters: who copies a command out of a card into the personal chat mentions nobody.
    """
    s = who.spot
    words = _NAMED.sub("", words, count=1) if _NAMED.match(words) else words
    command = _COMMAND.fullmatch(words)
    if command is None:
        return Said(who.actor, s.place, s.receipt, who.at, s.thread, text=words)
    first, *more = command["rest"].strip().split(maxsplit=1) or ["help"]
    return asked(who, first.lower(), more[0].strip() if more else "")


@dataclass(frozen=True, slots=True)
class Act:
    """What an action of a card brought: `verb` press, fill, back or refresh; `data` with what was typed."""

    verb: str
    data: Json
    message: str | None

    @property
    def token(self) -> str:
        """The button's or the form's."""
        return text(self.data, TOKEN)


def act_of(body: Json) -> Act | None:
    """The action of an invoke, of a dialog, or of a message that carries a value; None for what is not ours."""
    value, name = part(body, "value"), text(body, "name")
    message = text(body, "replyToId") or None
    if name == ACTION:
        action = part(value, "action")
        data, verb = part(action, "data"), text(action, "verb")
    elif name in {FETCH, SUBMIT}:
        data, verb = part(value, "data"), PRESS if name == FETCH else FILL
    else:
        data, verb = value, text(value, "v")
    return Act(verb, data, message) if verb in _VERBS else None


def acted(who: Who, act: Act) -> Heard:
    """A press, or a form that was sent off."""
    s = who.spot
    if act.verb == FILL:
        values = typed(act.data)
        return Filled(who.actor, s.place, s.receipt, who.at, s.thread, token=act.token, values=values)
    return Pressed(who.actor, s.place, s.receipt, who.at, s.thread, token=act.token, message=act.message)


def part(body: Json, name: str) -> Json:
    """An object of it, or an empty one."""
    found = body.get(name)
    return found if isinstance(found, Mapping) else {}


def text(body: Json, name: str) -> str:
    """A text of it, or ""."""
    found = body.get(name)
    return found if isinstance(found, str) else ""


def _mentions(body: Json) -> list[Json]:
    found = body.get("entities")
    return (
        [e for e in found if isinstance(e, Mapping) and e.get("type") == "mention"] if isinstance(found, list) else []
    )


def _directory(account: Json) -> str:
    found = text(account, "aadObjectId").casefold()
    return found if PERSON.fullmatch(found) else ""


def _receipt(body: Json, conversation: str) -> str:
    """A delivery's own name: Teams repeats one under the same id. Where there is none, all that it says."""
    name = text(body, "id")
    made = f"{conversation} {name}" if name else json.dumps(body, sort_keys=True, default=str)
    return f"{PLATFORM}:{hashlib.sha256(made.encode('utf-8', 'replace')).hexdigest()[:40]}"
