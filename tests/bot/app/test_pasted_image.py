"""The sandbox with a real registry beside the demo sources: a pasted image is looked up there, and its digest is the one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml

from bot.app.house import DEMO_CATALOGUE
from bot.app.options import SandboxOptions
from bot.app.sandbox import sandbox
from tests.adapters.evidence.registry.servers import Pusher, begin
from tests.bot.app.talk import Json, Talk

PLAN = "/release plan payments 2.4.1 to production tomorrow 15:00 canary 10%"


@pytest.fixture
def pusher(tmp_path: Path) -> Iterator[Pusher]:
    folder = tmp_path / "registry"
    folder.mkdir()
    process, url = begin(folder)
    try:
        yield Pusher(url)
    finally:
        process.kill()
        process.wait()


def _options(folder: Path, url: str) -> SandboxOptions:
    catalogue: dict[str, Any] = yaml.safe_load(DEMO_CATALOGUE.read_text())
    payments = catalogue["services"]["payments"]
    payments["sources"] |= {"registry": "hub"}
    payments |= {"previous_version": "2.4.0", "evidence": {"image": "registry.acme.example/team/payments"}}
    (folder / "catalogue.yaml").write_text(yaml.safe_dump(catalogue))
    (folder / "sources.yaml").write_text(
        f"schema: 1\nsources:\n  hub: {{kind: registry, url: '{url}', links: [registry.acme.example], allow_private: true}}\n"
    )
    return SandboxOptions(
        port=0, data=folder / "var", catalogue=folder / "catalogue.yaml", evidence=folder / "sources.yaml"
    )


def _artifacts(release: Json) -> set[tuple[str, str]]:
    return {(one["source"], one["standing"]) for one in release["evidence"] if one["kind"] == "artifact"}


async def test_a_pasted_image_is_looked_up_beside_demo_sources_that_make_up_no_digest(
    tmp_path: Path, pusher: Pusher
) -> None:
    await pusher.image("team/payments", "2.4.0", b"old")
    digest = await pusher.image("team/payments", "v2.4.1", b"new")
    async with sandbox(_options(tmp_path, pusher.url)) as running, aiohttp.ClientSession() as session:
        talk = Talk(session, f"http://127.0.0.1:{running.port}")
        await talk.say("ana", PLAN)
        seen = await talk.release()
        assert {("demo-scm", "verified"), ("hub", "verified")} <= _artifacts(seen)
        assert seen["artifact"]["digest"] == digest
        await talk.say("ana", f"/release evidence R-1 artifact registry.acme.example/team/payments@sha256:{'0' * 64}")
        assert ("hub (link)", "missing") in _artifacts(await talk.release())
        await talk.say("ana", f"/release evidence R-1 artifact registry.acme.example/team/payments@{digest}")
        after = await talk.release()
        assert ("hub (link)", "verified") in _artifacts(after)
        assert after["artifact"]["digest"] == digest
