"""One route of a source fails while all others answer: nothing is greener for it, and all is as before once it answers again."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from adapters.evidence.index import evidence_sources
from adapters.http.fetch import Transport
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry, SourceSettings
from tests.adapters.evidence.asked import catalog
from tests.adapters.evidence.github_fake import GitHubState, actions, file, pull, required, run, status
from tests.adapters.evidence.gitlab_fake import GitLabState, bridge, diff, job, merge_request
from tests.adapters.evidence.test_spoiled_payloads import WHERE, shop_of
from tests.adapters.http.site import Handler, leads_home, serving
from tests.world import NOW

FAILURES = (500, 404)
Seen = Mapping[tuple[str, Kind], frozenset[Standing]]


def _github() -> Handler:
    state = GitHubState(
        checks=[run("unit")], statuses=[status("ci")], pulls=[pull(7)], notes="Words", runs=[actions(7)]
    )
    state.files = [file("app.py"), file("sql/V2__x.sql", status="added")]
    state.required = [required("unit")]
    state.classic = ["unit"]
    return state.answer


def _gitlab() -> Handler:
    state = GitLabState(tests=(12, 0), merge_requests=[merge_request(7)], notes="Words", diffs=[diff("app.py")])
    state.bridges = [bridge("child", "success", "success")]
    state.jobs[9] = [job("deep tests", number=3)]
    return state.answer


SERVERS: Mapping[str, Callable[[], Handler]] = {
    **{kind: make for kind, (make, _, _) in WHERE.items()},
    "github": _github,
    "gitlab": _gitlab,
}


@dataclass
class Breaking:
    """A source whose server fails on one path. `heard`: the paths that it was asked for."""

    ask: Callable[[str], Awaitable[Sequence[Evidence]]]
    roles: tuple[str, ...]
    broken: str | None = None
    failure: int = 500
    heard: dict[str, None] = field(default_factory=dict)

    async def seen(self) -> Seen:
        """The standings of each kind, by role."""
        found: dict[tuple[str, Kind], set[Standing]] = {}
        for role in self.roles:
            for one in await self.ask(role):
                assert one.text or one.facts, one
                found.setdefault((role, one.kind), set()).add(one.standing)
        return {key: frozenset(standings) for key, standings in found.items()}


@pytest.fixture(params=list(SERVERS))
async def source(request: pytest.FixtureRequest) -> AsyncIterator[Breaking]:
    kind = str(request.param)
    inner, (_, roles, options) = SERVERS[kind](), WHERE[kind]

    async def fails(request: web.Request) -> web.StreamResponse:
        it.heard[request.path] = None
        if request.path == it.broken:
            return web.json_response({"message": "broken"}, status=it.failure)
        return await inner(request)

    of, about = shop_of(kind)
    async with serving(fails) as server, Transport(leads_home) as transport:
        base = f"{server.base()}/ci" if kind == "jenkins" else server.base()
        settings = {
            "it": SourceSettings("it", kind, base, (), allow_private=True, options=options),
            "alerts": SourceSettings("alerts", "alertmanager", base, (), allow_private=True),
        }
        made = evidence_sources(settings, transport, catalog)["it"]
        it = Breaking(lambda role: made.gather(Inquiry(of, about, role, "plan", NOW)), roles)
        yield it


def _green(seen: Seen) -> set[tuple[str, Kind]]:
    """What counts as good: verified, and by nothing else contradicted."""
    return {key for key, standings in seen.items() if standings == {Standing.VERIFIED}}


async def test_one_route_that_fails_makes_nothing_greener_until_it_answers_again(source: Breaking) -> None:
    sound = await source.seen()
    routes, lost = tuple(source.heard), set[tuple[str, Kind]]()
    assert _green(sound)
    for source.broken in routes:
        for source.failure in FAILURES:
            worse = await source.seen()
            assert _green(worse) <= _green(sound), (source.broken, source.failure)
            lost |= _green(sound) - _green(worse)
    assert lost, "some of what was green stands on a route"
    source.broken = None
    assert await source.seen() == sound
