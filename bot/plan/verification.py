"""VERIFICATION and STOP CONDITIONS: thresholds of the catalogue, health checks, alerts, resources (P, seed)."""

from collections.abc import Iterator

from bot.domain.evidence import Kind
from bot.domain.plan import Line
from bot.domain.service import Threshold
from bot.plan.lines import catalogue, evidence, person, rule, unknown
from bot.policy.case import Case

_RESOURCES = ("cpu", "memory", "disk", "saturation", "connections")
_WANTED = {"error": "stop.error_unknown", "p95": "stop.p95_unknown", "p99": "stop.p99_unknown"}


def verification(case: Case) -> tuple[Line, ...]:
    """What has to hold, how health is checked, and when the release counts as a success."""
    return (*_limits(case), *_checks(case), rule("verify.success", "G4", release=case.release.id))


def stop_conditions(case: Case) -> tuple[Line, ...]:
    """What pauses the rollout: error rate, p95 and p99 latency, failed health checks, alerts, resource use."""
    return (*_crossings(case), *_alerts(case), rule("stop.health_check", "G4"), *_resources(case))


def _thresholds(case: Case) -> tuple[Threshold, ...]:
    return case.service.thresholds if case.service else ()


def _limits(case: Case) -> Iterator[Line]:
    service = case.service
    for t in _thresholds(case):
        yield catalogue("verify.limit", service.id if service else "", **_told(t, "≤" if t.above else "≥"))
    if not _thresholds(case):
        yield unknown("verify.limits_unknown", "G4", service=case.release.service)


def _checks(case: Case) -> Iterator[Line]:
    one = case.sight(Kind.MONITORING).evidence
    if one is None or not one.url:
        yield unknown("verify.dashboard_unknown", "G20", service=case.release.service)
    elif one.by == "bot":
        yield evidence("verify.dashboard", Kind.MONITORING, url=one.url)
    else:
        yield person("verify.dashboard", one.by, url=one.url)


def _crossings(case: Case) -> Iterator[Line]:
    service = case.service
    for t in _thresholds(case):
        yield catalogue("stop.limit", service.id if service else "", **_told(t, ">" if t.above else "<"))
    names = " ".join(t.metric.casefold() for t in _thresholds(case))
    for word, code in _WANTED.items():
        if word not in names:
            yield unknown(code, "G4", service=case.release.service)


def _alerts(case: Case) -> Iterator[Line]:
    found = case.sight(Kind.MONITORING)
    alert = next((str(e.facts["alert"]) for e in found.all if e.facts.get("alert")), None)
    if alert is None:
        yield rule("stop.any_alert", "G20", service=case.release.service)
    else:
        yield evidence("stop.alert", Kind.MONITORING, alert=alert)


def _resources(case: Case) -> Iterator[Line]:
    names = " ".join(t.metric.casefold() for t in _thresholds(case))
    if not any(word in names for word in _RESOURCES):
        yield unknown("stop.resources_unknown", "G4", service=case.release.service)


def _told(t: Threshold, sign: str) -> dict[str, str]:
    return {"metric": t.metric, "sign": sign, "limit": f"{t.limit:g}", "unit": t.unit, "minutes": str(t.minutes)}
