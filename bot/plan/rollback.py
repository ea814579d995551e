"""The ROLLBACK PROCEDURE: one line on top, then triggers, minimum steps, verification and communication (G3, G19, P4)."""

from collections.abc import Iterator
from typing import Final

from bot.domain.evidence import Kind
from bot.domain.plan import Line, PlanStep, RollbackPlan
from bot.domain.service import Audience
from bot.plan.commands import Advice, advise, by_hand, can, tool_of
from bot.plan.lines import NEW_VERSION, catalogue, evidence, rule, unknown
from bot.plan.steps import limits
from bot.plan.strategies import code_of, window
from bot.plan.tools.shell import Act
from bot.plan.verification import crossings
from bot.policy.case import Case
from bot.policy.standing import PAST_RETURN, tested_way_back

WAYS = frozenset({"flag", "redeploy", "restore"})
WITHIN: Final = 0
"""Minutes of a step that the step before counts already."""

_MOMENT: Final = 1
"""Minutes for what a person does in a moment: say it, stop it."""

_ACTS: Final = {"stop": Act.ABORT, "shut": Act.SHUT, "check": Act.STATUS, "check_flag": Act.FLAG_STATUS}
_DATA: Final = ("data", "data_after")
_BACK: Final = frozenset({"back", "back_if", "switch"})
_BY_HAND: Final = {"declare": "declare", "data": "restore", "data_after": "restore"}
_EVIDENCE: Final = {
    "declare": "back.evidence_declared",
    "stop": "back.evidence_stopped",
    "shut": "back.evidence_shut",
    "data": "back.evidence_data",
    "data_after": "back.evidence_data",
}


def rollback(case: Case, steps: tuple[PlanStep, ...]) -> RollbackPlan:
    """The way back as far as it is known; an untested one says so on its first line. `steps` are those of the rollout."""
    return RollbackPlan(
        one_line=one_line(case),
        restore=_restore(case),
        no_return=_no_return(case, steps),
        triggers=tuple(_triggers(case)),
        steps=tuple(_steps(case, _final(steps))),
        verification=tuple(_verification(case)),
        communication=tuple(_communication(case)),
    )


def one_line(case: Case) -> Line:
    """`Redeploy 2.4.0, 10 min, tested 2026-11-03.`"""
    sight = case.sight(Kind.ROLLBACK)
    one = sight.evidence
    if one is None or not sight.good or not tested_way_back(sight, case.now):
        return unknown(
            "rollback.unknown", "G3", service=case.release.service, who=case.name(case.supplier(Kind.ROLLBACK))
        )
    way = str(one.facts.get("way") or "")
    code = f"rollback.{way}" if way in WAYS else "rollback.procedure"
    if way == "redeploy" and code_of(case) == "blue_green":
        code = "rollback.switch"
    dated = one.dated.date().isoformat() if one.dated else "UNKNOWN"
    return evidence(code, one, target=target(case), minutes=minutes(case), date=dated, url=one.url or "UNKNOWN")


def minutes(case: Case) -> str:
    """The time to restore, from the last drill, else from the catalogue; UNKNOWN where neither tells."""
    found = _minutes(case)
    return f"{found} min" if found is not None else "UNKNOWN"


def target(case: Case) -> str:
    """The version to go back to."""
    found = case.sight(Kind.ROLLBACK_TARGET).fact("target")
    return str(found or (case.service.previous_version if case.service else None) or "UNKNOWN")


def _called(case: Case) -> str:
    """The same in a sentence, where nobody named it."""
    found = target(case)
    return found if found != "UNKNOWN" else "the version before"


def _minutes(case: Case) -> int | None:
    found = case.sight(Kind.ROLLBACK).fact("minutes")
    if isinstance(found, int | float) and not isinstance(found, bool):
        return int(found)
    return case.service.restore_minutes if case.service else None


def _restore(case: Case) -> Line:
    one, service = case.sight(Kind.ROLLBACK).evidence, case.service
    if one is not None and one.facts.get("minutes") is not None:
        if one.dated is None:
            return evidence("rollback.restore_drill", one, minutes=minutes(case))
        return evidence("rollback.restore_drilled", one, minutes=minutes(case), date=one.dated.date().isoformat())
    if service is not None and service.restore_minutes is not None:
        return catalogue("rollback.restore_catalogue", service.id, minutes=minutes(case))
    return unknown("rollback.restore_unknown", "G3", service=case.release.service)


def _no_return(case: Case, steps: tuple[PlanStep, ...]) -> Line | None:
    """G19: which step is the last that can be undone without a restore."""
    store = _store(case)
    if case.data_change is None:
        return unknown("rollback.no_return_unknown", "G19", store=store)
    if case.data_change == "expand":
        return rule("rollback.no_return_none", "G19", change=case.data_change, store=store, target=_called(case))
    if case.data_change not in PAST_RETURN:
        return None
    final, change = _final(steps), case.data_change
    if final is None:
        return unknown("rollback.no_return_unplaced", "G19", change=change, store=store)
    return rule("rollback.no_return", "G19", step=str(final), change=change, store=store, target=_called(case))


def _final(steps: tuple[PlanStep, ...]) -> int | None:
    return next((s.number for s in steps if s.approval), None)


def _store(case: Case) -> str:
    return (case.service.data_store if case.service else None) or "the data store"


def _triggers(case: Case) -> Iterator[Line]:
    """The limits that are known; what is not known stands in STOP CONDITIONS already."""
    yield rule("rollback.trigger", "G4", window=str(window(case)))
    yield from crossings(case)
    yield rule("rollback.trigger_health", "G4", service=case.release.service)
    yield rule("rollback.trigger_person", "G27")


def _by_flag(case: Case) -> bool:
    """True where switching the flag off is the first way back."""
    return code_of(case) == "flag" or case.sight(Kind.ROLLBACK).fact("way") == "flag"


def _codes(case: Case, final: int | None) -> Iterator[str]:
    """The minimum for the strategy: a flag is shut first; what cannot be stopped by itself is not stopped twice."""
    restores = case.data_change in PAST_RETURN or case.sight(Kind.ROLLBACK).fact("way") == "restore"
    yield "declare"
    if _by_flag(case):
        yield "shut"
    elif code_of(case) != "blue_green" and can(case.service, Act.ABORT):
        yield "stop"
    if restores:
        yield "data" if final is None else "data_after"
    if code_of(case) == "blue_green":
        yield "switch"
    else:
        yield "back_if" if _by_flag(case) and not restores else "back"
    yield "check_flag" if _by_flag(case) and not restores else "check"


def _steps(case: Case, final: int | None) -> Iterator[PlanStep]:
    codes = tuple(_codes(case, final))
    main = next((c for c in (*_DATA, "shut", "switch", "back") if c in codes), "")
    if main in _DATA and case.sight(Kind.ROLLBACK).fact("way") != "restore":
        main = "switch" if "switch" in codes else "back"  # the drill was of another way: nobody timed the restore
    spent = {
        "declare": _MOMENT,
        "stop": _MOMENT,
        "shut": _MOMENT,
        "back": WITHIN,
        "switch": WITHIN,
        "back_if": case.service.restore_minutes if case.service else None,
        "check": window(case),
        "check_flag": window(case),
        main: _minutes(case),
    }
    for number, code in enumerate(codes, 1):
        yield _step(case, number, code, spent.get(code), final)


def _step(case: Case, number: int, code: str, spent: int | None, final: int | None) -> PlanStep:
    act = Act.ROLLBACK if code in _BACK else _ACTS.get(code)
    advice = advise(case, act) if act else None
    if code in _BACK and by_hand(case):
        by_selector = code == "switch" and advise(case, Act.SWITCH).manual == "selector"
        advice = Advice(tool_of(case.service), manual="selector_back" if by_selector else "hand_back")
    line = advice.line if advice else ""
    params = {
        "release": case.release.id,
        "service": case.service.name if case.service else case.release.service,
        "version": case.release.version or NEW_VERSION,
        "target": _called(case),
        "environment": case.release.environment,
        "store": _store(case),
        "step": str(final),
        "tool": advice.tool if advice and advice.tool else "the rollout tool",
    }
    # A restore may be what was rehearsed, though this release changes no data, and takes no backup of its own.
    drilled = code == "data" and case.data_change == "none"
    own = _BY_HAND.get(code) or (advice.manual if advice else "no_tool")
    return PlanStep(
        number=number,
        action=rule(f"back.{'data_drilled' if drilled else code}", "G3", **params),
        rationale=rule(f"back.why_{'data_drilled' if drilled else code}", "G3", **params),
        evidence=_evidence(case, code, params),
        owner=case.supplier(Kind.MIGRATION) if code in _DATA else case.release.rollback_owner,
        minutes=spent,
        command=line or None,
        tool=advice.tool if advice else "",
        manual=None if line else rule(f"manual.{own}", "P4", **params),
        requires="service owner" if code in _DATA else "",
        approval=code in _DATA,
    )


def _evidence(case: Case, code: str, params: dict[str, str]) -> Line:
    if code in _BACK:
        return _switched(case) if code == "switch" else _running(case)
    if code == "stop" and advise(case, Act.ABORT).tool == "spinnaker":
        return rule("back.evidence_halted", "G3", **params)
    own = _EVIDENCE.get(code)
    return rule(own, "G3", **params) if own else limits(case)


def _running(case: Case) -> Line:
    found = target(case)
    if found == "UNKNOWN":
        return unknown("rollback.running_unknown", "G20", service=case.release.service)
    return rule("rollback.running", "G20", target=found)


def _switched(case: Case) -> Line:
    found = target(case)
    return rule("back.evidence_switched", "G20", target=found) if found != "UNKNOWN" else _running(case)


def _verification(case: Case) -> Iterator[Line]:
    yield limits(case)
    if _by_flag(case):
        yield rule("back.evidence_shut", "G3")
    else:
        yield _switched(case) if code_of(case) == "blue_green" else _running(case)
    if case.data_change in PAST_RETURN:
        yield rule("rollback.past_return", "G19", store=_store(case))


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
    elif service.outage_visible is None:
        who = case.name(case.supplier(Kind.CUSTOMER_NOTICE))
        yield unknown("rollback.customers_unknown", "T1", service=service.name, who=who)
