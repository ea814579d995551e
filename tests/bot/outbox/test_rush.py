"""Many due at once: what is due goes out before it is written what has gone, within bounds; and a death between the two."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.commands import Judge
from bot.domain.people import SYSTEM
from bot.messages.effects import Later
from bot.outbox import Outbox, Settings
from bot.outbox.worker import BEHIND
from bot.ports import Completion, Outgoing, Row, SendResult, Wake
from tests.bot.outbox.outbox_world import FakeChat, World, said, until
from tests.world import NOW

PATIENCE_S = 20


class Bell:
    """Nothing rings."""

    def ring_at(self, when: datetime | None) -> None:
        """Not needed."""

    def ring_now(self) -> None:
        """Not needed."""


class Unwriting:
    """The real store, which writes no result before `gate`."""

    def __init__(self, world: World) -> None:
        self._store = world.store
        self.gate = asyncio.Event()
        self.written: list[int] = []

    async def claim(self, limit: int, now: datetime, real: datetime, lease_s: float, owner: str) -> Sequence[Row]:
        return await self._store.claim(limit, now, real, lease_s, owner)

    async def complete(self, completions: Sequence[Completion]) -> int:
        await self.gate.wait()
        self.written.append(len(completions))
        return await self._store.complete(completions)

    async def next_wake(self) -> Wake:
        return await self._store.next_wake()

    async def unfinished_at(self, release: str, due_at: datetime) -> bool:
        return await self._store.unfinished_at(release, due_at)

    async def release_leases(self, owner: str, now: datetime) -> int:
        return await self._store.release_leases(owner, now)


class Hanging(FakeChat):
    """Posts of R-0 are acknowledged when `gate` opens."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def send(self, outgoing: Outgoing) -> SendResult:
        if outgoing.key.startswith("R-0:"):
            await self.gate.wait()
        return await super().send(outgoing)


async def due(world: World, count: int) -> None:
    for n in range(count):
        await world.planned(id=f"R-{n}")
        await world.enqueue([replace(said("VERDICT", "verdict"), key=f"R-{n}:x", release=f"R-{n}")])


async def settled(world: World, count: int) -> None:
    """Until no more than that many went out."""
    await until(lambda: len(world.chat.posted) >= count)
    await asyncio.sleep(0.1)
    assert len(world.chat.posted) == count


async def states(world: World, count: int) -> list[str]:
    return [one.state for n in range(count) for one in await world.store.announcements(f"R-{n}")]


async def test_what_is_due_goes_out_before_receipts_are_written_but_only_so_far(world: World) -> None:
    slots, count = 2, 14
    most = BEHIND * slots
    await due(world, count)
    store = Unwriting(world)
    worker = Outbox(replace(world.parts(), store=store, settings=Settings(slots=slots, batch=2)))
    running = asyncio.create_task(worker.run(Bell()))
    async with asyncio.timeout(PATIENCE_S):
        await settled(world, most)
        store.gate.set()
        await until(lambda: len(world.chat.posted) == count)
        await worker.stop()
        await running
    assert await states(world, count) == ["sent"] * count
    assert world.chat.looked == 0


async def test_a_worker_that_dies_with_receipts_unwritten_doubles_and_loses_nothing(world: World) -> None:
    slots, count = 3, 9
    await due(world, count)
    store = Unwriting(world)
    dying = Outbox(replace(world.parts(), store=store, settings=Settings(slots=slots, batch=3)), "dead")
    running = asyncio.create_task(dying.run(Bell()))
    async with asyncio.timeout(PATIENCE_S):
        await settled(world, count)
        for _ in range(2):  # the second time while it waits for its results to be written
            running.cancel()
            await asyncio.sleep(0.01)
        await asyncio.wait([running])
    await world.worker.drain()
    assert set(await states(world, count)) == {"sending"}
    await world.pass_real(world.settings.lease_s + 1)
    await world.worker.drain()
    assert await states(world, count) == ["sent"] * count
    assert (len(world.chat.posted), world.chat.looked) == (count, count)


async def test_a_receipt_does_not_wait_for_a_post_that_hangs(world: World) -> None:
    await due(world, 3)
    slow = Hanging()
    worker = Outbox(replace(world.parts(), chats={"sandbox": slow}))
    running = asyncio.create_task(worker.run(Bell()))
    async with asyncio.timeout(PATIENCE_S):
        await until(lambda: len(slow.posted) == 2)
        await asyncio.sleep(2 * Settings().linger_s)
        while await states(world, 3) != ["sending", "sent", "sent"]:  # noqa: ASYNC110 - a database rings nothing
            await asyncio.sleep(0.02)
        slow.gate.set()
        await worker.stop()
        await running
    assert await states(world, 3) == ["sent"] * 3


async def test_receipts_of_a_burst_are_written_together_and_at_once_when_nothing_is_on_its_way(world: World) -> None:
    await due(world, 20)
    store = Unwriting(world)
    store.gate.set()
    slow = Hanging()
    patient = Settings(linger_s=10 * PATIENCE_S)
    worker = Outbox(replace(world.parts(), store=store, chats={"sandbox": slow}, settings=patient))
    running = asyncio.create_task(worker.run(Bell()))
    async with asyncio.timeout(PATIENCE_S):
        await until(lambda: len(slow.posted) == 19)
        assert store.written == []
        slow.gate.set()
        await until(lambda: store.written)
        await worker.stop()
        await running
    assert store.written == [20]


async def test_the_end_of_a_command_is_written_at_once_though_a_post_is_on_its_way(world: World) -> None:
    await due(world, 1)
    await world.planned(id="R-1")
    slow = Hanging()
    store = Unwriting(world)
    store.gate.set()
    patient = Settings(linger_s=10 * PATIENCE_S)
    worker = Outbox(replace(world.parts(), store=store, chats={"sandbox": slow}, settings=patient))
    running = asyncio.create_task(worker.run(Bell()))
    async with asyncio.timeout(PATIENCE_S):
        await until(lambda: worker._sending == 1)
        await world.enqueue([Later("R-1:judge", "R-1", Judge(SYSTEM), NOW)])
        worker.ring()
        await until(lambda: store.written)
        assert not slow.posted
        slow.gate.set()
        await worker.stop()
        await running
    assert len(world.handled) == 1
    assert await states(world, 1) == ["sent"]


async def test_batches_larger_than_twice_the_slots_stall_nothing(world: World) -> None:
    await due(world, 9)
    worker = Outbox(replace(world.parts(), settings=Settings(slots=2, batch=50)))
    running = asyncio.create_task(worker.run(Bell()))
    async with asyncio.timeout(PATIENCE_S):
        await until(lambda: len(world.chat.posted) == 9)
        await worker.stop()
        await running
    assert await states(world, 9) == ["sent"] * 9
