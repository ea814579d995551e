"""The ROLLBACK PROCEDURE: one line on top, then triggers, minimum steps, verification and communication (G3, P4)."""

from collections.abc import Iterator

from bot.domain.evidence import Kind
from bot.domain.plan import Line, PlanStep, RollbackPlan
from bot.domain.service import Audience
from bot.plan.commands import suggest, target_of, tool_of
from bot.plan.lines import catalogue, evidence, person, rule, unknown
from bot.plan.steps import limits
from bot.plan.verification import stop_conditions
from bot.policy.case import Case
from bot.policy.standing import PAST_RETURN, tested_way_back

WAYS = frozenset({"flag", "redeploy", "restore"})


def rollback(case: Case) -> RollbackPlan:
    """The way back as far as it is known; an untested one says so on its first line."""
    return RollbackPlan(
        one_line=one_line(case),
        triggers=(*stop_conditions(case), rule("rollback.trigger_person", "G27")),
        steps=tuple(_steps(case)),
        verification=tuple(_verification(case)),
        communication=tuple(_communication(case)),
    )


def one_line(case: Case) -> Line:
    """`Redeploy 2.4.0, 10 min, tested 2026-11-03.`"""
    sight = case.sight(Kind.ROLLBACK)
    one = sight.evidence
    if one is None or not sight.good or not tested_way_back(sight, case.now):
        return unknown("rollback.unknown", "G3", service=case.release.service)
    way = str(one.facts.get("way") or "")
    code = f"rollback.{way}" if way in WAYS else "rollback.procedure"
    dated = one.dated.date().isoformat() if one.dated else "UNKNOWN"
    params = {"target": _target(case), "minutes": minutes(case), "date": dated, "url": one.url or "UNKNOWN"}
    return evidence(code, Kind.ROLLBACK, **params) if one.by == "bot" else person(code, one.by, **params)


def minutes(case: Case) -> str:
    """The time to restore, from the last drill, else from the catalogue; UNKNOWN where neither tells."""
    found = case.sight(Kind.ROLLBACK).fact("minutes")
    if found is None and case.service is not None:
        found = case.service.restore_minutes
    return f"{found} min" if found is not None else "UNKNOWN"


def _target(case: Case) -> str:
    found = case.sight(Kind.ROLLBACK_TARGET).fact("target")
    return str(found or (case.service.previous_version if case.service else None) or "UNKNOWN")


def _steps(case: Case) -> Iterator[PlanStep]:
    codes = ["declare", "stop"]
    if case.data_change in PAST_RETURN or case.sight(Kind.ROLLBACK).fact("way") == "restore":
        codes.append("data")
    codes += ["flag" if case.sight(Kind.ROLLBACK).fact("way") == "flag" else "back", "check"]
    for number, code in enumerate(codes, 1):
        yield _step(case, number, code)


_VERBS = {"stop": "abort", "back": "rollback", "check": "status"}


def _step(case: Case, number: int, code: str) -> PlanStep:
    tool = tool_of(case.service)
    verb = _VERBS.get(code)
    command = suggest(tool, verb, target_of(case.release, case.service)) if verb else None
    params = {
        "release": case.release.id,
        "service": case.service.name if case.service else case.release.service,
        "target": _target(case),
        "environment": case.release.environment,
        "store": (case.service.data_store if case.service else None) or "the data store",
    }
    done = {"declare": "back.evidence_declared", "data": "back.evidence_data"}.get(code)
    return PlanStep(
        number=number,
        action=rule(f"back.{code}", "G3", **params),
        rationale=rule(f"back.why_{code}", "G3", **params),
        evidence=rule(done, "G3", **params) if done else limits(case),
        owner=case.release.rollback_owner,
        minutes=None,
        command=command,
        tool=tool,
        manual=None if command else rule(f"back.manual_{'report' if code == 'declare' else 'other'}", "P4", **params),
        requires="rollback owner" if code != "declare" else "",
        approval=code == "data",
    )


def _verification(case: Case) -> Iterator[Line]:
    yield limits(case)
    target = _target(case)
    yield (
        unknown("rollback.running_unknown", "G20")
        if target == "UNKNOWN"
        else rule("rollback.running", "G20", target=target)
    )
    if case.data_change in PAST_RETURN:
        yield rule("rollback.past_return", "G19", change=case.data_change or "UNKNOWN")


def _communication(case: Case) -> Iterator[Line]:
    service = case.service
    if service is None:
        yield unknown("rollback.told_unknown", "T1", service=case.release.service)
        return
    places = [p.id for a in (Audience.TEAM, Audience.STAKEHOLDERS) for p in service.channels.get(a, ())]
    if places:
        yield catalogue("rollback.told", service.id, places=", ".join(dict.fromkeys(places)), release=case.release.id)
    else:
        yield unknown("rollback.told_unknown", "T1", service=service.name)
    if service.outage_visible:
        yield catalogue("rollback.customers", service.id, who=case.name(case.supplier(Kind.CUSTOMER_NOTICE)))
