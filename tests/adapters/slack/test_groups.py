"""User groups as roles: read at the start and before a press, guests and strangers left out, a silent Slack changes nothing."""

from adapters.slack.groups import PRESS_S
from bot.catalog.groups import GroupMembers
from tests.adapters.slack_world import World

QA = "slack:S0QA"


def members(world: World) -> tuple[str, ...] | None:
    assert isinstance(world.given.groups, GroupMembers)
    return world.given.groups.members.get(QA)


async def test_members_whom_the_roster_knows_hold_the_role_and_guests_do_not(world: World) -> None:
    world.slack.groups["S0QA"] = ["U0KAI", "U0ANA", "U0NOBODY"]
    world.slack.users["U0ANA"] = {"is_restricted": True}
    await world.platform._groups.read()
    assert members(world) == ("kai",)
    world.slack.groups["S0QA"] = []
    await world.platform._groups.read()
    assert members(world) == ()


async def test_a_press_reads_them_again_where_that_is_a_while_ago(world: World) -> None:
    groups = world.platform._groups
    world.slack.groups["S0QA"] = ["U0KAI"]
    await groups.read()
    before = len(world.slack.called("usergroups.users.list"))
    await world.press("1|go|R-1|1||")
    assert len(world.slack.called("usergroups.users.list")) == before
    world.slack.groups["S0QA"] = []
    groups._read_at = world.given.clock.monotonic() - PRESS_S - 1
    await world.press("1|go|R-1|1||")
    assert members(world) == ()
    assert len(world.heard) == 2


async def test_a_slack_that_does_not_say_leaves_the_members_and_a_group_that_is_gone_has_none(world: World) -> None:
    world.slack.groups["S0QA"] = ["U0KAI"]
    await world.platform._groups.read()
    world.slack.faults["usergroups.users.list"].append("500")
    await world.platform._groups.read()
    assert members(world) == ("kai",)
    del world.slack.groups["S0QA"]
    await world.platform._groups.read()
    assert members(world) == ()
