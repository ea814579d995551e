"""`serve` answers pipelines where its settings say so, and refuses half of them in a sentence (A4)."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from bot.app.serve import serving
from bot.app.verifying import Wanted, verify_go
from bot.settings import BadSettings
from tests.adapters.web_pipeline import BEARER, TOKEN, new_key
from tests.bot.app.local import local
from tests.bot.app.talk import REASON, sandbox_of
from tests.bot.app.test_serve import said, settings
from tests.days import workday

ROOT = Path(__file__).parents[3]


async def test_a_pipeline_asks_the_bot_that_serves_and_nobody_asks_where_it_is_not_set(tmp_path: Path) -> None:
    chosen = settings(tmp_path, go_key=new_key(), go_token=TOKEN)
    path = "/go?service=payments&version=2.4.1&environment=production"
    async with serving(chosen, [local(tmp_path)]) as served, aiohttp.ClientSession() as session:
        base = f"http://127.0.0.1:{served.port}"
        async with session.get(base + path, headers=BEARER) as got:
            assert (got.status, (await got.json())["go"]) == (404, False)
        await said(served.port, "ana", "/release plan payments 2.4.1 to production in 3 hours canary 10%")
        async with session.get(base + path, headers=BEARER) as got:
            told = await got.json()
            assert (got.status, told["go"], told["release"]) == (409, False, "R-1")
            assert told["missing"]
        async with session.get(base + path) as got:
            assert got.status == 401
        async with session.get(base + "/go/keys") as got:
            assert (await got.json())["keys"][0]["crv"] == "Ed25519"
    async with (
        serving(settings(tmp_path), [local(tmp_path)]) as plain,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{plain.port}{path}", headers=BEARER) as got,
    ):
        assert (got.status, (await got.json())["error"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"go_key": "-----BEGIN PRIVATE KEY-----\nno key\n-----END PRIVATE KEY-----\n", "go_token": TOKEN}, "Ed25519"),
        ({"go_key": new_key()}, "T_MINUS_GO_TOKEN"),
        ({"go_token": TOKEN}, "T_MINUS_GO_KEY"),
    ],
)
async def test_half_of_it_or_no_key_stops_the_start_and_nothing_of_the_secret_is_said(
    tmp_path: Path, given: dict[str, str], told: str
) -> None:
    with pytest.raises(BadSettings, match=told) as error:
        async with serving(settings(tmp_path, **given), [local(tmp_path)]):
            pytest.fail("it served")
    assert all(secret not in str(error.value) for secret in given.values())


def test_a_rehearsal_signs_nothing_and_loads_no_cryptography() -> None:
    code = "import sys, bot.app.sandbox; print('jwt' in sys.modules, 'cryptography' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )
    assert told.stdout.split() == ["False", "False"]


async def test_a_short_token_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 32 characters"):
        settings(tmp_path, go_key=new_key(), go_token=TOKEN[:31])


async def test_the_sandbox_answers_a_pipeline_and_its_records_clear_nothing(tmp_path: Path) -> None:
    path = "/go?service=search&version=1.9.0&environment=production"
    async with sandbox_of(tmp_path / "var") as (talk, port), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        bearer = {"Authorization": f"Bearer {(tmp_path / 'var' / 'go-token').read_text()}"}
        assert (tmp_path / "var" / "go-token").stat().st_mode & 0o077 == 0
        async with http.get(path) as got:
            assert (got.status, "go-token" in (await got.json())["message"]) == (401, True)
        await talk.say("ana", f"/release plan search 1.9.0 to production at {workday()} 15:00", place="#search")
        for who, text in (("kai", f"approve R-1 {REASON}"), ("lena", "go R-1")):
            await talk.say(who, f"/release {text}", place="#search")
        async with http.get(path, headers=bearer) as got:
            assert (got.status, (await got.json())["go"]) == (409, False)
        await talk.until(-4)
        async with http.get(path, headers=bearer) as got:
            told = await got.json()
            assert (got.status, told["go"]) == (200, True)
        async with http.get("/go/keys") as got:
            assert await got.json() == {"keys": []}
        at = datetime.fromisoformat((await talk.get("/api/clock"))["now"])
    (tmp_path / "record.jwt").write_text(told["record"])
    (tmp_path / "go.pem").write_text(new_key())
    found = verify_go(Wanted(tmp_path / "record.jwt", tmp_path / "go.pem"), at)
    assert (found.good, "rehearsal in a sandbox" in found.text) == (False, True)
    (tmp_path / "record.jwt").write_text("no record")
    assert "not signed with that key" in verify_go(Wanted(tmp_path / "record.jwt", tmp_path / "go.pem"), at).text
