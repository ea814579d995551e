"""Sources that hang hold up no post, however many of them are asked at once."""

import asyncio
from dataclasses import replace

from bot.domain.evidence import Evidence, Kind
from bot.outbox import Outbox, Settings
from bot.ports import Inquiry
from tests.bot.outbox.outbox_world import World, said, until
from tests.bot.outbox.test_obey import gather
from tests.bot.outbox.test_worker import Bell
from tests.world import NOW, observed

SLOTS = 4


class Hanging:
    """A source that answers when it is let go."""

    name = "ci-server"

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.asked = 0

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        self.asked += 1
        await self.gate.wait()
        return (observed(Kind.CI, inquiry.now),)


async def test_a_post_goes_out_while_more_sources_hang_than_there_are_slots(world: World) -> None:
    hanging = Hanging()
    world.sources["ci-server"] = hanging
    for n in range(3 * SLOTS):
        await world.planned(id=f"R-{n}")
        row = gather("ci")
        await world.enqueue([replace(row, key=f"R-{n}:gather:ci:plan:1", release=f"R-{n}")])
    await world.enqueue([replace(said("VERDICT", "verdict", due_at=NOW), key="R-0:x", release="R-0")])
    worker = Outbox(replace(world.parts(), settings=Settings(slots=SLOTS, batch=SLOTS, http_timeout_s=15.0)))
    running = asyncio.create_task(worker.run(Bell()))
    try:
        async with asyncio.timeout(10):
            await until(lambda: len(world.chat.posted) == 1)
            await until(lambda: hanging.asked == 3 * SLOTS)
            assert not world.handled
            hanging.gate.set()
            await until(lambda: len(world.handled) == 3 * SLOTS)
    finally:
        hanging.gate.set()
        await worker.stop()
        await running
