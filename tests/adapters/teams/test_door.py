"""Nothing that Microsoft did not sign for this bot is heard, and a refusal says nothing."""

import asyncio
import base64
import hmac
import json
import logging
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.teams.app import BODY_BYTES, MESSAGES
from adapters.teams.keys import FRESH_S
from adapters.teams.options import TeamsOptions
from tests.adapters.teams_server import TENANT, signing
from tests.adapters.teams_world import World

NOW = int(time.time())
FORGED: dict[str, dict[str, Any]] = {
    "expired": {"exp": NOW - 3600, "nbf": NOW - 7200},
    "not yet valid": {"nbf": NOW + 3600},
    "without an end": {"exp": None},
    "another audience": {"aud": "somebody-else"},
    "no audience": {"aud": None},
    "another issuer": {"iss": "https://evil.example"},
    "another service URL": {"serviceurl": "https://evil.example/"},
    "no service URL": {"serviceurl": None},
    "another's signature": {"signer": "stranger"},
    "an unknown key": {"kid": "unknown"},
    "no key": {"kid": None},
    "a key for another channel": {"kid": "k2", "signer": "k2"},
    "no algorithm": {"alg": "none"},
    "a shared secret": {"alg": "HS256"},
}


@pytest.mark.parametrize("name", FORGED)
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
async def test_a_forged_token_is_refused_and_a_good_one_is_heard(
    world: World, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = world.activity(text="release status of the secret thing", alone=True)
    status, body = await world.post(said, world.teams.token(**FORGED[name]))
    assert (status, body, world.heard) == (401, {}, [])
    assert "secret thing" not in caplog.text
    assert (await world.post(said))[0] == 202
    assert len(world.heard) == 1


async def test_the_public_key_taken_for_a_shared_secret_signs_nothing(world: World) -> None:
    public = signing("k1").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    claims = world.teams.token().split(".")[1]
    header = _b64(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "k1"}).encode())
    mac = _b64(hmac.new(public, f"{header}.{claims}".encode(), "sha256").digest())
    assert (await world.post(world.activity(text="x", alone=True), f"{header}.{claims}.{mac}"))[0] == 401
    assert world.heard == []
    assert (await world.post(world.activity(text="x", alone=True)))[0] == 202


async def test_every_forged_token_gets_the_same_words_and_nothing_is_read_before_it(world: World) -> None:
    answers = set()
    for name in ("expired", "another audience", "an unknown key", "no algorithm", "another's signature"):
        for raw in (b'{"type": "message"}', b"no json at all", b"x" * (BODY_BYTES + 1)):
            token = world.teams.token(**FORGED[name])
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
            async with world.session.post(world.base + MESSAGES, data=raw, headers=headers) as answer:
                answers.add((answer.status, await answer.read()))
    assert answers == {(401, b"Unauthorized")}


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize("header", [None, "garbage", "a.b.c"])
async def test_without_a_token_nothing_is_heard(world: World, header: str | None) -> None:
    assert (await world.post(world.activity(text="release help"), header))[0] == 401
    assert world.heard == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"channelId": "emulator"},
        {"channelId": ""},
        {"serviceUrl": "https://evil.example/"},
        {"serviceUrl": None},
        {"channelData": {"tenant": {"id": "another-tenant"}}},
        {"channelData": {}},
        {"type": ""},
    ],
)
async def test_what_is_not_for_this_bot_is_refused_even_with_a_good_token(world: World, wrong: dict[str, Any]) -> None:
    assert (await world.post(world.activity(text="release help") | wrong))[0] == 401
    assert world.heard == []
    assert await world.given.notebook.all("teams.places") == {}
    assert (await world.post(world.activity(text="release help")))[0] == 202


@pytest.mark.parametrize(
    ("raw", "status"), [(b"[1]", 400), (b"{", 400), (b"x" * (BODY_BYTES + 1), 413), (b"[" * 9000, 400)]
)
async def test_a_body_that_is_no_activity_is_refused_short(world: World, raw: bytes, status: int) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {world.teams.token()}"}
    async with world.session.post(world.base + MESSAGES, data=raw, headers=headers) as answer:
        assert answer.status == status
        assert len(await answer.read()) < 60


async def test_an_activity_of_odd_shapes_is_never_an_error_of_the_server(world: World) -> None:
    shapes: tuple[dict[str, Any], ...] = (
        {"from": 3},
        {"entities": [3, {"type": "mention"}]},
        {"conversation": []},
        {"text": {"a": 1}},
    )
    for odd in shapes:
        status, _ = await world.post(world.activity(text="x") | odd)
        assert status in {202, 400}


async def test_those_who_come_while_the_keys_are_fetched_wait_for_them(world: World) -> None:
    first = [world.post(world.activity(text="x", alone=True)) for _ in range(5)]
    assert [status for status, _ in await asyncio.gather(*first)] == [202] * 5
    assert world.teams.key_reads == 1


async def test_a_list_of_keys_that_is_old_is_read_again_and_holds_nobody_up(world: World) -> None:
    assert (await world.post(world.activity(text="x", alone=True)))[0] == 202
    world.teams.gate.clear()
    world.platform._keys._now = lambda: world.given.clock.monotonic() + FRESH_S
    for _ in range(3):
        assert (await world.post(world.activity(text="x", alone=True)))[0] == 202
    assert world.teams.key_reads == 1
    world.teams.gate.set()
    await world.settled()
    assert world.teams.key_reads == 2
    assert (await world.post(world.activity(text="x", alone=True)))[0] == 202
    await world.settled()
    assert world.teams.key_reads == 2, "once a day"


async def test_an_unknown_key_does_not_make_the_bot_fetch_keys_over_and_over(world: World) -> None:
    for _ in range(5):
        await world.post(world.activity(text="x"), world.teams.token(kid="unknown"))
    assert world.teams.key_reads == 1


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://smba.trafficmanager.net/emea/", True),
        ("https://smba.trafficmanager.net/amer/tenant/", True),
        ("https://europe.botframework.com/", True),
        ("https://smba.infra.dod.teams.microsoft.us/teams/", True),
        ("http://smba.trafficmanager.net/emea/", False),
        ("https://smba.trafficmanager.net.evil.example/", False),
        ("https://evilbotframework.com/", False),
        ("https://user@smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net:8443/", False),
        ("https://169.254.169.254/", False),
        ("not a url", False),
    ],
)
def test_a_token_goes_to_microsoft_s_hosts_alone(url: str, good: bool) -> None:  # noqa: FBT001 - a column of the table
    assert TeamsOptions(app_id="a", tenant=TENANT).trusts(url) is good
