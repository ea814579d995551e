"""What Slack does not say of an account just now: in doubt it gives no consent, and what was read counts for a while."""

import asyncio

import pytest

from adapters.slack import directory
from adapters.slack.directory import PRESS_S, STALE_S
from adapters.slack.installations import Installation
from bot.domain.people import ActorKind
from bot.messages.heard import Asked
from tests.adapters.slack_world import World

GO = "1|go|R-1|1||"
GUEST = {"is_restricted": True}


async def kind(world: World, user: str = "U0KAI") -> ActorKind:
    """What a press of theirs is heard as."""
    await world.press(GO, user=user)
    return world.heard[-1].actor.kind


@pytest.fixture
def later(world: World) -> list[float]:
    """Seconds that have passed for the directory."""
    seconds = [0.0]
    began = world.given.clock.monotonic
    world.platform._hearing._directory._now = lambda: began() + seconds[0]
    return seconds


@pytest.mark.parametrize("fault", ["429", "500", "drop", "error:missing_scope", "list"])
async def test_a_guest_whom_the_catalogue_names_is_no_full_member_while_slack_does_not_answer(
    world: World, fault: str
) -> None:
    """Whoever makes Slack too busy to say that they are a guest gains nothing by it."""
    world.slack.users["U0KAI"] = GUEST
    world.slack.faults["users.info"].append(fault)
    assert await kind(world) is ActorKind.UNSURE
    assert world.heard[-1].actor.person == "kai"
    assert await kind(world) is ActorKind.GUEST
    assert await kind(world, "U0ANA") is ActorKind.HUMAN


@pytest.mark.parametrize("code", ["user_not_found", "user_not_visible"])
async def test_whom_the_workspace_does_not_have_is_a_guest(world: World, code: str) -> None:
    world.slack.faults["users.info"].append(f"error:{code}")
    assert await kind(world) is ActorKind.GUEST


async def test_a_member_counts_as_one_for_an_hour_of_silence_and_a_guest_stays_a_guest(
    world: World, later: list[float]
) -> None:
    world.slack.users["U0ANA"] = GUEST
    assert [await kind(world), await kind(world, "U0ANA")] == [ActorKind.HUMAN, ActorKind.GUEST]
    world.slack.faults["users.info"].extend(["500"] * 4)
    later[0] = STALE_S - 10
    assert [await kind(world), await kind(world, "U0ANA")] == [ActorKind.HUMAN, ActorKind.GUEST]
    later[0] = STALE_S + 10
    assert [await kind(world), await kind(world, "U0ANA")] == [ActorKind.UNSURE, ActorKind.GUEST]
    assert [await kind(world), await kind(world, "U0ANA")] == [ActorKind.HUMAN, ActorKind.GUEST]


async def test_who_was_made_a_guest_since_is_one_at_the_press(world: World, later: list[float]) -> None:
    assert await kind(world) is ActorKind.HUMAN
    world.slack.users["U0KAI"] = GUEST
    later[0] = PRESS_S + 1
    assert await kind(world) is ActorKind.GUEST
    world.slack.users["U0KAI"] = {}
    later[0] *= 2
    assert await kind(world) is ActorKind.HUMAN


async def test_a_slow_slack_holds_nobody_up_is_asked_once_and_counts_when_it_answers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "PATIENCE_S", 0.05)
    world.slack.faults["users.info"].append("slow:1")
    await asyncio.gather(world.press(GO, user="U0KAI"), world.press(GO, user="U0KAI"))
    assert [h.actor.kind for h in world.heard] == [ActorKind.UNSURE] * 2
    assert len(world.slack.called("users.info")) == 1
    async with asyncio.timeout(10):
        await asyncio.gather(*world.platform._hearing._directory._asking.values())
    assert await kind(world) is ActorKind.HUMAN
    assert len(world.slack.called("users.info")) == 1


async def test_who_speaks_and_whom_they_name_are_asked_for_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack waits three seconds for a command: one after the other each of them could take one."""
    monkeypatch.setattr(directory, "PATIENCE_S", 60.0)
    book = world.platform._hearing._directory
    known, asked, all_asked = book._ask, set[str](), asyncio.Event()

    async def ask(home: Installation, user: str) -> None:
        asked.add(user)
        if len(asked) == 3:
            all_asked.set()
        await all_asked.wait()
        await known(home, user)

    monkeypatch.setattr(book, "_ask", ask)
    async with asyncio.timeout(20):
        await world.command("owner R-1 <@U0KAI> <@U0MIA|mia>", user="U0ANA")
    (said,) = world.heard
    assert isinstance(said, Asked)
    assert (said.actor.person, said.words) == ("ana", "R-1 @kai @U0MIA")
