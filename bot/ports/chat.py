"""One chat platform, outward, and from its accounts to persons."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import Actor, Place
from bot.messages.model import Message


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One send or edit. `key` travels with the message where the platform allows (look-back). `thread`: parent's message id."""

    key: str
    place: Place
    message: Message
    thread: str | None = None
    edit_of: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted; the platform's id of the message."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A clear no that a retry will not change: `code` such as channel_not_found, not_in_channel, message_gone, revoked."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Throttled:
    """Too fast: try again after that many seconds."""

    retry_after: float


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """It may or may not have been posted: time-out, lost connection, 5xx."""

    detail: str = ""


SendResult = Sent | Rejected | Throttled | Ambiguous


@dataclass(frozen=True, slots=True)
class Found:
    """The look-back saw the key."""

    message_id: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """The look-back was complete, and the key is not there."""


@dataclass(frozen=True, slots=True)
class CannotLook:
    """The platform does not let us look, or not now. `never`: it lets nobody, so that asking again tells nothing."""

    detail: str = ""
    never: bool = False


Look = Found | NotFound | CannotLook


class Chat(Protocol):
    """One platform, outward. No retry inside."""

    platform: str

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Post or edit once."""

    async def find(self, key: str, place: Place, since: datetime, thread: str | None = None) -> Look:
        """Look back for a key, in the place itself or in the thread that it was to stand in."""


class Directory(Protocol):
    """From a platform account to the person of the roster (decision 15)."""

    async def actor(self, account: str, place: Place) -> Actor | None:
        """Who that is, or None where no person of the roster is linked."""
