"""The way back: written, tested, dated, and to something that can still be installed (G3, G19, G20)."""

from collections.abc import Iterable

from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Finding, Result
from bot.policy.case import Case
from bot.policy.rules.item import by_standing, date_of, missing
from bot.policy.standing import edited_since, takes_back, tested_way_back, touched

_FINAL_DATA = frozenset({"rollback_no_way", "rollback_touched"})
"""What only a restore of this very data closes."""


def rollback_validated(case: Case) -> Iterable[Finding]:
    """G3: no rollback validation, no approval. Nothing that anybody declares or accepts takes its place.

    A drill that is too old is a finding of G12.
    """
    sight = case.sight(Kind.ROLLBACK)
    one = sight.evidence
    if one is None or not (sight.good or sight.standing is Standing.STALE):
        yield from by_standing(case, Kind.ROLLBACK, "G3")
        return
    gap = _gap(case)
    if gap is not None:
        yield case.finding(
            gap,
            Result.MISSING,
            Kind.ROLLBACK,
            "G19" if gap in _FINAL_DATA else "G12" if gap == "rollback_edited" else "G3",
            how="test_restore" if gap in _FINAL_DATA else "add_rollback",
            change=case.data_change or "UNKNOWN",
            day=date_of(case, Kind.ROLLBACK),
            edited=str(case.sight(Kind.RUNBOOK).fact("edited") or "UNKNOWN"),
            way=str(sight.fact("way") or "a way that is not named"),
        )
    elif sight.good:
        yield from by_standing(case, Kind.ROLLBACK, "G3")


def rollback_target(case: Case) -> Iterable[Finding]:
    """G20: the version to go back to can be installed; that is checked, not assumed."""
    kind = Kind.ROLLBACK_TARGET
    sight = case.sight(kind)
    target = str(sight.fact("target") or (case.service.previous_version if case.service else None) or "UNKNOWN")
    if sight.fact("installable") is False or sight.standing is Standing.FAILED:
        yield case.finding("rollback_target_gone", Result.BLOCKED, kind, "G20", how="rebuild_target", target=target)
    elif sight.standing is Standing.VERIFIED and sight.fact("installable") is True:
        yield case.finding(
            "rollback_target_verified",
            Result.CLEAR,
            kind,
            "G20",
            target=target,
            source=_source(case),
            date=date_of(case, kind),
        )
    elif sight.good and (case.configured("registry") or sight.standing is Standing.VERIFIED):
        yield case.finding(
            "rollback_target_unchecked", Result.UNAVAILABLE, kind, "G20", how="source_back", source=_source(case)
        )
    elif sight.standing is Standing.MISSING:
        yield missing(case, kind, "G20")
    else:
        yield from by_standing(case, kind, "G20")


def _gap(case: Case) -> str | None:
    """Why this procedure does not count as validated; None where it does."""
    sight = case.sight(Kind.ROLLBACK)
    one = sight.evidence
    if one is None or one.facts.get("tested") is False:
        return "rollback_untested"
    if not tested_way_back(sight, case.now):
        return "rollback_undated" if one.facts.get("tested") is True else "rollback_unsaid"
    if touched(case.release, sight, case.data_change):
        return "rollback_touched"
    if not takes_back(sight, case.data_change):
        return "rollback_no_way"
    if edited_since(case.sight(Kind.RUNBOOK), one):
        return "rollback_edited"
    runbook = case.sight(Kind.RUNBOOK).evidence
    if not one.url and not (runbook and runbook.url):
        return "rollback_unwritten"
    return None


def _source(case: Case) -> str:
    one = case.sight(Kind.ROLLBACK_TARGET).evidence
    return one.source if one else "UNKNOWN"
