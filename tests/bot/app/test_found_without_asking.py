"""What sources can find out is never asked (Q4), and a slow source holds up nothing: questions are for what only people know."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from aiohttp import web

from bot.app.house import DEMO_CATALOGUE
from bot.app.options import SandboxOptions
from bot.app.sandbox import Sandbox, sandbox
from bot.domain.evidence import Kind, Standing
from bot.domain.release import Release
from tests.adapters.evidence.github_fake import SHA, GitHubState, actions, file, pull, run
from tests.adapters.http.site import Handler, serving
from tests.bot.app.talk import Talk

CHECKS = ("unit tests", "coverage", "lint", "security scan")
PLAN = "/release plan payments 2.4.1 to production tomorrow 15:00 canary 10%"
PATIENCE = 600
"""Looks, 50 ms apart."""


def _github(*changed: str) -> GitHubState:
    return GitHubState(
        tags={"v2.4.1": SHA, "v2.4.0": "0" * 40},
        checks=[run(name) for name in CHECKS],
        pulls=[pull(7)],
        notes="Retries are safe now.",
        files=[file(path) for path in changed],
        runs=[actions(7)],
    )


@asynccontextmanager
async def _planned(
    folder: Path, servers: Mapping[str, Handler], roles: Mapping[str, str], *, simulated: bool = True
) -> AsyncIterator[Sandbox]:
    """Ana planned the release of payments, whose sources are at those servers."""
    catalogue: dict[str, Any] = yaml.safe_load(DEMO_CATALOGUE.read_text())
    payments = catalogue["services"]["payments"]
    payments["sources"] = {**payments["sources"], **roles}
    payments |= {"repository": "acme/shop", "previous_version": "2.4.0", "evidence": {"job": "shop/main"}}
    (folder / "catalogue.yaml").write_text(yaml.safe_dump(catalogue))
    lines = ["schema: 1", "sources:"]
    async with serving(servers["github"]) as github, serving(servers.get("jenkins", servers["github"])) as jenkins:
        lines += [f"  github: {{kind: github, url: 'http://127.0.0.1:{github.port}', allow_private: true}}"]
        lines += [
            f"  jenkins: {{kind: jenkins, url: 'http://127.0.0.1:{jenkins.port}/ci', allow_private: true, timeout_seconds: 9}}"
        ]
        (folder / "sources.yaml").write_text("\n".join(lines) + "\n")
        options = SandboxOptions(
            port=0,
            data=folder / "var",
            catalogue=folder / "catalogue.yaml",
            evidence=folder / "sources.yaml",
            simulated=simulated,
        )
        async with sandbox(options) as running, aiohttp.ClientSession() as session:
            await Talk(session, f"http://127.0.0.1:{running.port}").say("ana", PLAN)
            yield running


async def _release(running: Sandbox) -> Release:
    loaded = await running.store.release("R-1")
    assert loaded is not None
    return loaded.release


async def test_nothing_is_asked_that_the_repository_can_tell(tmp_path: Path) -> None:
    servers = {"github": _github("app/pay.py").answer}
    async with _planned(tmp_path, servers, {"ci": "github", "scm": "github"}) as running:
        release = await _release(running)
    assert [question.slot for question in release.questions] == ["rollback"]
    assert release.data_change == "none"


async def test_models_that_changed_are_asked_about_because_they_changed(tmp_path: Path) -> None:
    servers = {"github": _github("app/models.py").answer}
    async with _planned(tmp_path, servers, {"ci": "github", "scm": "github"}) as running:
        release = await _release(running)
    assert [(question.slot, question.because) for question in release.questions] == [("migration", "models_changed")]


async def test_a_source_that_hangs_holds_up_neither_the_others_nor_the_first_question(tmp_path: Path) -> None:
    go_on = asyncio.Event()

    async def hangs(_: web.Request) -> web.StreamResponse:
        await go_on.wait()
        return web.json_response({"builds": []})

    servers = {"github": _github("app/pay.py").answer, "jenkins": hangs}
    async with _planned(tmp_path, servers, {"ci": "jenkins", "scm": "github"}, simulated=False) as running:
        release = await _release(running)
        for _ in range(PATIENCE):
            if release.questions or any(one.source == "jenkins" for one in release.evidence):
                break
            await asyncio.sleep(0.05)
            release = await _release(running)
        assert [question.slot for question in release.questions] == ["rollback"]
        seen = {(one.kind, one.source) for one in release.evidence}
        assert (Kind.CHANGE, "github") in seen
        assert (Kind.CI, "jenkins") not in seen
        go_on.set()
        for _ in range(PATIENCE):
            release = await _release(running)
            ci = [one.standing for one in release.evidence if one.source == "jenkins"]
            if ci == [Standing.MISSING]:
                break
            await asyncio.sleep(0.05)
    # Asked before the commit was known, and once more when the repository had told it.
    assert [one.standing for one in release.evidence if one.source == "jenkins"] == [Standing.MISSING]
