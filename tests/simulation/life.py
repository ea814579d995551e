"""Lives a world and judges it. A loop of its own: the world's seconds are not the machine's."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from bot.store import Database, open_store
from tests.simulation.checks import faults
from tests.simulation.nature import Nature, SteadyLoop
from tests.simulation.platform import Platform
from tests.simulation.sources import Source
from tests.simulation.world import World


def unthreaded(store: Database) -> None:
    """Let SQLite answer on the loop itself: a hop to the driver's thread and back costs more than most of its answers."""

    def connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own connection
        async def execute(ask: Callable[..., object], *arguments: object, **named: object) -> object:
            return ask(*arguments, **named)

        connection.driver_connection._execute = execute

    for engine in (store.engines.write, store.engines.read):
        sa.event.listen(engine.sync_engine, "connect", connected, insert=True)


async def _live(nature: Nature, url: str, platform: type[Platform]) -> tuple[World, list[str]]:
    async with open_store(url) as store:
        if not store.engines.postgres:
            unthreaded(store)
        world = World(nature, store, platform(nature), Source("demo", nature), spoken=nature.seed % 3 == 1)
        await world.run()
        return world, await faults(world)


def live(seed: int, url: str, platform: type[Platform] = Platform) -> tuple[World, list[str]]:
    """Live that world over that migrated, empty database, and judge it."""
    nature = Nature(seed)
    for name in ("bot", "flows"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with asyncio.Runner(loop_factory=lambda: SteadyLoop(nature)) as runner:
        return runner.run(_live(nature, url, platform))
