"""Socket Mode: a Slack that is away, drops the line or asks for another one is found again; each envelope is answered once."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import socket_mode
from bot.messages.heard import Asked, Said, Say
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
WORDS = {"type": "message", "user": "U0ANA", "ts": "18.5", "channel": "D0ANA", "channel_type": "im", "text": "hold"}
EVENT = {
    "type": "events_api",
    "payload": {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": WORDS},
}


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(socket_mode, "AGAIN_S", 0.02)
    monkeypatch.setattr(socket_mode, "HELD_S", 0.0)
    async with slack_world(
        tmp_path, SOCKET, before=lambda s: s.faults["apps.connections.open"].extend(["500", "error:invalid_auth"])
    ) as made:
        made.answer = Say(Message("done", (Text("all is well"),), private=True))
        yield made


async def until(what: Callable[[], object]) -> None:
    for _ in range(2000):
        if what():
            return
        await asyncio.sleep(0.01)
    pytest.fail("not within twenty seconds")


async def acknowledged(world: World, envelope: str) -> dict[str, Any]:
    """The acknowledgement of it, which comes next."""
    async with asyncio.timeout(20):
        found = await world.slack.acknowledged.get()
    assert found["envelope_id"] == envelope
    return dict(found)


async def answered(world: World, envelope: str) -> dict[str, Any]:
    await world.slack.sockets.put(COMMAND | {"envelope_id": envelope})
    return await acknowledged(world, envelope)


async def test_the_socket_connects_once_slack_is_there_and_commands_are_answered_over_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    found = await answered(world, "e1")
    assert "all is well" in json.dumps(found["payload"])
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
    assert (await acknowledged(world, "e2"))["envelope_id"] == "e2"


async def test_a_stop_finishes_what_is_being_answered_and_takes_nothing_that_comes_meanwhile(world: World) -> None:
    world.ready.clear()
    await world.slack.sockets.put(COMMAND)
    await until(lambda: world.heard)
    stopping = asyncio.create_task(world.platform.stop())
    await asyncio.sleep(0.05)
    await world.slack.sockets.put(COMMAND | {"envelope_id": "e2"})
    await asyncio.sleep(0.05)
    assert world.slack.acknowledged.empty()
    world.ready.set()
    assert "all is well" in json.dumps(await acknowledged(world, "e1"))
    async with asyncio.timeout(20):
        await stopping
    await until(lambda: not world.slack.lines)
    assert len(world.heard) == 1, "e2 was not acknowledged: Slack gives it to another line"
    assert world.slack.acknowledged.empty()


async def test_a_line_that_breaks_is_replaced_by_one_with_a_fresh_address_and_a_long_absence_is_outlived(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await answered(world, "e1")
    world.slack.retry_after = "0"
    for envelope, faults in (("e2", []), ("e3", ["500", "429", "drop"])):
        (line,) = world.slack.lines.values()
        world.slack.faults["apps.connections.open"].extend(faults)
        world.slack.gone = bool(faults)
        await line.close()
        await until(lambda: not world.slack.faults["apps.connections.open"])
        await until(lambda: not world.slack.gone or "WSServerHandshakeError" in caplog.text)
        world.slack.gone = False
        await answered(world, envelope)
    assert "TooFast 0.0 s" in caplog.text
    assert len(world.slack.lines) == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_slack_s_wish_for_another_line_is_met_while_the_old_one_still_answers(world: World, reason: str) -> None:
    await answered(world, "e1")
    ((old, line),) = world.slack.lines.items()
    world.ready.clear()
    await line.send_json(COMMAND | {"envelope_id": "slow"})
    await until(lambda: len(world.heard) == 2)
    await line.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "x"}})
    await until(lambda: len(world.slack.lines) == 2)
    world.ready.set()
    assert (await acknowledged(world, "slow"))["line"] == old
    await line.close()
    assert (await answered(world, "e2"))["line"] != old
    assert len(world.slack.lines) == 1


async def test_an_answer_whose_line_went_meanwhile_is_given_on_the_next_one(world: World) -> None:
    await answered(world, "e1")
    ((old, line),) = world.slack.lines.items()
    world.ready.clear()
    await line.send_json(COMMAND | {"envelope_id": "slow"})
    await until(lambda: len(world.heard) == 2)
    await line.close()
    await until(lambda: world.slack.lines.keys() - {old})
    world.ready.set()
    assert (await acknowledged(world, "slow"))["line"] != old


async def test_an_answer_that_finds_no_line_is_told_in_the_log_and_the_next_one_gets_through(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await answered(world, "e1")
    (line,) = world.slack.lines.values()
    world.ready.clear()
    await line.send_json(COMMAND | {"envelope_id": "slow"})
    await until(lambda: len(world.heard) == 2)
    world.slack.gone = True
    await line.close()
    await until(lambda: not world.platform._socket or not world.platform._socket.connected)
    world.ready.set()
    await until(lambda: "an answer found no open line" in caplog.text)
    world.slack.gone = False
    await answered(world, "e2")


async def test_an_event_that_comes_twice_on_two_lines_is_heard_once_and_acknowledged_twice(world: World) -> None:
    await answered(world, "e1")
    (line,) = world.slack.lines.values()
    await line.send_json({"type": "disconnect", "reason": "warning"})
    await until(lambda: len(world.slack.lines) == 2)
    for envelope, one in zip(("a", "b"), world.slack.lines.values(), strict=True):
        await one.send_json(EVENT | {"envelope_id": envelope, "retry_attempt": int(envelope == "b")})
        found = await acknowledged(world, envelope)
        assert "payload" not in found
    assert [type(h) for h in world.heard] == [Asked, Said]


async def test_what_is_no_envelope_is_passed_over_and_words_that_nobody_can_look_up_are_not_acknowledged(
    world: World,
) -> None:
    never: list[Any] = [[], {}, {"type": "events_api", "envelope_id": "x", "payload": 7}, {"type": "hello"}]
    for odd in never:
        await world.slack.sockets.put(odd)
    await until(lambda: world.slack.lines)
    (line,) = world.slack.lines.values()
    await line.send_str("{")
    await line.send_bytes(b"x")
    reads, world.platform._hearing._given = world.platform._hearing._given, replace(world.given, reads=_Away())  # type: ignore[arg-type]  # it only fails
    event = EVENT | {"payload": {"type": "event_callback", "team_id": TEAM, "event": WORDS | THREAD}}
    await world.slack.sockets.put(event | {"envelope_id": "lost"})
    await answered(world, "e1")
    world.platform._hearing._given = reads
    await world.slack.sockets.put(event | {"envelope_id": "again", "retry_attempt": 1})
    await acknowledged(world, "again")


THREAD = {"channel": "C1", "channel_type": "channel", "thread_ts": "17.1"}


class _Away:
    async def release_of_message(self, *_: object) -> None:
        msg = "the database is away"
        raise RuntimeError(msg)
