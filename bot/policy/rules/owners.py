"""Who owns the release and who takes it back, and whether they said that they are there (risk.md)."""

from collections.abc import Iterable

from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Result
from bot.policy.case import Case
from bot.policy.people import is_human


def owners(case: Case) -> Iterable[Finding]:
    """Requester, release owner and rollback owner are of the roster; the rollback owner said to be there, or it is amber."""
    kind, r = Kind.OWNERS, case.release
    if r.requested_by not in case.facts.roster.humans:
        # Nobody can tell who that is now, so nobody can tell who else may approve (G7).
        yield case.finding(
            "requester_unknown", Result.MISSING, kind, "G7", how="requester", who=case.owner, requester=r.requested_by
        )
    if not is_human(case.facts.roster, r.owner):
        yield case.finding("owner_unknown", Result.MISSING, kind, "G1", how="owner", owner=case.name(r.owner))
    if r.rollback_owner is None:
        yield case.finding("rollback_owner_missing", Result.MISSING, kind, "G1", how="rollback_owner", who=case.owner)
    elif not is_human(case.facts.roster, r.rollback_owner):
        yield case.finding(
            "owner_unknown", Result.MISSING, kind, "G1", how="rollback_owner", owner=case.name(r.rollback_owner)
        )
    else:
        there = _there(case, r.rollback_owner)
        yield case.finding(
            "owners_named" if there else "owners_presence_open",
            Result.CLEAR if there else Result.WARN,
            kind,
            "G1",
            how=None if there else "be_present",
            who=None if there else r.rollback_owner,
            owner=case.name(r.owner),
            rollback_owner=case.name(r.rollback_owner),
        )


def _there(case: Case, who: str) -> bool:
    """Only that person says it: by asking for this release, or by a vote or consent of their own for this very plan.

    Where the plan has no hash yet, nobody could have answered it.
    """
    r, same = case.release, case.facts.roster.same
    if same(who, r.requested_by):
        return True
    answered = (c for c in r.consents if c.valid_at(case.now) and c.plan_hash == r.plan_hash and c.vote != "no-go")
    return any(c.by is not None and same(c.by, who) for c in answered)
