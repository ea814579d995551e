"""From what a person did in the sandbox to what the bot has Heard: the same grammar as on the other platforms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Actor, Place
from bot.messages.heard import Asked, Heard, Pressed, Said
from bot.messages.heard import Filled as FilledForm

_COMMAND = re.compile(r"(?:/release\b|@t-minus\s+/?release\b)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_MENTION = re.compile(r"@t-minus\b[\s,:]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who did it, where, in which thread (a message id), when, and under which receipt."""

    actor: Actor
    place: Place
    receipt: str
    at: datetime
    thread: str | None = None


def spoken(who: Circumstances, text: str) -> Heard:
    """`/release plan …` and `@T-Minus release plan …` ask; everything else is said. A bare `/release` asks for help."""
    words = text.strip()
    command = _COMMAND.match(words)
    if command is None:
        return Said(
            who.actor, who.place, who.receipt, who.at, who.thread, text=_MENTION.sub("", words, count=1).strip()
        )
    verb, _, rest = command["rest"].strip().partition(" ")
    first, *more = verb.split(maxsplit=1) or ["help"]
    return asked(who, first.lower(), " ".join((*more, rest.strip())).strip())


def asked(who: Circumstances, verb: str, words: str = "") -> Heard:
    """A verb with its words."""
    return Asked(who.actor, who.place, who.receipt, who.at, who.thread, verb=verb, words=words)


def pressed(who: Circumstances, token: str, message: str) -> Heard:
    """A press on a button of that message."""
    return Pressed(who.actor, who.place, who.receipt, who.at, who.thread, token=token, message=message)


def filled(who: Circumstances, token: str, values: Mapping[str, str]) -> Heard:
    """A form that was sent off."""
    return FilledForm(who.actor, who.place, who.receipt, who.at, who.thread, token=token, values=dict(values))
