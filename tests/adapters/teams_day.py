"""A release day on Teams without a client: what people send is posted, Microsoft's connector on loopback keeps what they see."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp

from adapters.teams.app import MESSAGES
from bot.domain.release import Release
from tests.adapters.teams_bot import Bot, directory_id, teams_bot
from tests.adapters.teams_server import APP, TENANT, Teams, teams_server
from tests.adapters.teams_world import options_of
from tests.bot.app.talk import RUNBOOK

CHANNEL, CHAT = "19:payments@thread.tacv2", "19:stakeholders@thread.v2"
Json = dict[str, Any]


@dataclass
class Day:
    """`microsoft`: its servers, with faults to order."""

    microsoft: Teams
    bot: Bot
    session: aiohttp.ClientSession
    count: int = 0

    def activity(self, who: str, **more: Any) -> Json:  # noqa: ANN401 - parts of an activity
        self.count += 1
        return {
            "type": "message", "id": f"i{self.count}", "channelId": "msteams", "serviceUrl": self.microsoft.service_url,
            "from": {"id": f"29:{who}", "name": who.title(), "aadObjectId": directory_id(who)},
            "recipient": {"id": f"28:{APP}"}, "channelData": {"tenant": {"id": TENANT}},
            "conversation": {"id": CHANNEL, "conversationType": "channel"}, **more,
        }  # fmt: skip

    async def send(self, activity: Json) -> Json:
        headers = {"Authorization": f"Bearer {self.microsoft.token()}"}
        async with self.session.post(self.bot.base + MESSAGES, json=activity, headers=headers) as answer:
            assert answer.status in {200, 202}, await answer.text()
            found = await answer.json() if answer.status == 200 else {}
        await self.bot.settled()
        return dict(found)

    async def say(self, who: str, text: str, **more: Any) -> None:  # noqa: ANN401 - parts of an activity
        await self.send(self.activity(who, text=text, **more))

    def filled(self, who: str, token: str, reason: str) -> Json:
        """A form of the card that is sent off."""
        data = {"t": token, "v": "fill", "f.reason": reason}
        action = {"type": "Action.Execute", "verb": "fill", "data": data}
        return self.activity(who, type="invoke", name="adaptiveCard/action", value={"action": action}, replyToId="78")

    async def in_window(self, who: str, kind: str, data: Json) -> Json:
        """`task/fetch` opens a form as a dialog, `task/submit` sends it off."""
        return await self.send(self.activity(who, type="invoke", name=kind, value={"data": data}, replyToId="78"))

    def posts(self, words: str, conversation: str = CHANNEL) -> list[str]:
        """The ids of messages that said so when they were posted."""
        told = [
            (m, json.dumps(a, ensure_ascii=False))
            for how, c, m, a in self.microsoft.posted
            if how == "POST" and c.partition(";")[0] == conversation
        ]
        return [message for message, text in told if words in text]

    def shown(self, conversation: str = CHANNEL) -> str:
        """Every message as it stands there now."""
        newest = {m: a for _, c, m, a in self.microsoft.posted if c.partition(";")[0] == conversation}
        return json.dumps(list(newest.values()), ensure_ascii=False)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not true():
                await self.bot.settled()
                await asyncio.sleep(0.02)

    async def release(self) -> Release:
        found = await self.bot.house.store.release("R-1")
        assert found is not None
        return found.release

    async def start_at(self) -> datetime:
        start = (await self.release()).start_at
        assert start is not None
        return start

    async def planned(self) -> None:
        """Ana has answered what was asked: a sign-off and the go are open."""
        await self.say("ana", "release plan payments 2.4.1 to production at 15:00 canary 10%")
        await self.until(lambda: "Question 1 of at most 3" in self.shown())
        await self.say("ana", "no data change")
        await self.say("ana", RUNBOOK)
        await self.until(lambda: "GO POSSIBLE" in self.shown())


@asynccontextmanager
async def teams_day(folder: Path) -> AsyncIterator[Day]:
    """The team in a channel, stakeholders in a group chat."""
    async with teams_server() as microsoft, aiohttp.ClientSession() as session:
        places = {"#payments": f"teams:{CHANNEL}", "#releases": f"teams:{CHAT}"}
        async with teams_bot(folder, options_of(microsoft), places) as bot:
            yield Day(microsoft, bot, session)
