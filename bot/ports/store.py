"""The database: transactions and read-only questions."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.domain.emergency import Owed
from bot.domain.events import Event
from bot.domain.evidence import Evidence
from bot.domain.facts import Neighbour, Window
from bot.domain.orders import Delegation, Orders, Subscription
from bot.domain.people import Actor
from bot.domain.release import Release
from bot.domain.service import Outcome
from bot.messages.effects import Effect
from bot.messages.heard import Answer


@dataclass(frozen=True, slots=True)
class Entry:
    """One ledger entry to write. `what`: event (moves the release), receipt (of a post) or refused (an attempt) or note.

    `body` is the JSON of the event, or a small dict of strings.
    """

    what: str
    name: str
    actor: Actor
    at: datetime
    request: str
    event: Event | None = None
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row as it is kept: hash = SHA-256 over the previous hash and the canonical JSON of the rest."""

    stream: str
    seq: int
    at: datetime
    what: str
    name: str
    person: str
    account: str
    surface: str
    request: str
    body: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A release with the number of decisions so far (optimistic lock)."""

    release: Release
    version: int


@dataclass(frozen=True, slots=True)
class Announcement:
    """A post as people may ask about it; the public JSON of sandbox.md."""

    key: str
    mark: str
    occasion: str
    schedule_revision: int | None
    n: int
    audience: str
    platform: str
    place: str
    due_at: datetime
    state: str
    sent_at: datetime | None
    message: str | None
    outcome: str = ""


class Unit(Protocol):
    """One transaction. Leaving the context commits; an exception rolls everything back."""

    async def answer_of(self, receipt: str) -> Answer | None:
        """The stored answer of a delivery that was already handled, or None."""

    async def remember(self, receipt: str, answer: Answer, at: datetime) -> None:
        """Keep the answer of this delivery, in this transaction (decision 9)."""

    async def new_release_id(self) -> str:
        """R-1, R-2, …"""

    async def give_back_release_id(self, release: str) -> None:
        """The id that this very transaction drew is not needed: the next release gets it."""

    async def next_number(self, counter: str) -> int:
        """1, 2, 3 … of the counter of that name."""

    async def load(self, release: str) -> Loaded | None:
        """The release and its version. Raises Corrupt where it was marked so."""

    async def save(self, release: Release, version: int) -> None:
        """Write the state that follows `version` decisions (0: a new one). Raises Conflict."""

    async def append(self, stream: str, entries: Sequence[Entry]) -> str:
        """Chain the entries to that stream ("release:R-1", "system", …); gives the new head. Raises Unwritable (G17)."""

    async def head(self, stream: str) -> str:
        """The hash of the last entry of that stream, or ""."""

    async def lock(self, names: Sequence[str]) -> None:
        """Lock affected services and persons until the commit, in sorted order (decision 5)."""

    async def enqueue(self, effects: Sequence[Effect], at: datetime) -> None:
        """Write the effects as outbox rows. The same key again changes nothing."""

    async def open_plans(self, service: str, environment: str) -> Sequence[Release]:
        """Releases of that service and environment that are not ended, oldest first. Raises Corrupt where one is marked so."""

    async def neighbours(self, besides: str | None) -> Sequence[Neighbour]:
        """All releases that are not ended, but that one."""

    async def accepted(self, services: Sequence[str], since: datetime) -> Mapping[str, int]:
        """How many risks and exceptions the releases of those services were accepted with from then on, by release (G21)."""

    async def established(self, service: str) -> Sequence[Evidence]:
        """The evidence of the newest closed release of the service, which a new one may stand on (G12)."""

    async def history(self, service: str, limit: int = 20) -> Sequence[Outcome]:
        """The last ended releases of the service, newest first."""

    async def reasons(self, service: str, person: str, besides: str | None, limit: int = 20) -> Sequence[str]:
        """What that person gave as reasons of consents on the last releases of the service but that one, newest first (G9)."""

    async def reviews_owed(self, service: str) -> Sequence[Owed]:
        """The emergencies of the service that nobody has reviewed yet, oldest first (G16)."""

    async def freezes(self) -> Sequence[Window]:
        """Freezes that people entered."""

    async def add_freeze(self, window: Window) -> None:
        """A freeze that a person entered; its id is new."""

    async def orders(self) -> Orders:
        """The standing orders."""

    async def add_order(self, order: Delegation | Subscription) -> None:
        """A standing order that a person gave; its id is new."""

    async def remove_order(self, order: str) -> None:
        """Take one out. The ledger keeps that it was there."""

    async def remove_freeze(self, freeze: str) -> bool:
        """Take a freeze out; False where there is none of that id. The ledger keeps that it was there."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery of a platform as the database knows it: the stored answer, or None where it is new (decision 9).

    `mark` names the committed state of that moment: while it is the same, whatever is read again is the same.
    """

    answer: Answer | None
    mark: str


class Store(Protocol):
    """The database."""

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """Open a transaction (SQLite: BEGIN IMMEDIATE)."""

    async def keep_answer(self, receipt: str, answer: Answer, at: datetime) -> Answer:
        """Keep the answer to a delivery that changed nothing, durably when this returns; gives the one that stands.

        Many who wait at once share one commit. Raises Unwritable.
        """

    async def offer_answer(self, receipt: str, answer: Answer, at: datetime, mark: str) -> Delivery:
        """As `keep_answer` while the committed state still has that mark; else as Reads.delivery, with the mark that it has."""

    async def first_to_answer(self, receipt: str, at: datetime) -> bool:
        """True for the first who asks this of a delivery, of all processes: an answer that is a post of its own is given by them.

        Asked just before it is posted, so that who dies before that leaves the answer to the next one. Raises Unwritable.
        """

    async def close(self) -> None:
        """Give everything back."""


class Reads(Protocol):
    """Read-only questions; each its own short transaction, unless they are asked together."""

    def together(self) -> AbstractAsyncContextManager[None]:
        """All questions that this task asks inside see one and the same state; it writes nothing meanwhile, and is brief."""

    async def delivery(self, receipt: str) -> Delivery:
        """Its stored answer and the mark of the committed state, in one question."""

    async def release(self, release: str) -> Loaded | None:
        """One release."""

    async def loaded(self, wanted: Sequence[str]) -> Mapping[str, Loaded]:
        """Those that exist and are not corrupt, in one question: for a batch of posts."""

    async def releases(self) -> Sequence[Release]:
        """All whose state can be read, newest first."""

    async def release_ids(self) -> Sequence[str]:
        """The ids of all, newest first, also of those whose record is corrupt."""

    async def announcements_of(self, wanted: Sequence[str]) -> Mapping[str, Sequence[Announcement]]:
        """The posts of each of them, by due time, in one question."""

    async def announcements(self, release: str) -> Sequence[Announcement]:
        """Its posts, by due time."""

    async def ledger(self, stream: str) -> Sequence[LedgerRow]:
        """All entries of a stream, by seq."""

    async def head(self, stream: str) -> str:
        """The hash of the last entry of that stream, or ""."""

    async def heads(self, streams: Sequence[str]) -> Mapping[str, str]:
        """The hash of the last entry of each of those streams that has one."""

    async def release_of_message(self, platform: str, place: str, message: str) -> str | None:
        """Which release the bot's message (or thread) with that platform id belongs to."""

    async def neighbours(self, besides: str | None) -> Sequence[Neighbour]:
        """All releases that are not ended, but that one."""

    async def accepted(self, services: Sequence[str], since: datetime) -> Mapping[str, int]:
        """How many risks and exceptions the releases of those services were accepted with from then on, by release (G21)."""

    async def established(self, service: str) -> Sequence[Evidence]:
        """The evidence of the newest closed release of the service, which a new one may stand on (G12)."""

    async def history(self, service: str, limit: int = 20) -> Sequence[Outcome]:
        """The last ended releases of the service, newest first."""

    async def reviews_owed(self, service: str) -> Sequence[Owed]:
        """The emergencies of the service that nobody has reviewed yet, oldest first (G16)."""

    async def freezes(self) -> Sequence[Window]:
        """Freezes that people entered."""

    async def orders(self) -> Orders:
        """The standing orders."""
