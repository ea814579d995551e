"""Lives a world and judges it. A loop of its own: the world's seconds are not the machine's."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import aiosqlite
import sqlalchemy as sa

from bot.store import Database, open_store
from tests.simulation.checks import faults
from tests.simulation.nature import Nature, SteadyLoop
from tests.simulation.platform import Platform
from tests.simulation.served import LeapingLoop, ServedNature, ServedWorld
from tests.simulation.sources import Source
from tests.simulation.world import World


class _AtOnce:
    """The driver's queue and thread in one: what is put in is done at once, on the loop itself."""

    def start(self) -> None:
        """There is no thread."""

    def put_nowait(self, wanted: tuple[asyncio.Future[object] | None, Callable[[], object]]) -> None:
        """Do it, and tell the future."""
        future, ask = wanted
        try:
            result = ask()
        except sqlite3.Error as error:
            if future is not None:
                future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)


def unthreaded(store: Database) -> None:
    """Let SQLite answer on the loop itself: a hop to the driver's thread costs time, and who answers first would be chance."""

    def connect(dialect: sa.Dialect, _record: object, given: Any, named: Any) -> Any:  # noqa: ANN401 - the driver's own
        return dialect.connect(*given, **named, async_creator_fn=opened)

    def opened(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - the driver's own
        connection: Any = aiosqlite.connect(*given, **named)
        connection._tx = connection._thread = _AtOnce()
        return connection

    def remember(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        """The journal in memory: no machine dies in a world, only its processes, and a rollback is the same."""
        connection.cursor().execute("PRAGMA journal_mode=MEMORY")

    for engine in (store.engines.write, store.engines.read):
        sa.event.listen(engine.sync_engine, "do_connect", connect)
    sa.event.listen(store.engines.write.sync_engine, "connect", remember)


async def _live(nature: Nature, url: str, platform: type[Platform]) -> tuple[World, list[str]]:
    async with open_store(url) as store:
        if not store.engines.postgres:
            unthreaded(store)
        world = World(nature, store, platform(nature), Source("demo", nature), spoken=nature.seed % 3 == 1)
        await world.run()
        return world, await faults(world)


@contextmanager
def _unheard() -> Iterator[None]:
    """What goes wrong in a world is meant to: it is not logged, and other tests hear the loggers as before."""
    loggers = [logging.getLogger(name) for name in ("bot", "flows")]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


def serve(seed: int, url: str, platform: type[Platform] = Platform) -> tuple[World, list[str]]:
    """The same over the server's own loop (SQLite: a database that answers from elsewhere would be leapt over)."""

    async def lives() -> tuple[World, list[str]]:
        async with open_store(url) as store:
            unthreaded(store)
            world = ServedWorld(nature, store, platform(nature), Source("demo", nature), spoken=nature.seed % 3 == 1)
            await world.run()
            return world, await faults(world)

    nature = ServedNature(seed)
    with _unheard(), asyncio.Runner(loop_factory=lambda: LeapingLoop(nature)) as runner:
        return runner.run(lives())


def live(seed: int, url: str, platform: type[Platform] = Platform) -> tuple[World, list[str]]:
    """Live that world over that migrated, empty database, and judge it."""
    nature = Nature(seed)
    with _unheard(), asyncio.Runner(loop_factory=lambda: SteadyLoop(nature)) as runner:
        return runner.run(_live(nature, url, platform))
