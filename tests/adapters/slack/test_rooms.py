"""Which channels of Slack are private and who is in them, asked seldom; in doubt a channel is private and nobody is in it."""

import pytest

from bot.domain.people import Place
from tests.adapters.slack_world import World

OPEN, SHUT = Place("slack", "C1"), Place("slack", "GSHUT")


def asked(world: World, method: str) -> int:
    return sum(name == method for name, _ in world.slack.calls)


async def test_members_of_a_private_channel_are_in_it_page_by_page_and_others_once_they_join(world: World) -> None:
    world.slack.channels["GSHUT"] = {"id": "GSHUT", "is_private": True}
    world.slack.inside["GSHUT"] = ["U1", "U2", "U3", "U0KAI"]
    rooms = world.platform.rooms
    assert await rooms.private(SHUT)
    assert await rooms.inside(SHUT, "kai")
    assert not await rooms.inside(SHUT, "ana")
    assert asked(world, "conversations.members") == 2, "two pages, and kept from then on"
    world.slack.inside["GSHUT"] += ["U0ANA"]
    assert not await rooms.inside(SHUT, "ana"), "kept for minutes"
    world.platform._rooms._now = lambda: 1e9
    assert await rooms.inside(SHUT, "ana")


async def test_a_public_channel_is_open_and_asked_about_once(world: World) -> None:
    rooms = world.platform.rooms
    assert not await rooms.private(OPEN)
    assert not await rooms.private(OPEN)
    assert asked(world, "conversations.info") == 1


async def test_what_slack_does_not_say_is_private_until_it_does(world: World) -> None:
    rooms = world.platform.rooms
    assert await rooms.private(Place("slack", "CGONE"))
    assert await rooms.private(Place("slack", "U0ANA")), "a conversation with one person is nobody else's"
    assert not await rooms.inside(Place("slack", "CGONE"), "ana")
    world.slack.channels["CGONE"] = {"id": "CGONE"}
    assert not await rooms.private(Place("slack", "CGONE"))


async def test_while_slack_is_silent_what_was_read_counts_for_an_hour_and_then_nobody_knows(world: World) -> None:
    rooms, now = world.platform.rooms, [1e6]
    world.platform._rooms._now = lambda: now[0]
    world.slack.channels["GSHUT"] = {"id": "GSHUT", "is_private": True}
    world.slack.inside["GSHUT"] = ["U0KAI"]
    assert await rooms.inside(SHUT, "kai")
    assert not await rooms.private(OPEN)
    for later, known in ((1800.0, True), (2000.0, False)):
        now[0] += later
        world.slack.faults["conversations.members"].extend(["500"])
        world.slack.faults["conversations.info"].extend(["429"])
        assert await rooms.inside(SHUT, "kai") is known
        assert await rooms.private(OPEN) is not known
    assert await rooms.inside(SHUT, "kai")
    assert not await rooms.private(OPEN)


async def test_members_without_end_are_read_so_far_and_without_a_workspace_nobody_is_in_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.rooms._MOST_PAGES", 2)
    world.slack.inside["GSHUT"] = ["U1", "U2", "U0KAI", "U3", "U0ANA"]
    assert await world.platform.rooms.inside(SHUT, "kai")
    assert not await world.platform.rooms.inside(SHUT, "ana"), "it stands on the third page"
    world.platform._installations._known.clear()
    world.slack.faults["auth.test"].append("500")
    assert not await world.platform.rooms.inside(SHUT, "kai")
    assert await world.platform.rooms.inside(SHUT, "kai")
