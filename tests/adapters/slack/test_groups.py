"""User groups as roles: read at the start and before a press, guests and strangers left out, a silent Slack changes nothing."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.slack import groups as group_module
from adapters.slack.groups import AGAIN_S, PRESS_S, STALE_S
from bot.catalog.groups import GroupMembers
from tests.adapters.slack_server import TEAM
from tests.adapters.slack_world import OPTIONS, World

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


async def test_a_change_that_slack_tells_of_counts_with_the_next_press(world: World) -> None:
    world.slack.groups["S0QA"] = ["U0KAI"]
    await world.platform._groups.read()
    await world.press("1|go|R-1|1||")
    assert members(world) == ("kai",)
    world.slack.groups["S0QA"] = []
    await world.event({"type": "subteam_members_changed", "subteam_id": "S0QA", "removed_users": ["U0KAI"]})
    await world.press("1|go|R-1|1||")
    assert members(world) == ()
    assert len(world.heard) == 2


async def test_members_count_for_an_hour_while_slack_is_silent_and_again_once_it_speaks(world: World) -> None:
    groups, now = world.platform._groups, [1e6]
    groups._given = replace(groups._given, clock=Monotonic(now))
    world.slack.groups["S0QA"] = ["U0KAI"]
    await groups.read()
    now[0] += STALE_S - 1
    world.slack.faults["usergroups.users.list"].append("500")
    await groups.fresh()
    assert members(world) == ("kai",)
    now[0] += AGAIN_S + 1
    world.slack.faults["usergroups.users.list"].append("429")
    await groups.fresh()
    assert members(world) == (), "in doubt nobody is entitled"
    await groups.fresh()
    assert members(world) == (), "it was asked a moment ago"
    now[0] += AGAIN_S + 1
    await groups.fresh()
    assert members(world) == ("kai",)


async def test_a_slack_that_is_slow_keeps_no_press_waiting_and_is_asked_again_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_module, "PATIENCE_S", 0.05)
    world.slack.groups["S0QA"] = ["U0KAI"]
    await world.platform._groups.read()
    world.platform._groups.changed()
    world.slack.faults["usergroups.users.list"].extend(["slow", "slow"])
    await world.press("1|go|R-1|1||")
    assert members(world) == ("kai",)
    await world.press("1|go|R-1|1||")
    assert len(world.heard) == 2


async def test_a_reading_that_breaks_is_told_and_the_next_one_is_made(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    groups = world.platform._groups
    known, groups._installations = groups._installations, None  # type: ignore[assignment]  # as a bug would
    groups.changed()
    await asyncio.sleep(0.01)
    assert "user groups could not be read" in caplog.text
    groups._installations = known
    world.slack.groups["S0QA"] = ["U0KAI"]
    await world.event({"type": "subteam_updated"})
    await world.press("1|go|R-1|1||")
    assert members(world) == ("kai",)
    groups._given = replace(groups._given, groups=None)
    before = len(world.slack.called("usergroups.users.list"))
    await groups.read()
    await groups.fresh()
    assert len(world.slack.called("usergroups.users.list")) == before, "where no group holds a role none is read"


async def test_a_group_is_read_in_the_workspace_that_has_it(world: World) -> None:
    groups, first = world.platform._groups, world.platform._installations.all()[0]
    world.platform._installations._options = replace(OPTIONS, teams=(TEAM, "T02B"))
    world.platform._installations._known["T02B"] = replace(first, team="T02B")
    world.slack.groups["S0QA"] = ["U0KAI"]
    world.slack.users["U0KAI"] = {"team_id": "T02B"}
    world.slack.faults["usergroups.users.list"].append("error:no_such_subteam")
    await groups.read()
    assert members(world) == ("kai",)
    world.slack.faults["usergroups.users.list"].extend(["500", "error:no_such_subteam"])
    await groups.read()
    assert members(world) == ("kai",), "one workspace did not say"
    world.slack.faults["usergroups.users.list"].extend(["error:no_such_subteam"] * 2)
    await groups.read()
    assert members(world) == ()


class Monotonic:
    """A clock that a test turns."""

    def __init__(self, now: list[float]) -> None:
        self._now = now

    def monotonic(self) -> float:
        return self._now[0]

    def now(self) -> datetime:
        return datetime(2026, 11, 3, tzinfo=UTC)

    def real(self) -> datetime:
        return self.now()
