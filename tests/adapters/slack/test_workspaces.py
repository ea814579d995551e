"""Several workspaces: whose token reaches a place, and an installation that is refused, broken, or of a foreign workspace."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.slack.app import SlackPlatform
from adapters.slack.installations import AGAIN_S, BOOK, KEPT_S, Installation
from bot.domain.people import Place
from bot.messages.model import Message
from bot.messages.words import say
from bot.ports import CannotLook, Outgoing, Rejected, SendResult, Sent, Throttled
from tests.adapters.slack_server import TEAM
from tests.adapters.slack_world import OPTIONS, World, slack_world

SECOND = "T02B"
OAUTH = replace(
    OPTIONS,
    bot_token="",
    client_id="111.222",
    client_secret="sek",  # noqa: S106 - of the tests' own Slack
    token_key="k" * 32,
    teams=(TEAM, SECOND),
)


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[World]:
    """Installed in two workspaces; the second alone has what there is."""
    async with slack_world(tmp_path, OAUTH) as world:
        for team in (TEAM, SECOND):
            await world.platform._installations.keep(Installation(team, "U0BOT", f"xoxb-{team}", name=team))
        world.slack.only = {f"xoxb-{SECOND}"}
        yield world


async def sent(world: World, place: str) -> SendResult:
    return await world.platform.chat.send(Outgoing("k", Place("slack", place), Message("GO")))


def asked(world: World, method: str) -> list[str]:
    return [str(call["_token"]) for call in world.slack.called(method)]


async def test_a_channel_and_a_person_are_looked_for_in_each_workspace_once(two: World) -> None:
    for _ in range(2):
        assert isinstance(await sent(two, "C1"), Sent)
        assert isinstance(await sent(two, "U0KAI"), Sent)
    assert asked(two, "conversations.info") == [f"xoxb-{TEAM}", f"xoxb-{SECOND}"]
    assert asked(two, "users.info") == [f"xoxb-{TEAM}", f"xoxb-{SECOND}"]
    assert set(asked(two, "chat.postMessage")) == {f"xoxb-{SECOND}"}


async def test_a_place_that_was_heard_of_is_not_looked_for_and_one_that_nobody_has_is_refused(two: World) -> None:
    two.slack.users["U0ANA"] = {"team_id": SECOND}
    await two.command("status", team=SECOND)
    assert isinstance(await sent(two, "C1"), Sent)
    assert two.slack.called("conversations.info") == []
    answer = await sent(two, "C9")
    assert isinstance(answer, Rejected)
    assert answer.code == "revoked"
    two.slack.channels["C9"] = {"id": "C9"}
    assert isinstance(await sent(two, "C9"), Sent)


async def test_after_one_is_uninstalled_the_other_is_the_only_choice_and_its_places_are_forgotten(two: World) -> None:
    assert isinstance(await sent(two, "C1"), Sent)
    await two.event({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}, SECOND)
    assert await two.given.notebook.get(BOOK, SECOND) is None
    two.slack.only = set()
    assert isinstance(await sent(two, "C1"), Sent)
    assert asked(two, "chat.postMessage")[-1] == f"xoxb-{TEAM}"


async def test_tokens_are_read_again_after_a_restart_and_one_of_a_workspace_that_is_no_longer_allowed_is_not(
    two: World,
) -> None:
    await two.platform.stop()
    two.platform._installations._options = replace(OAUTH, teams=(SECOND,))
    two.platform._installations._known.clear()
    await two.platform.start()
    (home,) = two.platform._installations.all()
    assert (home.team, home.token) == (SECOND, f"xoxb-{SECOND}")


async def test_who_speaks_first_after_a_start_without_slack_is_served_as_soon_as_it_says_who_the_bot_is(
    tmp_path: Path,
) -> None:
    async with slack_world(tmp_path, before=lambda s: s.faults["auth.test"].extend(["500", "500"])) as world:
        assert say("chat.not_here") in str(await world.command("status"))
        world.platform._installations._asked_at -= AGAIN_S
        assert say("chat.not_here") not in str(await world.command("status"))
        assert len(world.heard) == 1


@pytest.mark.parametrize(("fault", "wait"), [("429", 7.0), ("500", 5.0)])
async def test_a_place_is_nobody_s_only_where_every_workspace_says_so(two: World, fault: str, wait: float) -> None:
    for place, method in (("C1", "conversations.info"), ("U0KAI", "users.info")):
        two.slack.faults[method].extend(["", fault])
        assert await sent(two, place) == Throttled(wait)
        two.slack.faults[method].extend(["", fault])
        look = await two.platform.chat.find("k", Place("slack", place), datetime(2020, 1, 1, tzinfo=UTC))
        assert isinstance(look, CannotLook)
        assert not look.never
    two.slack.faults["conversations.info"].extend(["", fault, "", fault])
    assert await two.platform.rooms.private(Place("slack", "C1")), "in doubt nobody outside sees it"
    assert not await two.platform.rooms.inside(Place("slack", "C1"), "ana")
    assert isinstance(await sent(two, "C1"), Sent)


async def test_no_token_is_kept_without_a_key(world: World) -> None:
    with pytest.raises(ValueError, match="no key"):
        await world.platform._installations.keep(Installation(SECOND, "U0BOT", "xoxb-2"))
    assert await world.given.notebook.all(BOOK) == {}


async def test_a_slack_that_does_not_say_who_the_bot_is_is_asked_again_with_the_next_post(tmp_path: Path) -> None:
    async with slack_world(tmp_path) as world:
        world.platform._installations._known.clear()
        for fault, wait in (("500", 5.0), ("429", 7.0)):
            world.slack.faults["auth.test"].append(fault)
            assert await sent(world, "C1") == Throttled(wait), "a post is not lost for that"
        world.slack.faults["auth.test"].append("error:token_revoked")
        assert isinstance(await sent(world, "C1"), Rejected)
        world.slack.nobody = True
        assert isinstance(await sent(world, "C1"), Rejected), "an answer without a workspace names none"
        world.slack.nobody = False
        assert isinstance(await sent(world, "C1"), Sent)


# ---- installing ---------------------------------------------------------------------------------------------------------


async def installed(world: World, code: str = "c0de") -> tuple[int, str]:
    """As a browser does it: the page, and back with the state that it gave."""
    async with world.session.get(f"{world.base}/slack/install", allow_redirects=False) as got:
        state = got.cookies["t-minus-slack-state"].value
    back = f"{world.base}/slack/oauth_redirect"
    cookie = {"Cookie": f"t-minus-slack-state={state}"}
    async with world.session.get(back, params={"state": state, "code": code}, headers=cookie) as got:
        return got.status, await got.text()


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        ({"team": {"id": "T0OTHER"}, "access_token": "xoxb-1"}, 403, "T0OTHER is not allowed"),
        ({"team": None, "access_token": "xoxb-1"}, 403, "UNKNOWN is not allowed"),
        ({"team": {"id": SECOND}}, 502, "no token"),
        ({"team": None, "is_enterprise_install": True, "access_token": "xoxb-1"}, 403, "single workspaces"),
        ({"error": "invalid_code"}, 502, "invalid_code"),
        ({"error": "<b>bad</b>"}, 502, "&lt;b&gt;"),
    ],
)
async def test_an_installation_that_slack_or_the_settings_refuse_keeps_nothing_and_the_next_one_does(
    tmp_path: Path, answer: dict[str, Any], status: int, words: str
) -> None:
    async with slack_world(tmp_path, OAUTH) as world:
        world.slack.oauth = answer
        found, page = await installed(world)
        assert (found, words in page) == (status, True), page
        assert await world.given.notebook.all(BOOK) == {}
        world.slack.oauth = {"team": {"id": SECOND, "name": "B"}, "access_token": "xoxb-2", "bot_user_id": "U0BOT"}
        assert (await installed(world))[0] == 200
        assert [one.team for one in world.platform._installations.all()] == [SECOND]


@pytest.mark.parametrize("code", ["", "a b", "x" * 401, "<script>"])
async def test_a_code_that_is_none_of_slack_s_is_never_sent_there(tmp_path: Path, code: str) -> None:
    async with slack_world(tmp_path, OAUTH) as world:
        assert (await installed(world, code))[0] == 400
        assert world.slack.called("oauth.v2.access") == []


@pytest.mark.parametrize("late", [-2.0, 600.0])
async def test_a_state_lives_ten_minutes_and_no_other_key_makes_one(tmp_path: Path, late: float) -> None:
    async with slack_world(tmp_path, OAUTH) as world, aiohttp.ClientSession() as browser:
        async with browser.get(f"{world.base}/slack/install", allow_redirects=False) as got:
            state = got.cookies["t-minus-slack-state"].value
        stamp, rest = state.split(".", 1)
        for wrong in (f"{int(stamp) - int(late)}.{rest}", state[:-1] + ("0" if state[-1] != "0" else "1"), "x"):
            cookie = {"Cookie": f"t-minus-slack-state={wrong}"}
            params = {"state": wrong, "code": "c0de"}
            async with world.session.get(f"{world.base}/slack/oauth_redirect", params=params, headers=cookie) as got:
                assert got.status == 400
        assert world.slack.called("oauth.v2.access") == []


async def test_what_slack_itself_does_not_allow_is_said_as_it_is_and_a_state_counts_once(tmp_path: Path) -> None:
    """Somebody who may install no apps, or who pressed Cancel, comes back with an error in the place of a code."""
    async with slack_world(tmp_path, OAUTH) as world:
        async with world.session.get(f"{world.base}/slack/install", allow_redirects=False) as got:
            state = got.cookies["t-minus-slack-state"].value
        back, cookie = f"{world.base}/slack/oauth_redirect", {"Cookie": f"t-minus-slack-state={state}"}
        refused = {"state": state, "error": "access_denied<b>"}
        async with world.session.get(back, params=refused) as got:
            assert got.status == 400, "without the cookie of this browser nothing is said"
        async with world.session.get(back, params=refused, headers=cookie) as got:
            assert got.status == 403
            assert "did not allow the installation (access_denied&lt;b&gt;)" in await got.text()
        async with world.session.get(back, params={"state": state, "code": "c0de"}, headers=cookie) as got:
            assert got.status == 400
        world.slack.oauth = {"team": {"id": SECOND, "name": "B"}, "access_token": "xoxb-2", "bot_user_id": "U0BOT"}
        assert (await installed(world))[0] == 200


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}]
)
async def test_a_workspace_that_was_installed_again_is_not_forgotten_by_what_slack_tells_late(
    tmp_path: Path, event: dict[str, Any]
) -> None:
    async with slack_world(tmp_path, OAUTH) as world:
        world.slack.oauth = {"team": {"id": TEAM, "name": "A"}, "access_token": "xoxb-2", "bot_user_id": "U0BOT"}
        assert (await installed(world))[0] == 200
        kept = await world.given.notebook.get(BOOK, TEAM)
        assert kept is not None
        await world.event(event, event_time=kept["at"] - 60)
        assert await world.given.notebook.get(BOOK, TEAM) == kept
        assert isinstance(await sent(world, "C1"), Sent)
        await world.event(event, event_time=kept["at"] + 1)
        await world.event({"type": "app_uninstalled"}, event_time=kept["at"] + 1)
        assert await world.given.notebook.get(BOOK, TEAM) is None
        assert isinstance(await sent(world, "C1"), Rejected)


async def test_what_another_replica_installed_is_served_at_once_and_what_it_removed_soon_no_more(two: World) -> None:
    """Two replicas share a notebook, and each has its own memory."""
    installations = two.platform._installations
    seconds = [0.0]
    began = two.given.clock.monotonic
    installations._now = lambda: began() + seconds[0]
    note = await two.given.notebook.get(BOOK, SECOND)
    assert note is not None
    await two.given.notebook.remove(BOOK, SECOND)
    assert installations.of(SECOND) is not None
    seconds[0] += KEPT_S
    two.slack.only = set()
    assert isinstance(await sent(two, "C1"), Sent)
    assert asked(two, "chat.postMessage") == [f"xoxb-{TEAM}"]
    body = await two.command("status", team=SECOND)
    assert isinstance(body, dict)
    assert body["text"] == say("chat.not_here")
    await two.given.notebook.put(BOOK, SECOND, note)
    seconds[0] += AGAIN_S
    assert await two.command("status", team=SECOND) == ""
    assert len(two.heard) == 1


async def test_a_notebook_that_cannot_be_read_leaves_what_was_read_before(
    two: World, caplog: pytest.LogCaptureFixture
) -> None:
    installations = two.platform._installations
    notebook, installations._notebook = installations._notebook, _Torn()  # type: ignore[assignment]  # it only fails
    installations._read_at -= KEPT_S
    assert await two.command("status") == ""
    assert "installations could not be read" in caplog.text
    installations._notebook = notebook
    assert await two.command("status") == ""
    assert len(two.heard) == 2


class _Torn:
    async def all(self, _: str) -> None:
        msg = "the database is away"
        raise RuntimeError(msg)


async def test_a_key_is_changed_by_setting_both_for_one_start(two: World, caplog: pytest.LogCaptureFixture) -> None:
    old, new = OAUTH.token_key, "n" * 32

    async def teams(keys: str) -> list[str]:
        """Which workspaces a bot with these keys serves."""
        made = SlackPlatform(replace(OAUTH, token_key=keys, api_url=two.slack.base), two.given)
        await made.start()
        found = [home.team for home in made._installations.all()]
        assert all(home.token == f"xoxb-{home.team}" for home in made._installations.all())
        await made.stop()
        return found

    assert await teams(new) == []
    assert "cannot be read with this key" in caplog.text
    assert await teams(f"{new}\n{old}\n") == [TEAM, SECOND]
    assert await teams(new) == [TEAM, SECOND]
    assert await teams(old) == []
