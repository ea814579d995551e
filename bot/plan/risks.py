"""The RISK ASSESSMENT: a row for each risk, with cause, likelihood, impact, and one mitigation step with its owner."""

from dataclasses import dataclass

from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Result
from bot.domain.plan import RiskRow
from bot.domain.release import Band, Part
from bot.plan.confidence import attested_musts
from bot.plan.lines import NEW_VERSION, of_finding, person, rule, unknown
from bot.plan.strategies import code_of
from bot.policy.case import Case
from bot.policy.people import decision_makers

HIGH, MEDIUM, LOW = "High", "Medium", "Low"
_OWNERS = {"data_change": Kind.MIGRATION, "way_back": Kind.ROLLBACK, "exposure": Kind.STRATEGY, "window": Kind.WINDOW}
_SIGNED = {"data_change": "risk_migration_accepted", "way_back": "risk_restore_accepted"}
"""What accepts the risk of a factor: it then stands at the top for it, with the name of who accepted it."""

_AFTER = 20
"""The weight of a factor whose risk was accepted: its row comes after what nobody has looked at yet."""

_CALENDAR = ("freeze", "clash", "dependency_freeze", "dependency_release")
_NOT_SAID = frozenset({"undescribed"})
"""Answers that count as a worse one because nobody gave them."""

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
        *(_Ranked(90, _accepted(case, f)) for f in findings if _is_accepted(f)),
        *(
            _Ranked(_weight(p, findings), _of_factor(case, p))
            for p in case.score.parts
            if _matters(case, p) and not _told(p, findings)
        ),
        *(_Ranked(15, row) for row in _attested(case, findings)),
        _Ranked(25, _regression(case)),
        _Ranked(5, _unseen(case)),
    ]
    ranked = sorted(rows, key=lambda r: -r.weight)
    return tuple(r.row for r in ranked)


def _is_accepted(finding: Finding) -> bool:
    """A risk, a freeze, a clash or a failed test that somebody signed for, or an incident that blocks nothing."""
    return finding.result is Result.WARN and (finding.rule in {"G6", "G11"} or finding.code.endswith("_excepted"))


def _weight(part: Part, findings: tuple[Finding, ...]) -> int:
    return _AFTER if any(f.code == _SIGNED.get(part.factor) for f in findings) else part.points * 5


def _told(part: Part, findings: tuple[Finding, ...]) -> bool:
    """True where the freeze or the other release behind the factor has a row of its own, by name."""
    named = any(f.result in {Result.BLOCKED, Result.WARN} and f.code.startswith(_CALENDAR) for f in findings)
    return part.factor == "window" and part.answer == "freeze" and named


def _impact(case: Case) -> str:
    named = case.service.criticality if case.service else None
    return {"none": LOW, "not_critical": MEDIUM}.get(named or "", HIGH)


def _matters(case: Case, part: Part) -> bool:
    """How critical the service is makes every failure worse and none likelier: where it is known, it is the impact."""
    if part.factor == "criticality" and part.known:
        return False
    return part.points > 0 and _worst(case, part) > 0


def _worst(case: Case, part: Part) -> int:
    return next((f.worst for f in case.facts.rubric.factors if f.name == part.factor), 0)


def _of_factor(case: Case, part: Part) -> RiskRow:
    """Cause by its answer; an unknown answer is the worst one, and says how to find out."""
    share = 100 * part.points // _worst(case, part)
    likelihood = HIGH if share >= _HIGH_SHARE or not part.known else MEDIUM if share >= _MEDIUM_SHARE else LOW
    params = {**_named(case), "points": str(part.points), "worst": str(_worst(case, part))}
    answer = "none" if part.factor == "track_record" and not _remembers(case) else _way(case, part)
    cause = (
        rule(f"risk.{part.factor}_{answer}", "P6", **params)
        if part.known and answer not in _NOT_SAID
        else unknown(f"risk.{part.factor}_{answer if part.known else 'unknown'}", "P6", **params)
    )
    kind = _OWNERS.get(part.factor)
    owner = case.supplier(kind) if kind else case.release.owner
    fix = "ready" if part.known and _prepared(case, part) else "fix"
    fix = "said" if answer in _NOT_SAID else fix
    fix = "first" if part.factor == "track_record" and not _remembers(case) else fix
    fix = "apart" if part.factor == "window" and part.answer == "freeze" else fix
    return RiskRow(cause, likelihood, _impact(case), rule(f"risk.{part.factor}_{fix}", "P6", **params), owner)


def _way(case: Case, part: Part) -> str:
    """The answer, with what the rubric does not tell apart: a switch of traffic, and a tested way that nobody described."""
    if part.factor != "way_back" or part.answer not in {"redeploy", "restore"}:
        return part.answer
    if part.answer == "redeploy":
        return "switch" if code_of(case) == "blue_green" else part.answer
    return part.answer if case.sight(Kind.ROLLBACK).fact("way") else "undescribed"


def _remembers(case: Case) -> bool:
    return bool(case.facts.history or (case.service and case.service.history))


def _prepared(case: Case, part: Part) -> bool:
    """True where what would be asked for was done already: then the mitigation is to keep to it."""
    if part.factor == "way_back":
        return part.answer != "none"
    if part.factor == "data_change":
        return case.sight(Kind.MIGRATION).good
    return part.factor == "exposure" and case.band.rank < Band.MEDIUM.rank


def _named(case: Case) -> dict[str, str]:
    return {
        "service": case.service.name if case.service else case.release.service,
        "version": case.release.version or NEW_VERSION,
        "release": case.release.id,
    }


def _of_blocker(case: Case, finding: Finding) -> RiskRow:
    cause = of_finding(case, finding)
    fix = rule(f"how.{finding.how}", finding.rule, **finding.params)
    return RiskRow(cause, HIGH, HIGH, fix, finding.who)


def _accepted(case: Case, finding: Finding) -> RiskRow:
    if finding.code == "ci_check_excepted":
        # Whoever signed did so for this mitigation, and the exception names who sees to it (G5).
        said = finding.params.get("mitigation", "")
        fix = person("risk.excepted_fix", finding.who or case.owner, mitigation=said)
        return RiskRow(of_finding(case, finding), MEDIUM, _impact(case), fix, finding.who)
    if finding.code == "incident_minor":
        fix = rule("risk.incident_fix", "G11", service=_named(case)["service"])
        return RiskRow(of_finding(case, finding), MEDIUM, _impact(case), fix, case.owner)
    makers = decision_makers(case.release, case.facts)
    owner = case.release.rollback_owner or (makers[0] if makers else case.release.owner)
    fix = rule("risk.accepted_fix", "G21", release=case.release.id)
    return RiskRow(of_finding(case, finding), MEDIUM, HIGH, fix, owner)


def _attested(case: Case, findings: tuple[Finding, ...]) -> tuple[RiskRow, ...]:
    kinds = attested_musts(case, findings)
    if not kinds:
        return ()
    names = ", ".join(kinds)
    cause = rule("risk.attested", "G24", items=names)
    return (RiskRow(cause, LOW, _impact(case), rule("risk.attested_fix", "G24"), case.release.owner),)


def _regression(case: Case) -> RiskRow:
    params = _named(case)
    cause = rule("risk.regression", "P1", **params)
    fix = rule("risk.regression_fix", "G4", **params)
    return RiskRow(cause, MEDIUM, _impact(case), fix, case.release.rollback_owner or case.release.owner)


def _unseen(case: Case) -> RiskRow:
    params = _named(case)
    return RiskRow(
        rule("risk.unseen", "G20", **params),
        LOW,
        _impact(case),
        rule("risk.unseen_fix", "G20", **params),
        case.release.owner,
    )
