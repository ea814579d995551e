"""A loss is never silent, and a post that nobody can look for does not hold its place for ever."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.domain.errors import Unwritable
from bot.domain.release import Phase
from bot.messages.effects import Effect
from bot.outbox import Outbox
from bot.ports import Ambiguous, CannotLook
from bot.timeline.marks import T_30_AFTER
from tests.bot.outbox.outbox_world import World, mark, said
from tests.world import NOW, START


@dataclass
class Busy:
    """A database that is busy for the first writes of a note."""

    world: World
    times: int
    tried: list[Sequence[Effect]] = field(default_factory=list)

    async def __call__(self, effects: Sequence[Effect]) -> None:
        """Write, or fail."""
        self.tried.append(effects)
        if len(self.tried) <= self.times:
            raise Unwritable
        await self.world.enqueue(effects)


async def test_where_the_owner_cannot_be_told_yet_the_row_comes_back_until_it_can(world: World) -> None:
    await world.planned(phase=Phase.LIVE, started_at=START)
    await world.enqueue([mark(T_30_AFTER)])
    busy = Busy(world, times=2)
    worker = Outbox(replace(world.parts(), enqueue=busy), "w")
    world.clock.set(START + timedelta(hours=2))
    await worker.drain()
    assert (await world.states())["T+30@#payments"] == "pending"
    for _ in range(4):
        await world.pass_real(60)
        await worker.drain()
    states = await world.states()
    assert (states["T+30@#payments"], states["DELIVERY-FAILED@@ana"]) == ("skipped", "sent")
    assert len(busy.tried) == 3


async def test_a_post_that_is_long_of_use_lets_the_next_one_go_after_the_grace(world: World) -> None:
    await world.planned()
    world.chat.after = [Ambiguous("timeout")]
    world.chat.looks = [CannotLook("no permission")] * 99
    await world.enqueue([replace(said("DOWNTIME", "verdict"), useful_until=NOW + timedelta(hours=12))])
    await world.worker.drain()
    await world.enqueue([said("VERDICT", "verdict")])
    await world.go(NOW + timedelta(minutes=5))
    assert (await world.states())["VERDICT@#payments"] == "pending"
    await world.go(NOW + timedelta(minutes=12))
    states = await world.states()
    assert (states["DOWNTIME@#payments"], states["VERDICT@#payments"]) == ("unknown", "late")
