"""Nothing unauthenticated is parsed or logged, and nothing at all gives a 500."""

import io
import json
import logging
import random
import time
from urllib.parse import urlencode

import pytest

from adapters.slack.app import EVENTS
from adapters.slack.front import BODY_BYTES
from bot.messages.heard import Say
from bot.messages.model import Message
from tests.adapters.slack_fuzz import installed, requests
from tests.adapters.slack_server import TEAM
from tests.adapters.slack_world import World, signed

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
BODY = b"command=%2Frelease&text=help&user_id=U0ANA&channel_id=C1&team_id=T01TEST&trigger_id=1.2"


async def status(world: World, raw: bytes, headers: dict[str, str]) -> int:
    async with world.session.post(world.base + EVENTS, data=raw, headers=headers) as answer:
        return answer.status


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


@pytest.mark.parametrize("off", [-301, 301, -1e9])
async def test_a_signature_counts_for_five_minutes(world: World, off: float) -> None:
    assert await status(world, BODY, signed(BODY, FORM, time.time() + off)) == 401
    assert await status(world, BODY, signed(BODY, FORM, time.time() + off, secret="w" * 8)) == 401
    assert await status(world, BODY, signed(BODY, FORM)) == 200


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
        for raw, headers in requests(random.Random(7), 400):
            assert await status(world, raw, headers) < 500
            await installed(world)
    assert world.heard, "some of them reach the bot"
    assert "HOSTILE" not in caplog.text
    assert "Traceback" not in caplog.text
