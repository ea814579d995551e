"""`python -m bot serve`: the bot of a company, joined from its settings, until SIGTERM.

Any number may serve one PostgreSQL side by side; a SQLite file serves one process.
"""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace

from adapters.http.health import State, add_health
from adapters.http.platform import Given, Platform
from adapters.http.server import Server, application
from adapters.web.go import GoPages
from bot.app import platforms
from bot.app.house import (
    HEARTBEAT_S,
    MARKED_SANDBOX,
    MARKED_SERVED,
    Rooms,
    Sealer,
    outbox_parts,
    rooms,
    spare_the_collector,
    warmed,
    worker,
)
from bot.app.looking import Looking
from bot.app.opening import catalogue_of, check_folders, key_of, opened, signer_of
from bot.app.patience import Patience, alone
from bot.app.running import examination
from bot.catalog.groups import GroupMembers, WithGroups
from bot.catalog.linking import RosterLinker
from bot.clock import SystemClock
from bot.health import Health, check
from bot.messages.words import say
from bot.outbox import Outbox
from bot.outbox import Settings as OutboxSettings
from bot.ports import EvidenceSource
from bot.scheduler import AlarmClock, Tick, jump_watch
from bot.settings import BadSettings, Settings
from bot.store.move import is_moved
from bot.store.notebook import StoredNotebook

log = logging.getLogger(__name__)

TIDY_S = 3600.0

Factory = Callable[[Settings, Given], Platform | None]
"""Makes a platform from the settings; None where its settings are not there."""

FACTORIES: tuple[Factory, ...] = (platforms.slack, platforms.teams)
"""The platforms that the bot knows."""


@dataclass(slots=True)
class Served:
    """A running bot. `port`: where it listens. `stopping`: it takes no more work."""

    house: Rooms
    outbox: Outbox
    platforms: tuple[Platform, ...]
    alarm: AlarmClock
    port: int = 0
    stopping: bool = False

    async def health(self) -> Health:
        """How it is now."""
        return await check(
            self.house.store,
            self.house.clock,
            lambda: self.alarm.alive,
            lambda: self.outbox.writable,
            deaf=[platform.deaf for platform in self.platforms],
        )

    async def state(self) -> State:
        """Whether it does its work, for an orchestrator."""
        health = await self.health()
        told = tuple(f"{one.sentence} {one.remedy}" for one in health.deaf)
        return State(health.ready and not self.stopping, health.problems, told)


async def run_serve(settings: Settings, factories: Sequence[Factory] = FACTORIES) -> None:
    """Serve until SIGINT or SIGTERM. Raises BadFile (BadSettings, BadCatalogue), SecondProcess."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    async with serving(settings, factories) as served:
        names = ", ".join(p.name for p in served.platforms)
        print(say("serve.ready", {"host": settings.host, "port": str(served.port), "platforms": names}), flush=True)  # noqa: T201 - the command's answer
        spare_the_collector()
        await stop.wait()
        log.info("stopping: what is being done is finished, the rest is given back")
        served.stopping = True


@asynccontextmanager
async def serving(settings: Settings, factories: Sequence[Factory] = FACTORIES) -> AsyncIterator[Served]:
    """The whole bot. Raises BadFile, SecondProcess."""
    if settings.clock != "system":
        raise BadSettings(say("serve.simulated"))
    check_folders(settings)
    signer_of(settings)
    looking = Looking(settings.sources)
    catalog = catalogue_of(settings, looking.owners)
    async with looking, opened(settings) as store:
        if await store.get_meta(MARKED_SANDBOX):
            raise BadSettings(say("serve.sandbox"))
        if await is_moved(store):
            raise BadSettings(say("serve.moved"))
        groups = GroupMembers(catalog)
        house = rooms(store, WithGroups(catalog, groups), SystemClock(), keep_looks=settings.receipts == "all")
        async with _joined(settings, house, looking, factories, groups) as served:
            yield served


@asynccontextmanager
async def _joined(
    settings: Settings, house: Rooms, looking: Looking, factories: Sequence[Factory], groups: GroupMembers
) -> AsyncIterator[Served]:
    patience = Patience(house.runner.hear)
    running: list[Served] = []

    async def problems() -> Sequence[str]:
        return (await running[0].health()).problems if running else ()

    platforms = _platforms(settings, given_of(settings, house, patience, problems, groups), factories)
    for platform in platforms:
        house.seeing.join(platform.name, platform.rooms)
    patience.late = alone([p.chat for p in platforms], house.catalog)
    sealing = Sealer(house, key_of(settings), settings.seals)
    outbox = _outbox(settings, house, platforms, looking.sources(house.catalog))
    ticks = [
        Tick("seal", settings.seal_seconds, sealing),
        Tick("tidy", TIDY_S, outbox.tidy),
        Tick("heartbeat", HEARTBEAT_S, outbox.beat),
        Tick("clock", settings.sweep_seconds, jump_watch(house.clock.jump, outbox.ring)),
    ]
    served = Served(house, outbox, platforms, AlarmClock(outbox.ring, ticks, settings.sweep_seconds))
    running.append(served)
    house.runner.problems = problems
    house.runner.examine = examination(settings, house, platforms, looking, served.health)
    async with _at_work(settings, served, patience, sealing):
        await house.store.set_meta(MARKED_SERVED, "yes")
        telling = asyncio.get_running_loop().create_task(looking.tell(house.catalog), name="rights")
        try:
            yield served
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)


@asynccontextmanager
async def _at_work(settings: Settings, served: Served, patience: Patience, sealing: Sealer) -> AsyncIterator[None]:
    """What is entered last ends first: the doors close, what was heard is committed, what is being sent is finished, seals."""
    app = application()
    add_health(app, lambda: served.alarm.alive, served.state)
    signer = signer_of(settings)
    if signer is not None and settings.go_token is not None:
        token = settings.go_token.get_secret_value()
        GoPages(signer, token, served.house.store, served.house.service).routes(app)
    for platform in served.platforms:
        platform.routes(app)
    async with AsyncExitStack() as stack:
        await sealing.after_restore()
        stack.push_async_callback(sealing)
        served.alarm.start()
        stack.push_async_callback(served.alarm.stop)
        for platform in served.platforms:
            stack.push_async_callback(platform.stop)
            await platform.start()
        await stack.enter_async_context(worker(served.house, served.outbox, served.alarm))
        stack.push_async_callback(patience.finish)
        await stack.enter_async_context(warmed())
        server = Server(app, settings.port, settings.host)
        stack.push_async_callback(server.stop)
        served.port = await _listening(server, settings)
        yield


async def _listening(server: Server, settings: Settings) -> int:
    try:
        return await server.start()
    except OSError as error:
        values = {"host": settings.host, "port": str(settings.port), "why": error.strerror or type(error).__name__}
        raise BadSettings(say("serve.no_port", values)) from error


def _platforms(settings: Settings, given: Given, factories: Sequence[Factory]) -> tuple[Platform, ...]:
    found = tuple(platform for make in factories if (platform := make(settings, given)) is not None)
    if not found:
        raise BadSettings(say("serve.no_platform"))
    for platform in found:
        if sum(other.name == platform.name for other in found) > 1:
            raise BadSettings(say("serve.twice", {"name": platform.name}))
    return found


def given_of(
    settings: Settings,
    house: Rooms,
    patience: Patience,
    problems: Callable[[], Awaitable[Sequence[str]]],
    groups: GroupMembers | None = None,
) -> Given:
    """What a platform is given."""
    return Given(
        hear=patience.hear,
        linker=RosterLinker(house.catalog, settings.email_domains),
        catalog=house.catalog,
        clock=house.clock,
        notebook=StoredNotebook(house.store),
        reads=house.store,
        view=house.service.view,
        views=house.service.views,
        seen=house.seeing.views,
        first=house.first_to_answer,
        problems=problems,
        public_url=(settings.public_url or "").rstrip("/"),
        groups=groups,
    )


def _outbox(
    settings: Settings, house: Rooms, platforms: Sequence[Platform], sources: Mapping[str, EvidenceSource]
) -> Outbox:
    chosen = OutboxSettings(
        lease_s=settings.lease_seconds,
        http_timeout_s=settings.http_timeout_seconds,
        batch=settings.batch,
        resend=settings.ambiguous_without_look == "retry",
    )
    parts = outbox_parts(house, [p.chat for p in platforms], sources, settings=chosen)
    return Outbox(replace(parts, rehearse=house.store.rehearsed))
