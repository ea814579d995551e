"""Prometheus and Alertmanager themselves: no data is never green, and silence is no good news."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web

from adapters.evidence.prometheus.source import PrometheusSource, prometheus
from adapters.http.fetch import Transport
from adapters.http.sites import Site
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.people import Place
from bot.domain.release import Phase, Release
from bot.domain.service import Service, StandingEvidence, Threshold
from bot.ports import Inquiry
from bot.ports.sources import SourceSettings
from bot.watch import State, health_of
from tests.adapters.evidence.prometheus.servers import SERIES, Monitoring, wait
from tests.adapters.http.site import serving

NOW = datetime(2026, 11, 24, 15, 15, tzinfo=UTC)
RELEASE = Release(
    id="R-1", service="calm", environment="production", version="2", phase=Phase.LIVE, requested_by="ana", owner="ana",
    home=Place("sandbox", "#x"), created_at=NOW, time_zone="UTC", started_at=NOW, steps=(10, 100),
)  # fmt: skip
CALM = SERIES
SICK = SERIES.replace("0.2", "9")


def service(job: str) -> Service:
    """A service with two stop conditions, as its catalogue entry would have them."""
    thresholds = (
        Threshold("error rate", 5.0, "%", query=f'max by (track) (error_ratio{{job="{job}"}})'),
        Threshold("p95 latency", 400.0, "ms", query=f'latency_ms{{job="{job}"}}'),
    )
    return Service(job, job, 1, "UTC", ("ana",), {}, thresholds=thresholds)


def only(threshold: Threshold) -> Service:
    return replace(service("calm"), thresholds=(threshold,))


@pytest.fixture
async def source(monitoring: Monitoring) -> AsyncIterator[PrometheusSource]:
    # A machine that was busy meanwhile may have kept a scrape from its second.
    monitoring.until('latency_ms{job="calm"} and on() (up{job="calm"} == 1)', bool)
    async with Transport() as transport:
        prometheus = transport.remote(Site("prom", monitoring.prometheus, allow_private=True))
        alertmanager = transport.remote(Site("am", monitoring.alertmanager, allow_private=True))
        yield PrometheusSource("prom", prometheus, alertmanager)


async def ask(source: PrometheusSource, about: str | Service, purpose: str = "plan") -> Evidence:
    one = service(about) if isinstance(about, str) else about
    (item,) = await source.gather(Inquiry(RELEASE, one, "prometheus", purpose, NOW))
    assert item.kind is (Kind.HEALTH if purpose == "watch" else Kind.MONITORING)
    return item


def state(sample: Evidence, job: str) -> State:
    """What the post at T+15 would say."""
    return health_of(replace(RELEASE, evidence=(sample,)), service(job), NOW).state


async def test_what_has_data_and_an_alert_is_verified_and_its_health_is_green(source: PrometheusSource) -> None:
    item = await ask(source, "calm")
    assert (item.standing, item.facts["has_data"], item.facts["firing"]) == (Standing.VERIFIED, True, False), item.text
    sample = await ask(source, "calm", "watch")
    assert sample.standing is Standing.VERIFIED, sample.text
    assert (sample.facts["error rate"], sample.facts["p95 latency"]) == (0.2, 120.0)  # the worst of all series
    assert state(sample, "calm") is State.GREEN


async def test_a_crossed_stop_condition_is_bad_before_any_alert(
    source: PrometheusSource, monitoring: Monitoring
) -> None:
    monitoring.scraped.says["sick"] = SERIES.replace("latency_ms 120", "latency_ms 900")
    monitoring.until('latency_ms{job="sick"} > 800', bool)
    sample = await ask(source, "sick", "watch")
    assert (sample.standing, sample.facts["firing"]) == (Standing.FAILED, False)
    assert state(sample, "sick") is State.BAD


async def test_an_absent_series_is_no_zero(source: PrometheusSource, monitoring: Monitoring) -> None:
    monitoring.scraped.says["empty"] = "latency_ms 120\n"
    monitoring.until('error_ratio{job="empty"}', lambda found: not found)
    assert (await ask(source, "empty")).standing is Standing.MISSING
    sample = await ask(source, "empty", "watch")
    assert (sample.standing, "error rate has no data" in sample.text) == (Standing.INCONCLUSIVE, True)
    assert state(sample, "empty") is State.UNKNOWN
    monitoring.scraped.says["empty"] = CALM
    monitoring.until('error_ratio{job="empty"}', bool)
    assert (await ask(source, "empty")).standing is Standing.VERIFIED


async def test_a_value_that_is_no_number_is_no_good_value(source: PrometheusSource, monitoring: Monitoring) -> None:
    monitoring.scraped.says["nan"] = 'error_ratio{track="a"} NaN\nerror_ratio{track="b"} 0.1\nlatency_ms +Inf\n'
    monitoring.until('latency_ms{job="nan"}', lambda found: bool(found) and found[0]["value"][1] == "+Inf")
    sample = await ask(source, "nan", "watch")
    assert sample.standing is Standing.INCONCLUSIVE
    assert "error rate is no number; p95 latency is no number" in sample.text
    assert (await ask(source, "nan")).standing is Standing.MISSING


async def test_an_alert_that_ends_because_its_canary_died_is_no_recovery(
    source: PrometheusSource, monitoring: Monitoring
) -> None:
    monitoring.scraped.says["killed"] = SICK
    monitoring.until_firing("killed")
    sick = await ask(source, "killed", "watch")
    assert (sick.standing, sick.facts["firing"], state(sick, "killed")) == (Standing.FAILED, True, State.BAD)
    assert (await ask(source, "killed")).standing is Standing.FAILED
    monitoring.scraped.says["killed"] = None
    monitoring.until('ALERTS{service="killed"}', lambda found: not found)
    alone = PrometheusSource("prom", source.remote)  # Alertmanager goes on showing it for a while
    dead = await ask(alone, "killed", "watch")
    assert (dead.standing, dead.facts["firing"]) == (Standing.INCONCLUSIVE, False)
    assert "no target of job killed is up" in dead.text
    assert state(dead, "killed") is State.UNKNOWN
    assert (await ask(alone, "killed")).standing is Standing.MISSING


async def test_half_of_the_targets_down_is_not_green(source: PrometheusSource, monitoring: Monitoring) -> None:
    assert (await ask(source, "half", "watch")).standing is Standing.VERIFIED
    monitoring.scraped.says["second"] = None
    monitoring.until('up{job="half"} == 0', bool)
    sample = await ask(source, "half", "watch")
    assert (sample.standing, "1 of 2 targets" in sample.text) == (Standing.INCONCLUSIVE, True)
    assert (await ask(source, "half")).standing is Standing.INCONCLUSIVE
    monitoring.scraped.says["second"] = CALM
    monitoring.until('min(up{job="half"}) == 1', bool)
    assert (await ask(source, "half", "watch")).standing is Standing.VERIFIED


async def test_samples_that_nobody_takes_any_more_are_stale_though_they_are_still_shown(
    source: PrometheusSource, monitoring: Monitoring
) -> None:
    assert monitoring.ask("/api/v1/query?query=error_ratio%7Bjob%3D%22ghost%22%7D")["result"]
    item = await ask(source, "ghost")
    assert (item.standing, "older than 120 s" in item.text) == (Standing.MISSING, True)
    assert (await ask(source, "ghost", "watch")).standing is Standing.INCONCLUSIVE


async def test_a_job_that_was_never_scraped_has_no_data(source: PrometheusSource) -> None:
    item = await ask(source, "nobody")
    assert (item.standing, item.facts["has_data"], item.facts["targets"]) == (Standing.MISSING, False, 0)


async def test_a_silenced_alert_still_fires(source: PrometheusSource, monitoring: Monitoring) -> None:
    monitoring.scraped.says["silenced"] = SICK
    monitoring.until_firing("silenced")
    monitoring.silence(alertname="Errors", service="silenced")
    item = await ask(source, "silenced")
    assert (item.standing, item.facts["firing"]) == (Standing.FAILED, True)
    assert "Errors (silenced by bob until" in item.text


async def test_an_alert_that_nobody_would_hear_is_not_active(source: PrometheusSource, monitoring: Monitoring) -> None:
    assert (await ask(source, "hushed")).standing is Standing.VERIFIED
    silence = monitoring.silence(service="hushed")
    item = await ask(source, "hushed")
    assert (item.standing, "Errors is silenced by bob until" in item.text) == (Standing.INCONCLUSIVE, True)
    monitoring.end(silence)
    assert (await ask(source, "hushed")).standing is Standing.VERIFIED


async def test_an_answer_that_the_server_calls_partial_is_not_whole(source: PrometheusSource) -> None:
    sample = await ask(source, "partial", "watch")
    assert sample.standing is Standing.INCONCLUSIVE, sample.text
    assert "remote" in sample.text
    assert state(sample, "partial") is State.UNKNOWN


async def test_without_an_alert_nobody_would_be_told(source: PrometheusSource) -> None:
    item = await ask(source, "norule")
    assert (item.standing, "no alert names this service" in item.text) == (Standing.MISSING, True)
    said = StandingEvidence(Kind.MONITORING, NOW.date(), "kai", facts={"alert": "Errors"})
    named = await ask(source, replace(service("norule"), standing=(said,)))
    assert "no alert names this service" not in named.text  # the catalogue names one


async def test_an_alert_that_cannot_be_evaluated_is_no_alert(source: PrometheusSource, monitoring: Monitoring) -> None:
    wait(lambda: any(rule["health"] == "err" for rule in monitoring.rules()))
    item = await ask(source, "badrule")
    assert (item.standing, "Broken cannot be evaluated" in item.text) == (Standing.INCONCLUSIVE, True)


async def test_a_stop_condition_without_a_query_is_not_watched(source: PrometheusSource) -> None:
    item = await ask(source, only(Threshold("cpu", 90.0, "%")))
    assert (item.standing, "no query for cpu" in item.text) == (Standing.MISSING, True)


@pytest.mark.parametrize("query", ["error_ratio{", "error_ratio[5m]", "1 +"])
async def test_a_query_that_cannot_be_asked_gives_no_value(source: PrometheusSource, query: str) -> None:
    assert (
        await ask(source, only(Threshold("cpu", 90.0, "%", query=query)), "watch")
    ).standing is Standing.INCONCLUSIVE


async def test_a_dead_server_is_unavailable_and_a_dead_alertmanager_is_a_gap(monitoring: Monitoring) -> None:
    async with Transport() as transport:
        dead = transport.remote(Site("dead", "http://127.0.0.1:1", allow_private=True))
        live = transport.remote(Site("prom", monitoring.prometheus, allow_private=True))
        for purpose in ("plan", "watch"):
            gone = await ask(PrometheusSource("prom", dead), "calm", purpose)
            assert (gone.standing, gone.facts["unavailable"]) == (Standing.UNAVAILABLE, "unreachable")
        deaf = await ask(PrometheusSource("prom", live, dead), "calm")
        assert (deaf.standing, "silences are not known" in deaf.text) == (Standing.INCONCLUSIVE, True)
        alone = await ask(PrometheusSource("prom", live), "calm")
        assert alone.standing is Standing.VERIFIED


async def test_its_settings_make_it_and_a_tenant_goes_with_each_question(monitoring: Monitoring) -> None:
    seen: list[tuple[str, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((request.path, request.headers.get("X-Scope-OrgID")))
        return web.json_response({"status": "success", "data": {"resultType": "vector", "result": [], "groups": []}})

    async with serving(answer) as recording, Transport() as transport:
        url = f"http://127.0.0.1:{recording.port}"
        settings = SourceSettings("prom", "prometheus", url, (), allow_private=True, options={"tenant": "team-a"})
        hushing = SourceSettings("am", "alertmanager", monitoring.alertmanager, (), allow_private=True)
        item = await ask(prometheus(settings, transport, hushing), "calm")
        assert item.standing is Standing.MISSING
    assert {tenant for _, tenant in seen} == {"team-a"}
    assert recording.methods == {"GET"}


async def test_a_name_with_quotes_asks_for_that_name(source: PrometheusSource) -> None:
    assert (
        await ask(source, replace(service("calm"), evidence={"scrape_job": 'x"} or up{job="calm'}))
    ).standing is Standing.MISSING
