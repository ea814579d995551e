"""SELF-CHECK: assumptions with mitigations, the five questions and the five lenses. Answered from the findings."""

from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Level
from bot.domain.plan import Line, PlanStep, RiskRow, SelfCheck
from bot.plan.commands import tool_of
from bot.plan.confidence import attested_musts, disputed, gaps_of, shortened
from bot.plan.lines import catalogue, person, rule, unknown
from bot.plan.patterns import patterns
from bot.policy.case import Case
from bot.policy.factors import strategy_name
from bot.policy.rules.rollout import STAGED

_CORE = (Kind.CI, Kind.ARTIFACT, Kind.MIGRATION, Kind.ROLLBACK, Kind.MONITORING, Kind.FLAGS)
_IN_PART = frozenset({"staged", "rolling", "ring"})
_TWO = 2


def self_check(
    case: Case, findings: tuple[Finding, ...], rows: tuple[RiskRow, ...], steps: tuple[PlanStep, ...]
) -> SelfCheck:
    """Answered from the findings, never from confidence in oneself."""
    assumed = _assumptions(case, findings)
    gaps = gaps_of(findings)
    open_kinds = {f.subject for f in findings if f.open and f.level is Level.MUST and not f.consent}
    tested = Kind.ROLLBACK.value not in open_kinds
    core = [k.value for k in _CORE if k.value in open_kinds]
    owned = len(rows) >= _TWO and all(r.owner for r in rows[:_TWO])
    strategy = strategy_name(case.release.strategy)
    manual = sum(s.command is None for s in steps)
    documented = not {Kind.CHANGE.value, Kind.NOTES.value} & open_kinds
    attested = attested_musts(case, findings)
    questions = (
        _enough(gaps),
        _answer("artifacts_verified", yes=not core, items=", ".join(core)),
        _answer("rollback_tested", yes=tested),
        _answer("assumptions_stated", yes=True, count=str(len(assumed))),
        _answer("risks_named", yes=owned, count=str(len(rows))),
    )
    lenses = (
        _answer("safety", yes=tested and not gaps),
        _evidence_lens(gaps, attested),
        _automation(manual, len(steps)),
        _impact_lens(strategy),
        _answer("documentation", yes=documented),
    )
    return SelfCheck(assumptions=assumed, questions=questions, lenses=lenses)


def _enough(gaps: list[Finding]) -> tuple[str, bool, Line]:
    if gaps:
        return "enough_evidence", False, _open("check.enough_evidence_no", gaps)
    return _answer("enough_evidence", yes=True)


def _automation(manual: int, count: int) -> tuple[str, bool, Line]:
    if manual == 1 < count:
        return "automation", True, rule("check.automation_one", "P9", count=str(count))
    return _answer("automation", yes=manual < count, manual=str(manual), count=str(count))


def _open(code: str, gaps: list[Finding]) -> Line:
    named, params = shortened(code, (f.subject for f in gaps))
    return rule(named, "P9", **params)


def _impact_lens(strategy: str | None) -> tuple[str, bool, Line]:
    if strategy is None:
        return "impact", False, rule("check.impact_open", "P9")
    if strategy in _IN_PART:
        return "impact", False, rule("check.impact_part", "P9", strategy=strategy)
    return _answer("impact", yes=strategy in STAGED, strategy=strategy)


def _evidence_lens(gaps: list[Finding], attested: tuple[Kind, ...]) -> tuple[str, bool, Line]:
    if gaps:
        return "evidence", False, _open("check.evidence_open", gaps)
    return _answer("evidence", yes=not attested, items=", ".join(attested))


def _answer(name: str, *, yes: bool, **params: str) -> tuple[str, bool, Line]:
    return name, yes, rule(f"check.{name}_{'yes' if yes else 'no'}", "P9", **params)


def _assumptions(case: Case, findings: tuple[Finding, ...]) -> tuple[Line, ...]:
    """Facts, assumptions and open questions are kept apart (P1): these are the assumptions, each with what mitigates it."""
    service = case.release.service
    lines = [catalogue("assume.catalogue", service, service=service)] if case.service else []
    if case.service and tool_of(case.service) and not {"workload", "app"} & case.service.names.keys():
        lines.append(catalogue("assume.names", service, service=service, tool=tool_of(case.service)))
    by: dict[str, list[str]] = {}
    for kind in attested_musts(case, findings):
        one = case.sight(kind).evidence
        by.setdefault(one.by if one else "", []).append(kind.value)
    lines += [person("assume.attested", who, items=", ".join(kinds), by=case.name(who)) for who, kinds in by.items()]
    if case.data_change is None:
        lines.append(unknown("assume.data", "P6", service=service))
    if disputed(findings):
        lines.append(rule("assume.no_data", "G1", service=service))
    lines += [rule("assume.pattern", "P7", **p.params) for p in patterns(case.facts)]
    return tuple(lines)
