"""Who is in a conversation of Teams: its members, as Teams tells; guests, strangers and the unknown are not."""

from bot.domain.people import Place
from tests.adapters.teams_world import CHANNEL, IDS, World

TEAM = Place("teams", CHANNEL)


async def test_members_are_in_it_and_others_are_once_teams_says_so(world: World) -> None:
    rooms = world.platform.rooms
    assert await rooms.private(TEAM)
    assert not await rooms.inside(TEAM, "kai"), "no conversation is known yet"
    world.teams.members[IDS["kai"]] = {}
    await world.say("hello")
    assert await rooms.inside(TEAM, "ana")
    assert not await rooms.inside(TEAM, "kai")
    assert not await rooms.inside(TEAM, "sam"), "no account of Teams is known"
    reads = world.teams.reads
    assert await rooms.inside(TEAM, "ana")
    assert world.teams.reads == reads, "kept for minutes"


async def test_in_the_chat_with_the_bot_alone_is_its_person_and_teams_is_not_asked(world: World) -> None:
    alone = Place("teams", IDS["ana"])
    assert await world.platform.rooms.inside(alone, "ana")
    assert not await world.platform.rooms.inside(alone, "kai")
    assert not await world.platform.rooms.inside(alone, "sam"), "no account of Teams is known"
    assert world.teams.reads == 0


async def test_a_guest_of_the_team_is_not_in_it_until_made_a_member(world: World) -> None:
    world.teams.members["29:ana"] = {"id": "29:ana", "userRole": "guest"}
    await world.say("hello")
    rooms = world.platform.rooms
    assert not await rooms.inside(TEAM, "ana")
    world.teams.members["29:ana"] = {"id": "29:ana", "userRole": "user"}
    world.platform._rooms._now = lambda: 1e9
    assert await rooms.inside(TEAM, "ana")


async def test_where_teams_does_not_answer_nobody_is_in_it_and_it_is_asked_again(world: World) -> None:
    world.teams.members["29:ana"] = {"id": "29:ana", "userRole": "user"}
    await world.say("hello")
    world.teams.faults = [(503, {}, {})]
    rooms = world.platform.rooms
    assert not await rooms.inside(TEAM, "ana")
    assert await rooms.inside(TEAM, "ana")
