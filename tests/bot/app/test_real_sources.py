"""The sandbox with a real source beside the demo ones: GitHub is asked, and a pasted link is looked up."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from bot.app.house import DEMO_CATALOGUE
from bot.app.options import SandboxOptions
from bot.app.sandbox import sandbox
from tests.adapters.evidence.github_fake import GitHubState, actions, file, pull, run
from tests.adapters.http.site import Recording, serving
from tests.bot.app.talk import Json, Talk

ALL = ("unit tests", "coverage", "lint", "security scan")


def _state() -> GitHubState:
    return GitHubState(
        tags={"v2.4.1": "fefa9f6ad49b8c1c3a5bea1ea6c000e553b47917", "v2.4.0": "0" * 40},
        checks=[run(name) for name in ALL],
        pulls=[pull(7)],
        notes="Retries are safe now.",
        files=[file("app/pay.py")],
        runs=[actions(7)],
    )


@asynccontextmanager
async def _talking(folder: Path, server: Recording, **service: object) -> AsyncIterator[Talk]:
    catalogue: dict[str, Any] = yaml.safe_load(DEMO_CATALOGUE.read_text())
    payments = catalogue["services"]["payments"]
    payments["sources"] |= {"ci": "github", "scm": "github"}
    payments |= {"repository": "acme/shop", "previous_version": "2.4.0", **service}
    (folder / "catalogue.yaml").write_text(yaml.safe_dump(catalogue))
    (folder / "sources.yaml").write_text(
        f"schema: 1\nsources:\n  github: {{kind: github, url: 'http://127.0.0.1:{server.port}', "
        "links: [github.com], allow_private: true}\n"
    )
    options = SandboxOptions(
        port=0, data=folder / "var", catalogue=folder / "catalogue.yaml", evidence=folder / "sources.yaml"
    )
    async with sandbox(options) as running, aiohttp.ClientSession() as session:
        yield Talk(session, f"http://127.0.0.1:{running.port}")


def _items(release: Json) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for one in release["evidence"]:
        found.setdefault(one["kind"], []).append((one["source"], one["standing"]))
    return found


async def test_what_github_says_needs_no_question(tmp_path: Path) -> None:
    state = _state()
    async with serving(state.answer) as server, _talking(tmp_path, server) as talk:
        await talk.say("ana", "/release plan payments 2.4.1 to production tomorrow 15:00 canary 10%")
        seen = _items(await talk.release())
    for kind in ("ci", "artifact", "change", "notes", "migration"):
        assert ("github", "verified") in seen[kind], kind
    assert state.broken == []
    assert server.methods == {"GET"}


async def test_a_pasted_link_is_looked_up_and_another_host_is_not(tmp_path: Path) -> None:
    state = _state()
    async with serving(state.answer) as server, _talking(tmp_path, server) as talk:
        await talk.say("ana", "/release plan payments 2.4.1 to production tomorrow 15:00 canary 10%")
        await talk.say("ana", "/release evidence R-1 ci https://github.com/acme/shop/actions/runs/7")
        seen = _items(await talk.release())
        assert ("github (link)", "verified") in seen["ci"]
        before = len(server.heard)
        await talk.say("ana", "/release evidence R-1 ci https://github.com.evil.example/acme/shop/actions/runs/7")
        assert len(server.heard) == before
    assert state.broken == []


async def test_a_check_with_a_name_that_cannot_be_written_down_is_heard_all_the_same(tmp_path: Path) -> None:
    """Half a character or a megabyte in the name of a red check kept it out of the record, and the green before stood."""
    state = _state()
    async with serving(state.answer) as server, _talking(tmp_path, server) as talk:
        await talk.say("ana", "/release plan payments 2.4.1 to production tomorrow 15:00 canary 10%")
        assert ("github", "verified") in _items(await talk.release())["ci"]
        state.checks.append(run("odd\ud800\x00\u202e\n\x1b[31m" + "x" * 1_000_000, "failure"))
        await talk.say("ana", "/release evidence R-1 ci https://github.com/acme/shop/actions/runs/7")
        assert ("github (link)", "failed") in _items(await talk.release())["ci"]


async def test_a_source_that_is_gone_is_unavailable_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with serving(_state().answer) as server:
        pass
    async with _talking(tmp_path, server) as talk:
        await talk.say("ana", "/release plan payments 2.4.1 to production tomorrow 15:00 canary 10%")
        seen = _items(await talk.release())
    assert ("github", "unavailable") in seen["ci"]
    assert ("demo-prometheus", "verified") in seen["monitoring"]
