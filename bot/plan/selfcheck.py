"""SELF-CHECK: assumptions with mitigations, the five questions, the five lenses; and the eight standards of P9."""

from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Level
from bot.domain.plan import Line, OriginKind, Plan, PlanStep, RiskRow, SelfCheck
from bot.plan.confidence import attested_musts, gaps_of
from bot.plan.lines import catalogue, rule, unknown
from bot.plan.patterns import patterns
from bot.policy.case import Case
from bot.policy.factors import strategy_name
from bot.policy.rules.rollout import STAGED

_CORE = (Kind.CI, Kind.ARTIFACT, Kind.MIGRATION, Kind.ROLLBACK, Kind.MONITORING, Kind.FLAGS)
_TWO = 2


def self_check(
    case: Case, findings: tuple[Finding, ...], rows: tuple[RiskRow, ...], steps: tuple[PlanStep, ...]
) -> SelfCheck:
    """Answered from the findings, never from confidence in oneself."""
    assumed = _assumptions(case)
    gaps = gaps_of(findings)
    open_kinds = {f.subject for f in findings if f.open and f.level is Level.MUST and not f.consent}
    tested = Kind.ROLLBACK.value not in open_kinds
    core = not any(k.value in open_kinds for k in _CORE)
    owned = len(rows) >= _TWO and all(r.owner for r in rows[:_TWO])
    staged = strategy_name(case.release.strategy) in STAGED
    automated = all(s.command or s.manual for s in steps) and any(s.command for s in steps)
    documented = not {Kind.CHANGE.value, Kind.NOTES.value} & open_kinds
    questions = (
        _answer("enough_evidence", yes=not gaps, count=str(len(gaps))),
        _answer("artifacts_verified", yes=core),
        _answer("rollback_tested", yes=tested),
        _answer("assumptions_stated", yes=True, count=str(len(assumed))),
        _answer("risks_named", yes=owned, count=str(len(rows))),
    )
    lenses = (
        _answer("safety", yes=tested and not gaps),
        _answer("evidence", yes=not gaps and not attested_musts(case), count=str(len(attested_musts(case)))),
        _answer("automation", yes=automated, count=str(sum(s.command is None for s in steps))),
        _answer("impact", yes=staged, strategy=strategy_name(case.release.strategy) or "UNKNOWN"),
        _answer("documentation", yes=documented),
    )
    return SelfCheck(assumptions=assumed, questions=questions, lenses=lenses)


def failed_standards(plan: Plan, case: Case) -> tuple[str, ...]:
    """P9: the standards that the plan does not meet. Such a plan is not published as a plan; these are named."""
    open_kinds = {r.kind for r in plan.checklist if r.level is Level.MUST and r.result.rank > 1}
    met = {
        "clarity": bool(plan.summary and plan.goal.code and plan.preconditions and plan.rollout),
        "reversibility": Kind.ROLLBACK not in open_kinds
        and plan.rollback.one_line.origin.kind is not OriginKind.UNKNOWN,
        "verification": bool(case.service and case.service.thresholds) and Kind.MONITORING not in open_kinds,
        "risk_awareness": len(plan.risks) >= _TWO and all(r.owner for r in plan.risks),
        "actionability": all(s.owner for s in (*plan.rollout, *plan.rollback.steps))
        and plan.next_action.owner is not None,
        "traceability": not {Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES} & open_kinds,
        "safety": bool(plan.stop_conditions) and Kind.STRATEGY not in open_kinds,
        "reproducibility": all(s.command or s.manual for s in plan.rollout) and "strategy" in _known(case),
    }
    return tuple(name for name, held in met.items() if not held)


def _known(case: Case) -> frozenset[str]:
    return frozenset({"strategy"}) if case.release.strategy else frozenset()


def _answer(name: str, *, yes: bool, **params: str) -> tuple[str, bool, Line]:
    return name, yes, rule(f"check.{name}_{'yes' if yes else 'no'}", "P9", **params)


def _assumptions(case: Case) -> tuple[Line, ...]:
    """Facts, assumptions and open questions are kept apart (P1): these are the assumptions, each with what mitigates it."""
    service = case.release.service
    lines = [catalogue("assume.catalogue", service, service=service)]
    for kind in attested_musts(case):
        one = case.sight(kind).evidence
        lines.append(
            rule("assume.attested", "G24", item=kind.value.replace("_", " "), by=case.name(one.by if one else None))
        )
    if case.data_change is None:
        lines.append(unknown("assume.data", "P6", service=service))
    lines += [rule("assume.pattern", "P7", **p.params) for p in patterns(case.facts)]
    return tuple(lines)
