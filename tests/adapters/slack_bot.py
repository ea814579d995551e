"""The whole bot on Slack in one process: real rooms, store and outbox on a simulated clock, demo sources, the real adapter."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.evidence.demo import demo_sources
from adapters.evidence.demo_file import DemoFile
from adapters.http.platform import Given
from adapters.http.server import Server, application
from adapters.slack.app import SlackPlatform
from adapters.slack.options import SlackOptions
from bot.app.house import DEFAULT_POLICY, DEFAULT_RUBRIC, DEMO_CATALOGUE, outbox_parts, rooms
from bot.app.opening import LOOK_EVERY_S
from bot.catalog.file import CatalogFile
from bot.catalog.linking import RosterLinker
from bot.clock import SimulatedClock, machine_time
from bot.outbox import Outbox
from bot.store import Database, open_store
from bot.store.notebook import StoredNotebook
from bot.timekeeper import Timekeeper
from tests.sqlite import fresh_sqlite_url

PEOPLE = ("ana", "kai", "lena", "mia", "priya", "quinn")
CHANNELS = {"C01PAY": "payments", "C02REL": "releases"}


@dataclass
class Bot:
    """It, and its clock."""

    platform: SlackPlatform
    store: Database
    time: Timekeeper
    clock: SimulatedClock
    port: int

    async def settled(self) -> None:
        """What was heard is answered, and what is due has gone out."""
        await self.platform._tasks.finish(5)
        await self.time.settle()


def account(person: str) -> str:
    """`ana` is U01ANA."""
    return f"U01{person.upper()}"


def catalogue(folder: Path) -> Path:
    """The demo's, with its first service in two channels of Slack."""
    text = DEMO_CATALOGUE.read_text()
    for channel, name in CHANNELS.items():
        text = text.replace(f"sandbox:#{name}", f"slack:{channel}")
    file = folder / "catalogue.yaml"
    file.write_text(text)
    return file


@asynccontextmanager
async def slack_bot(
    folder: Path, options: SlackOptions, port: int = 0, url: str = "", *, keep_looks: bool = False
) -> AsyncIterator[Bot]:
    """Running; persons are linked by their e-mail. `url`: of a migrated database; none: a fresh SQLite file."""
    file = CatalogFile(catalogue(folder), machine_time, DEFAULT_POLICY, DEFAULT_RUBRIC, look_every_s=LOOK_EVERY_S)
    start = datetime.combine(machine_time().date(), datetime.min.time(), UTC).replace(hour=9)
    clock = SimulatedClock(start)
    async with open_store(url or fresh_sqlite_url(folder)) as store:
        house = rooms(store, file, clock, keep_looks=keep_looks)

        async def problems() -> tuple[str, ...]:
            return ()

        given = Given(
            hear=house.runner.hear,
            linker=RosterLinker(file, ("acme.example", "demo.example")),
            catalog=file,
            clock=clock,
            notebook=StoredNotebook(store),
            reads=store,
            view=house.service.view,
            views=house.service.views,
            seen=house.seeing.views,
            first=house.first_to_answer,
            problems=problems,
            public_url=f"http://127.0.0.1:{port}",
        )
        platform = SlackPlatform(options, given)
        house.seeing.join(platform.name, platform.rooms)
        sources = demo_sources(DemoFile(folder / "demo.json", tuple(file().services)), file)
        outbox = Outbox(outbox_parts(house, [platform.chat], sources, rate=lambda: 0.0), "test")

        async def keep(_: datetime) -> None:
            """The clock lives as long as the test."""

        time = Timekeeper(clock, store, outbox.drain, keep, outbox.returned)
        app = application()
        platform.routes(app)
        await platform.start()
        server = Server(app, port)
        try:
            yield Bot(platform, store, time, clock, await server.start())
        finally:
            await server.stop()
            await platform.stop()
