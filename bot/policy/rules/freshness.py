"""What was good goes stale (G12)."""

from collections.abc import Iterable

from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Finding, Result
from bot.policy.case import Case
from bot.policy.rules.item import date_of

_OBSERVED = frozenset({Kind.HEALTH, Kind.ROLLOUT})


def stale(case: Case) -> Iterable[Finding]:
    """G12: a CI result of yesterday, a drill of last winter: shown with its date, and not counted."""
    for kind, sight in case.sights.items():
        if sight.standing is not Standing.STALE or kind in _OBSERVED or _not_needed(case, kind):
            continue
        yield case.finding(
            f"{kind.value}_stale", Result.MISSING, kind, "G12", how=f"add_{kind.value}", date=date_of(case, kind)
        )


def _not_needed(case: Case, kind: Kind) -> bool:
    """Old evidence about data or flags that this change does not touch is nobody's gap."""
    no_data = kind is Kind.MIGRATION and case.data_change == "none"
    return no_data or (kind is Kind.FLAGS and case.flags_used is False)
