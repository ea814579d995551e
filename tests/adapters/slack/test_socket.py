"""Socket Mode: a Slack that is away at the start, or drops the line, is found again, and what it brings is answered in place."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.slack import app as slack_app
from bot.messages.heard import Asked, Say
from bot.messages.model import Message, Text
from tests.adapters.slack_server import TEAM
from tests.adapters.slack_world import OPTIONS, World, slack_world

SOCKET = replace(OPTIONS, mode="socket", signing_secret="", app_token="xapp-test")  # noqa: S106 - of the tests' own Slack
COMMAND = {
    "type": "slash_commands",
    "envelope_id": "e1",
    "accepts_response_payload": True,
    "payload": {
        "command": "/release", "text": "status R-1", "user_id": "U0ANA", "channel_id": "C1", "team_id": TEAM,
        "trigger_id": "1.1",
    },
}  # fmt: skip


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(slack_app, "AGAIN_S", 0.05)
    async with slack_world(
        tmp_path, SOCKET, before=lambda s: s.faults["apps.connections.open"].extend(["500", "error:invalid_auth"])
    ) as made:
        yield made


async def answered(world: World, envelope: str) -> dict[str, object]:
    async with asyncio.timeout(10):
        await world.slack.sockets.put(COMMAND | {"envelope_id": envelope})
        while True:
            found = await world.slack.acknowledged.get()
            if found.get("envelope_id") == envelope:
                return dict(found)


async def test_the_socket_connects_once_slack_is_there_and_commands_are_answered_over_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.answer = Say(Message("done", (Text("all is well"),), private=True))
    acknowledged = await answered(world, "e1")
    assert "all is well" in json.dumps(acknowledged["payload"])
    assert len(world.slack.called("apps.connections.open")) == 3
    told = [r.getMessage() for r in caplog.records if "the socket is not connected" in r.getMessage()]
    assert [line.rpartition(": ")[2] for line in told] == ["Unsure status 500", "Refused invalid_auth"]
    (asked,) = world.heard
    assert isinstance(asked, Asked)
    assert asked.receipt == f"slack:{TEAM}:command:1.1"
    async with world.session.post(f"{world.base}/slack/events", data=b"x") as refused:
        assert refused.status == 404, "with a socket there is no door for HTTP"


async def test_a_stopped_socket_takes_nothing_more_and_stopping_again_does_nothing(world: World) -> None:
    await answered(world, "e1")
    await world.platform.stop()
    await world.platform.stop()
    await world.slack.sockets.put(COMMAND | {"envelope_id": "e2"})
    await asyncio.sleep(0.1)
    assert len(world.heard) == 1
    await world.platform.start()
    assert (await answered(world, "e3"))["envelope_id"] == "e3"
