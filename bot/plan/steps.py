"""The ROLLOUT PLAN: numbered steps of the strategy, each with rationale, evidence, command, owner and duration (P4)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.domain.evidence import Kind
from bot.domain.plan import Line, PlanStep
from bot.plan.commands import advise, can, tool_of
from bot.plan.lines import NEW_VERSION, catalogue, person, rule, unknown
from bot.plan.strategies import ALL, COMPLETE, Draft, code_of, strategy_steps, window
from bot.plan.tools.shell import Act
from bot.policy.case import Case
from bot.policy.factors import strategy_name
from bot.policy.standing import PAST_RETURN

_PRECHECK: Final = 5
_REPORT: Final = 1
_DATA: Final = frozenset({"backup", "migrate", "contract"})
_OF_DATA_FIRST: Final = frozenset({"expand", "locking", "irreversible"})
_OPEN: Final = frozenset({"migrate_unknown", "strategy_unknown", "strategy_refused"})
_EVIDENCE: Final[Mapping[str, str]] = {
    "precheck": "step.evidence_go",
    "backup": "step.evidence_backup",
    "migrate": "step.evidence_migrated",
    "contract": "step.evidence_contract",
    "blue_green_deploy": "step.evidence_ready",
    "rolling_first": "step.evidence_replaced",
    "done": "step.evidence_done",
    "migrate_unknown": "step.evidence_known",
    "strategy_unknown": "step.evidence_known",
    "strategy_refused": "step.evidence_known",
}
_MANUAL: Final[Mapping[str, str]] = {
    "backup": "data",
    "migrate": "data",
    "contract": "data",
    "done": "report",
    "migrate_unknown": "unknown",
    "strategy_unknown": "unknown",
    "strategy_refused": "unknown",
}
"""Steps that no rollout tool is told, by what would automate them."""


def rollout(case: Case) -> tuple[PlanStep, ...]:
    """Pre-check, data before, the strategy's own steps, the watch, data after, and the report that it is done."""
    strategy = tuple(strategy_steps(case))
    steps: list[PlanStep] = []
    at: int | None = -_PRECHECK
    for draft in (*_before(case), *strategy, *_after(case, strategy)):
        step = _step(case, len(steps) + 1, draft)
        steps.append(replace(step, at=at))
        at = None if at is None or step.minutes is None else at + step.minutes
    return tuple(steps)


def limits(case: Case) -> Line:
    """The evidence that a step needs to be called good: the exact metrics with their thresholds."""
    thresholds = case.service.thresholds if case.service else ()
    if not thresholds or case.service is None:
        return unknown("step.evidence_unknown", "G4", service=case.release.service)
    named = "; ".join(
        " ".join(f"{t.metric} {'≤' if t.above else '≥'} {t.good:g} {t.unit} for {t.minutes} min".split())
        for t in thresholds
    )
    return catalogue("step.evidence", case.service.id, limits=named)


def _before(case: Case) -> Iterator[Draft]:
    yield Draft("precheck", Act.STATUS, minutes=_PRECHECK)
    if case.data_change in _OF_DATA_FIRST:
        final = case.data_change in PAST_RETURN
        if final:
            yield _backup(case)
        yield Draft("migrate", minutes=_measured(case, "minutes"), requires="service owner", approval=final)
    if case.data_change is None:
        yield Draft("migrate_unknown")


def _after(case: Case, strategy: tuple[Draft, ...]) -> Iterator[Draft]:
    """The watch lasts until T+30, and never shorter than a limit needs."""
    if any(d.code in _OPEN for d in strategy):
        return
    spent = sum(d.minutes or 0 for d in strategy)
    look = Act.FLAG_STATUS if code_of(case) == "flag" and can(case.service, Act.FLAG_STATUS) else Act.STATUS
    yield Draft("watch", look, minutes=max(window(case), COMPLETE - spent))
    if case.data_change == "contract":
        yield _backup(case)
        yield Draft("contract", minutes=_measured(case, "minutes"), requires="service owner", approval=True)
    yield Draft("done", minutes=_REPORT)


def _backup(case: Case) -> Draft:
    """Right before the step that is final: what is written after it would be lost."""
    return Draft("backup", minutes=_measured(case, "backup_minutes"), requires="service owner")


def _measured(case: Case, fact: str) -> int | None:
    """What the dry run measured, in minutes."""
    found = case.sight(Kind.MIGRATION).fact(fact)
    return int(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def _step(case: Case, number: int, draft: Draft) -> PlanStep:
    advice = advise(case, draft.act, draft.percent or ALL) if draft.act else None
    params = _params(case, draft)
    line = advice.line if advice else ""
    code = _MANUAL.get(draft.code) or (advice.manual if advice else "no_tool")
    return PlanStep(
        number=number,
        action=_action(case, f"step.{draft.code}", params),
        rationale=rule(f"why.{draft.code}", "P4", **params),
        evidence=_evidence(case, draft, params),
        owner=case.supplier(Kind.MIGRATION) if draft.code in _DATA else case.release.owner,
        minutes=draft.minutes,
        command=line or None,
        tool=advice.tool if advice else "",
        manual=None if line else rule(f"manual.{code}", "P4", **params),
        requires=draft.requires,
        approval=draft.approval,
        percent=draft.percent,
    )


def _params(case: Case, draft: Draft) -> dict[str, str]:
    service = case.service
    switch = case.sight(Kind.FLAGS).fact("kill_switch")
    named = service.names.get("flag") if service else None
    return {
        "release": case.release.id,
        "service": service.name if service else case.release.service,
        "version": case.release.version or NEW_VERSION,
        "environment": case.release.environment,
        "percent": str(draft.percent or ALL),
        "change": case.data_change or "UNKNOWN",
        "store": (service.data_store if service else None) or "the data store",
        "flag": named or (switch if isinstance(switch, str) and switch else "the flag"),
        "window": str(window(case)),
        "tool": tool_of(service) or "the rollout tool",
        "band": case.band.value,
        "minutes": str(draft.minutes or 0),
        "strategy": strategy_name(case.release.strategy) or "UNKNOWN",
    }


def _action(case: Case, code: str, params: dict[str, str]) -> Line:
    """The strategy's steps come from who chose it; the others from the rules."""
    if code.endswith("_unknown"):
        return unknown(code, "P4", **params)
    own = code_of(case)
    if case.service is None or own is None or not code.startswith(f"step.{own}_"):
        return rule(code, "P4", **params)
    named = case.service.strategy
    same = named is not None and strategy_name(named.value) == strategy_name(case.release.strategy)
    return catalogue(code, case.service.id, **params) if same else person(code, case.release.requested_by, **params)


def _evidence(case: Case, draft: Draft, params: dict[str, str]) -> Line:
    own = _EVIDENCE.get(draft.code)
    return rule(own, "P1", **params) if own else limits(case)
