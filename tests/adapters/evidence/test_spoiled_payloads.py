"""Answers with one value of another kind in them: no source breaks, and what it then says is still evidence of its own kinds.

Each seed is a world: it is printed with the answers that were spoiled, and gives the same ones again.
"""

import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from aiohttp import web

from adapters.evidence.index import KINDS as SOURCES
from adapters.evidence.index import evidence_sources
from adapters.http.fetch import Transport
from bench.evidence.server import HEADERS
from bench.evidence.server import answer as monitored
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.release import Release
from bot.domain.service import Service
from bot.ports import EvidenceSource, Inquiry, SourceSettings
from tests.adapters.evidence.asked import catalog, entry, release
from tests.adapters.evidence.github_fake import SHA, GitHubState, actions, file, pull, run
from tests.adapters.evidence.gitlab_fake import PROJECT, GitLabState
from tests.adapters.evidence.jenkins_fake import SHA as BUILT
from tests.adapters.evidence.jenkins_fake import JenkinsState
from tests.adapters.http.site import Handler, leads_home, serving
from tests.world import NOW

WORLDS = 30
CONTAINERS: tuple[object, ...] = ([], 7, None, {"": []})
KEYS = (
    "status",
    "head_sha",
    "actions",
    "remoteUrls",
    "lastBuiltRevision",
    "interval",
    "alerts",
    "layers",
    "spec",
    "jobs",
)
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 10**400, "", "x", "a\nb", "\u202e", [], [None], [[]], {}, {"": None}, "9" * 400,
    "2026-13-45T99:99:99Z", "2026-11-24T09:00:00Z", "sha256:" + "a" * 64, "success",
)  # fmt: skip


def spoiled(said: Any, pick: random.Random) -> Any:  # noqa: ANN401 - any JSON
    """The same with one value replaced, or taken out."""
    if isinstance(said, dict) and said and pick.random() < 0.9:
        key = pick.choice(list(said))
        if pick.random() < 0.15:
            return {k: v for k, v in said.items() if k != key}
        return {**said, key: spoiled(said[key], pick)}
    if isinstance(said, list) and said and pick.random() < 0.9:
        at = pick.randrange(len(said))
        return [*said[:at], spoiled(said[at], pick), *said[at + 1 :]]
    return pick.choice(ODD)


def _github() -> Handler:
    state = GitHubState(checks=[run("unit")], pulls=[pull(7)], notes="Words", runs=[actions(7)])
    state.files = [file("app.py"), file("sql/V2__x.sql", status="added")]
    return state.answer


async def _monitored(request: web.Request) -> web.Response:
    body, kind = monitored(request.path, request.query.get("query", ""))
    return web.Response(text=body, content_type=kind, headers=HEADERS)


WHERE: Mapping[str, tuple[Callable[[], Handler], tuple[str, ...], dict[str, str]]] = {
    "github": (_github, ("ci", "scm"), {}),
    "gitlab": (lambda: GitLabState().answer, ("ci", "scm"), {}),
    "jenkins": (lambda: JenkinsState().answer, ("ci",), {}),
    "prometheus": (lambda: _monitored, ("prometheus",), {"alertmanager": "alerts"}),
    "kubernetes": (lambda: _monitored, ("rollout",), {}),
    "registry": (lambda: _monitored, ("registry",), {}),
    "health": (lambda: _monitored, ("health",), {}),
}
KINDS = {
    "github": {Kind.CI, Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.MIGRATION, Kind.FLAGS},
    "gitlab": {Kind.CI, Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.MIGRATION, Kind.FLAGS},
    "jenkins": {Kind.CI},
    "prometheus": {Kind.MONITORING, Kind.HEALTH},
    "kubernetes": {Kind.ROLLOUT},
    "registry": {Kind.ARTIFACT, Kind.ROLLBACK_TARGET},
    "health": {Kind.HEALTH},
}


def shop_of(kind: str) -> tuple[Release, Service]:
    """What the server of that kind of source in WHERE speaks of."""
    about = entry(
        repository=PROJECT if kind == "gitlab" else "acme/shop",
        names={"namespace": "shop", "image": "acme/shop"},
        evidence={"job": "shop/main", "scrape_job": "shop"},
        thresholds=(),
    )
    return release(commit=BUILT if kind == "jenkins" else SHA), about


@dataclass
class Spoiling:
    """A source whose server spoils its answers by `how`; `told` are those of the last question."""

    kind: str
    ask: Callable[[str, str], Awaitable[Sequence[Evidence]]]
    how: Callable[[Any], Any] | None = None
    told: list[str] = field(default_factory=list)

    async def asked(self, world: object, purpose: str = "plan") -> set[Standing]:
        """The standings of what it says in all roles."""
        self.told.clear()
        seen: set[Standing] = set()
        for role in WHERE[self.kind][1]:
            try:
                items = await self.ask(role, purpose)
            except Exception as error:
                error.add_note(f"world {world} of {self.kind}: " + "\n".join(self.told))
                raise
            assert {one.kind for one in items} <= KINDS[self.kind], (world, self.told)
            seen |= {one.standing for one in items}
        return seen


@pytest.fixture(params=list(WHERE))
async def source(request: pytest.FixtureRequest) -> AsyncIterator[Spoiling]:
    kind = str(request.param)
    make, _, options = WHERE[kind]
    inner = make()

    async def spoils(request: web.Request) -> web.StreamResponse:
        sound = await inner(request)
        if it.how is None or not isinstance(sound, web.Response) or "json" not in sound.content_type or not sound.text:
            return sound
        body = json.dumps(it.how(json.loads(sound.text)))
        it.told.append(f"{request.path} {body[:2000]}")
        return web.Response(text=body, status=sound.status, content_type=sound.content_type)

    of, about = shop_of(kind)
    async with serving(spoils) as server, Transport(leads_home) as transport:
        base = f"{server.base()}/ci" if kind == "jenkins" else server.base()
        made = _source(kind, base, transport, options)
        it = Spoiling(kind, lambda role, purpose: made.gather(Inquiry(of, about, role, purpose, NOW)))
        yield it


def test_every_source_is_spoiled() -> None:
    asked = {name for name, kind in SOURCES.items() if kind.make is not None}
    assert asked == set(WHERE) == set(KINDS), "give each source a server in WHERE, and what it may speak of in KINDS"


async def test_a_value_of_another_kind_breaks_no_source(source: Spoiling) -> None:
    pick = random.Random(0)
    assert Standing.VERIFIED in await source.asked("sound")
    source.how = lambda said: said if pick.random() < 0.5 else spoiled(said, pick)
    for world in range(WORLDS):
        pick.seed(world)
        await source.asked(world, "watch" if world % 2 else "plan")


async def test_a_key_that_holds_a_list_a_number_or_nothing_breaks_no_source(source: Spoiling) -> None:
    for key in KEYS:
        for odd in CONTAINERS:
            source.how = partial(_everywhere, key, odd)
            await source.asked((key, odd))


def _everywhere(key: str, odd: object, said: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(said, dict):
        return {k: odd if k == key else _everywhere(key, odd, v) for k, v in said.items()}
    return [_everywhere(key, odd, one) for one in said] if isinstance(said, list) else said


def _source(kind: str, base: str, transport: Transport, options: dict[str, str]) -> EvidenceSource:
    settings = {
        "it": SourceSettings("it", kind, base, (), allow_private=True, options=options),
        "alerts": SourceSettings("alerts", "alertmanager", base, (), allow_private=True),
    }
    return evidence_sources(settings, transport, catalog)["it"]
