"""Commands that were due later, and sources that are asked: done once, tried again where that helps, never green by accident."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest
import sqlalchemy as sa

from bot.decide.result import Decided, Refused
from bot.domain.commands import Judge, RecordObservations
from bot.domain.errors import Conflict, Corrupt
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.people import SYSTEM
from bot.messages.effects import Gather, Later
from bot.outbox import Outbox, Settings
from bot.outbox.obey import MOST_TURNS
from bot.ports import Inquiry
from bot.store.outbox_table import outbox
from tests.bot.outbox.outbox_world import World, said
from tests.world import NOW, observed

LATER = Later("R-1:1:cmd:judge:x", "R-1", Judge(SYSTEM, "expiry"), NOW)


def gather(role: str, purpose: str = "plan", source: str = "ci-server") -> Gather:
    """Ask that source."""
    return Gather(f"R-1:gather:{role}:{purpose}:1", "R-1", role, source, purpose, NOW)


@dataclass
class FakeSource:
    """Answers with `answer`, or raises it."""

    answer: tuple[Evidence, ...] | Exception = ()
    hang: bool = False
    name: str = "ci-server"
    asked: list[Inquiry] = field(default_factory=list)

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        self.asked.append(inquiry)
        if self.hang:
            await asyncio.sleep(3600)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


async def outcome_of(world: World, key: str) -> tuple[str, str]:
    """State and outcome of a row, by the store's own column."""
    async with world.store.snapshot() as connection:
        row = (await connection.execute(sa.select(outbox.c.state, outbox.c.outcome).where(outbox.c.key == key))).one()
    return row.state, row.outcome


async def test_a_command_is_done_when_it_is_due_and_its_key_is_the_request(world: World) -> None:
    await world.enqueue([LATER])
    world.result = Decided(())
    assert await world.worker.drain() == 1
    assert world.handled == [("R-1", LATER.command, LATER.key)]
    assert await world.worker.drain() == 0
    assert await outcome_of(world, LATER.key) == ("done", "")


async def test_a_command_that_is_refused_is_done_and_says_so(world: World) -> None:
    await world.enqueue([LATER])
    world.result = Refused("not_now")
    await world.worker.drain()
    assert await outcome_of(world, LATER.key) == ("done", "refused: not_now")


async def test_a_conflict_is_tried_again_soon_and_any_other_error_later_and_later(world: World) -> None:
    await world.enqueue([LATER])
    world.trouble = [Conflict("x"), OSError(), OSError()]
    await world.worker.drain()
    assert not world.handled
    for wait in (0.2, 1, 2):
        assert await world.worker.drain() == 0
        await world.pass_real(wait)
        assert await world.worker.drain() == 1
    assert [request for _, _, request in world.handled] == [LATER.key]


async def test_a_command_that_never_works_is_given_up_and_posts_wait_no_longer(world: World) -> None:
    await world.planned()
    await world.enqueue([LATER, said("VERDICT", "verdict")])
    world.trouble = [OSError() for _ in range(Settings().attempts)]
    for _ in range(Settings().attempts):
        await world.worker.drain()
        await world.pass_real(60)
    assert await outcome_of(world, LATER.key) == ("failed", "OSError")
    await world.worker.drain()
    assert len(world.chat.posted) == 1


async def test_a_corrupt_release_takes_no_further_command(world: World) -> None:
    await world.enqueue([LATER])
    world.trouble = [Corrupt("R-1")]
    await world.worker.drain()
    assert await outcome_of(world, LATER.key) == ("failed", "Corrupt")
    other = Later("R-2:1:cmd:judge:x", "R-2", Judge(SYSTEM), NOW)
    await world.enqueue([other])
    await world.worker.drain()
    assert [request for _, _, request in world.handled] == [other.key]


async def test_what_a_source_saw_comes_back_as_a_command(world: World) -> None:
    await world.planned()
    seen = (observed(Kind.CI, NOW, tests="passed"),)
    world.sources["ci-server"] = source = FakeSource(seen)
    row = gather("ci")
    await world.enqueue([row])
    await world.worker.drain()
    assert source.asked[0].release.id == "R-1"
    assert (source.asked[0].role, source.asked[0].purpose, source.asked[0].now) == ("ci", "plan", NOW)
    assert world.handled == [("R-1", RecordObservations(SYSTEM, row.key, "ci-server", seen, "plan"), row.key)]


async def test_a_source_that_had_no_turn_is_asked_again_soon_and_what_it_saw_counts_at_once(world: World) -> None:
    await world.planned()
    not_asked = replace(observed(Kind.CI, NOW, Standing.UNAVAILABLE), facts={"unavailable": "not_asked"})
    other = observed(Kind.QA, NOW)
    world.sources["ci-server"] = source = FakeSource((not_asked, other))
    row = gather("ci")
    await world.enqueue([row])
    await world.worker.drain()
    source.answer = (observed(Kind.CI, NOW), other)
    await world.pass_real(1)
    await world.worker.drain()
    assert [(request, [o.standing for o in command.observations]) for _, command, request in world.handled] == [  # type: ignore[attr-defined]  # all are observations
        (f"{row.key}~1", [Standing.UNAVAILABLE, Standing.VERIFIED]),
        (row.key, [Standing.VERIFIED, Standing.VERIFIED]),
    ]
    assert await outcome_of(world, row.key) == ("done", "")


async def test_a_source_that_never_has_a_turn_is_asked_three_times(world: World) -> None:
    await world.planned()
    not_asked = replace(observed(Kind.CI, NOW, Standing.UNAVAILABLE), facts={"unavailable": "not_asked"})
    world.sources["ci-server"] = source = FakeSource((not_asked,))
    await world.enqueue([gather("ci")])
    for _ in range(6):
        await world.worker.drain()
        await world.pass_real(60)
    assert len(source.asked) == MOST_TURNS
    assert await outcome_of(world, gather("ci").key) == ("done", "")


@pytest.mark.parametrize(
    ("source", "why"),
    [(FakeSource(OSError("down")), "error"), (FakeSource(hang=True), "timeout"), (None, "not_configured")],
)
async def test_a_source_that_cannot_be_asked_gives_unavailable_never_green_and_never_red(
    world: World, source: FakeSource | None, why: str
) -> None:
    await world.planned()
    world.settings = Settings(http_timeout_s=0.05)
    if source is not None:
        world.sources["ci-server"] = source
    await world.enqueue([gather("ci")])
    await world.outbox().drain()
    command = world.handled[0][1]
    assert isinstance(command, RecordObservations)
    assert [(o.kind, o.standing, o.facts["unavailable"]) for o in command.observations] == [
        (Kind.CI, Standing.UNAVAILABLE, why)
    ]
    world.sources["ci-server"] = FakeSource((observed(Kind.CI, NOW),))
    await world.enqueue([gather("ci", "recheck")])
    await world.outbox().drain()
    again = world.handled[1][1]
    assert isinstance(again, RecordObservations)
    assert again.observations[0].standing is Standing.VERIFIED


@pytest.mark.parametrize(
    ("role", "purpose", "kinds"),
    [
        ("scm", "plan", {Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES}),
        ("prometheus", "recheck", {Kind.MONITORING}),
        ("prometheus", "watch", {Kind.HEALTH}),
        ("rollout", "watch", {Kind.ROLLOUT}),
        ("registry", "plan", {Kind.ROLLBACK_TARGET}),
        ("incidents", "plan", {Kind.DEPENDENCIES}),
        ("a role of tomorrow", "plan", set()),
    ],
)
async def test_each_role_names_what_is_unavailable_without_it(
    world: World, role: str, purpose: str, kinds: set[Kind]
) -> None:
    await world.planned()
    await world.enqueue([gather(role, purpose)])
    await world.worker.drain()
    command = world.handled[0][1]
    assert isinstance(command, RecordObservations)
    assert {o.kind for o in command.observations} == kinds


async def test_a_gather_of_a_release_that_is_gone_ends(world: World) -> None:
    await world.enqueue([gather("ci")])
    assert await world.worker.drain() == 1
    assert await world.worker.drain() == 0


async def test_commands_go_before_the_posts_of_their_time(world: World) -> None:
    await world.planned()
    order: list[str] = []

    async def handle(release: str, command: object, request: str) -> None:
        del command, request
        order.append(f"command with {len(world.chat.posted)} posts of {release}")

    await world.enqueue([said("VERDICT", "verdict"), LATER])
    await Outbox(replace(world.parts(), handle=handle)).drain()
    assert order == ["command with 0 posts of R-1"]
    assert len(world.chat.posted) == 1
