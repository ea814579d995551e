"""A Socket Mode of which no line stands: told since when, how often it was tried, and what to do, until one stands again."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from adapters.slack import silence, socket_mode
from adapters.slack.api import Refused, TooFast, Unsure
from adapters.slack.silence import GRACE_S, STOOD_S, Silence
from bot.messages.words import say
from bot.ports import Check
from tests.adapters.slack_world import OPTIONS, World, slack_world

SOCKET = replace(OPTIONS, mode="socket", signing_secret="", app_token="xapp-test")  # noqa: S106 - of the tests' own Slack
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


class Hands:
    """A clock that stands where it was put."""

    def __init__(self) -> None:
        self.gone = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.gone)

    real = now

    def monotonic(self) -> float:
        return self.gone


def told(of: Silence) -> Check:
    found = of.told
    assert found is not None
    assert not found.ok
    return found


def test_until_the_first_line_stands_it_is_told_at_once_and_one_that_stood_is_missed_after_a_while() -> None:
    clock = Hands()
    line = Silence(clock)
    assert say("check.slack_socket_down_first") in told(line).sentence
    line.failed(Unsure("status 500"))
    line.failed(TimeoutError())
    assert "since 12:00 UTC (tries: 2; the last: TimeoutError)" in told(line).sentence
    line.ends()
    assert line.told is None
    clock.gone = 3600
    line.begins()
    clock.gone += GRACE_S - 1
    assert line.told is None, "one that breaks is back within seconds"
    clock.gone += 1
    line.failed(Unsure("status 500"))
    assert "since 13:00 UTC (tries: 1; the last: Unsure status 500)" in told(line).sentence
    line.ends()
    assert line.told is None


def test_a_line_that_slack_closes_at_once_each_time_is_none() -> None:
    clock = Hands()
    line = Silence(clock)
    line.ends()
    clock.gone = STOOD_S
    line.begins()
    for _ in range(7):
        clock.gone += 5
        line.ends()
        line.farewell("too_many_websockets")
        line.begins()
    assert "since 12:00 UTC" in told(line).sentence
    assert "too_many_websockets" in told(line).sentence
    assert told(line).remedy == say("check.slack_socket_down_fix_full")


HANDSHAKE = aiohttp.WSServerHandshakeError(
    aiohttp.RequestInfo(URL("wss://x/?ticket=secret"), "GET", {}, URL("wss://x/?ticket=secret")),  # type: ignore[arg-type]  # no headers
    (),
    status=403,
)


@pytest.mark.parametrize(
    ("error", "why", "fix"),
    [
        (Refused("invalid_auth"), "Refused invalid_auth", "token"),
        (Refused("link_disabled"), "Refused link_disabled", "off"),
        (TooFast(60.0), "TooFast 60.0 s", "away"),
        (HANDSHAKE, "WSServerHandshakeError status 403", "away"),
        (ValueError("wss://x/?ticket=secret"), "ValueError", "away"),
    ],
    ids=["token", "off", "fast", "handshake", "address"],
)
def test_each_reason_has_its_own_remedy_and_says_nothing_of_the_address(error: Exception, why: str, fix: str) -> None:
    line = Silence(Hands())
    assert line.failed(error) == why
    assert f"the last: {why})" in told(line).sentence
    assert "secret" not in told(line).sentence
    assert told(line).remedy == say(f"check.slack_socket_down_fix_{fix}")


def test_an_app_that_has_socket_mode_switched_off_says_so() -> None:
    line = Silence(Hands())
    line.farewell("link_disabled")
    assert told(line).remedy == say("check.slack_socket_down_fix_off")


async def until(what: Callable[[], object]) -> None:
    for _ in range(1000):
        if what():
            return
        await asyncio.sleep(0.01)
    pytest.fail("not within ten seconds")


async def doctor(world: World) -> list[str]:
    return [check.code for check in await world.platform.checks() if not check.ok]


async def test_a_platform_says_that_its_line_is_down_and_doctor_says_it_first_until_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence, "GRACE_S", 0.0)
    monkeypatch.setattr(silence, "STOOD_S", 0.0)
    monkeypatch.setattr(socket_mode, "AGAIN_S", 0.02)
    async with slack_world(tmp_path, SOCKET, before=lambda s: s.odd.update(AWAY)) as world:
        await until(lambda: world.platform.deaf and "invalid_auth" in world.platform.deaf.sentence)
        assert (await doctor(world))[0] == "slack_socket_down"
        del world.slack.odd["apps.connections.open"]
        await until(lambda: world.platform.deaf is None)
        assert not {"slack_socket_down", "slack_socket"} & set(await doctor(world))
        world.slack.gone = True
        for line in tuple(world.slack.lines.values()):
            await line.close()
        await until(lambda: world.platform.deaf and "status 403" in world.platform.deaf.sentence)
        world.slack.gone = False
        await until(lambda: world.platform.deaf is None)


AWAY = {"apps.connections.open": {"ok": False, "error": "invalid_auth"}}


async def test_what_nobody_foresaw_is_logged_and_the_line_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(socket_mode, "AGAIN_S", 0.02)
    async with slack_world(tmp_path, SOCKET) as world:
        await until(lambda: world.slack.lines)
        line = world.platform._socket
        assert line is not None
        known, line._connected = line._connected, _broken  # type: ignore[method-assign]  # a fault of ours, which nobody foresees
        for one in tuple(world.slack.lines.values()):
            await one.close()
        await until(lambda: "a fault of ours" in caplog.text)
        line._connected = known  # type: ignore[method-assign]  # as it was
        await until(lambda: world.slack.lines)


async def _broken() -> aiohttp.ClientWebSocketResponse:
    msg = "a fault of ours"
    raise RuntimeError(msg)
