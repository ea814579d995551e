"""What Teams does not say of a member just now: in doubt nobody consents (G18), and what was read counts for a while."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.teams import directory
from adapters.teams.directory import DOUBT_S, PRESS_S, STALE_S
from adapters.teams.elements import PRESS
from bot.domain.people import ActorKind
from tests.adapters.teams_day import Day, teams_day
from tests.adapters.teams_world import World, hearing_of
from tests.bot.app.talk import REASON

GO = {"t": "1|go|R-1|1||"}
GUEST = {"userRole": "guest"}
HUMAN, UNSURE = ActorKind.HUMAN, ActorKind.UNSURE


async def kind(world: World, who: str = "lena") -> ActorKind:
    """What a press of theirs is heard as."""
    await world.act(PRESS, GO, who)
    return world.heard[-1].actor.kind


@pytest.fixture
def later(world: World) -> list[float]:
    """Seconds that have passed for the directory."""
    seconds = [0.0]
    hearing = hearing_of(world.platform)
    hearing._directory._now = lambda: world.given.clock.monotonic() + seconds[0]
    return seconds


@pytest.mark.parametrize("status", [403, 404, 410, 429, 502, 200])
async def test_a_guest_whom_the_catalogue_names_is_no_full_member_while_teams_does_not_say(
    world: World, later: list[float], status: int
) -> None:
    world.teams.members["29:lena"] = GUEST
    world.teams.faults = [(status, {}, {"error": {"code": "Forbidden"}})]
    assert await kind(world) is UNSURE
    assert world.heard[-1].actor.person == "lena"
    later[0] += DOUBT_S
    assert [await kind(world), await kind(world, "kai")] == [ActorKind.GUEST, HUMAN]


async def test_who_may_not_be_read_is_not_asked_for_with_every_word(world: World, later: list[float]) -> None:
    world.teams.faults = [(403, {}, {})]
    for n in range(4):
        await world.say(f"release status R-{n}", alone=True)
    assert world.teams.reads == 0
    assert {(one.actor.person, one.actor.kind) for one in world.heard} == {("ana", UNSURE)}
    later[0] = DOUBT_S
    await world.say("release status R-1", alone=True)
    assert (world.teams.reads, world.heard[-1].actor.kind) == (1, HUMAN)


async def test_a_member_counts_as_one_for_an_hour_of_silence_and_a_guest_stays_a_guest(
    world: World, later: list[float]
) -> None:
    world.teams.members["29:kai"] = GUEST
    assert [await kind(world), await kind(world, "kai")] == [HUMAN, ActorKind.GUEST]
    for age, expected in ((PRESS_S + 1, HUMAN), (STALE_S - 10, HUMAN), (STALE_S + 10, UNSURE)):
        later[0] = age
        world.teams.faults = [(503, {}, {}), (403, {}, {})]
        assert [await kind(world), await kind(world, "kai")] == [expected, ActorKind.GUEST]
    assert [await kind(world), await kind(world, "kai")] == [HUMAN, ActorKind.GUEST]


async def test_who_left_the_conversation_is_in_doubt_at_once_and_a_member_again_when_back(
    world: World, later: list[float]
) -> None:
    assert await kind(world) is HUMAN
    world.teams.members["29:lena"] = {}
    later[0] = PRESS_S + 1
    assert await kind(world) is UNSURE
    del world.teams.members["29:lena"]
    later[0] += DOUBT_S
    assert await kind(world) is HUMAN


async def test_a_slow_connector_holds_nobody_up_is_asked_once_and_counts_when_it_answers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.teams.tells.clear()
    with monkeypatch.context() as hasty:
        hasty.setattr(directory, "PATIENCE_S", 0.05)
        await asyncio.gather(world.act(PRESS, GO, "lena"), world.act(PRESS, GO, "lena"))
    assert [h.actor.kind for h in world.heard] == [UNSURE] * 2
    world.teams.tells.set()
    hearing = hearing_of(world.platform)
    async with asyncio.timeout(10):
        await asyncio.gather(*hearing._directory._asking.values())
    assert await kind(world) is HUMAN
    assert world.teams.reads == 1


@pytest.fixture
async def day(tmp_path: Path) -> AsyncIterator[Day]:
    async with teams_day(tmp_path) as made:
        await made.planned()
        yield made


async def test_while_teams_does_not_say_who_somebody_is_they_hold_and_give_no_consent(day: Day) -> None:
    sign_off = day.filled("kai", "1|approve|R-1|1|sign_off:peer|", REASON)
    day.microsoft.faults = [(403, {}, {})]
    told = str(await day.send(sign_off))
    assert "in doubt it gives no consent" in told
    assert "APPROVED" not in day.shown()
    await day.say("kai", "release hold R-1 the error rate of search is up since noon")
    assert (await day.release()).phase.value == "held"
    await day.say("lena", "release resume R-1")
    hearing_of(day.bot.teams)._directory._members.clear()
    await day.send(day.filled("kai", "1|approve|R-1|1|sign_off:peer|", REASON))
    await day.until(lambda: "APPROVED by Kai" in day.shown())
