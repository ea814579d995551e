"""The sandbox, joined: the whole bot in one process, with the browser chat as its platform."""

import asyncio
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime

from adapters.evidence.demo_file import DemoFile
from adapters.http.server import Server
from adapters.sandbox.app import Book, SandboxChat, SandboxDirectory, SandboxParts, sandbox_application
from adapters.slack.render import payload as as_slack
from adapters.teams.render import card as as_teams
from adapters.web.go import GoPages
from adapters.web.releases import ReleasePages
from adapters.web.unsigned import Unsigned
from bot.app.completing import completions
from bot.app.drills.director import Director
from bot.app.drills.guide import marked
from bot.app.drills.stage import STAKEHOLDERS, TEAM, Stage
from bot.app.drills.theatre import Theatre
from bot.app.house import (
    DEFAULT_POLICY,
    DEFAULT_RUBRIC,
    DEMO_CATALOGUE,
    HEARTBEAT_S,
    MARKED_SANDBOX,
    MARKED_SERVED,
    Rooms,
    Sealer,
    outbox_parts,
    rooms,
    warmed,
    worker,
)
from bot.app.looking import Looking
from bot.app.options import SandboxOptions, go_token, prepare, sealing_key
from bot.app.running import rehearsal
from bot.app.shown import shown_to
from bot.catalog.file import CatalogFile
from bot.clock import SimulatedClock, SystemClock, machine_time
from bot.domain.errors import BadFile
from bot.health import Health, check
from bot.messages.cards.index import render
from bot.messages.heard import Answer, Heard
from bot.messages.words import say
from bot.outbox import Outbox
from bot.scheduler import AlarmClock, Tick
from bot.store import Database, open_store
from bot.store.migrate import current, upgrade
from bot.timekeeper import MachineTime, Timekeeper
from flows.index import VERBS
from flows.secrets_seen import redact

log = logging.getLogger(__name__)

SEAL_EVERY_S = 5.0
SETTLE_S = 2.0
"""With the system clock an answer waits that long for what follows from it; the rest comes when it comes."""
LOOK_S = 0.05
OWNER = "sandbox"
"""The name of the one process that drains a simulated sandbox: after a crash it takes its own leases back at once."""

CLOCK = "simulated_now"
FIRST_DAY = "catalogue_day"
"""From when `…_days_ago` of the catalogue count back: the first start, so that a restart shifts no date of the evidence."""


@dataclass(slots=True)
class Sandbox:
    """A running sandbox. `port` is where it listens."""

    store: Database
    house: Rooms
    outbox: Outbox
    clock: SimulatedClock | SystemClock
    time: Timekeeper | MachineTime
    port: int = 0
    alarm: AlarmClock | None = None

    async def health(self) -> Health:
        """How it is now."""
        return await check(self.house.store, self.clock, lambda: self.alarm is not None and self.alarm.alive)


async def run_sandbox(options: SandboxOptions) -> None:
    """Serve until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    async with sandbox(options) as running:
        note = "(Ctrl+C stops it; it goes on where it was)"
        print(f"T-Minus sandbox: http://127.0.0.1:{running.port}  {note}", flush=True)  # noqa: T201 - the command's answer
        await stop.wait()


@asynccontextmanager
async def sandbox(options: SandboxOptions) -> AsyncIterator[Sandbox]:
    """The whole bot in one process. Raises BadFile, SecondProcess."""
    prepare(options)
    await _not_served(options.url)
    await upgrade(options.url)
    store = open_store(options.url, database_time=not options.simulated)
    book = Book(options.data / "messages.sqlite")
    try:
        await store.set_meta(MARKED_SANDBOX, "yes")
        async with Looking(options.evidence) as looking, _joined(options, store, book, looking) as running:
            yield running
    finally:
        await book.close()
        await store.close()


async def _not_served(url: str) -> None:
    """A rehearsal never touches a database that a company works with. Raises BadFile."""
    if await current(url) is None:
        return
    async with open_store(url) as store:
        served = await store.get_meta(MARKED_SERVED)
    if served:
        msg = "this database belongs to a bot that serves a company; give the sandbox one of its own (--database or --data)"
        raise BadFile(msg)


@asynccontextmanager
async def _joined(options: SandboxOptions, store: Database, book: Book, looking: Looking) -> AsyncIterator[Sandbox]:
    clock = await _clock(options, store)
    first = await _first_day(store, clock.now())
    own = CatalogFile(
        options.catalogue or DEMO_CATALOGUE,
        lambda: first,
        options.policy or DEFAULT_POLICY,
        options.rubric or DEFAULT_RUBRIC,
        looking.owners,
    )
    catalog = Stage(own, first)
    directory = SandboxDirectory(catalog, (TEAM, STAKEHOLDERS) if options.simulated else ())
    house = rooms(store, catalog, clock)
    demo = DemoFile(options.data / "demo.json", tuple(catalog().services))
    rate = 0.0 if options.simulated else 1.0
    chat = SandboxChat(book, directory, clock.now)
    house.seeing.join(chat.platform, directory)
    sources = {**options.sources(demo, catalog), **looking.sources(catalog)}
    parts = outbox_parts(house, [chat], sources, lambda: rate)
    parts = replace(parts, render=lambda card, view: marked(render(card, view), view, catalog))
    outbox = Outbox(parts, OWNER if options.simulated else secrets.token_hex(8))
    time: Timekeeper | MachineTime
    if isinstance(clock, SimulatedClock):
        time = Timekeeper(clock, store, outbox.drain, _keeper(store, outbox), outbox.returned)
    else:
        time = MachineTime(clock.now)
    running = Sandbox(store, house, outbox, clock, time)

    async def hear(heard: Heard) -> Answer:
        return await director.hear(heard)

    async def settle() -> None:
        await director.settle()

    web = SandboxParts(
        hear=hear,
        settle=settle,
        clock=time,
        book=book,
        directory=directory,
        releases=ReleasePages(store, house.service),
        demo=demo,
        verbs=[(v.typed, say(f"help.about.{v.name}")) for v in VERBS.values()],
        redact=lambda text: redact(text).text,
        words=lambda: completions(catalog),
        renderers={
            "slack": lambda message: as_slack(message, name=catalog().roster.name),
            "teams": lambda message: as_teams(message, account=lambda who: ("", catalog().roster.name(who))),
        },
        seen=shown_to(house),
    )
    house.runner.problems = lambda: _problems(running)
    house.runner.examine = rehearsal(house, chat.platform, running.health)
    director = Director(Theatre(house.runner.hear, _settle(running), store, store, time, catalog, demo), web)
    await director.open()
    app = sandbox_application(replace(web, drills=director))
    GoPages(Unsigned(), go_token(options.data), store, house.service).routes(app)
    server = Server(app, options.port)
    async with _at_work(running, options), _playing(director):
        running.port = await server.start()
        try:
            async with warmed():
                yield running
        finally:
            await server.stop()


async def _problems(running: Sandbox) -> Sequence[str]:
    return (await running.health()).problems


@asynccontextmanager
async def _playing(director: Director) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await director.close()


@asynccontextmanager
async def _at_work(running: Sandbox, options: SandboxOptions) -> AsyncIterator[None]:
    """The worker, the alarm clock and the sealer. With simulated time the timekeeper drains; else the worker runs."""
    sealing = Sealer(running.house, sealing_key(options.data), options.data / "seals.jsonl")
    ticks = [Tick("seal", SEAL_EVERY_S, sealing), Tick("tidy", options.tidy_every_s, running.outbox.tidy)]
    if not options.simulated:
        ticks.append(Tick("heartbeat", HEARTBEAT_S, running.outbox.beat))
    alarm = AlarmClock(running.outbox.ring, ticks)
    running.alarm = alarm
    await sealing.after_restore()
    alarm.start()
    try:
        if isinstance(running.time, Timekeeper):
            async with _drained(running.outbox, running.time):
                yield
        else:
            async with worker(running.house, running.outbox, alarm):
                yield
    finally:
        await alarm.stop()
        await sealing()


@asynccontextmanager
async def _drained(outbox: Outbox, time: Timekeeper) -> AsyncIterator[None]:
    await outbox.recover()
    await outbox.come_back()
    sweep = asyncio.get_running_loop().create_task(_sweep(time), name="sweep")
    try:
        yield
    finally:
        await time.stop()
        sweep.cancel()
        with suppress(asyncio.CancelledError):
            await sweep


async def _sweep(time: Timekeeper) -> None:
    """What waits for real time (Retry-After, a lease that has to run out) is looked at again, though nobody calls."""
    while True:
        await asyncio.sleep(2)
        try:
            await time.settle()
        except Exception:
            log.exception("a sweep failed; the next one comes")


def _settle(running: Sandbox) -> Callable[[], Awaitable[None]]:
    async def settle() -> None:
        if isinstance(running.time, Timekeeper):
            await running.time.settle()
        else:
            await _worked_off(running)

    return settle


async def _worked_off(running: Sandbox) -> None:
    """Until the worker has done what is due, or for a moment: a source that hangs never keeps the person who spoke."""
    running.outbox.ring()
    for _ in range(int(SETTLE_S / LOOK_S)):
        wake = (await running.store.next_wake()).civil
        if wake is None or wake > running.clock.now():
            return
        await asyncio.sleep(LOOK_S)


async def _clock(options: SandboxOptions, store: Database) -> SimulatedClock | SystemClock:
    """Simulated time is stored, stands still unless advanced, and goes on after a restart (decision 12)."""
    if not options.simulated:
        return SystemClock()
    kept = await store.get_meta(CLOCK)
    start = datetime.fromisoformat(kept) if kept else machine_time().replace(microsecond=0)
    if kept is None:
        await store.set_meta(CLOCK, start.isoformat())
    return SimulatedClock(start)


async def _first_day(store: Database, now: datetime) -> datetime:
    kept = await store.get_meta(FIRST_DAY)
    if kept is None:
        await store.set_meta(FIRST_DAY, now.isoformat())
    return datetime.fromisoformat(kept) if kept else now


def _keeper(store: Database, outbox: Outbox) -> Callable[[datetime], Awaitable[None]]:
    async def keep(now: datetime) -> None:
        await store.set_meta(CLOCK, now.isoformat())
        await outbox.beat()

    return keep
