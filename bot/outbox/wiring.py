"""What the worker is given from outside, and its numbers. app.py joins them; tests and simulations give fakes of a few lines."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.people import Place
from bot.messages.effects import Effect, Post
from bot.messages.model import Message
from bot.messages.view import View
from bot.ports import Chat, Clock, EvidenceSource, Handle, OutboxStore, Reads, Row, Subject

Viewer = Callable[[str, Place], Awaitable[View | None]]
"""Committed state of a release, judged now, for that place (service.view); None where there is no such release."""

Viewers = Callable[[Sequence[str]], Awaitable[Mapping[str, View]]]
"""The same for many releases at once (service.views); those that do not exist are left out."""

Subjects = Callable[[str], Awaitable[Subject | None]]
"""What a source is asked about (service.subject); None where there is no such release or service."""

Render = Callable[[str, View], Message]
"""bot.messages.cards.index.render: (card, view)."""

Bulletin = Callable[[Post], Awaitable[Message | None]]
"""Draws a post of no release, when it is sent; None: there is nothing to say any more."""

Hears = Callable[[View, Place], Awaitable[bool]]
"""True where a post to stakeholders may go to that place now: who subscribed may have been shut out since."""

Rehearse = Callable[[], Awaitable[Row | None]]
"""Makes the database ready for a rush, and gives the post that is due next, untaken (store.rehearsed)."""

Enqueue = Callable[[Sequence[Effect]], Awaitable[None]]
"""Writes effects as rows, in a transaction of their own. A key that is there already changes nothing."""


class Memory(Protocol):
    """What outlives the process: named values (the heartbeat, an absence that is still to be told), and answers by receipt."""

    async def get_meta(self, name: str) -> str | None:
        """The value, or None."""

    async def set_meta(self, name: str, value: str) -> None:
        """Keep it."""

    async def forget_answers(self, before: datetime) -> int:
        """Drop the stored answers to deliveries from before that. Gives how many."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Seconds, unless it says otherwise.

    `lease_s` outlasts `http_timeout_s`; after `guard` of it no send begins (a stopped process that wakes up must not send).
    `settle_s`: how long an ambiguous send is left alone before it is looked for. `unknown_grace`: how long after its due time
    a look-back that is not possible is tried again, if the post is of use that long: its place waits for it. `attempts`: of
    a command or gather that raises, or of a card that cannot be drawn. `resend`: a post that may have arrived is sent once more
    where the platform never lets us look. `slots`: sends at once, beside sources that are asked; `batch`: rows of one claim.
    `linger_s`: so long a receipt may wait for the others of its burst, while posts are on their way: what is due goes out before
    it is written what has gone.
    """

    lease_s: float = 20.0
    http_timeout_s: float = 10.0
    guard: float = 0.7
    slots: int = 128
    batch: int = 128
    settle_s: float = 20.0
    linger_s: float = 0.1
    unknown_grace: timedelta = timedelta(minutes=10)
    attempts: int = 8
    away_after: timedelta = timedelta(minutes=3)
    answers_kept: timedelta = timedelta(days=7)
    resend: bool = False

    def backoff_s(self, attempts: int) -> float:
        """How long to wait after that many attempts that raised: 1, 2, 4 … at most 60 seconds."""
        return float(min(2 ** max(attempts - 1, 0), 60))


@dataclass(frozen=True, slots=True)
class Parts:
    """The world of the worker. `rate`: civil seconds for each real second (0: simulated time that stands still).

    `views`, `subject`: where there is none, each release is asked for by `view`. `bulletin`: without it no post of no release
    is sent. `hears`: without it each place hears what it was promised. `rehearse`: without it the first rush takes longer.
    """

    store: OutboxStore
    reads: Reads
    memory: Memory
    handle: Handle
    view: Viewer
    render: Render
    enqueue: Enqueue
    clock: Clock
    chats: Mapping[str, Chat]
    sources: Mapping[str, EvidenceSource] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    rate: Callable[[], float] = lambda: 1.0
    views: Viewers | None = None
    subject: Subjects | None = None
    bulletin: Bulletin | None = None
    hears: Hears | None = None
    rehearse: Rehearse | None = None

    def not_before(self, seconds: float) -> datetime:
        """That many real seconds from now."""
        return self.clock.real() + timedelta(seconds=seconds)
