"""A release day against local-slack, over HTTP and in Socket Mode: plan, questions, approval with its reason, vote, marks."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.slack.options import SlackOptions
from tests.adapters.slack_bot import Bot, account, slack_bot
from tests.adapters.slack_counterparts import LocalSlack, local_slack
from tests.bot.app.talk import REASON, RUNBOOK

Json = dict[str, Any]
TEAM, STAKEHOLDERS = "C01PAY", "C02REL"
PATIENCE_S = 60.0
"""A busy machine takes long; a state that never comes ends the test all the same."""


@pytest.fixture(scope="module", params=["events", "socket"])
def counterpart(request: pytest.FixtureRequest) -> Iterator[tuple[str, LocalSlack]]:
    with local_slack(request.param) as local:
        yield request.param, local


@dataclass
class Day:
    """People at their screens. `shown` is all that the page was told."""

    local: LocalSlack
    bot: Bot
    page: aiohttp.ClientWebSocketResponse
    shown: list[Json] = field(default_factory=list)

    async def listen(self) -> None:
        async for message in self.page:
            self.shown.append(json.loads(message.data))

    async def asked(self, who: str, text: str, channel: str = TEAM) -> None:
        await self.local.control("command", channel=channel, user=account(who), command="/release", text=text)
        await self.bot.settled()

    async def said(self, who: str, text: str, thread: str) -> None:
        await self.page.send_json(
            {"t": "post_message", "user": account(who), "channel": TEAM, "text": text, "thread_ts": thread}
        )

    async def pressed(self, who: str, button: str) -> None:
        """The newest button of that name in the team's channel."""
        kept, press = await self.newest(button)
        action = {k: press[k] for k in ("type", "action_id", "value", "text")} | {"block_id": "b"}
        await self.local.control("interact", channel=TEAM, messageTs=kept["ts"], user=account(who), action=action)
        await self.bot.settled()

    async def newest(self, button: str) -> tuple[Json, Json]:
        """Its message and itself; a card that is still being drawn is waited for."""
        await self.until(lambda: self._shown(button))
        found = await self._shown(button)
        assert found is not None
        return found

    async def _shown(self, button: str) -> tuple[Json, Json] | None:
        for kept in reversed(await self.local.messages(TEAM)):
            for block in kept.get("blocks") or ():
                for one in block.get("elements", ()) if block["type"] == "actions" else ():
                    if one["action_id"].endswith(f":{button}"):
                        return kept, one
        return None

    async def filled(self, who: str, **values: str) -> None:
        state = {name: {"typed": {"type": "plain_text_input", "value": text}} for name, text in values.items()}
        await self.page.send_json({"t": "view_submit", "user": account(who), "values": state})

    async def until(self, seen: Callable[[], Any]) -> None:
        """Waits for what the page is told, or for what stands in a channel."""
        async with asyncio.timeout(PATIENCE_S):
            while not await _true(seen()):
                await self.bot.settled()
                await asyncio.sleep(0.03)

    async def posted(self, channel: str, words: str) -> bool:
        return any(words in _words(m) for m in await self.local.messages(channel))

    def told(self, kind: str) -> list[Json]:
        return [one for one in self.shown if one["t"] == kind]


async def _true(found: Any) -> bool:  # noqa: ANN401 - a value, or one to wait for
    return bool(await found if asyncio.iscoroutine(found) else found)


def _words(message: Json) -> str:
    return str(message["text"]) + json.dumps(message.get("blocks") or [], ensure_ascii=False)


@asynccontextmanager
async def day(mode: str, local: LocalSlack, folder: Path) -> AsyncIterator[Day]:
    options = SlackOptions(
        mode="socket" if mode == "socket" else "http",
        bot_token="xoxb-test-token",  # noqa: S106 - of the tests' own Slack
        app_token="xapp-test-token",  # noqa: S106 - as above
        signing_secret="test-signing-secret",  # noqa: S106 - as above
        api_url=f"{local.base}/api/",
    )
    async with aiohttp.ClientSession() as session:
        local.session = session
        await local.reset()
        async with (
            slack_bot(folder, options, local.bot_port if mode == "events" else 0) as bot,
            await local.page() as page,
        ):
            made = Day(local, bot, page)
            listening = asyncio.create_task(made.listen())
            await made.until(lambda: mode == "events" or _connected(bot))
            try:
                yield made
            finally:
                listening.cancel()


async def _connected(bot: Bot) -> bool:
    socket = bot.platform._socket
    return socket is not None and socket.connected


async def test_a_release_day_from_plan_to_the_last_mark(counterpart: tuple[str, LocalSlack], tmp_path: Path) -> None:
    mode, local = counterpart
    async with day(mode, local, tmp_path) as d:
        await d.asked("ana", "plan payments 2.4.1 to production at 15:00 canary 10%")
        await d.until(lambda: d.posted(TEAM, "Question 1 of at most 3"))
        await d.pressed("ana", "no_data_change")
        await d.until(lambda: d.posted(TEAM, "Question 2 of at most 3"))
        question, _ = await d.newest("dont_know")
        await d.said("ana", f"<{RUNBOOK.split()[0]}> {RUNBOOK.partition(' ')[2]}", question["thread_ts"])
        await d.until(lambda: d.posted(TEAM, "GO POSSIBLE"))

        await d.pressed("kai", "sign_off")
        await d.until(lambda: any(one["stack"] for one in d.told("view")))
        await d.filled("kai", reason="ok")
        await d.until(lambda: d.told("view_errors"))
        assert "reason" in d.told("view_errors")[-1]["errors"]
        await d.filled("kai", reason=REASON)
        await d.until(lambda: d.posted(TEAM, "APPROVED by Kai"))
        await d.pressed("ana", "go")
        assert (await _phase(d)) == "planned", "the requester never decides"
        await d.asked("lena", "go R-1")
        assert (await _phase(d)) == "cleared"

        release = await d.bot.store.release("R-1")
        assert release is not None
        assert release.release.start_at is not None
        start = release.release.start_at
        await d.bot.time.to(start, down=False)
        await d.asked("ana", "start R-1")
        await d.bot.time.to(start + timedelta(minutes=15), down=False)
        await d.asked("ana", "step R-1 100%")
        await d.asked("ana", "done R-1")
        await d.bot.time.to(start + timedelta(minutes=31), down=False)
        await d.until(lambda: d.posted(STAKEHOLDERS, "monitoring green"))
        for mark in ("T-30", "T-5"):
            assert await d.posted(TEAM, mark)
        marks = [m for m in await local.messages(STAKEHOLDERS) if not m.get("thread_ts")]
        assert len(marks) == 3, "T=0, T+15, T+30"
        assert not [m for m in d.told("message") if "<!channel>" in json.dumps(m)]


async def _phase(d: Day) -> str:
    found = await d.bot.store.release("R-1")
    assert found is not None
    return str(found.release.phase.value)
