"""Many people speak about one release at the same moment, on several replicas: each of them is heard."""

import asyncio

from bot.domain.commands import Vote
from bot.store import Database
from tests import world
from tests.flows.talk import Talk

CROWD = ("kai", "mia", "priya", "quinn") * 3


async def test_nobody_in_a_crowd_is_told_that_the_record_cannot_be_written(stores: list[Database]) -> None:
    replicas = [Talk(store) for store in stores]
    await replicas[0].planned()
    spoken = [
        replicas[n % len(replicas)].service.handle(
            "R-1", Vote(world.actor(who), "no-go", f"it lags, look {n}"), f"v{n}"
        )
        for n, who in enumerate(CROWD)
    ]
    async with asyncio.timeout(120):
        await asyncio.gather(*spoken)
    written = {row.request for row in await stores[0].ledger("release:R-1")}
    assert {f"v{n}" for n in range(len(CROWD))} <= written
