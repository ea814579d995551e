"""The whole bot in one process, on Teams and if wanted on other platforms: real rooms, store and outbox, a simulated clock."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.evidence.demo import demo_sources
from adapters.evidence.demo_file import DemoFile
from adapters.http.platform import Given, Platform
from adapters.http.server import Server, application
from adapters.teams.app import TeamsPlatform
from adapters.teams.options import TeamsOptions
from bot.app.house import DEFAULT_POLICY, DEFAULT_RUBRIC, DEMO_CATALOGUE, Rooms, outbox_parts, rooms
from bot.catalog.file import CatalogFile
from bot.catalog.linking import RosterLinker
from bot.clock import SimulatedClock, machine_time
from bot.outbox import Outbox
from bot.store import open_store
from bot.store.notebook import StoredNotebook
from bot.timekeeper import Timekeeper
from tests.sqlite import fresh_sqlite_url

PEOPLE = ("ana", "kai", "lena", "mia", "priya", "quinn")


@dataclass
class Bot:
    """It, and its clock."""

    teams: TeamsPlatform
    house: Rooms
    time: Timekeeper
    base: str

    async def settled(self) -> None:
        """What was heard is answered, and what is due has gone out."""
        await self.teams._tasks.finish(5)
        await self.time.settle()


def directory_id(person: str) -> str:
    return f"00000000-0000-0000-0000-{PEOPLE.index(person) + 1:012d}"


def catalogue(folder: Path, places: Mapping[str, str]) -> Path:
    """The demo's; its people have Entra object ids, and channels stand where `places` says ("#payments" -> "teams:…")."""
    text = DEMO_CATALOGUE.read_text()
    for person in PEOPLE:
        mine = f'direct: {{sandbox: "@{person}"}}'
        text = text.replace(mine, f"directory_id: {directory_id(person)}, direct: {{teams: {directory_id(person)}}}")
    for name, place in places.items():
        text = text.replace(f'"sandbox:{name}"', f'"{place}"')
    file = folder / "catalogue.yaml"
    file.write_text(text)
    return file


@asynccontextmanager
async def teams_bot(
    folder: Path,
    options: TeamsOptions,
    places: Mapping[str, str],
    others: tuple[Callable[[Given], Platform], ...] = (),
    url: str = "",
) -> AsyncIterator[Bot]:
    """Running; `others`: further platforms of the same bot; `url`: its database, else a fresh SQLite file."""
    file = CatalogFile(catalogue(folder, places), machine_time, DEFAULT_POLICY, DEFAULT_RUBRIC)
    clock = SimulatedClock(datetime.combine(machine_time().date(), datetime.min.time(), UTC).replace(hour=9))
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(url or fresh_sqlite_url(folder)))
        house = rooms(store, file, clock)

        async def problems() -> tuple[str, ...]:
            return ()

        given = Given(
            hear=house.runner.hear,
            linker=RosterLinker(file, ("acme.example",)),
            catalog=file,
            clock=clock,
            notebook=StoredNotebook(store),
            reads=store,
            view=house.service.view,
            views=house.service.views,
            seen=house.seeing.views,
            first=house.first_to_answer,
            problems=problems,
        )
        teams = TeamsPlatform(options, given)
        platforms: tuple[Platform, ...] = (teams, *(make(given) for make in others))
        for platform in platforms:
            house.seeing.join(platform.name, platform.rooms)
        sources = demo_sources(DemoFile(folder / "demo.json", tuple(file().services)), file)
        outbox = Outbox(outbox_parts(house, [p.chat for p in platforms], sources, rate=lambda: 0.0), "test")

        async def keep(_: datetime) -> None:
            """The clock lives as long as the test."""

        app = application()
        for platform in platforms:
            platform.routes(app)
            await platform.start()
            stack.push_async_callback(platform.stop)
        server = Server(app, 0)
        port = await server.start()
        stack.push_async_callback(server.stop)
        time = Timekeeper(clock, store, outbox.drain, keep, outbox.returned)
        yield Bot(teams, house, time, f"http://127.0.0.1:{port}")
