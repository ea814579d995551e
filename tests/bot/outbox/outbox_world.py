"""A worker's world of a few lines: real store, a clock whose hands the test moves, a chat that records before it acknowledges."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.clock import SimulatedClock
from bot.domain.commands import Command
from bot.domain.people import Place
from bot.domain.release import Phase, Release
from bot.messages import keys
from bot.messages.cards.index import render
from bot.messages.effects import Effect, Post
from bot.messages.view import View
from bot.outbox import Outbox, Parts, Settings
from bot.policy import judge
from bot.ports import (
    Announcement,
    EvidenceSource,
    Found,
    LedgerRow,
    Look,
    NotFound,
    Outgoing,
    SendResult,
    Sent,
)
from bot.store import Database
from bot.timeline.marks import GRACE, MARKS
from tests.world import HOME, NOW, START, facts


class Hands:
    """The machine's hands: real time passes only when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        return self.seconds

    def real(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)


@dataclass
class FakeChat:
    """Records a post before it answers. `before` and `after` are faults of the next sends, in order: before or after the effect.

    `looks`: what find says instead of the truth, in order.
    """

    platform: str = "sandbox"
    posted: list[Outgoing] = field(default_factory=list)
    edits: list[Outgoing] = field(default_factory=list)
    before: list[SendResult | Exception] = field(default_factory=list)
    after: list[SendResult | Exception] = field(default_factory=list)
    looks: list[Look | Exception] = field(default_factory=list)
    looked: int = 0

    async def send(self, outgoing: Outgoing) -> SendResult:
        if self.before:
            return _or_raise(self.before.pop(0))
        (self.edits if outgoing.edit_of else self.posted).append(outgoing)
        if self.after:
            return _or_raise(self.after.pop(0))
        return Sent(outgoing.edit_of or f"m{len(self.posted)}")

    async def find(self, key: str, place: Place, since: datetime, thread: str | None = None) -> Look:
        del thread
        self.looked += 1
        if self.looks:
            look = self.looks.pop(0)
            if isinstance(look, Exception):
                raise look
            return look
        for number, one in enumerate(self.posted, 1):
            if one.key == key and one.place == place and (one.due_at is None or one.due_at >= since):
                return Found(f"m{number}")
        return NotFound()

    def texts(self) -> list[str]:
        """The first block's text of each post: what stands on top."""
        return [one.message.text for one in self.posted]


def _or_raise(what: SendResult | Exception) -> SendResult:
    if isinstance(what, Exception):
        raise what
    return what


@dataclass
class World:
    """Everything around one worker."""

    store: Database
    hands: Hands = field(default_factory=Hands)
    chat: FakeChat = field(default_factory=FakeChat)
    other: FakeChat = field(default_factory=lambda: FakeChat(platform="pager"))
    sources: dict[str, EvidenceSource] = field(default_factory=dict)
    handled: list[tuple[str, Command, str]] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    result: object = None
    settings: Settings = field(default_factory=Settings)
    reads: int = 0

    def __post_init__(self) -> None:
        self.clock = SimulatedClock(NOW, monotonic=self.hands.monotonic, real=self.hands.real)
        self.worker = self.outbox()

    def outbox(self, owner: str = "w") -> Outbox:
        """Another worker of the same world."""
        return Outbox(self.parts(), owner)

    def parts(self) -> Parts:
        return Parts(
            store=self.store,
            reads=self.store,
            memory=self.store,
            handle=self._handle,
            view=self._view,
            render=render,
            enqueue=self.enqueue,
            clock=self.clock,
            chats={chat.platform: chat for chat in (self.chat, self.other)},
            sources=self.sources,
            settings=self.settings,
            rate=lambda: self.clock.rate,
        )

    async def _handle(self, release: str, command: Command, request: str) -> object:
        if self.trouble:
            raise self.trouble.pop(0)
        self.handled.append((release, command, request))
        return self.result

    async def _view(self, release: str, place: Place) -> View | None:
        self.reads += 1
        loaded = await self.store.release(release)
        if loaded is None:
            return None
        now = self.clock.now()
        return View(loaded.release, facts(), judge(loaded.release, facts(), now), now, place)

    async def enqueue(self, effects: Sequence[Effect]) -> None:
        async with self.store.unit() as unit:
            await unit.enqueue(effects, self.clock.now())

    async def save(self, release: Release) -> Release:
        """Write that state, whatever it was before."""
        async with self.store.unit() as unit:
            loaded = await unit.load(release.id)
            await unit.save(release, loaded.version if loaded else 0)
        return release

    async def planned(self, **changes: object) -> Release:
        """A planned release that starts at START."""
        return await self.save(replace(RELEASE, **changes))  # type: ignore[arg-type]  # the tests name fields of Release

    async def pass_real(self, seconds: float) -> None:
        """Real time passes; civil time stands."""
        self.hands.seconds += seconds

    async def go(self, instant: datetime) -> int:
        """Civil and real time move there, and the worker does what is due."""
        self.hands.seconds += max((instant - self.clock.now()).total_seconds(), 0)
        self.clock.set(instant)
        return await self.worker.drain()

    async def states(self, release: str = "R-1") -> dict[str, str]:
        """Occasion@place -> state, of its posts."""
        return {f"{a.occasion}@{a.place}": a.state for a in await self.store.announcements(release)}

    async def post_of(self, occasion: str, place: str | None = None, release: str = "R-1") -> Announcement:
        """The one post of that occasion."""
        found = [
            a
            for a in await self.store.announcements(release)
            if a.occasion == occasion and (place is None or a.place == place)
        ]
        assert len(found) == 1, found
        return found[0]

    async def receipts(self, release: str = "R-1") -> list[LedgerRow]:
        """What the ledger says of its posts."""
        return [row for row in await self.store.ledger(f"release:{release}") if row.what == "receipt"]


async def until(what: Callable[[], object], within_s: float = 20.0) -> None:
    """Wait until it is true."""
    for _ in range(int(within_s / 0.01)):
        if what():
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"not within {within_s} s")


RELEASE = Release(
    id="R-1",
    service="payments",
    environment="production",
    version="2.4.1",
    phase=Phase.PLANNED,
    requested_by="ana",
    owner="ana",
    home=HOME,
    created_at=NOW,
    time_zone="Europe/Berlin",
    start_at=START,
    strategy="canary",
    steps=(10, 50, 100),
)
STAKEHOLDERS = Place("sandbox", "#releases")


def mark(name: str, place: Place = HOME, revision: int = 1, audience: str = "team", release: str = "R-1") -> Post:
    """The post of that mark."""
    due = START + MARKS[name]
    return Post(
        key=keys.post(release, revision, name, 1, audience, place),
        release=release,
        occasion=name,
        audience=audience,
        place=place,
        due_at=due,
        card="mark",
        useful_until=due + GRACE[name],
        params={"mark": name, "audience": audience, "passed": ""},
        schedule_revision=revision,
    )


def said(
    occasion: str,
    card: str,
    place: Place = HOME,
    *,
    params: Mapping[str, str] | None = None,
    due_at: datetime = NOW,
    parent: str | None = None,
) -> Post:
    """A post that is due now and does not belong to the schedule."""
    key = keys.card("R-1", place) if occasion == "CARD" else keys.post("R-1", 0, occasion, 1, "team", place)
    return Post(key, "R-1", occasion, "team", place, due_at, card, params=params or {}, parent=parent)
