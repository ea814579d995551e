"""What the sandbox needs from the bot, as Protocols; the composition root passes them in one SandboxParts."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from adapters.http.page import Page
from adapters.sandbox.book import Book
from adapters.sandbox.directory import SandboxDirectory
from bot.messages.heard import Answer, Heard
from bot.messages.model import Block, Message


class ClockControl(Protocol):
    """The clock that people turn. Simulated time stands still (rate 0) unless it is advanced or given a rate."""

    simulated: bool

    def now(self) -> datetime:
        """Civil time, aware, UTC."""

    def rate(self) -> float:
        """Simulated seconds for each real one; 1 for the system clock."""

    async def advance(self, seconds: float, *, down: bool) -> None:
        """Go on by so many seconds, as `to` does."""

    async def to(self, instant: datetime, *, down: bool) -> None:
        """Go from wake-up to wake-up and drain each; with `down` nothing is delivered before the end of the span."""

    async def set_rate(self, rate: float) -> None:
        """From now on the time runs at that rate; 0 stops it."""


class ReleaseReader(Protocol):
    """Read-only views of releases, in the public JSON of the sandbox's page."""

    async def releases(self) -> Sequence[Mapping[str, Any]]:
        """All, newest first."""

    async def release(self, release: str) -> Mapping[str, Any] | None:
        """One, or None."""

    async def panels(self) -> Sequence[Mapping[str, Any]]:
        """All, newest first: the public JSON with `word` beside, as ReleasePages.panels tells."""

    async def plan(self, release: str, form: str) -> Page | None:
        """The full plan; `form` is json, md or html. None: no such release."""

    async def ledger(self, release: str) -> Sequence[Mapping[str, Any]] | None:
        """Its ledger entries by seq, or None."""

    async def arithmetic(self, release: str) -> Sequence[Block] | None:
        """The risk score part by part, or None."""

    async def next_mark(self) -> datetime | None:
        """When the next announcement of any release is due, or None."""


class DemoControl(Protocol):
    """The demo sources. Both raise ValueError with a sentence that says what is allowed."""

    def apply(self, source: str, given: Mapping[str, object], service: str | None = None) -> Mapping[str, object]:
        """What the source answers from now on."""

    def describe(self) -> Mapping[str, object]:
        """What each source takes, and what is set."""


class DrillControl(Protocol):
    """The tour and the drills."""

    async def do(self, what: str, subject: str = "") -> Message:
        """list, begin <name>, next, play, pause, end; gives the answer to the one who asked."""

    def describe(self) -> Mapping[str, object]:
        """What can be played, and what is on."""


def _as_it_is(text: str) -> str:
    return text


def _no_words() -> Mapping[str, object]:
    return {}


async def _all_of(person: str | None, releases: Sequence[str]) -> Collection[str]:
    del person
    return releases


@dataclass(frozen=True, slots=True)
class SandboxParts:
    """Everything the sandbox is made of.

    `hear` is the runner's door. `settle` returns when all that is due now has been delivered. `book` is closed by who opened
    it. `verbs` are offered for completion: (verb, one line of help). `redact` takes secrets out of what is kept of a
    person's words (P5); the bot itself hears the words as they were typed. `words`: what the message box completes, JSON-ready,
    read anew with every page. `renderers`: by platform, what the bot would send there.
    `seen`: of those releases the ones that a person may see (None: what the public may).
    `drills`: the tour and the drills, or None where there are none.
    """

    hear: Callable[[Heard], Awaitable[Answer]]
    settle: Callable[[], Awaitable[None]]
    clock: ClockControl
    book: Book
    directory: SandboxDirectory
    releases: ReleaseReader
    demo: DemoControl
    verbs: Sequence[tuple[str, str]] = ()
    redact: Callable[[str], str] = _as_it_is
    words: Callable[[], Mapping[str, object]] = _no_words
    renderers: Mapping[str, Callable[[Message], object]] = field(default_factory=dict)
    drills: DrillControl | None = None
    seen: Callable[[str | None, Sequence[str]], Awaitable[Collection[str]]] = _all_of
