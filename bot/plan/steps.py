"""The ROLLOUT PLAN: numbered steps of the strategy, each with rationale, evidence, command, owner and duration (P4)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain.evidence import Kind
from bot.domain.plan import Line, PlanStep
from bot.plan.commands import suggest, target_of, tool_of
from bot.plan.lines import catalogue, person, rule, unknown
from bot.policy.case import Case
from bot.policy.factors import strategy_name
from bot.policy.rules.rollout import steps_of
from bot.policy.standing import PAST_RETURN

_ALL = 100
_WATCH_MINUTES = 30
_STEP_MINUTES = 15
_CODES = {
    "canary": "canary",
    "feature flag": "flag",
    "staged": "staged",
    "rolling": "rolling",
    "ring": "staged",
    "blue-green": "blue_green",
    "all-at-once": "all",
}


@dataclass(frozen=True, slots=True)
class _Draft:
    """A step before it has its number: `verb` is what the tool is told ("" for steps that are no command)."""

    code: str
    verb: str = ""
    percent: int | None = None
    minutes: int | None = None
    requires: str = ""
    approval: bool = False


def rollout(case: Case) -> tuple[PlanStep, ...]:
    """Pre-check, data before, the strategy's own steps, the watch, data after, and the report that it is done."""
    drafts = (*_before(case), *_strategy(case), *_after(case))
    return tuple(_step(case, number, draft) for number, draft in enumerate(drafts, 1))


def stages(case: Case) -> tuple[int, ...]:
    """The percentages, rising and ending at 100."""
    named = tuple(sorted({s for s in steps_of(case) if 0 < s < _ALL}))
    return (*named, _ALL)


def limits(case: Case) -> Line:
    """The evidence that a step needs to be called good: the exact metrics with their thresholds."""
    thresholds = case.service.thresholds if case.service else ()
    if not thresholds or case.service is None:
        return unknown("step.evidence_unknown", "G4", service=case.release.service)
    named = "; ".join(
        f"{t.metric} {'≤' if t.above else '≥'} {t.limit:g} {t.unit} for {t.minutes} min" for t in thresholds
    )
    return catalogue("step.evidence", case.service.id, limits=named)


def _before(case: Case) -> Iterator[_Draft]:
    yield _Draft("precheck", "status", minutes=5)
    if case.data_change in PAST_RETURN:
        yield _Draft("backup", minutes=15, requires="service owner")
    if case.data_change in {"expand", "locking", "irreversible"}:
        final = case.data_change == "irreversible"
        yield _Draft("migrate", minutes=15, requires="service owner", approval=final)
    if case.data_change is None:
        yield _Draft("migrate_unknown")


def _strategy(case: Case) -> Iterator[_Draft]:
    strategy = strategy_name(case.release.strategy)
    code = _CODES.get(strategy or "")
    if code is None:
        yield _Draft("strategy_unknown")
        return
    if code in {"canary", "staged", "rolling"}:
        first, *rest = stages(case)
        yield _Draft(f"{code}_first", "deploy", first, _STEP_MINUTES)
        for percent in rest:
            yield _Draft(f"{code}_next", "step", percent, _STEP_MINUTES)
    elif code == "flag":
        yield _Draft("flag_deploy", "deploy", minutes=_STEP_MINUTES)
        for percent in stages(case):
            yield _Draft("flag_open", percent=percent, minutes=_STEP_MINUTES)
    elif code == "blue_green":
        yield _Draft("blue_green_deploy", "deploy", minutes=_STEP_MINUTES)
        yield _Draft("blue_green_switch", "step", _ALL, _STEP_MINUTES)
    else:
        yield _Draft("all_deploy", "deploy", _ALL, _STEP_MINUTES)


def _after(case: Case) -> Iterator[_Draft]:
    yield _Draft("watch", "status", minutes=_WATCH_MINUTES)
    if case.data_change == "contract":
        yield _Draft("contract", minutes=15, requires="service owner", approval=True)
    yield _Draft("done", minutes=5)


def _step(case: Case, number: int, draft: _Draft) -> PlanStep:
    tool = tool_of(case.service)
    percent = draft.percent or _ALL
    command = suggest(tool, draft.verb, target_of(case.release, case.service), percent) if draft.verb else None
    params = _params(case, draft)
    step = PlanStep(
        number=number,
        action=_origin(case, f"step.{draft.code}", params),
        rationale=rule(f"why.{draft.code}", "P4", **params),
        evidence=_evidence(case, draft),
        owner=case.release.owner,
        minutes=draft.minutes,
        command=command,
        tool=tool,
        requires=draft.requires,
        approval=draft.approval,
        percent=draft.percent,
    )
    return step if command else replace(step, manual=rule(f"manual.{_MANUAL.get(draft.code, 'other')}", "P4", **params))


_MANUAL = {
    "flag_open": "flag",
    "backup": "data",
    "migrate": "data",
    "contract": "data",
    "done": "report",
    "migrate_unknown": "unknown",
    "strategy_unknown": "unknown",
}


def _params(case: Case, draft: _Draft) -> dict[str, str]:
    flag = case.sight(Kind.FLAGS).fact("kill_switch")
    return {
        "release": case.release.id,
        "service": case.service.name if case.service else case.release.service,
        "version": case.release.version or "UNKNOWN",
        "environment": case.release.environment,
        "percent": str(draft.percent or _ALL),
        "change": case.data_change or "UNKNOWN",
        "store": (case.service.data_store if case.service else None) or "the data store",
        "flag": str(flag or "the flag"),
    }


def _origin(case: Case, code: str, params: dict[str, str]) -> Line:
    if code.endswith("_unknown"):
        return unknown(code, "P4", **params)
    if case.service is None or case.release.strategy is None:
        return rule(code, "P4", **params)
    named = case.service.strategy
    same = named is not None and strategy_name(named.value) == strategy_name(case.release.strategy)
    return catalogue(code, case.service.id, **params) if same else person(code, case.release.requested_by, **params)


def _evidence(case: Case, draft: _Draft) -> Line:
    own = {
        "precheck": "step.evidence_go",
        "backup": "step.evidence_backup",
        "migrate": "step.evidence_migrated",
        "contract": "step.evidence_migrated",
        "done": "step.evidence_done",
    }.get(draft.code)
    return rule(own, "P1", release=case.release.id) if own else limits(case)
