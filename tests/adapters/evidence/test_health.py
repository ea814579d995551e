"""A health check that fails is bad news, one that does not answer is none, and one of another version is no good news."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from aiohttp import web

from adapters.evidence.health import MOST, health
from adapters.evidence.index import evidence_sources
from adapters.http.fetch import Transport
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Secret, SourceSettings
from bot.watch import State, health_of
from tests.adapters.evidence.asked import catalog, entry, inquiry, release
from tests.adapters.http.site import TOKEN, serving
from tests.world import NOW, observed

LIMITS = {"error_rate": 0.1, "p95_ms": 90.0}


async def ask(
    body: object, status: int = 200, headers: Mapping[str, str] | None = None, pointer: str | None = None
) -> Evidence:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert (request.path, request.headers.get("X-Key")) == ("/live", TOKEN)
        if isinstance(body, str):
            return web.Response(text=body, status=status, headers=headers)
        return web.json_response(body, status=status, headers=headers)

    paths = {"health": "/live", **({"health_version": pointer} if pointer else {})}
    async with serving(answer) as server, Transport() as transport:
        settings = SourceSettings(
            "check", "health", f"http://127.0.0.1:{server.port}", (), Secret(lambda: TOKEN), allow_private=True,
            options={"header": "X-Key"},
        )  # fmt: skip
        asked = inquiry("health", purpose="watch", about=entry(evidence=paths))
        (found,) = await health(settings, transport).gather(asked)
        assert (found.kind, server.methods) == (Kind.HEALTH, {"GET"})
        return found


@pytest.mark.parametrize(
    ("body", "status", "standing"),
    [
        ("ok", 200, Standing.VERIFIED),
        ("", 204, Standing.VERIFIED),
        ({"status": "UP"}, 200, Standing.VERIFIED),
        ({"status": "DOWN"}, 200, Standing.FAILED),  # 200 with bad news in it
        ({"status": "out_of_service"}, 200, Standing.FAILED),
        ({"status": False}, 200, Standing.INCONCLUSIVE),
        ({"status": "starting"}, 200, Standing.INCONCLUSIVE),
        ({"status": "UP"}, 503, Standing.FAILED),
        ("not here", 404, Standing.FAILED),
        ("no", 401, Standing.UNAVAILABLE),  # our key is refused: that says nothing of the service
        ("no", 403, Standing.UNAVAILABLE),
        ("later", 429, Standing.UNAVAILABLE),
        ("down", 200, Standing.FAILED),
        ({"healthy": False}, 200, Standing.FAILED),
        ({"status": 503}, 200, Standing.FAILED),
        ({"status": 200}, 200, Standing.VERIFIED),
        ({"status": {"db": "DOWN"}}, 200, Standing.INCONCLUSIVE),
    ],
)
async def test_status_and_body_are_both_heard(body: object, status: int, standing: Standing) -> None:
    found = await ask(body, status)
    assert found.standing is standing, found.text
    assert found.facts.get("healthy") is {Standing.VERIFIED: True, Standing.FAILED: False}.get(standing)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html>Sign in</html>", "text/html"),
        ('{"status": "UP"', "application/json"),
        ('{"a": 1, "a": 2}', "application/json"),
    ],
)
async def test_a_login_page_or_broken_json_says_nothing_of_the_service(body: str, kind: str) -> None:
    found = await ask(body, headers={"Content-Type": kind})
    assert (found.standing, found.facts.get("healthy")) == (Standing.INCONCLUSIVE, None)
    assert (await ask("ok", headers={"Content-Type": "text/plain"})).standing is Standing.VERIFIED


async def test_an_answer_of_a_cache_says_nothing_about_now() -> None:
    assert (await ask("ok", headers={"Age": "600"})).standing is Standing.INCONCLUSIVE
    assert (await ask("ok", headers={"Age": "5"})).standing is Standing.VERIFIED


@pytest.mark.parametrize(
    ("body", "standing"),
    [
        ({"build": [{"version": "v1.2.3"}]}, Standing.VERIFIED),
        ({"build": [{"version": "1.2.2"}]}, Standing.INCONCLUSIVE),
        ({"build": []}, Standing.INCONCLUSIVE),
        ({"status": "down", "build": [{"version": "1.2.3"}]}, Standing.FAILED),
        ("1.2.3", Standing.INCONCLUSIVE),
    ],
)
async def test_the_version_that_answers_has_to_be_the_one_that_is_released(body: object, standing: Standing) -> None:
    assert (await ask(body, pointer="/build/0/version")).standing is standing


async def test_what_is_too_long_or_leads_elsewhere_or_is_silent_is_unavailable() -> None:
    long = await ask("x" * (MOST + 1))
    assert (long.standing, long.facts["unavailable"]) == (Standing.UNAVAILABLE, "too_large")
    away = await ask("", 302, {"Location": "http://169.254.169.254/latest"})
    assert (away.standing, away.facts["unavailable"]) == (Standing.UNAVAILABLE, "redirect")
    async with Transport() as transport:
        dead = health(SourceSettings("check", "health", "http://127.0.0.1:1", (), allow_private=True), transport)
        (found,) = await dead.gather(inquiry("health", purpose="watch"))
        assert (found.standing, found.facts["unavailable"]) == (Standing.UNAVAILABLE, "unreachable")


async def test_the_post_at_t_15_hears_the_check_beside_the_metrics() -> None:
    """Neither speaks for the other: both have to be well, and the worse one wins."""
    metrics = replace(observed(Kind.HEALTH, NOW), source="demo-prometheus", facts=LIMITS)
    about = entry(sources={"prometheus": "demo-prometheus", "health": "check"})
    live = release(started_at=NOW)

    def state(*samples: Evidence) -> State:
        return health_of(replace(live, evidence=tuple(replace(s, observed_at=NOW) for s in samples)), about, NOW).state

    assert state(metrics) is State.UNKNOWN  # the check says nothing
    assert state(await ask("ok")) is State.UNKNOWN  # no value for the thresholds
    assert state(metrics, await ask("ok")) is State.GREEN
    for order in ((metrics, await ask("no", 503)), (await ask("no", 503), metrics)):
        assert state(*order) is State.BAD
    assert state(replace(metrics, facts={**LIMITS, "error_rate": 9.0}), await ask("ok")) is State.BAD
    assert state(metrics, await ask({"status": "starting"})) is State.UNKNOWN


async def test_doctor_hears_whether_the_check_of_each_service_answers() -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"status": "DOWN"}, status=503 if request.path == "/live" else 401)

    async with serving(answer) as server, Transport() as transport:
        source = health(SourceSettings("check", "health", server.base("127.0.0.1"), (), allow_private=True), transport)
        (there,) = await source.checks([entry(evidence={"health": "/live"})])
        (refused,) = await source.checks([entry(evidence={"health": "/live"}), entry(evidence={"health": "/key"})])
        assert await source.checks([]) == []
    assert (there.ok, there.sentence) == (True, "check: answers.")  # that the service is ill is no fault of the source
    assert (refused.ok, "401" in refused.sentence) == (False, True)


async def test_production_says_nothing_of_staging() -> None:
    for kind, role in (("health", "health"), ("prometheus", "prometheus"), ("kubernetes", "rollout")):
        async with Transport() as transport:
            settings = SourceSettings("one", kind, "http://127.0.0.1:1", (), allow_private=True)
            (source,) = evidence_sources({"one": settings}, transport, catalog).values()
            asked = inquiry(role, purpose="watch", of=release(environment="staging"))
            (found,) = await source.gather(asked)
            assert (found.standing, "nothing of staging" in found.text) == (Standing.INCONCLUSIVE, True)
