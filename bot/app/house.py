"""What every way to run the bot is joined from: the rooms that decide and talk, the outbox, and the work that goes on beside.

sandbox.py and serve.py differ in platform, clock and sources; all else of them is here.
"""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from bot.app.bulletins import Bulletins
from bot.clock import SimulatedClock, SystemClock
from bot.domain.commands import Hold
from bot.domain.facts import Window
from bot.domain.people import SYSTEM, Place
from bot.domain.release import Phase
from bot.freezing import FreezeService
from bot.messages.cards.index import render
from bot.messages.effects import Effect
from bot.messages.view import View
from bot.messages.words import say
from bot.ordering import OrderService
from bot.outbox import Outbox, Parts, Settings
from bot.ports import CatalogReader, Chat, EvidenceSource
from bot.scheduler import AlarmClock
from bot.seeing import Seeing
from bot.service import ReleaseService
from bot.store import Database
from bot.store.restore import is_behind, look_first, number_past, outside_of, set_aside
from bot.store.seals import last_seal_of, seal
from flows import skip_requests, vague
from flows.runner import Runner

log = logging.getLogger(__name__)

BETWEEN_PATTERNS_S = 0.01
"""Whoever speaks meanwhile goes first."""

ROOT = Path(__file__).resolve().parents[2]
DEMO_CATALOGUE = ROOT / "deploy" / "catalogue" / "demo.yaml"
DEFAULT_POLICY = ROOT / "deploy" / "policy" / "default.yaml"
DEFAULT_RUBRIC = ROOT / "deploy" / "policy" / "rubric.yaml"
HEARTBEAT_S = 30.0

MARKED_SANDBOX = "sandbox"
MARKED_SERVED = "served"
"""Named values by which a database is known: a rehearsal's, or one that a company works with."""

BotClock = SimulatedClock | SystemClock


@dataclass(frozen=True, slots=True)
class Rooms:
    """What decides and what talks, over one database."""

    store: Database
    catalog: CatalogReader
    clock: BotClock
    service: ReleaseService
    freezing: FreezeService
    runner: Runner
    seeing: Seeing
    ordering: OrderService

    async def first_to_answer(self, receipt: str) -> bool:
        """See ports.Store."""
        return await self.store.first_to_answer(receipt, self.clock.now())


def rooms(store: Database, catalog: CatalogReader, clock: BotClock, *, keep_looks: bool = False) -> Rooms:
    """Join them. `keep_looks`: also an answer to who only looked is committed before it is given."""
    service = ReleaseService(store, store, catalog, clock)
    freezing = FreezeService(store, catalog, clock, _as_calendar)
    seeing = Seeing(catalog)
    ordering = OrderService(store, catalog, clock, seeing)
    runner = Runner(service, freezing, store, catalog, clock, seeing, ordering, store if keep_looks else None)
    return Rooms(store, catalog, clock, service, freezing, runner, seeing, ordering)


def _as_calendar(windows: Sequence[Window], now: datetime) -> str:
    from bot.catalog.ics import write_ics  # noqa: PLC0415 - the library of calendars is large, and few ever want a file

    return write_ics(windows, now)


def outbox_parts(
    house: Rooms,
    chats: Sequence[Chat],
    sources: Mapping[str, EvidenceSource],
    rate: Callable[[], float] = lambda: 1.0,
    settings: Settings | None = None,
) -> Parts:
    """The world of the worker. `rate`: civil seconds for each real one."""
    store, service, clock = house.store, house.service, house.clock

    async def view(release: str, place: Place) -> View | None:
        return await service.view(release, place)

    async def enqueue(effects: Sequence[Effect]) -> None:
        async with store.unit() as unit:
            await unit.enqueue(effects, clock.now())

    return Parts(
        store=store,
        reads=store,
        memory=store,
        handle=service.handle,
        view=view,
        views=service.views,
        subject=service.subject,
        render=render,
        enqueue=enqueue,
        clock=clock,
        chats={chat.platform: chat for chat in chats},
        sources=sources,
        rate=rate,
        settings=settings or Settings(),
        bulletin=Bulletins(store, house.catalog, clock, service, house.seeing),
        hears=house.seeing.hears,
    )


class Sealer:
    """Signs what moved in the ledger; each seal is also written to a file outside the database (A2)."""

    def __init__(self, house: Rooms, key: bytes, file: Path) -> None:
        self._house = house
        self._key = key
        self._file = file

    async def __call__(self) -> None:
        """Once; nothing where nothing moved."""
        made = await seal(self._house.store, self._key, self._house.clock.now())
        if made is not None:
            with self._file.open("a", encoding="utf-8") as out:
                out.write(made.line() + "\n")

    async def after_restore(self) -> None:
        """Before the outbox works: a database that is older than its seals forgot what was posted and decided since (T2, G26)."""
        outside = last_seal_of(self._file)
        if outside is not None and await is_behind(self._house.store, outside):
            rows = await look_first(self._house.store, self._house.clock.now())
            log.warning(
                "the database is older than its seals: restored from a backup? %d due posts are looked for first", rows
            )
            await self._hold_cleared(outside.number)
            known = await outside_of(self._house.store, self._file.read_text("utf-8", "replace").splitlines())
            await number_past(self._house.store, known.lost)
            try:
                log.warning("the seals of before the restore are kept in %s", set_aside(self._file, known.confirmed))
            except OSError:
                log.exception(
                    "the seals of before the restore stay in %s, and the audit compares with them", self._file
                )

    async def _hold_cleared(self, seal_number: int) -> None:
        """A GO that was taken back since the backup stands in it as given: whoever decides says once more that it goes on."""
        for release in await self._house.store.releases():
            if release.phase is Phase.CLEARED:
                hold = Hold(SYSTEM, say("serve.restored"))
                await self._house.service.handle(release.id, hold, f"restored:{seal_number}:{release.id}")


@asynccontextmanager
async def worker(house: Rooms, outbox: Outbox, alarm: AlarmClock) -> AsyncIterator[None]:
    """The outbox at work with the machine's time. At the end: claim no more, finish what is being sent, give leases back."""
    house.service.alarm = house.freezing.alarm = house.ordering.alarm = alarm
    work = asyncio.get_running_loop().create_task(outbox.run(alarm), name="outbox")
    try:
        yield
    finally:
        await outbox.stop()
        await work


@asynccontextmanager
async def warmed() -> AsyncIterator[None]:
    """The patterns of free words are made beside the start, one at a time: nobody waits for them."""
    making = asyncio.get_running_loop().create_task(_patterns(), name="patterns")
    try:
        yield
    finally:
        making.cancel()
        await asyncio.gather(making, return_exceptions=True)


async def _patterns() -> None:
    for _ in chain(skip_requests.patterns(), vague.patterns()):
        await asyncio.sleep(BETWEEN_PATTERNS_S)


def spare_the_collector() -> None:
    """What a started process holds lives as long as it does: Python's collector looks at it once more, and then leaves it out.

    Its full rounds stop every answer that is under way, and most of what they look at are modules.
    """
    gc.collect()
    gc.freeze()
