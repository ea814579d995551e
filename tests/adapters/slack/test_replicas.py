"""Slack delivers the same thing to two replicas at once: it is decided once, and both answer the same."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest

from adapters.slack.app import EVENTS
from tests.adapters.slack_bot import Bot, account, slack_bot
from tests.adapters.slack_server import TEAM, Slack, slack_server
from tests.adapters.slack_world import OPTIONS, signed
from tests.postgres import drop_database, fresh_database_url

FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.postgres


class Two:
    """Two bots on one database, and the Slack that both call."""

    def __init__(self, slack: Slack, bots: tuple[Bot, Bot], session: aiohttp.ClientSession) -> None:
        self.slack = slack
        self.bots = bots
        self._session = session

    async def both(self, raw: bytes, kind: str) -> list[str]:
        """The answers of the two to one delivery."""
        return await asyncio.gather(*(self._one(bot, raw, kind) for bot in self.bots))

    async def _one(self, bot: Bot, raw: bytes, kind: str) -> str:
        url = f"http://127.0.0.1:{bot.port}{EVENTS}"
        async with self._session.post(url, data=raw, headers=signed(raw, kind)) as answer:
            assert answer.status == 200
            return await answer.text()

    async def settled(self) -> None:
        for bot in self.bots:
            await bot.settled()


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    url = await fresh_database_url()
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    async with slack_server() as slack, aiohttp.ClientSession() as session:
        for channel in ("C01PAY", "C02REL"):
            slack.channels[channel] = {"id": channel, "is_member": True}
        for who in ("ana", "kai", "lena"):
            slack.users[account(who)] = {"profile": {"email": f"{who}@acme.example"}}
        options = replace(OPTIONS, api_url=slack.base)
        async with slack_bot(folders[0], options, url=url) as first, slack_bot(folders[1], options, url=url) as second:
            yield Two(slack, (first, second), session)
    await drop_database(url)


def command(text: str, trigger: str) -> bytes:
    return urlencode(
        {
            "command": "/release", "text": text, "user_id": account("ana"), "channel_id": "C01PAY", "team_id": TEAM,
            "trigger_id": trigger,
        }
    ).encode()  # fmt: skip


async def test_commands_and_words_that_arrive_at_both_at_once_count_once(two: Two) -> None:
    plan = command("plan payments 2.4.1 to production at 15:00 canary 10%", "1.1")
    first, second = await two.both(plan, FORM)
    await two.settled()
    store = two.bots[0].store
    assert list(await store.release_ids()) == ["R-1"]
    assert json.loads(first)["response_type"] == json.loads(second)["response_type"] == "ephemeral"

    (thread,) = [m["ts"] for m in two.slack.messages["C01PAY"] if not m.get("thread_ts")]
    words = {
        "type": "message",
        "user": account("ana"),
        "ts": "18.5",
        "channel": "C01PAY",
        "thread_ts": thread,
        "text": "hold",
    }
    event = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": words}
    await two.both(json.dumps(event).encode(), "application/json")
    await two.settled()
    told = [entry.name for entry in await store.ledger("release:R-1")]
    assert told.count("Held") == 1, told
    cancel = command("cancel R-1 the customer asked for another week", "1.2")
    assert len(set(await two.both(cancel, FORM))) == 1
    await two.settled()
    told = [entry.name for entry in await store.ledger("release:R-1")]
    assert told.count("Cancelled") == 1, told
    posts = [m["metadata"]["event_payload"]["key"] for of in two.slack.messages.values() for m in of if "metadata" in m]
    assert len(posts) == len(set(posts)), "nothing was announced twice"


async def test_words_to_the_bot_alone_that_come_to_both_are_answered_once_and_the_next_words_too(two: Two) -> None:
    """Slack brings an event again where the first answer took too long or its line broke: any replica may get it."""
    alone = {"type": "message", "user": account("ana"), "channel": "D01ANA", "channel_type": "im", "text": "status"}
    for number, ts in enumerate(("18.5", "18.6"), start=1):
        event = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number}", "event": alone | {"ts": ts}}
        raw = json.dumps(event).encode()
        await two.both(raw, "application/json")
        await two.settled()
        await two.both(raw, "application/json")
        await two.settled()
        told = [values for name, values in two.slack.calls if name == "chat.postMessage"]
        assert len(told) == number, told
