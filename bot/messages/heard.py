"""What came in from a platform, in the only four shapes that the rest of the bot knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.people import Actor, Place
from bot.messages.model import Form, Message


@dataclass(frozen=True, slots=True)
class Heard:
    """Anything heard: who, where, and the platform's own receipt, by which a repeated delivery is recognised (decision 9).

    `thread`: the platform's id of the message whose thread it was said in, or None. `release`: the adapter never sets it;
    the runner finds it by the thread.
    """

    actor: Actor
    place: Place
    receipt: str
    at: datetime
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Asked(Heard):
    """A verb with its words: `/release plan payments 2.4.1`."""

    verb: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Pressed(Heard):
    """A button. `message`: the platform's id of the message that carried it."""

    token: str = ""
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Filled(Heard):
    """A form that was sent off."""

    token: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said(Heard):
    """Free words."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with a message; `private` messages are seen by the speaker alone."""

    message: Message


@dataclass(frozen=True, slots=True)
class Open:
    """Open a form."""

    form: Form


@dataclass(frozen=True, slots=True)
class Errors:
    """The form is not accepted: an error at each field; `kept` is the form with what was typed."""

    errors: Mapping[str, str]
    form: Form


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing to say to the speaker beyond what appears in the channel."""


Answer = Say | Open | Errors | Quiet
"""To the person who spoke. Anyone else, or anyone later, hears through the outbox."""
