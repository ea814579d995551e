"""Nothing unauthenticated is parsed or logged, and nothing at all gives a 500."""

import asyncio
import gzip
import io
import json
import logging
import random
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import pytest
from multidict import CIMultiDict

from adapters.slack.app import EVENTS
from adapters.slack.front import BODY_BYTES
from bot.messages.heard import Say
from bot.messages.model import Message
from tests.adapters.slack_fuzz import delivered, installed, requests
from tests.adapters.slack_server import TEAM
from tests.adapters.slack_world import World, signed

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
BODY = b"command=%2Frelease&text=help&user_id=U0ANA&channel_id=C1&team_id=T01TEST&trigger_id=1.2"


async def status(world: World, raw: bytes, headers: Mapping[str, str]) -> int:
    async with world.session.post(world.base + EVENTS, data=raw, headers=headers) as answer:
        return answer.status


async def on_the_wire(world: World, body: bytes, headers: Mapping[str, str], *, enough: bool = False) -> bytes:
    """The answer to exactly these bytes. `enough`: its first part, where the server goes on waiting for ours."""
    length = {} if {"Transfer-Encoding", "Content-Length"} & {*headers} else {"Content-Length": str(len(body))}
    lines = [
        f"POST {EVENTS} HTTP/1.1",
        "Host: x",
        "Connection: close",
        *(f"{k}: {v}" for k, v in {**headers, **length}.items()),
    ]
    async with asyncio.timeout(10):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(world.base.rpartition(":")[2]))
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await writer.drain()
        found = await (reader.read(64) if enough else reader.read())
        writer.close()
    return found


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "1795528800"},
        {"X-Slack-Request-Timestamp": "now", "X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "१२३", "X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "1" * 400, "X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Request-Timestamp": "-5", "X-Slack-Signature": "v0=é"},
    ],
)
async def test_a_request_without_a_good_signature_is_refused_and_leaves_no_trace(
    world: World, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "adapters"):
        assert await status(world, b"ssl_check=1&token=SECRETWORDS", {"Content-Type": FORM, **headers}) == 401
    assert "SECRETWORDS" not in caplog.text
    assert world.heard == []


@pytest.mark.parametrize("off", [-301, 302, -1e9])
async def test_a_signature_counts_for_five_minutes(world: World, off: float) -> None:
    assert await status(world, BODY, signed(BODY, FORM, time.time() + off)) == 401
    assert await status(world, BODY, signed(BODY, FORM, time.time() + off, secret="w" * 8)) == 401
    assert await status(world, BODY, signed(BODY, FORM, time.time() + (298 if off > 0 else -298))) == 200


@pytest.mark.parametrize(
    "altered",
    [
        str.upper,
        lambda s: s.replace("v0=", "v1="),
        lambda s: s[3:],
        lambda s: f"{s} ",
        lambda s: f"{s},{s}",
        lambda _: "",
    ],
)
async def test_only_slack_s_own_form_of_a_signature_counts(world: World, altered: Callable[[str], str]) -> None:
    headers = signed(BODY, FORM)
    wrong = altered(headers["X-Slack-Signature"])
    if wrong.strip() != headers["X-Slack-Signature"]:
        assert await status(world, BODY, headers | {"X-Slack-Signature": wrong}) == 401
    assert await status(world, BODY, headers) == 200


@pytest.mark.parametrize("name", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
async def test_a_header_that_is_there_twice_counts_for_nothing(world: World, name: str) -> None:
    once = signed(BODY, FORM)
    assert await status(world, BODY, CIMultiDict([*once.items(), (name, once[name])])) == 401
    assert world.heard == []
    assert await status(world, BODY, once) == 200


@pytest.mark.parametrize(
    "body", [gzip.compress(BODY), b"no gzip", gzip.compress(b"\0" * 20_000_000)], ids=["packed", "no gzip", "bomb"]
)
async def test_a_packed_body_is_refused_unpacked_by_nobody(
    world: World, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    packed = {"Content-Encoding": "gzip"}
    for claimed in (body, BODY):
        raw = await on_the_wire(world, body, signed(claimed, FORM) | packed)
        assert raw.startswith(b"HTTP/1.1 415")
    assert "Traceback" not in caplog.text
    assert world.heard == []
    assert await status(world, BODY, signed(BODY, FORM)) == 200


async def test_chunks_are_read_and_broken_ones_are_a_bad_request_without_a_trace(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    chunked = signed(BODY, FORM) | {"Transfer-Encoding": "chunked"}
    whole = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)
    broken = (b"zz\r\nSECRETWORDS\r\n0\r\n\r\n", b"3\r\nSECRETWORDS\r\n0\r\n\r\n")
    with caplog.at_level(logging.DEBUG):
        for body in broken:
            assert b" 400 " in (await on_the_wire(world, body, chunked)).splitlines()[0]
    assert "Traceback" not in caplog.text
    assert "SECRETWORDS" not in caplog.text
    assert (await on_the_wire(world, whole, chunked)).startswith(b"HTTP/1.1 200")


async def test_what_is_no_http_is_refused_in_one_line_of_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        twice = signed(BODY, FORM) | {"Content-Length": "87\r\nContent-Length: 3"}
        assert b" 400 " in (await on_the_wire(world, BODY, twice)).splitlines()[0]
    (line,) = [r.getMessage() for r in caplog.records if r.name.startswith("adapters.http")]
    assert line == "a request that could not be read was refused: BadHttpMessage"
    assert not [r for r in caplog.records if r.exc_info]


async def test_the_signature_is_of_the_raw_bytes(world: World) -> None:
    headers = signed(BODY, FORM)
    assert await status(world, BODY + b"&", headers) == 401
    assert await status(world, BODY.replace(b"%2F", b"%2f"), headers) == 401
    assert await status(world, BODY, signed(BODY, FORM, secret="a" * 8)) == 401
    assert await status(world, BODY, headers) == 200


async def test_a_large_body_and_a_foreign_type_are_refused_unread(world: World) -> None:
    large = b"x" * (BODY_BYTES + 1)
    async with world.session.post(world.base + EVENTS, data=io.BytesIO(large), headers=signed(large, FORM)) as answer:
        assert answer.status == 413
    assert await status(world, BODY, signed(BODY, "text/xml")) == 415
    assert world.heard == []


async def test_a_body_in_chunks_that_never_ends_is_cut_at_the_cap_and_a_slow_one_is_given_up(world: World) -> None:
    chunked = signed(BODY, FORM) | {"Transfer-Encoding": "chunked"}
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    assert (await on_the_wire(world, chunk * 17, chunked, enough=True)).startswith(b"HTTP/1.1 413")
    patience, world.platform._front._patience_s = world.platform._front._patience_s, 0.05
    slow = signed(BODY, FORM) | {"Content-Length": "500"}
    assert (await on_the_wire(world, BODY, slow, enough=True)).startswith(b"HTTP/1.1 408")
    world.platform._front._patience_s = patience
    assert world.heard == []
    assert await status(world, BODY, signed(BODY, FORM)) == 200


async def test_a_line_that_is_cut_in_the_middle_of_a_body_leaves_no_trace(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        _, writer = await asyncio.open_connection("127.0.0.1", int(world.base.rpartition(":")[2]))
        lines = [f"POST {EVENTS} HTTP/1.1", "Host: x", *(f"{k}: {v}" for k, v in signed(BODY, FORM).items())]
        writer.write("\r\n".join([*lines, "Content-Length: 500"]).encode() + b"\r\n\r\nSECRETWORDS")
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.transport.abort()
        assert await status(world, BODY, signed(BODY, FORM)) == 200
    assert "SECRETWORDS" not in caplog.text
    assert not [r for r in caplog.records if r.exc_info]


async def test_a_delivery_that_comes_twice_has_one_receipt(world: World) -> None:
    world.answer = Say(Message("help", private=True))
    headers = signed(BODY, FORM)
    assert await status(world, BODY, headers) == await status(world, BODY, headers) == 200
    assert {h.receipt for h in world.heard} == {"slack:T01TEST:command:1.2"}


async def test_slack_s_own_check_of_the_address_is_answered_only_when_it_is_signed(world: World) -> None:
    raw = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    answered, text = await world.post(raw, JSON)
    assert (answered, json.loads(text)["challenge"]) == (200, "abc")
    assert await status(world, raw, {"Content-Type": JSON}) == 401


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"\xff\xfe", FORM),
        (b"payload=notjson", FORM),
        (b"payload=%5B1%5D", FORM),
        (b"payload=null", FORM),
        (b"[]", JSON),
        (b"{", JSON),
        (b"7", JSON),
        (b"[" * 5000, JSON),
        (b"", JSON),
        (b"", FORM),
        (
            urlencode(
                {"payload": json.dumps({"type": "block_actions", "actions": 7, "user": [], "team": None})}
            ).encode(),
            FORM,
        ),
        (
            json.dumps({"type": "event_callback", "team_id": TEAM, "event": {"type": "message", "text": 7}}).encode(),
            JSON,
        ),
        (json.dumps({"type": "event_callback", "event": []}).encode(), JSON),
    ],
)
async def test_a_signed_request_that_makes_no_sense_is_no_error_of_ours(world: World, raw: bytes, kind: str) -> None:
    answered, text = await world.post(raw, kind)
    assert answered < 500
    assert "Traceback" not in text
    assert world.heard == []


async def test_hostile_requests_never_give_a_500(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A few hundred of them here; `make fuzz` sends a million."""
    with caplog.at_level(logging.DEBUG, "adapters"):
        rng = random.Random(7)
        for raw, headers in requests(rng, 400):
            answered, text, _ = await delivered(world, rng, raw, headers)
            assert answered < 500
            assert "Traceback" not in text
            await installed(world)
    assert world.heard, "some of them reach the bot"
    assert "HOSTILE" not in caplog.text
    assert "Traceback" not in caplog.text
