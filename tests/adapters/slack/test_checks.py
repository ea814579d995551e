"""Doctor's lines: what is wrong with Slack is said with what to do, and each is gone once it is put right."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.slack.checks import SCOPES
from bot.ports import Check
from tests.adapters.slack_world import OPTIONS, World, slack_world


@pytest.fixture
async def well(world: World) -> World:
    """A Slack in which nothing is wrong."""
    world.slack.scopes = ",".join(SCOPES)
    return world


async def bad(world: World) -> dict[str, Check]:
    return {one.code: one for one in await world.platform.checks() if not one.ok}


async def test_where_all_is_well_every_line_says_so(well: World) -> None:
    found = await well.platform.checks()
    assert all(one.ok for one in found)
    assert [one.code for one in found] == ["slack_token", "slack_scopes", "slack_channel", "slack_accounts"]
    well.slack.scopes = ""
    assert "slack_scopes" not in {one.code for one in await well.platform.checks()}, (
        "where Slack does not say, nor do we"
    )


@pytest.mark.parametrize("fault", ["error:token_revoked", "500", "429"])
async def test_a_token_that_is_not_taken_is_said(well: World, fault: str) -> None:
    well.slack.faults["auth.test"].append(fault)
    found = await bad(well)
    assert "T_MINUS_SLACK_BOT_TOKEN" in found["slack_token"].remedy
    assert await bad(well) == {}


async def test_missing_scopes_are_named(well: World) -> None:
    well.slack.scopes = ",".join(s for s in SCOPES if s != "im:write")
    assert "im:write" in (await bad(well))["slack_scopes"].sentence


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"is_archived": True}, "is_archived"),
        ({"is_private": True}, "not_in_channel"),
        (None, "channel_not_found"),
    ],
)
async def test_a_channel_out_of_reach_is_named(well: World, facts: dict[str, object] | None, why: str) -> None:
    before = dict(well.slack.channels)
    well.slack.channels = {"C1": {"id": "C1", **facts}} if facts else {}
    found = (await bad(well))["slack_channel"]
    assert why in found.sentence
    assert "C1" in found.remedy
    well.slack.channels = before
    assert await bad(well) == {}


async def test_an_account_that_can_approve_nothing_is_named(well: World) -> None:
    well.slack.users["U0KAI"] = {"is_restricted": True}
    well.slack.faults["users.info"].append("error:user_not_found")
    lines = [one.sentence for one in await well.platform.checks() if one.code == "slack_account"]
    assert len(lines) == 2
    assert any("is_restricted" in line for line in lines)
    assert any("user_not_found" in line for line in lines)


async def test_no_workspace_and_a_foreign_one_are_said(tmp_path: Path) -> None:
    async with slack_world(tmp_path, replace(OPTIONS, teams=("T0OTHER",))) as world:
        (line,) = await world.platform.checks()
        assert (line.code, line.ok) == ("slack_team", False)
        world.slack.faults["auth.test"].extend(["error:invalid_auth"] * 3)
        (line,) = await world.platform.checks()
        assert line.code == "slack_token"
    oauth = replace(OPTIONS, bot_token="", client_id="1.2", client_secret="x" * 3, token_key="k" * 32)
    async with slack_world(tmp_path, oauth) as world:
        (line,) = await world.platform.checks()
        assert line.code == "slack_not_installed"


async def test_a_slack_that_was_away_at_the_start_is_found_when_a_post_is_due(tmp_path: Path) -> None:
    """Who the bot is was kept at the first start: a second one needs no answer of Slack to serve."""
    async with slack_world(tmp_path) as world:
        await world.platform.stop()
        world.slack.faults["auth.test"].append("500")
        await world.platform.start()
        assert [one.team for one in world.platform._installations.all()] == ["T01TEST"]
        world.platform._installations._known.clear()
        assert (await world.platform._installations.of_place("C1")) is not None
