"""Doctor's lines: what is wrong with Slack is said with what to do, and each is gone once it is put right."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.slack.checks import SCOPES
from bot.catalog.linking import RosterLinker
from bot.domain.people import ActorKind, Person, Place, Roster
from bot.domain.service import Audience
from bot.ports import Catalog, Check
from tests.adapters.slack_server import TEAM
from tests.adapters.slack_world import OPTIONS, World, catalog, slack_world


@pytest.fixture
async def well(world: World) -> World:
    """A Slack in which nothing is wrong."""
    world.slack.scopes = ",".join(SCOPES)
    world.slack.groups["S0QA"] = ["U0KAI", "U0NOBODY"]
    for person in catalog().roster.people.values():
        if not person.accounts.get("slack"):
            world.slack.users[f"U0{person.id.upper()}"] = {"profile": {"email": person.email}}
    return world


def with_people(
    world: World, people: dict[str, Person], more: Mapping[Audience, tuple[Place, ...]] | None = None
) -> None:
    """The same company with those people alone, and more channels; the link is made over the same catalogue."""

    def told() -> Catalog:
        known = catalog()
        services = {n: replace(s, channels={**s.channels, **(more or {})}) for n, s in known.services.items()}
        return replace(known, roster=Roster(people), services=services)

    world.platform._checks._given = replace(world.given, catalog=told, linker=RosterLinker(told, ("acme.example",)))


async def bad(world: World) -> dict[str, Check]:
    return {one.code: one for one in await world.platform.checks() if not one.ok}


async def test_where_all_is_well_every_line_says_so(well: World) -> None:
    found = await well.platform.checks()
    assert all(one.ok for one in found)
    assert [one.code for one in found] == [
        "slack_token",
        "slack_scopes",
        "slack_channel",
        "slack_accounts",
        "slack_group",
    ]
    told = {one.code: one.sentence for one in found}
    assert {"ana", "kai", "mia"} <= set(told["slack_accounts"].rpartition(": ")[2].rstrip(".").split(", "))
    assert "to kai" in told["slack_group"]
    well.slack.scopes = ""
    (unsaid,) = [one for one in await well.platform.checks() if one.code == "slack_scopes"]
    assert (unsaid.ok, "does not say" in unsaid.sentence) == (True, True)


@pytest.mark.parametrize(
    ("fault", "code", "remedy"),
    [
        ("error:token_revoked", "slack_token", "T_MINUS_SLACK_BOT_TOKEN"),
        ("500", "slack_away", "T_MINUS_SLACK_API_URL"),
        ("429", "slack_away", "T_MINUS_SLACK_API_URL"),
    ],
)
async def test_a_token_that_is_not_taken_and_a_slack_that_is_away_are_said(
    well: World, fault: str, code: str, remedy: str
) -> None:
    well.slack.faults["auth.test"].append(fault)
    found = await bad(well)
    assert remedy in found[code].remedy
    assert await bad(well) == {}


async def test_an_app_level_token_that_is_refused_is_said(tmp_path: Path) -> None:
    socket = replace(OPTIONS, mode="socket", app_token="xapp-test")  # noqa: S106 - of the tests' own Slack
    async with slack_world(tmp_path, socket) as world:
        async with asyncio.timeout(10):
            await world.slack.connected.wait()
        world.slack.faults["apps.connections.open"].append("error:not_allowed_token_type")
        found = await bad(world)
        assert "not_allowed_token_type" in found["slack_socket"].sentence
        world.slack.faults["apps.connections.open"].append("500")
        assert "slack_away" in await bad(world)
        assert "slack_socket" in {one.code for one in await world.platform.checks() if one.ok}


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


async def test_a_public_channel_that_has_not_invited_the_bot_takes_posts_and_is_deaf(well: World) -> None:
    well.slack.channels["C1"] = {"id": "C1", "name": "payments", "is_member": False}
    (line,) = [one for one in await well.platform.checks() if one.code == "slack_channel"]
    assert line.ok
    assert "it hears no words in its threads" in line.sentence
    well.slack.channels["C1"]["is_member"] = True
    (line,) = [one for one in await well.platform.checks() if one.code == "slack_channel"]
    assert "can be reached" in line.sentence


async def test_an_account_that_can_approve_nothing_is_named(well: World) -> None:
    well.slack.users["U0KAI"] = {"is_restricted": True}
    well.slack.users["U0ANA"] = {"team_id": TEAM, "deleted": True}
    lines = [one.sentence for one in await well.platform.checks() if one.code == "slack_account"]
    assert len(lines) == 2
    assert any("is_restricted" in line for line in lines)
    assert any("deleted" in line for line in lines)
    well.slack.users["U0ANA"] = well.slack.users["U0KAI"] = {}
    well.slack.faults["users.info"].append("error:user_not_found")
    assert "user_not_found" in (await bad(well))["slack_account"].sentence


async def test_who_is_known_by_e_mail_alone_is_looked_for_and_named(well: World) -> None:
    """Of those whose address is vouched for; the others have no part in Slack."""
    people = {
        "mia": Person("mia", "Mia", email="mia@acme.example"),
        "ben": Person("ben", "Ben", email="ben@acme.example"),
        "eva": Person("eva", "Eva", email="eva@elsewhere.example"),
        "ci": Person("ci", "CI", kind=ActorKind.BOT, accounts={"slack": "U0CI"}),
    }
    well.slack.users = {"U0MIA": {"profile": {"email": "mia@acme.example"}}}
    with_people(well, people)
    found = {one.code: one for one in await well.platform.checks()}
    assert (found["slack_no_member"].ok, "ben" in found["slack_no_member"].sentence) == (False, True)
    elsewhere = {Audience.STAKEHOLDERS: (Place("teams", "19:x"),)}
    with_people(well, people, elsewhere)
    assert {one.code: one.ok for one in await well.platform.checks()}["slack_no_member"], (
        "they may be on the other platform"
    )
    well.slack.users["U0BEN"] = {"profile": {"email": "ben@acme.example"}, "is_email_confirmed": False}
    with_people(well, people)
    found = {one.code: one for one in await well.platform.checks()}
    assert found["slack_accounts"].sentence.endswith(": mia.")
    assert "ben" in found["slack_account"].sentence
    well.slack.users["U0BEN"] = {"profile": {"email": "ben@acme.example"}}
    found = {one.code: one for one in await well.platform.checks()}
    assert found["slack_accounts"].sentence.endswith(": mia, ben.")
    with_people(well, {"eva": people["eva"]})
    assert "nobody" in (await bad(well))["slack_nobody"].sentence


async def test_a_user_group_that_gives_its_role_to_nobody_is_named(well: World) -> None:
    well.slack.groups["S0QA"] = ["U0NOBODY"]
    assert "S0QA" in (await bad(well))["slack_group_of_nobody"].sentence
    del well.slack.groups["S0QA"]
    assert "no_such_subteam" in (await bad(well))["slack_group"].sentence
    well.slack.groups["S0QA"] = ["U0ANA"]
    assert await bad(well) == {}


async def test_of_two_workspaces_one_has_to_have_the_channel_and_the_account(well: World) -> None:
    known = well.platform._installations
    known._options = well.platform._checks._options = replace(OPTIONS, teams=(TEAM, "T02B"))
    known._known["T02B"] = replace(known._known[TEAM], team="T02B", token="xoxb-other", scopes=SCOPES)  # noqa: S106 - of the tests
    well.slack.only = {"xoxb-other"}
    for user in (*well.slack.users, "U0ANA", "U0KAI"):
        well.slack.users[user] = {**well.slack.users.get(user, {}), "team_id": "T02B"}
    assert await bad(well) == {}


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
