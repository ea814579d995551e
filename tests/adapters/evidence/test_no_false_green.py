"""Worlds that are not green, in which one value is of a wrong kind: nothing of that makes them green.

A value that is lost would be good news: the failed check without its name, the alert without its labels. A list is therefore
read whole or not at all. Each row says where the value stands; the last step of each test sends the answers as they are.
"""

import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from adapters.evidence.index import evidence_sources
from adapters.http.fetch import Transport
from bench.evidence.server import HEADERS, RULE
from bench.evidence.server import answer as monitored
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry, SourceSettings
from tests.adapters.evidence.asked import catalog, entry, release
from tests.adapters.evidence.github_fake import SHA, GitHubState, actions, file, pull, required, run, status
from tests.adapters.evidence.gitlab_fake import PROJECT, GitLabState, bridge, diff, job, pipeline
from tests.adapters.evidence.jenkins_fake import JenkinsState, build
from tests.adapters.http.site import Handler, leads_home, serving
from tests.world import NOW

ODD: tuple[Any, ...] = (None, True, 0, "12", [None])
GONE = object()
At = tuple[str | int, ...]


def put(said: Any, at: At, value: object) -> Any:  # noqa: ANN401 - any JSON
    """The same with that value at that place, or without what stands there."""
    if not at:
        return value
    copy: Any = dict(said) if isinstance(said, dict) else list(said)
    if value is GONE and len(at) == 1:
        del copy[at[0]]
    else:
        copy[at[0]] = put(said[at[0]], at[1:], value)
    return copy


def monitoring(path: str, more: object) -> Handler:
    """A Prometheus with an Alertmanager, which says that at that path."""

    async def answer(request: web.Request) -> web.Response:
        body, kind = monitored(request.path, request.query.get("query", ""))
        return web.Response(text=json.dumps(more) if request.path == path else body, content_type=kind, headers=HEADERS)

    return answer


FIRING = {**RULE, "state": "firing", "alerts": [{"labels": {"alertname": "Errors", "job": "shop"}}]}
RULES = {"status": "success", "data": {"groups": [{"interval": 60, "rules": [FIRING, {**RULE, "name": "Other"}]}]}}
ALERT = {"labels": {"alertname": "E", "job": "shop"}, "status": {"state": "suppressed", "silencedBy": ["1"]}}
SILENCE = {
    "status": {"state": "active"}, "createdBy": "bob", "endsAt": "2030-01-01T00:00:00Z",
    "matchers": [{"name": "job", "value": "shop", "isRegex": False, "isEqual": True}],
}  # fmt: skip
RULED = monitoring("/api/v1/rules", RULES)
ALERTED = monitoring("/api/v2/alerts", [ALERT])
SILENCED = monitoring("/api/v2/silences", [SILENCE])
FIRST: At = ("data", "groups", 0, "rules", 0)

RED = GitHubState(checks=[run("unit"), run("lint", "failure")])
STATUS = GitHubState(checks=[run("unit")], statuses=[status("x", "failure")])
ABSENT = GitHubState(checks=[run("unit")], required=[required("scan")], classic=["scan"])
OPEN = GitHubState(pulls=[pull(7, merged=False)], notes="Words", files=[file("a.py"), file("sql/V2__x.sql")])
FAILED = GitLabState(
    jobs={55: [job("unit"), job("lint", "failed")], 54: []}, pipelines=[pipeline(55), pipeline(54)],
    diffs=[diff("a.py"), diff("sql/V2__x.sql", new_file=True)],
)  # fmt: skip
CHILD = GitLabState(bridges=[bridge("deploy", "success", "failed")])
BROKEN = JenkinsState(builds=[build(13, "FAILURE"), build(12)])

ROWS: tuple[tuple[str, Kind, Handler, str, At], ...] = (
    ("github", Kind.CI, RED.answer, "/check-runs", ()),
    ("github", Kind.CI, RED.answer, "/check-runs", ("check_runs",)),
    ("github", Kind.CI, RED.answer, "/check-runs", ("check_runs", 1)),
    ("github", Kind.CI, RED.answer, "/check-runs", ("check_runs", 1, "head_sha")),
    ("github", Kind.CI, STATUS.answer, "/status", ()),
    ("github", Kind.CI, STATUS.answer, "/status", ("statuses", 0)),
    ("github", Kind.CI, ABSENT.answer, "/rules/branches/main", ()),
    ("github", Kind.CI, ABSENT.answer, "/rules/branches/main", (0, "parameters", "required_status_checks")),
    ("github", Kind.CI, ABSENT.answer, "shop/branches/main", ("protection",)),
    ("github", Kind.CHANGE, OPEN.answer, "/pulls", (0, "merged_at")),
    ("github", Kind.MIGRATION, OPEN.answer, "/compare/.*", ("files", 1)),
    ("gitlab", Kind.CI, FAILED.answer, "/pipelines/55/jobs", ()),
    ("gitlab", Kind.CI, FAILED.answer, "/pipelines/55/jobs", (1,)),
    ("gitlab", Kind.CI, FAILED.answer, "/pipelines", (0,)),
    ("gitlab", Kind.CI, FAILED.answer, "/pipelines", (0, "sha")),
    ("gitlab", Kind.CI, CHILD.answer, "/bridges", (0, "downstream_pipeline")),
    ("gitlab", Kind.MIGRATION, FAILED.answer, "/repository/compare", ("diffs", 1)),
    ("jenkins", Kind.CI, BROKEN.answer, "/job/main/api/json", ("builds", 0)),
    ("jenkins", Kind.CI, BROKEN.answer, "/job/main/api/json", ("builds", 0, "number")),
    ("jenkins", Kind.CI, BROKEN.answer, "/job/main/api/json", ("builds", 0, "actions")),
    ("prometheus", Kind.MONITORING, RULED, "/api/v1/rules", FIRST),
    ("prometheus", Kind.MONITORING, RULED, "/api/v1/rules", (*FIRST, "type")),
    ("prometheus", Kind.MONITORING, RULED, "/api/v1/rules", (*FIRST, "state")),
    ("prometheus", Kind.MONITORING, ALERTED, "/api/v2/alerts", (0, "labels")),
    ("prometheus", Kind.MONITORING, ALERTED, "/api/v2/alerts", (0, "labels", "alertname")),
    ("prometheus", Kind.MONITORING, SILENCED, "/api/v2/silences", (0, "status", "state")),
    ("prometheus", Kind.MONITORING, SILENCED, "/api/v2/silences", (0, "matchers", 0)),
)
ROLES = {"github": ("ci", "scm"), "gitlab": ("ci", "scm"), "jenkins": ("ci",), "prometheus": ("prometheus",)}


@asynccontextmanager
async def asking(kind: str, handler: Handler, told: dict[str, Any]) -> AsyncIterator[Callable[[], Any]]:
    """Asks the source of that kind; `told`: what its server says instead, by the address that it is asked at."""
    heard: dict[str, Any] = {}

    async def answers(request: web.Request) -> web.StreamResponse:
        path = request.raw_path
        if path in told:
            return web.json_response(told[path])
        sound = await handler(request)
        if isinstance(sound, web.Response) and sound.text and "json" in sound.content_type:
            heard[path] = json.loads(sound.text)
        return sound

    about = entry(
        repository=PROJECT if kind == "gitlab" else "acme/shop",
        evidence={"job": "shop/main", "scrape_job": "shop"}, thresholds=(),
    )  # fmt: skip
    async with serving(answers) as server, Transport(leads_home) as transport:
        base = f"{server.base()}/ci" if kind == "jenkins" else server.base()
        settings = {
            "it": SourceSettings("it", kind, base, (), allow_private=True, options={"alertmanager": "alerts"}),
            "alerts": SourceSettings("alerts", "alertmanager", base, (), allow_private=True),
        }
        source = evidence_sources(settings, transport, catalog)["it"]

        async def ask() -> tuple[Mapping[Kind, Evidence], Mapping[str, Any]]:
            of = release(commit=SHA)
            found = [one for role in ROLES[kind] for one in await source.gather(Inquiry(of, about, role, "plan", NOW))]
            return {one.kind: one for one in found}, heard

        yield ask


@pytest.mark.parametrize(("kind", "item", "handler", "path", "at"), ROWS, ids=[f"{r[0]} {r[3]} {r[4]}" for r in ROWS])
async def test_a_value_of_a_wrong_kind_never_makes_a_world_green(
    kind: str, item: Kind, handler: Handler, path: str, at: At
) -> None:
    told: dict[str, Any] = {}
    async with asking(kind, handler, told) as ask:
        before, heard = await ask()
        assert before[item].standing is not Standing.VERIFIED
        where = next(one for one in heard if re.search(f"{path}$", one.partition("?")[0]))
        sound = heard[where]
        for odd in (*ODD, *([GONE] if at and isinstance(at[-1], str) else [])):
            told[where] = put(sound, at, odd)
            seen, _ = await ask()
            assert item not in seen or seen[item].standing is not Standing.VERIFIED, (odd, seen[item].text)
        told.clear()
        after, _ = await ask()
        assert after[item].standing is before[item].standing


async def test_what_is_required_counts_again_when_it_can_be_read_again() -> None:
    """A server that fails at the question which checks are required may hide one that never ran; one that refuses it does not."""
    state = GitHubState(checks=[run("unit")], runs=[actions(7)])
    code = {"now": 503}

    async def answer(request: web.Request) -> web.Response:
        if "/rules/" in request.path and code["now"] != 200:
            return web.json_response({"message": "no"}, status=code["now"])
        return await state.answer(request)

    async with asking("github", answer, {}) as ask:
        assert (await ask())[0][Kind.CI].standing is Standing.UNAVAILABLE
        code["now"] = 403
        refused = (await ask())[0][Kind.CI]
        assert (refused.standing, "could not be read" in refused.text) == (Standing.VERIFIED, True)
        code["now"] = 200
        assert (await ask())[0][Kind.CI].standing is Standing.VERIFIED


@pytest.mark.parametrize(
    ("when", "standing"),
    [
        ("2026-11-24T09:00:00Z", Standing.VERIFIED),
        ("2026-11-24T10:00:00+01:00", Standing.VERIFIED),
        ("2026-11-24T09:00:00", Standing.INCONCLUSIVE),  # no zone: any hour of that day
        ("2026-13-45T99:99:99Z", Standing.INCONCLUSIVE),
        ("2099-01-01T00:00:00Z", Standing.INCONCLUSIVE),  # it would never be too old
        (None, Standing.INCONCLUSIVE),
    ],
)
async def test_a_pass_without_a_time_or_of_a_day_to_come_is_no_pass(when: str | None, standing: Standing) -> None:
    state = GitHubState(checks=[run("unit", completed_at=when)])
    async with asking("github", state.answer, {}) as ask:
        assert (await ask())[0][Kind.CI].standing is standing
        state.checks = [run("unit")]
        assert (await ask())[0][Kind.CI].standing is Standing.VERIFIED
