"""A pipeline asks over HTTP: without its token it learns nothing; 200 is GO with a record that can be checked, else it is not."""

import base64
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.http.server import Server, application
from adapters.web.go import GoPages
from adapters.web.signing import LEEWAY, Signer, public_key
from bot.app.verifying import Wanted, verify_go
from bot.domain.errors import Corrupt
from bot.domain.facts import Neighbour
from bot.messages.clearance import HOLDS
from bot.messages.view import View
from bot.policy import judge
from tests.adapters.web_pipeline import BEARER, TOKEN, new_key
from tests.driver import Driver
from tests.world import HOME, START


def public(pem: str) -> str:
    return public_key(pem).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@dataclass
class Kept:
    """What the bot keeps, as far as these pages ask."""

    drivers: dict[str, Driver] = field(default_factory=dict)
    corrupt: str = ""

    async def view(self, release: str) -> View | None:
        if release == self.corrupt:
            raise Corrupt(release, "hash")
        driver = self.drivers.get(release)
        if driver is None:
            return None
        return View(driver.state, driver.facts, judge(driver.state, driver.facts, driver.now), driver.now, HOME)

    async def neighbours(self, besides: str | None) -> Sequence[Neighbour]:
        assert besides is None
        found = ((name, d.state) for name, d in self.drivers.items())
        return [
            Neighbour(name, r.service, r.environment, r.version, r.phase, r.start_at, r.owner, r.rollback_owner)
            for name, r in found
        ]


@asynccontextmanager
async def asking(kept: Kept, pem: str) -> AsyncIterator["Asker"]:
    app = application()
    GoPages(Signer(pem), TOKEN, kept, kept).routes(app)
    server = Server(app, 0)
    port = await server.start()
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            yield Asker(session)
    finally:
        await server.stop()


@dataclass
class Asker:
    session: aiohttp.ClientSession

    async def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        async with self.session.get(path, headers=BEARER if headers is None else headers) as got:
            return got.status, await got.json()


def cleared() -> Driver:
    driver = Driver().cleared()
    driver.now = START
    return driver


async def test_a_go_comes_with_a_record_that_the_public_key_proves(tmp_path: Path) -> None:
    pem, driver = new_key(), cleared()
    async with asking(Kept({"R-1": driver}), pem) as asker:
        status, told = await asker.get("/go?service=payments&version=2.4.1&environment=production")
        assert (status, told["go"], told["release"], told["word"]) == (200, True, "R-1", "GO")
        assert (await asker.get("/go/R-1"))[0] == 200
        _, keys = await asker.get("/go/keys", {})
    key = jwt.PyJWK(keys["keys"][0])
    assert jwt.get_unverified_header(told["record"])["kid"] == keys["keys"][0]["kid"]
    claims = jwt.decode(told["record"], key, ["EdDSA"], options={"verify_exp": False, "verify_iat": False})
    assert claims["go"]["version"] == "2.4.1"
    assert claims["exp"] - claims["iat"] == HOLDS.total_seconds()
    record, keyfile = tmp_path / "record", tmp_path / "public.pem"
    record.write_text(told["record"])
    keyfile.write_text(public(pem))
    same = {"service": "payments", "version": "2.4.1", "environment": "production"}
    assert verify_go(Wanted(record, keyfile, same), driver.now).good
    other = verify_go(Wanted(record, keyfile, {**same, "version": "2.4.2"}), driver.now)
    assert (other.good, other.text) == (False, "refused: the record is of version 2.4.1, not 2.4.2")
    assert "holds no more" in verify_go(Wanted(record, keyfile), driver.now + HOLDS + LEEWAY).text
    assert verify_go(Wanted(record, keyfile), driver.now + HOLDS).good


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": TOKEN}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}],
)
async def test_who_has_no_token_learns_nothing_and_who_has_it_is_answered(headers: dict[str, str]) -> None:
    async with asking(Kept({"R-1": cleared()}), new_key()) as asker:
        for path in ("/go/R-1", "/go/R-2", "/go?service=payments&version=2.4.1&environment=production", "/go"):
            status, told = await asker.get(path, headers)
            assert (status, told["error"]) == (401, "no_token")
            assert "payments" not in json.dumps(told)
        assert (await asker.get("/go/R-1"))[0] == 200


async def test_what_is_not_go_is_a_conflict_that_says_what_is_missing() -> None:
    async with asking(Kept({"R-1": Driver().plan()}), new_key()) as asker:
        status, told = await asker.get("/go/R-1")
        assert (status, told["go"], told["word"]) == (409, False, "NO-GO UNTIL VERIFIED")
        assert told["missing"]
        assert "record" not in told


async def test_what_is_not_there_is_not_go() -> None:
    kept = Kept({"R-1": cleared()}, corrupt="R-9")
    async with asking(kept, new_key()) as asker:
        assert (await asker.get("/go/R-7"))[0] == 404
        assert (await asker.get("/go?service=payments&version=2.4.2&environment=production"))[0] == 404
        assert (await asker.get("/go?service=payments&version=2.4.1&environment=staging"))[0] == 404
        assert (await asker.get("/go?service=payments"))[0] == 400
        status, told = await asker.get("/go/R-9")
        assert (status, told["go"]) == (409, False)
        kept.drivers["R-2"] = cleared()
        status, told = await asker.get("/go?service=payments&version=2.4.1&environment=production")
        assert (status, told["go"]) == (409, False)
        assert "R-1, R-2" in told["reason"]


def _changed(token: str) -> str:
    head, body, tail = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["go"]["version"] = "6.6.6"
    return ".".join([head, base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("="), tail])


def test_a_forged_record_is_refused_and_the_genuine_one_is_not(tmp_path: Path) -> None:
    pem, driver = new_key(), cleared()
    go = {"release": "R-1", "service": "payments", "version": "2.4.1"}
    genuine = Signer(pem).sign(go, driver.now, HOLDS)
    claims = jwt.decode(genuine, options={"verify_signature": False})
    secret = public(pem).encode()
    forged = [
        _changed(genuine),
        Signer(new_key()).sign(go, driver.now, HOLDS),
        jwt.api_jws.PyJWS().encode(json.dumps(claims).encode(), "", "none", {"typ": "t-minus-go+jwt"}),
        jwt.api_jws.PyJWS().encode(json.dumps(claims).encode(), b"0" * 32, "HS256", {"typ": "t-minus-go+jwt"}),
        jwt.encode({**claims, "iss": "somebody"}, pem, "EdDSA", {"typ": "t-minus-go+jwt"}),
        jwt.encode(claims, pem, "EdDSA"),
        jwt.encode({k: v for k, v in claims.items() if k != "go"}, pem, "EdDSA", {"typ": "t-minus-go+jwt"}),
        jwt.encode({k: v for k, v in claims.items() if k != "exp"}, pem, "EdDSA", {"typ": "t-minus-go+jwt"}),
        "no record",
        "",
    ]
    record, keyfile = tmp_path / "record", tmp_path / "public.pem"
    keyfile.write_bytes(secret)
    for text in forged:
        record.write_text(text)
        found = verify_go(Wanted(record, keyfile), driver.now)
        assert (found.good, found.text.split(":")[0]) == (False, "refused"), text
    record.write_text(genuine + "\n")
    assert verify_go(Wanted(record, keyfile), driver.now).good


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    record, keyfile = tmp_path / "record", tmp_path / "public.pem"
    assert str(keyfile) in verify_go(Wanted(record, keyfile), START).text
    rsa = generate_private_key(65537, 2048).public_key()
    keyfile.write_bytes(rsa.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    assert str(keyfile) in verify_go(Wanted(record, keyfile), START).text
    keyfile.write_text(public(new_key()))
    assert str(record) in verify_go(Wanted(record, keyfile), START).text
    record.write_bytes(b"\xff\xfe")
    assert str(record) in verify_go(Wanted(record, keyfile), START).text
