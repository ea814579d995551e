"""Which channels of Slack are private and who is in them, asked seldom; in doubt a channel is private and nobody is in it."""

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
