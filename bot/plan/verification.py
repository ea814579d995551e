"""VERIFICATION and STOP CONDITIONS: thresholds of the catalogue and its SLOs, health checks, alerts, resources (P, seed)."""

from collections.abc import Iterator

from bot.domain.evidence import Kind
from bot.domain.plan import Line, PlanStep
from bot.domain.service import Threshold
from bot.plan.commands import Advice, advise, by_hand, flag_tool_of, tool_of
from bot.plan.lines import NEW_VERSION, catalogue, evidence, rule, unknown
from bot.plan.strategies import code_of
from bot.plan.tools.shell import Act
from bot.policy.case import Case

_RESOURCES = ("cpu", "memory", "disk", "saturation", "connections")
_WANTED = {"error": "error rate", "p95": "p95 latency", "p99": "p99 latency"}


def verification(case: Case) -> tuple[Line, ...]:
    """What has to hold, how health is checked, and when the release counts as a success."""
    return (*_limits(case), *_checks(case), rule("verify.success", "G4", release=case.release.id))


def stop_conditions(case: Case) -> tuple[Line, ...]:
    """What pauses the rollout: error rate, p95 and p99 latency, failed health checks, alerts, resource use."""
    return (*crossings(case), *_unset(case), *_alerts(case), rule("stop.health_check", "G4"))


def crossings(case: Case) -> Iterator[Line]:
    """Each limit of the catalogue, crossed."""
    service = case.service
    for t in _thresholds(case):
        code = "stop.limit_slo" if t.slo else "stop.limit"
        yield catalogue(code, service.id if service else "", **_told(t, ">" if t.above else "<", t.limit))


def pause(case: Case) -> PlanStep:
    """What to do when a stop condition is crossed."""
    params = {
        "release": case.release.id,
        "service": case.service.name if case.service else case.release.service,
    }
    advice = _pausing(case)
    params["tool"] = advice.tool or "the rollout tool"
    return PlanStep(
        number=0,
        action=rule("stop.pause", "G4", **params),
        rationale=rule("stop.why_pause", "G4", **params),
        evidence=rule("stop.evidence_pause", "G4", **params),
        owner=case.release.owner,
        minutes=1,
        command=advice.line or None,
        tool=advice.tool,
        manual=None if advice.line else rule(f"manual.{advice.manual}", "P4", **params),
    )


def _pausing(case: Case) -> Advice:
    """A flag, and traffic that is moved by hand, stay where they are by themselves: the tool has nothing to pause."""
    if code_of(case) == "flag":
        return Advice(flag_tool_of(case.service), manual="flag_pause")
    return Advice(tool_of(case.service), manual="hand_pause") if by_hand(case) else advise(case, Act.PAUSE)


def _thresholds(case: Case) -> tuple[Threshold, ...]:
    return case.service.thresholds if case.service else ()


def _limits(case: Case) -> Iterator[Line]:
    service = case.service
    for t in _thresholds(case):
        code = "verify.limit_slo" if t.slo else "verify.limit"
        yield catalogue(code, service.id if service else "", **_told(t, "≤" if t.above else "≥", t.good))
    one_set = [t.metric for t in _thresholds(case) if t.success is None]
    if one_set:
        yield rule("verify.one_set", "G4", metrics=", ".join(one_set))
    if not _thresholds(case):
        yield unknown("verify.limits_unknown", "G4", service=case.release.service, where=_where(case))


def _checks(case: Case) -> Iterator[Line]:
    one = case.sight(Kind.MONITORING).evidence
    yield rule("verify.health", "G4", version=case.release.version or NEW_VERSION)
    if one is None or not one.url:
        yield unknown("verify.dashboard_unknown", "G20", service=case.release.service, release=case.release.id)
    else:
        yield evidence("verify.dashboard", one, url=one.url)


def _unset(case: Case) -> Iterator[Line]:
    """What the catalogue gives no limit for: where to read the usual value, and where to write the limit."""
    names = " ".join(t.metric.casefold() for t in _thresholds(case))
    unset = [metric for said, metric in _WANTED.items() if said not in names]
    if not any(said in names for said in _RESOURCES):
        unset.append("resource use")
    if unset:
        yield unknown("stop.unset", "G4", service=case.release.service, where=_where(case), metrics=", ".join(unset))


def _where(case: Case) -> str:
    """Where the usual values can be read."""
    one = case.sight(Kind.MONITORING).evidence
    return one.url if one and one.url else f"the monitors of {case.release.service}"


def _alerts(case: Case) -> Iterator[Line]:
    found = next((e for e in case.sight(Kind.MONITORING).all if e.facts.get("alert")), None)
    if found is None:
        yield rule("stop.any_alert", "G20", service=case.release.service)
    else:
        yield evidence("stop.alert", found, alert=str(found.facts["alert"]), service=case.release.service)


def _told(t: Threshold, sign: str, value: float) -> dict[str, str]:
    limit = f"{value:g} {t.unit}".strip()
    return {"metric": t.metric, "sign": sign, "limit": limit, "minutes": str(t.minutes), "slo": t.slo}
