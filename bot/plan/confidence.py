"""CONFIDENCE & UNCERTAINTIES: level, why, the top two risks and uncertainties, and the next critical check (G24)."""

from collections.abc import Iterable, Iterator, Mapping

from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Finding, Level, Result
from bot.domain.plan import Confidence, Line, RiskRow
from bot.plan.lines import of_finding, once, rule, unknown
from bot.policy.case import Case

HIGH, MEDIUM, LOW = "High", "Medium", "Low"
TOP = 2
MOST_NAMED = 4


def confidence(case: Case, findings: tuple[Finding, ...], rows: tuple[RiskRow, ...]) -> Confidence:
    """High only where sources checked every MUST; one attested item or accepted risk caps it at Medium; one gap at Low."""
    level, why = _level(case, findings)
    named = case.service.name if case.service else case.release.service
    doubts = list(once(_uncertainties(case, findings)))
    doubts += [
        unknown("doubt.load", "P1", service=named),
        unknown("doubt.users", "P1", service=named),
    ]
    return Confidence(
        level=level,
        justification=why,
        risks=tuple(r.cause for r in rows[:TOP]),
        uncertainties=tuple(doubts[:TOP]),
        next_check=_next_check(case, findings),
    )


def gaps_of(findings: tuple[Finding, ...]) -> list[Finding]:
    """What keeps it from GO and is no consent, the worst first."""
    open_ = [
        f for f in findings if (f.result is Result.BLOCKED or (f.level is Level.MUST and f.open)) and not f.consent
    ]
    return sorted(open_, key=lambda f: -f.result.rank)


def disputed(findings: tuple[Finding, ...]) -> bool:
    """True where somebody says that no data changes, and the source saw models change."""
    return any(f.code == "migration_disputed" for f in findings)


def shortened(code: str, names: Iterable[str]) -> tuple[str, Mapping[str, str]]:
    """The code and params of a sentence on these items: each by name, or the first four and how many more (`<code>_many`).

    The whole list stands once in PRECONDITIONS and, with its way, in READINESS CHECKLIST.
    """
    all_ = list(dict.fromkeys(names))
    more = len(all_) - MOST_NAMED
    if more < TOP:
        return code, {"items": ", ".join(all_)}
    return f"{code}_many", {"items": ", ".join(all_[:MOST_NAMED]), "more": str(more)}


def attested_musts(case: Case, findings: tuple[Finding, ...]) -> tuple[Kind, ...]:
    """MUST items that count because a person vouches for them; what is vouched for and still open is a gap instead."""
    gaps = {f.subject for f in gaps_of(findings)}
    return tuple(
        k
        for k, s in case.sights.items()
        if s.standing is Standing.ATTESTED and case.levels.get(k) is Level.MUST and k.value not in gaps
    )


def _level(case: Case, findings: tuple[Finding, ...]) -> tuple[str, Line]:
    gaps = gaps_of(findings)
    if gaps:
        code, params = shortened("confidence.plan_low", (f.subject for f in gaps))
        return LOW, rule(code, "G1", **params)
    attested = attested_musts(case, findings)
    if attested:
        return MEDIUM, rule("confidence.plan_attested", "G24", items=", ".join(attested))
    amber = [f for f in findings if f.result is Result.WARN]
    if amber:
        names = ", ".join(dict.fromkeys(f.subject for f in amber))
        return MEDIUM, rule("confidence.plan_amber", "G21", items=names)
    return HIGH, rule("confidence.plan_high", "G24")


def _uncertainties(case: Case, findings: tuple[Finding, ...]) -> Iterator[Line]:
    """What is not known: gaps of MUST, a data change in dispute, unknown answers of the rubric, attested items, gaps of SHOULD.

    What blocks is known well enough: a freeze, an incident or a no-go is a risk, and no uncertainty.
    """
    for f in gaps_of(findings):
        if f.result is not Result.BLOCKED:
            yield of_finding(case, f)
    if disputed(findings):
        yield unknown("doubt.disputed", "G1", service=case.release.service)
    for part in case.score.parts:
        if not part.known and part.factor in {f.name for f in case.facts.rubric.factors}:
            yield unknown(
                f"risk.{part.factor}_unknown",
                "P6",
                service=case.release.service,
                release=case.release.id,
                points=str(part.points),
                worst=str(part.points),
            )
    for kind in attested_musts(case, findings):
        yield unknown("doubt.attested", "G24", item=kind.value, by=_by(case, kind))
    for f in findings:
        if f.open and f.level is Level.SHOULD:
            yield of_finding(case, f)


def _next_check(case: Case, findings: tuple[Finding, ...]) -> Line:
    gaps = gaps_of(findings)
    if gaps:
        first = gaps[0]
        code = f"how.{first.how}" if first.how else f"unknown.{Kind.APPROVALS.value}"
        return rule(code, first.rule, **{**first.params, "item": first.subject})
    if case.release.started:
        return rule("check.metrics", "G4", service=case.release.service)
    return rule("check.recheck", "G12", service=case.release.service)


def _by(case: Case, kind: Kind) -> str:
    one = case.sight(kind).evidence
    return case.name(one.by if one else None)
