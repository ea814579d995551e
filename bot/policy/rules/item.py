"""What every readiness item has in common: the finding that its standing alone gives. Codes are `<kind>_<state>`."""

from collections.abc import Iterable, Mapping

from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Finding, Level, Result
from bot.policy.case import Case

STATES = ("verified", "attested", "na", "pending", "inconclusive", "unavailable", "not_asked", "missing", "failed")
"""The endings of the codes that `by_standing` gives; stale, unsupported, unverified and unconfirmed come from their rules."""

PERSON = "person"
"""The source of what a person says."""

BY_SOURCE_ALONE: Mapping[Kind, str] = {
    Kind.CI: "ci",
    Kind.ARTIFACT: "scm",
    Kind.ROLLBACK_TARGET: "registry",
    Kind.MONITORING: "prometheus",
}
"""Items for which a person's word does not do where the source of that role is configured (G20, G24)."""

NOT_ASKED = "not_asked"
"""Its source had no turn yet, since others were asked first: that says nothing of the source."""

_OPEN = {
    Standing.PENDING: (Result.PENDING, "wait"),
    Standing.INCONCLUSIVE: (Result.INCONCLUSIVE, "measure_again"),
    Standing.UNAVAILABLE: (Result.UNAVAILABLE, "source_back"),
}


def by_standing(case: Case, kind: Kind, rule: str) -> Iterable[Finding]:
    """One finding. Stale items are left to the rule of G12; attested ones are amber (G24)."""
    sight = case.sight(kind)
    one = sight.evidence
    source = one.source if one else "UNKNOWN"
    said = {"source": source, "by": case.name(one.by if one else None), "date": date_of(case, kind)}
    name = kind.value
    if sight.standing is Standing.VERIFIED:
        yield case.finding(f"{name}_verified", Result.CLEAR, kind, rule, params=said)
    elif sight.standing is Standing.ATTESTED:
        yield case.finding(f"{name}_attested", Result.WARN, kind, rule, params=said)
    elif sight.standing is Standing.NOT_APPLICABLE and sight.declared:
        by, reason = sight.declared
        yield case.finding(f"{name}_na", Result.WARN, kind, rule, who=by, by=case.name(by), reason=reason)
    elif sight.standing in _OPEN:
        result, how = _OPEN[sight.standing]
        if sight.standing is Standing.INCONCLUSIVE:
            said["seen"] = f": {one.text}" if one and one.text else ""
        if sight.standing is Standing.UNAVAILABLE:
            said["unavailable"] = str(one.facts.get("unavailable", "")) if one else ""
        by_hand = f"{how}_or_add" if _may_vouch(case, kind) else how
        crowded = sight.standing is Standing.UNAVAILABLE and one and one.facts.get("unavailable") == NOT_ASKED
        state = NOT_ASKED if crowded else sight.standing.value
        yield case.finding(f"{name}_{state}", result, kind, rule, how=by_hand, item=name, params=said)
    elif sight.standing is Standing.FAILED:
        must = case.level(kind) is Level.MUST
        result = Result.BLOCKED if must else Result.MISSING
        # What a source calls failed is lifted by its next word alone; what a person calls so, by a better one.
        how = f"add_{name}" if source == PERSON else "mend"
        yield case.finding(f"{name}_failed", result, kind, rule, how=how, params=said)
    elif sight.standing is Standing.MISSING:
        yield missing(case, kind, rule)


def _may_vouch(case: Case, kind: Kind) -> bool:
    """True where a person may say it while the source is silent; elsewhere its source alone counts (G20, G24)."""
    role = BY_SOURCE_ALONE.get(kind)
    return role is None or not case.configured(role)


def missing(case: Case, kind: Kind, rule: str) -> Finding:
    """The finding for an item that nobody gave."""
    return case.finding(f"{kind.value}_missing", Result.MISSING, kind, rule, how=f"add_{kind.value}")


def date_of(case: Case, kind: Kind) -> str:
    """The day of the item as YYYY-MM-DD, or UNKNOWN."""
    one = case.sight(kind).evidence
    dated = one.dated or one.observed_at if one else None
    return dated.date().isoformat() if dated else "UNKNOWN"
