"""How far a person's word reaches (G24)."""

from collections.abc import Iterable

from bot.domain.evidence import Standing
from bot.domain.finding import Finding, Result
from bot.policy.case import Case
from bot.policy.standing import BY_SOURCE


def supported(case: Case) -> Iterable[Finding]:
    """G24: what a person vouches for needs a link or a date."""
    for kind, sight in case.sights.items():
        one = sight.evidence
        if sight.standing is Standing.ATTESTED and one is not None and not one.url and one.dated is None:
            by = case.name(one.by)
            yield case.finding(f"{kind.value}_unsupported", Result.MISSING, kind, "G24", how=f"add_{kind.value}", by=by)


def verified_by_source(case: Case) -> Iterable[Finding]:
    """G24: CI and artifact need *verified* where a source for them is configured."""
    for kind, role in BY_SOURCE.items():
        source = case.configured(role)
        sight = case.sight(kind)
        if source and sight.standing is Standing.ATTESTED and sight.evidence:
            by = case.name(sight.evidence.by)
            yield case.finding(
                f"{kind.value}_unverified", Result.MISSING, kind, "G24", how="source_confirms", source=source, by=by
            )
