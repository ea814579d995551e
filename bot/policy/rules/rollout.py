"""How it reaches users: in stages from MEDIUM up, with a stop rule; behind flags that can be switched off (G4)."""

from collections.abc import Iterable

from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Level, Result
from bot.domain.release import Band
from bot.policy.case import Case
from bot.policy.factors import strategy_name
from bot.policy.rules.item import by_standing, missing
from bot.policy.score import band_of

STAGED = frozenset({"canary", "feature flag"})
"""What MEDIUM or more requires."""

KNOWN = frozenset({*STAGED, "staged", "rolling", "blue-green", "all-at-once", "ring"})
_ALL = 100


def staged_rollout(case: Case) -> Iterable[Finding]:
    """G4: MEDIUM or more requires canary or feature flag, staged percentages, and success and abort thresholds."""
    kind = Kind.STRATEGY
    strategy = strategy_name(case.release.strategy)
    if strategy is None:
        yield missing(case, kind, "G4")
        return
    risky = case.band.rank >= Band.MEDIUM.rank
    if risky and strategy not in STAGED:
        yield case.finding(
            "strategy_not_staged",
            _result(case),
            kind,
            "G4",
            level=Level.MUST,
            how="strategy",
            strategy=strategy,
            band=case.band.value,
        )
    else:
        yield case.finding("strategy_given", Result.CLEAR, kind, "G4", strategy=strategy)
    if risky and not any(0 < s < _ALL for s in steps_of(case)):
        yield case.finding(
            "steps_missing", Result.MISSING, kind, "G4", level=Level.MUST, how="steps", band=case.band.value
        )
    if risky and not (case.service and case.service.thresholds):
        yield case.finding(
            "thresholds_missing", Result.MISSING, kind, "G4", level=Level.MUST, how="thresholds", band=case.band.value
        )


def critical_alternative(case: Case) -> Iterable[Finding]:
    """risk.md: CRITICAL needs a written alternative beside the failure modes, such as a split of the release."""
    if case.band is Band.CRITICAL and not case.sight(Kind.FAILURE_MODES).good:
        yield case.finding(
            "alternative_missing", Result.MISSING, Kind.FAILURE_MODES, "risk", level=Level.MUST, how="add_failure_modes"
        )


def flags(case: Case) -> Iterable[Finding]:
    """Where flags are used: their state, default and kill switch are known."""
    kind = Kind.FLAGS
    sight = case.sight(kind)
    if case.flags_used is False and not sight.declared:
        yield case.finding("flags_none", Result.CLEAR, kind, "G4")
        return
    unknown = [n for n in ("default", "kill_switch") if not sight.fact(n)]
    if sight.good and sight.evidence and sight.evidence.by == "bot" and unknown:
        names = ", ".join(n.replace("_", " ") for n in unknown)
        yield case.finding("flags_incomplete", Result.MISSING, kind, "G4", how="add_flags", names=names)
    else:
        yield from by_standing(case, kind, "G4")


def steps_of(case: Case) -> tuple[int, ...]:
    """The planned percentages: of the release, else of the catalogue."""
    return case.release.steps or (case.service.steps if case.service else ())


def _result(case: Case) -> Result:
    """Risky by what is known: NO-GO. Risky only because something is not known: NO-GO until that is there."""
    by_nature = case.score.floor is not None and case.data_change is not None
    factors = {f.name for f in case.facts.rubric.factors}
    known = sum(p.points for p in case.score.parts if p.known and p.factor in factors)
    if by_nature or band_of(known, case.facts.rubric).rank >= Band.MEDIUM.rank:
        return Result.BLOCKED
    return Result.MISSING
