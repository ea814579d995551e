"""Slack's own rules, as emulate keeps them: metadata and paging, triggers that count once, a whole installation by OAuth."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import aiohttp
import pytest

from adapters.slack.api import Refused
from adapters.slack.app import SlackPlatform
from adapters.slack.installations import BOOK
from adapters.slack.modal import modal
from adapters.slack.options import SlackOptions
from adapters.slack.render import blocks
from adapters.slack.windows import Windows
from bot.domain.people import Place
from bot.messages.model import Form, FormField, Message, Text
from bot.messages.words import say
from bot.ports import Found, NotFound, Outgoing, Rejected, Sent
from tests.adapters.slack_counterparts import emulate
from tests.adapters.slack_world import OPTIONS, World, slack_world

TOKEN, TEAM = "xoxb-test-token", "T000000001"
SCOPES = ["chat:write", "channels:read", "channels:history"]
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
FORM = Form("approve", "Approve", (FormField("reason", "Reason", "textarea"),), "1|approve|R-1|1||")
OAUTH = SlackOptions(
    signing_secret="test-signing-secret",  # noqa: S106 - of the tests' own Slack
    client_id="111.222",
    client_secret="sek",  # noqa: S106 - as above
    token_key="k" * 32,
    teams=(TEAM,),
)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    app = {
        "client_id": "111.222",
        "client_secret": "sek",
        "app_id": "A000000001",
        "name": "T-Minus",
        "redirect_uris": ["http://127.0.0.1/slack/oauth_redirect"],
        "scopes": SCOPES,
    }
    slack = {
        "signing_secret": "test-signing-secret",
        "team": {"name": "Acme", "domain": "acme"},
        "users": [{"name": "ana", "real_name": "Ana", "email": "ana@acme.example"}],
        "channels": [{"name": "payments", "topic": "releases"}],
        "bots": [{"name": "t-minus"}],
        "oauth_apps": [app],
        "tokens": [{"token": TOKEN, "type": "bot", "scopes": SCOPES}],
    }
    with emulate({"tokens": {TOKEN: {"login": "t-minus", "scopes": SCOPES}}, "slack": slack}) as address:
        yield address


@asynccontextmanager
async def platform(
    base: str, folder: Path, options: SlackOptions = OPTIONS
) -> AsyncIterator[tuple[World, SlackPlatform]]:
    """The adapter with emulate as its Slack, beside the world's own, whose given parts it takes."""
    async with slack_world(folder) as world:
        made = SlackPlatform(replace(options, api_url=f"{base}api/", teams=(TEAM,)), world.given)
        await made.start()
        try:
            yield world, made
        finally:
            await made.stop()


async def channel(made: SlackPlatform) -> str:
    listed = await made._api.call(TOKEN, "conversations.list")
    return next(str(one["id"]) for one in listed["channels"] if one["name"] == "payments")


async def test_a_key_is_found_behind_a_hundred_later_messages_and_in_its_thread(base: str, tmp_path: Path) -> None:
    async with platform(base, tmp_path) as (_, made):
        place = Place("slack", await channel(made))
        first = await made.chat.send(Outgoing("R-1:1:T-30:1:team:x", place, Message("GO", (Text("well"),))))
        assert isinstance(first, Sent)
        for _ in range(12):
            later = (made._api.call(TOKEN, "chat.postMessage", channel=place.id, text="chatter") for _ in range(10))
            await asyncio.gather(*later)
        assert await made.chat.find("R-1:1:T-30:1:team:x", place, SINCE) == Found(first.message_id)
        assert await made.chat.find("R-1:1:T-30:1:team:y", place, SINCE) == NotFound()
        reply = await made.chat.send(Outgoing("R-1:1:QUESTION:1:team:x", place, Message("?"), thread=first.message_id))
        assert isinstance(reply, Sent)
        assert await made.chat.find("R-1:1:QUESTION:1:team:x", place, SINCE, first.message_id) == Found(
            reply.message_id
        )
        edited = Outgoing("R-1:1:T-30:1:team:x#edit", place, Message("GO, moved"), edit_of=first.message_id)
        assert await made.chat.send(edited) == Sent(first.message_id)
        assert await made.chat.find("R-1:1:T-30:1:team:x", place, SINCE) == Found(first.message_id), "edited or not"
        gone = replace(edited, edit_of="1.000001")
        assert await made.chat.send(gone) == Rejected("message_gone", "message_not_found")
        nowhere = Outgoing("k", Place("slack", "C0NOWHERE"), Message("x"))
        assert await made.chat.send(nowhere) == Rejected("channel_not_found", "channel_not_found")


async def test_a_trigger_opens_one_form_and_no_second(base: str, tmp_path: Path) -> None:
    async with platform(base, tmp_path) as (_, made):
        users = await made._api.call(TOKEN, "users.list")
        trigger = await made._api.call(TOKEN, "views.generateTriggerId", user_id=users["members"][0]["id"])
        home = made._installations.of(TEAM)
        assert home is not None
        windows = Windows(made._api)
        assert await windows.open(home, {"trigger_id": trigger["trigger_id"]}, modal(FORM)) == ""
        again = await windows.open(home, {"trigger_id": trigger["trigger_id"]}, modal(FORM))
        assert again == say("chat.no_form_late")


async def test_a_press_in_a_window_opens_one_above_it_and_in_the_third_the_answer_takes_its_place(
    base: str, tmp_path: Path
) -> None:
    async with platform(base, tmp_path) as (_, made):
        user = (await made._api.call(TOKEN, "users.list"))["members"][0]["id"]
        home = made._installations.of(TEAM)
        assert home is not None
        opened: list[Mapping[str, Any]] = []
        windows, call = Windows(made._api), made._api.call

        async def noting(token: str, method: str, **values: object) -> Mapping[str, Any]:
            answer = await call(token, method, **values)
            opened.append({"method": method, **answer["view"]})
            return answer

        made._api.call = noting  # type: ignore[method-assign]  # the counterpart tells of no view but in its answer
        for _ in range(4):
            under = opened[-1] if opened else {}
            told = await call(TOKEN, "views.generateTriggerId", user_id=user, view_id=under.get("id"))
            assert await windows.open(home, {"view": under, **told}, modal(FORM)) == ""
        assert [one["method"] for one in opened] == ["views.open", "views.push", "views.push", "views.update"]
        assert [one["root_view_id"] for one in opened] == [opened[0]["id"]] * 4
        stale = await call(TOKEN, "views.generateTriggerId", user_id=user, view_id=opened[2]["id"])
        assert await windows.open(home, {"view": opened[2], **stale}, modal(FORM)) == say("chat.no_form_gone")


async def test_a_trigger_of_three_seconds_ago_opens_nothing_and_the_next_press_does(base: str, tmp_path: Path) -> None:
    async with platform(base, tmp_path) as (_, made):
        users = await made._api.call(TOKEN, "users.list")
        user = users["members"][0]["id"]
        home = made._installations.of(TEAM)
        assert home is not None
        old = await made._api.call(TOKEN, "views.generateTriggerId", user_id=user)
        await asyncio.sleep(3.1)
        with pytest.raises(Refused, match="expired_trigger_id"):
            await made._api.call(TOKEN, "views.open", trigger_id=old["trigger_id"], view=modal(FORM))
        windows = Windows(made._api)
        assert await windows.open(home, old, modal(FORM)) == say("chat.no_form_late")
        new = await made._api.call(TOKEN, "views.generateTriggerId", user_id=user)
        assert await windows.open(home, new, modal(FORM)) == ""


async def test_a_home_that_was_drawn_meanwhile_is_not_drawn_over_by_an_older_hand(base: str, tmp_path: Path) -> None:
    """The bot publishes without a hash: the newest drawing is its own. A hash of before is refused, as Slack does."""
    async with platform(base, tmp_path) as (_, made):
        user = (await made._api.call(TOKEN, "users.list"))["members"][0]["id"]
        view = {"type": "home", "blocks": blocks(Message("x", (Text("first"),)), surface="home")}
        first = await made._api.call(TOKEN, "views.publish", user_id=user, view=view)
        await made._api.call(TOKEN, "views.publish", user_id=user, view=view | {"external_id": "second"})
        with pytest.raises(Refused, match="hash_conflict"):
            await made._api.call(TOKEN, "views.publish", user_id=user, view=view, hash=first["view"]["hash"])
        assert (await made._api.call(TOKEN, "views.publish", user_id=user, view=view))["ok"] is True


async def test_a_workspace_is_installed_by_oauth_and_its_token_is_kept_encrypted(base: str, tmp_path: Path) -> None:
    options = replace(OAUTH, api_url=f"{base}api/")
    async with (
        slack_world(tmp_path, options) as world,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as browser,
    ):
        made = SlackPlatform(options, world.given)
        app_base = world.base
        world.platform._api._base = f"{base}api/"
        async with browser.get(f"{app_base}/slack/install", allow_redirects=False) as got:
            assert got.status == 302
            where, state = got.headers["Location"], got.cookies["t-minus-slack-state"]
            assert state["httponly"]
        back = await _agreed(browser, where)
        page = app_base + "/slack/oauth_redirect?" + back.partition("?")[2]
        mine = {"Cookie": f"t-minus-slack-state={state.value}"}
        async with browser.get(page) as got:
            assert got.status == 400, "another browser cannot bring the state back"
        async with browser.get(page, headers=mine) as got:
            assert got.status == 200, await got.text()
            assert "installed in" in await got.text()
        async with browser.get(page, headers=mine) as got:
            assert got.status == 400, "a state counts once"
        note = await world.given.notebook.get(BOOK, TEAM)
        assert note is not None
        assert "xoxb" not in str(note)
        await made.start()
        (home,) = made._installations.all()
        assert home.token.startswith("xoxb")
        assert home.token not in repr(home)
        place = Place("slack", await channel(made))
        assert isinstance(await made.chat.send(Outgoing("k", place, Message("x"))), Sent)
        await made.stop()
        other = SlackPlatform(replace(options, token_key="o" * 32), world.given)
        await other.start()
        assert other._installations.all() == ()
        await other.stop()
        await world.event({"type": "app_uninstalled"}, TEAM)
        assert await world.given.notebook.get(BOOK, TEAM) is None


async def _agreed(browser: aiohttp.ClientSession, where: str) -> str:
    """The person chooses a user on emulate's page; where Slack sends the browser back to."""
    async with browser.get(where) as got:
        page = await got.text()
    form = re.search(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form is not None, page[-500:]
    values = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form[2]))
    data = {name: unescape(value) for name, value in values.items()}
    async with browser.post(urljoin(where, form[1]), data=data, allow_redirects=False) as got:
        return got.headers["Location"]
