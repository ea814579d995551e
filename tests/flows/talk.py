"""People who talk to a runner that has the real service and a real database behind it."""

from collections.abc import Mapping
from datetime import datetime

from bot.catalog.ics import write_ics
from bot.domain.commands import AskNext, RecordObservations
from bot.domain.people import SYSTEM, Actor, Place
from bot.domain.release import Phase, Release
from bot.freezing import FreezeService
from bot.messages.heard import Answer, Asked, Filled, Heard, Pressed, Said, Say
from bot.messages.tokens import Token
from bot.ordering import OrderService
from bot.outbox.receipts import entry
from bot.ports import CatalogReader, Completion, Row
from bot.seeing import Seeing
from bot.service import ReleaseService
from bot.store import Database
from flows.runner import Runner
from tests import world
from tests.flows.given import CATALOG

RUNBOOK = "https://git.acme.example/runbooks/payments-rollback.md"
HOME = Place("sandbox", "#payments")


def as_posted(row: Row) -> Completion:
    """The row as it is once it was posted, with its receipt, as the worker writes it; its message is called as its key."""
    receipt = entry(row, "sent", row.due_at, message_id=row.key)
    return Completion(row, "sent", message_id=row.key, sent_at=row.due_at, shown_rev=row.wanted_rev, entry=receipt)


class Now:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = world.NOW

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0

    def real(self) -> datetime:
        return self.at


class OpenRooms:
    """A company without private places, but those that it was told of: place -> who is in it."""

    def __init__(self, closed: Mapping[str, frozenset[str]] | None = None) -> None:
        self.closed = dict(closed or {})

    async def private(self, place: Place) -> bool:
        return place.id in self.closed

    async def inside(self, place: Place, person: str) -> bool:
        return person in self.closed.get(place.id, frozenset())


def seeing(catalog: CatalogReader, rooms: OpenRooms | None = None) -> Seeing:
    made = Seeing(catalog)
    made.join("sandbox", rooms or OpenRooms())
    return made


class Talk:
    """People who talk to a runner."""

    def __init__(self, store: Database, rooms: OpenRooms | None = None) -> None:
        self.rooms = rooms or OpenRooms()
        self.store = store
        self.clock = Now()
        self.service = ReleaseService(store, store, lambda: CATALOG, self.clock)
        self.freezing = FreezeService(store, lambda: CATALOG, self.clock, write_ics)
        self.seeing = seeing(lambda: CATALOG, self.rooms)
        self.ordering = OrderService(store, lambda: CATALOG, self.clock, self.seeing)
        self.runner = Runner(
            self.service, self.freezing, store, lambda: CATALOG, self.clock, self.seeing, self.ordering
        )
        self.count = 0

    def keeping(self) -> Runner:
        """One that keeps the answers to who only looked, too."""
        rest = (lambda: CATALOG, self.clock, self.seeing, self.ordering, self.store)
        return Runner(self.service, self.freezing, self.store, *rest)

    def forget_rooms(self) -> None:
        """No platform tells who is where."""
        alone = Seeing(lambda: CATALOG)
        self.runner = Runner(self.service, self.freezing, self.store, lambda: CATALOG, self.clock, alone, self.ordering)

    async def hear(self, heard: Heard) -> Answer:
        return await self.runner.hear(heard)

    def who(self, who: str, place: Place) -> tuple[Actor, Place, str, datetime]:
        self.count += 1
        return world.actor(who), place, f"r{self.count}", self.clock.now()

    async def ask(self, who: str, text: str, place: Place = HOME, thread: str | None = None) -> Answer:
        verb, _, words = text.partition(" ")
        return await self.hear(Asked(*self.who(who, place), thread, verb=verb, words=words))

    async def say(self, who: str, text: str, thread: str | None = None) -> Answer:
        return await self.hear(Said(*self.who(who, HOME), thread, text=text))

    async def press(self, who: str, token: Token | str) -> Answer:
        packed = token if isinstance(token, str) else token.pack()
        return await self.hear(Pressed(*self.who(who, HOME), token=packed))

    async def fill(self, who: str, token: str, values: dict[str, str]) -> Answer:
        return await self.hear(Filled(*self.who(who, HOME), token=token, values=values))

    async def release(self, release: str = "R-1") -> Release:
        loaded = await self.store.release(release)
        assert loaded is not None
        return loaded.release

    async def sources(self, release: str = "R-1") -> None:
        """All sources answer as on a good day, and the first question is asked."""
        good = world.good_observations(self.clock.now())
        keys = (await self.release(release)).gathers
        for n, key in enumerate(keys):
            observed = RecordObservations(SYSTEM, key, "demo", good if n == 0 else ())
            await self.service.handle(release, observed, f"{key}-answered")
        await self.service.handle(release, AskNext(SYSTEM), f"{release}-next-{self.count}")

    async def delivered(self) -> None:
        """Everything that is due is posted; the id of each message is its row's key."""
        for _ in range(20):
            rows = await self.store.claim(50, self.clock.now(), self.clock.real(), 20, "test")
            sent = [as_posted(row) for row in rows]
            if not rows or not await self.store.complete(sent):
                return

    async def root(self, release: str) -> str:
        """The message under which the thread of a release hangs."""
        posts = await self.store.announcements(release)
        return next(p.message for p in posts if p.occasion == "CARD" and p.message)

    async def planned(self) -> None:
        """R-1, with everything but consents."""
        await self.ask(
            "ana", f"plan payments 2.4.1 at 15:00 canary 10%, rollback tested on 2026-11-03 {RUNBOOK} redeploy 10 min"
        )
        await self.sources()
        assert (await self.release()).phase is Phase.PLANNED


def text(answer: Answer) -> str:
    assert isinstance(answer, Say), answer
    return f"{answer.message.text} {answer.message.blocks}"
