"""One release on Slack and on Teams: one decision updates every copy, and the slower presser is told who decided."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp

from adapters.http.platform import Given, Platform
from adapters.slack.app import EVENTS, SlackPlatform
from adapters.slack.options import SlackOptions
from adapters.teams.app import MESSAGES
from tests.adapters.slack_server import TEAM, TOKEN, Slack, slack_server, written
from tests.adapters.slack_world import SECRET, signed
from tests.adapters.teams_bot import Bot, directory_id, teams_bot
from tests.adapters.teams_server import APP, TENANT, Teams, teams_server
from tests.adapters.teams_world import options_of
from tests.bot.app.talk import REASON, RUNBOOK

CHANNEL = "19:payments@thread.tacv2"
Json = dict[str, Any]


@dataclass
class Company:
    """Half of it sits before Slack, the other half before Teams."""

    slack: Slack
    teams: Teams
    bot: Bot
    session: aiohttp.ClientSession
    count: int = 0

    async def on_teams(self, who: str, **more: Any) -> Json:  # noqa: ANN401 - parts of an activity
        self.count += 1
        body = {
            "type": "message", "id": f"i{self.count}", "channelId": "msteams", "serviceUrl": self.teams.service_url,
            "from": {"id": f"29:{who}", "name": who.title(), "aadObjectId": directory_id(who)},
            "recipient": {"id": f"28:{APP}"}, "channelData": {"tenant": {"id": TENANT}},
            "conversation": {"id": CHANNEL, "conversationType": "channel"}, **more,
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {self.teams.token()}"}
        async with self.session.post(self.bot.base + MESSAGES, json=body, headers=headers) as answer:
            assert answer.status in {200, 202}
            found = await answer.json() if answer.status == 200 else {}
        await self.bot.settled()
        return dict(found)

    async def on_slack(self, raw: bytes) -> str:
        kind = "application/x-www-form-urlencoded"
        async with self.session.post(self.bot.base + EVENTS, data=raw, headers=signed(raw, kind)) as answer:
            assert answer.status == 200
            found = await answer.text()
        await self.bot.settled()
        return found

    async def command(self, who: str, text: str) -> str:
        self.count += 1
        values = {
            "command": "/release", "text": text, "user_id": f"U01{who.upper()}", "channel_id": "C1", "team_id": TEAM,
            "trigger_id": f"13.{self.count}", "response_url": self.slack.base.replace("/api/", "/hook"),
        }  # fmt: skip
        return await self.on_slack(urlencode(values).encode())

    async def presses(self, who: str, token: str) -> None:
        self.count += 1
        kept = self.slack.messages["C1"][-1]
        payload = {
            "type": "block_actions", "team": {"id": TEAM}, "user": {"id": f"U01{who.upper()}", "team_id": TEAM},
            "trigger_id": f"13.{self.count}", "api_app_id": "A1", "channel": {"id": "C1", "name": "payments"},
            "actions": [{"type": "button", "action_id": "press:0:sign_off", "block_id": "b", "value": token}],
            "container": {"type": "message", "message_ts": kept["ts"], "channel_id": "C1"}, "message": kept,
            "response_url": self.slack.base.replace("/api/", "/hook"),
        }  # fmt: skip
        await self.on_slack(urlencode({"payload": json.dumps(payload)}).encode())

    def shown_on_slack(self) -> str:
        return "".join(written(m) for m in self.slack.messages["C1"])

    def shown_on_teams(self) -> str:
        newest = {message: activity for _, place, message, activity in self.teams.posted if place.startswith(CHANNEL)}
        return json.dumps(list(newest.values()), ensure_ascii=False)

    async def both_show(self, words: str) -> None:
        await until(self, lambda: words in self.shown_on_slack() and words in self.shown_on_teams())


async def until(company: Company, true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await company.bot.settled()
            await asyncio.sleep(0.02)


@asynccontextmanager
async def company(folder: Path) -> AsyncIterator[Company]:
    async with slack_server() as slack, teams_server() as teams, aiohttp.ClientSession() as session:
        options = SlackOptions(bot_token=TOKEN, signing_secret=SECRET, teams=(TEAM,), api_url=slack.base)
        for who in ("ana", "kai", "lena"):
            slack.users[f"U01{who.upper()}"] = {"profile": {"email": f"{who}@acme.example"}}

        def on_slack(given: Given) -> Platform:
            return SlackPlatform(options, given)

        places = {"#payments": f'teams:{CHANNEL}", "slack:C1'}
        async with teams_bot(folder, options_of(teams), places, (on_slack,)) as bot:
            yield Company(slack, teams, bot, session)


async def test_a_decision_on_teams_shows_on_slack_and_one_on_slack_shows_on_teams(tmp_path: Path) -> None:
    async with company(tmp_path) as c:
        await c.on_teams("ana", text="release plan payments 2.4.1 to production at 15:00 canary 10%")
        await until(c, lambda: "Question 1 of at most 3" in c.shown_on_slack() + c.shown_on_teams())
        await c.on_teams("ana", text="no data change")
        await c.on_teams("ana", text=RUNBOOK)
        await c.both_show("GO POSSIBLE")

        token = "1|approve|R-1|1|sign_off:peer|"  # noqa: S105 - what a button carries
        data = {"t": token, "v": "fill", "f.reason": REASON}
        action = {"type": "Action.Execute", "verb": "fill", "data": data}
        told = await c.on_teams("kai", type="invoke", name="adaptiveCard/action", value={"action": action})
        assert told["statusCode"] == 200
        await c.both_show("APPROVED by Kai")
        await c.presses("lena", token)
        await until(c, lambda: bool(c.slack.hooked))
        assert "Kai" in json.dumps(c.slack.hooked[-1]), "the slower presser is told who decided"

        await c.command("lena", "go R-1")
        found = await c.bot.house.store.release("R-1")
        assert found is not None
        assert found.release.phase.value == "cleared"
        await c.both_show("go by Lena")
