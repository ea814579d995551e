"""The seams: what the core needs from the world, as Protocols. Adapters and the store implement them; app.py joins them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.domain.commands import Command
from bot.domain.events import Event
from bot.domain.evidence import Evidence
from bot.domain.facts import Neighbour, Policy, Rubric, Window
from bot.domain.people import Actor, Place, Roster
from bot.domain.release import Release
from bot.domain.service import Outcome, Service
from bot.messages.effects import Effect
from bot.messages.heard import Answer
from bot.messages.model import Message


class Clock(Protocol):
    """Two clocks (decision 12): civil time for rules and due times, monotonic seconds for time-outs."""

    def now(self) -> datetime:
        """Civil time, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds that never jump."""

    def real(self) -> datetime:
        """The machine's own time, aware, UTC: for leases and Retry-After, which simulated time must not stretch."""


class Alarm(Protocol):
    """Wakes the process; owns no truth. Losing it costs lateness of one sweep, never a post."""

    def ring_at(self, when: datetime | None) -> None:
        """Ring at that instant (None: nothing is due)."""

    def ring_now(self) -> None:
        """Ring at once: somebody committed work that is due."""


# ---- chat -----------------------------------------------------------------------------------------------------------


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
    """The platform does not let us look, or not now."""

    detail: str = ""


Look = Found | NotFound | CannotLook


class Chat(Protocol):
    """One platform, outward. No retry inside."""

    platform: str

    async def send(self, outgoing: Outgoing) -> SendResult:
        """Post or edit once."""

    async def find(self, key: str, place: Place, since: datetime) -> Look:
        """Look back for a key."""


class Directory(Protocol):
    """From a platform account to the person of the roster (decision 15)."""

    async def actor(self, account: str, place: Place) -> Actor | None:
        """Who that is, or None where no person of the roster is linked."""


# ---- evidence ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a source is asked about."""

    release: Release
    service: Service
    role: str
    purpose: str
    now: datetime
    timeout_s: float = 10.0


class EvidenceSource(Protocol):
    """One foreign system. A source that is down answers with items that stand as unavailable, or raises: both are kept."""

    name: str

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """What it saw."""


# ---- catalogue --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Catalog:
    """Services, people, policy and rubric, as in force now."""

    services: Mapping[str, Service]
    roster: Roster
    policy: Policy
    rubric: Rubric


CatalogReader = Callable[[], Catalog]
"""Gives the catalogue in force; a bad file never replaces a good one."""


# ---- store ------------------------------------------------------------------------------------------------------------


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
        """Releases of that service and environment that are not ended, oldest first."""

    async def neighbours(self, besides: str | None) -> Sequence[Neighbour]:
        """All releases that are not ended, but that one."""

    async def history(self, service: str, limit: int = 20) -> Sequence[Outcome]:
        """The last ended releases of the service, newest first."""

    async def freezes(self) -> Sequence[Window]:
        """Freezes that people entered."""


class Store(Protocol):
    """The database."""

    def unit(self) -> AbstractAsyncContextManager[Unit]:
        """Open a transaction (SQLite: BEGIN IMMEDIATE)."""

    async def close(self) -> None:
        """Give everything back."""


class Reads(Protocol):
    """Read-only questions; each its own short transaction."""

    async def release(self, release: str) -> Loaded | None:
        """One release."""

    async def releases(self) -> Sequence[Release]:
        """All, newest first."""

    async def announcements(self, release: str) -> Sequence[Announcement]:
        """Its posts, by due time."""

    async def ledger(self, stream: str) -> Sequence[LedgerRow]:
        """All entries of a stream, by seq."""

    async def head(self, stream: str) -> str:
        """The hash of the last entry of that stream, or ""."""

    async def release_of_message(self, platform: str, place: str, message: str) -> str | None:
        """Which release the bot's message (or thread) with that platform id belongs to."""

    async def neighbours(self, besides: str | None) -> Sequence[Neighbour]:
        """All releases that are not ended, but that one."""

    async def history(self, service: str, limit: int = 20) -> Sequence[Outcome]:
        """The last ended releases of the service, newest first."""

    async def freezes(self) -> Sequence[Window]:
        """Freezes that people entered."""


# ---- outbox -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A claimed outbox row. `effect` is what it came from. `fence` must be given back with every change.

    An edit carries the Post that it edits as its effect, and that post's message as `message_id` and `parent_message_id`
    (None where the post was never shown: there is nothing to edit); `render_hash` is of what is shown now. `attempts`
    counts this claim: above 1, somebody may have sent it already (step 5 of timeline.md: look first).
    """

    id: int
    key: str
    kind: str
    release: str
    effect: Effect
    due_at: datetime
    useful_until: datetime | None
    attempts: int
    fence: int
    schedule_revision: int | None
    message_id: str | None
    parent_message_id: str | None
    parent_state: str | None
    wanted_rev: int
    shown_rev: int
    render_hash: str | None


@dataclass(frozen=True, slots=True)
class Completion:
    """How a claimed row ended: `state` is a state of timeline.md, or done for commands and gathers.

    pending gives it back, not before `not_before` (real time). unknown with `not_before` is claimed again then, to look;
    without it, that is the end.
    `entry`: the ledger entry of the receipt, written in the same transaction. `shown_rev`: for edits and posts, the
    wanted_rev that was rendered; where wanted_rev has grown meanwhile the row (or its edit) stays pending.
    """

    row: Row
    state: str
    not_before: datetime | None = None
    message_id: str | None = None
    sent_at: datetime | None = None
    outcome: str = ""
    render_hash: str | None = None
    shown_rev: int | None = None
    entry: Entry | None = None
    count_attempt: bool = True


@dataclass(frozen=True, slots=True)
class Wake:
    """When to look again: `civil` for due times, `real` for leases and Retry-After; None: nothing waits on that clock."""

    civil: datetime | None
    real: datetime | None


class OutboxStore(Protocol):
    """The rows. Times are civil unless named real; on PostgreSQL with the system clock the database decides what is due."""

    async def claim(self, limit: int, now: datetime, real: datetime, lease_s: float, owner: str) -> Sequence[Row]:
        """Take due rows: fair over places, one in flight for each stream, commands before gathers before posts before edits.

        A row whose lease ran out is due again. A post is due only if its release has no unfinished command row due at or
        before it (decision 5), and its parent has its receipt or is past hope. Marks `sending`, raises fence and attempts.
        """

    async def complete(self, completions: Sequence[Completion]) -> int:
        """Write results where the fence still holds; gives how many held."""

    async def next_wake(self) -> Wake:
        """The earliest instants at which a row may become claimable, on both clocks."""

    async def unfinished_at(self, release: str, due_at: datetime) -> bool:
        """True if a command row of that release, due at or before that, is unfinished."""

    async def release_leases(self, owner: str, now: datetime) -> int:
        """Give back what this worker holds and has not begun to send (SIGTERM)."""


Handle = Callable[[str, Command, str], Awaitable[Any]]
"""service.handle as the outbox sees it: (release id, command, request id)."""
