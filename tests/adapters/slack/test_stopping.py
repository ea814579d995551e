"""HTTP: a stop finishes what was asked before it, with the answer, and takes nothing new."""

import asyncio
import json

import aiohttp
import pytest

from bot.messages.heard import Say
from bot.messages.model import Message, Text
from tests.adapters.slack.test_socket import until
from tests.adapters.slack_server import written
from tests.adapters.slack_world import World

SAY = Say(Message("done", (Text("all is well"),), private=True))


async def test_a_command_that_was_asked_before_a_stop_is_answered_and_none_after_it(world: World) -> None:
    world.answer = SAY
    world.ready.clear()
    async with asyncio.timeout(20):
        asked = asyncio.create_task(world.command("status R-1"))
        await until(lambda: world.heard)
        stopping = asyncio.create_task(world.server.stop())
        await asyncio.sleep(0.05)
        async with aiohttp.ClientSession() as another:
            with pytest.raises(aiohttp.ClientConnectorError):
                await another.post(f"{world.base}/slack/events")
        world.ready.set()
        assert "all is well" in json.dumps(await asked)
        await stopping


async def test_what_follows_an_acknowledgement_is_finished_before_the_line_to_slack_is_closed(world: World) -> None:
    world.answer = SAY
    world.slack.faults["chat.postEphemeral"].append("429")
    world.slack.retry_after = "0.2"
    await world.press("1|go|R-1|1||", response_url="")
    async with asyncio.timeout(20):
        await world.server.stop()
        await world.platform.stop()
    assert ["all is well" in written(one) for one in world.slack.called("chat.postEphemeral")] == [True, True]
