"""The RISK ASSESSMENT: a row for each risk, with cause, likelihood, impact, and one mitigation step with its owner."""

from dataclasses import dataclass

from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Finding, Result
from bot.domain.plan import RiskRow
from bot.domain.release import Part
from bot.plan.lines import evidence, of_finding, rule, unknown
from bot.policy.case import Case
from bot.policy.people import decision_makers

HIGH, MEDIUM, LOW = "High", "Medium", "Low"
_OWNERS = {"data_change": Kind.MIGRATION, "way_back": Kind.ROLLBACK, "exposure": Kind.STRATEGY, "window": Kind.WINDOW}
_HIGH_SHARE, _MEDIUM_SHARE = 70, 35
"""Percent of the worst answer of a factor."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    weight: int
    row: RiskRow


def risks(case: Case, findings: tuple[Finding, ...]) -> tuple[RiskRow, ...]:
    """The heaviest first. There are always two: every change can fail, and somebody has to see it."""
    rows = [
        *(_Ranked(100, _of_blocker(case, f)) for f in findings if f.result is Result.BLOCKED),
        *(_Ranked(90, _accepted(case, f)) for f in findings if f.result is Result.WARN and f.rule in {"G6", "G11"}),
        *(_Ranked(p.points * 5, _of_factor(case, p)) for p in case.score.parts if _matters(case, p)),
        *(_Ranked(30, row) for row in _attested(case)),
        _Ranked(2, _regression(case)),
        _Ranked(1, _unseen(case)),
    ]
    ranked = sorted(rows, key=lambda r: -r.weight)
    return tuple(r.row for r in ranked)


def _impact(case: Case) -> str:
    named = case.service.criticality if case.service else None
    return {"none": LOW, "not_critical": MEDIUM}.get(named or "", HIGH)


def _matters(case: Case, part: Part) -> bool:
    return part.points > 0 and _worst(case, part) > 0


def _worst(case: Case, part: Part) -> int:
    return next((f.worst for f in case.facts.rubric.factors if f.name == part.factor), 0)


def _of_factor(case: Case, part: Part) -> RiskRow:
    """Cause by its answer; an unknown answer is the worst one, and says how to find out."""
    share = 100 * part.points // _worst(case, part)
    likelihood = HIGH if share >= _HIGH_SHARE or not part.known else MEDIUM if share >= _MEDIUM_SHARE else LOW
    params = {"service": case.release.service, "points": str(part.points), "worst": str(_worst(case, part))}
    cause = (
        rule(f"risk.{part.factor}_{part.answer}", "P6", **params)
        if part.known
        else unknown(f"risk.{part.factor}_unknown", "P6", **params)
    )
    kind = _OWNERS.get(part.factor)
    owner = case.supplier(kind) if kind else case.release.owner
    return RiskRow(cause, likelihood, _impact(case), rule(f"risk.{part.factor}_fix", "P6", **params), owner)


def _of_blocker(case: Case, finding: Finding) -> RiskRow:
    cause = of_finding(case, finding)
    fix = rule(f"how.{finding.how}", finding.rule, **finding.params)
    return RiskRow(cause, HIGH, HIGH, fix, finding.who)


def _accepted(case: Case, finding: Finding) -> RiskRow:
    makers = decision_makers(case.release, case.facts)
    owner = case.release.rollback_owner or (makers[0] if makers else case.release.owner)
    fix = rule("risk.accepted_fix", "G21", release=case.release.id)
    return RiskRow(of_finding(case, finding), MEDIUM, HIGH, fix, owner)


def _attested(case: Case) -> tuple[RiskRow, ...]:
    kinds = [k for k, s in case.sights.items() if s.standing is Standing.ATTESTED]
    if not kinds:
        return ()
    names = ", ".join(k.value.replace("_", " ") for k in kinds)
    cause = evidence("risk.attested", kinds[0], items=names)
    return (RiskRow(cause, LOW, _impact(case), rule("risk.attested_fix", "G24", items=names), case.release.owner),)


def _regression(case: Case) -> RiskRow:
    params = {"service": case.release.service, "version": case.release.version or "UNKNOWN"}
    cause = rule("risk.regression", "P1", **params)
    fix = rule("risk.regression_fix", "G4", **params)
    return RiskRow(cause, MEDIUM, _impact(case), fix, case.release.rollback_owner or case.release.owner)


def _unseen(case: Case) -> RiskRow:
    params = {"service": case.release.service}
    return RiskRow(
        rule("risk.unseen", "G20", **params),
        LOW,
        _impact(case),
        rule("risk.unseen_fix", "G20", **params),
        case.release.owner,
    )
