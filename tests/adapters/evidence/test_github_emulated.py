"""GitHub as a source, against a second server that is not ours: emulate's GitHub, for what it does."""

import asyncio
import json
import socket
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any

import aiohttp
import pytest

from adapters.evidence.github import github
from adapters.http.fetch import Transport
from bot.clock import machine_time
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Secret, SourceSettings
from tests.adapters.evidence.asked import catalog, entry, inquiry, release

EMULATE = Path(__file__).parents[2] / "counterparts/node_modules/emulate/dist/index.js"
SEED = """
tokens:
  a_token: {login: octocat, scopes: [repo]}
github:
  users: [{login: octocat}]
  repos: [{owner: octocat, name: shop, auto_init: true}, {owner: octocat, name: other, auto_init: true}]
"""
OTHER = "/repos/octocat/other"
HEADERS = {"Authorization": "Bearer a_token"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    seed = tmp_path_factory.mktemp("emulate") / "seed.yaml"
    seed.write_text(SEED)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["node", str(EMULATE), "start", "--service", "github", "--port", str(port), "--seed", str(seed)]
    with Popen(words, stdout=DEVNULL, stderr=DEVNULL) as process:
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
async def admin(server: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"{server}/repos/octocat/shop/", headers=HEADERS) as http:
        for _ in range(1_200):
            try:
                async with http.get("commits") as answer:
                    assert answer.status == 200
                    break
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
        else:
            pytest.fail("the counterpart does not answer")
        yield http


async def _made(http: aiohttp.ClientSession, path: str, **body: object) -> dict[str, Any]:
    async with http.post(path, data=json.dumps(body)) as answer:
        assert answer.status == 201, await answer.text()
        found: dict[str, Any] = await answer.json()
        return found


async def test_checks_of_another_server_are_judged_as_those_of_ours(server: str, admin: aiohttp.ClientSession) -> None:
    async with admin.get("commits") as answer:
        sha = (await answer.json())[0]["sha"]
    await _made(admin, "git/refs", ref="refs/tags/v1.2.3", sha=sha)
    about = entry(repository="octocat/shop")
    settings = SourceSettings("gh", "github", server, (), Secret(lambda: "a_token"), allow_private=True)
    async with Transport() as transport:
        source = github(settings, transport, catalog)

        async def ci() -> Evidence:
            return (await source.gather(inquiry("ci", about=about, at=machine_time())))[0]

        assert (await ci()).standing is Standing.MISSING
        check = await _made(admin, "check-runs", name="unit", head_sha=sha, status="in_progress")
        assert (await ci()).standing is Standing.PENDING
        async with admin.patch(
            f"check-runs/{check['id']}", data=json.dumps({"status": "completed", "conclusion": "skipped"})
        ):
            pass
        assert (await ci()).standing is Standing.INCONCLUSIVE
        await _made(admin, "check-runs", name="tests", head_sha=sha, status="completed", conclusion="success")
        seen = await ci()
        assert (seen.standing, seen.subject) == (Standing.VERIFIED, sha)
        await _made(admin, "check-runs", name="lint", head_sha=sha, status="completed", conclusion="failure")
        assert (await ci()).standing is Standing.FAILED
        await _made(admin, "releases", tag_name="v1.2.3", name="1.2.3", body="Retries are safe now.")
        scm = {one.kind: one for one in await source.gather(inquiry("scm", about=about))}
        assert scm[Kind.ARTIFACT].facts["commit"] == sha
        assert scm[Kind.NOTES].standing is Standing.VERIFIED
        assert scm[Kind.CHANGE].standing is Standing.MISSING
        gone = await source.gather(inquiry("ci", about=about, of=release(version="9.9.9")))
        assert gone[0].standing is Standing.MISSING


async def test_green_of_another_commit_is_no_evidence_on_another_server_either(
    server: str, admin: aiohttp.ClientSession
) -> None:
    async with admin.get(f"{OTHER}/commits") as answer:
        old = (await answer.json())[0]["sha"]
    await _made(admin, f"{OTHER}/check-runs", name="unit", head_sha=old, status="completed", conclusion="success")
    file = json.dumps({"message": "More", "content": b64encode(b"more").decode()})
    async with admin.put(f"{OTHER}/contents/more.txt", data=file) as answer:
        sha = (await answer.json())["commit"]["sha"]
    assert sha != old
    await _made(admin, f"{OTHER}/git/refs", ref="refs/tags/v2.0.0", sha=sha)
    settings = SourceSettings("gh", "github", server, (), Secret(lambda: "a_token"), allow_private=True)
    asked = inquiry("ci", about=entry(repository="octocat/other"), of=release(version="2.0.0"), at=machine_time())
    async with Transport() as transport:
        source = github(settings, transport, catalog)
        (seen,) = await source.gather(asked)
        assert (seen.standing, seen.subject) == (Standing.MISSING, sha)
        await _made(admin, f"{OTHER}/check-runs", name="unit", head_sha=sha, status="completed", conclusion="success")
        (again,) = await source.gather(asked)
        assert (again.standing, again.subject) == (Standing.VERIFIED, sha)
