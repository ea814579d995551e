"""Who owns the release and who takes it back (risk.md)."""

from collections.abc import Iterable

from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Result
from bot.policy.case import Case
from bot.policy.people import is_human


def owners(case: Case) -> Iterable[Finding]:
    """A named release owner and rollback owner, both in the roster."""
    kind, r = Kind.OWNERS, case.release
    if not is_human(case.facts.roster, r.owner):
        yield case.finding("owner_unknown", Result.MISSING, kind, "G1", how="owner", owner=case.name(r.owner))
    if r.rollback_owner is None:
        yield case.finding("rollback_owner_missing", Result.MISSING, kind, "G1", how="rollback_owner", who=case.owner)
    elif not is_human(case.facts.roster, r.rollback_owner):
        yield case.finding(
            "owner_unknown", Result.MISSING, kind, "G1", how="rollback_owner", owner=case.name(r.rollback_owner)
        )
    else:
        yield case.finding(
            "owners_named",
            Result.CLEAR,
            kind,
            "G1",
            owner=case.name(r.owner),
            rollback_owner=case.name(r.rollback_owner),
        )
