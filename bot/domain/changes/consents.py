"""How consents, and the plan that they are bound to, change a release (G8)."""

from dataclasses import replace

from bot.domain import events as e
from bot.domain.changes.change import Change
from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.release import Release


def _revised(r: Release, x: e.PlanRevised) -> Release:
    consents = tuple(_voided(c) if c.id in x.voided else c for c in r.consents)
    return replace(r, plan_revision=x.revision, plan_hash=x.hash, plan_parts=x.parts, consents=consents)


def _voided(c: Consent) -> Consent:
    """Void; an exception that was signed is asked for again, since as requested it is part of the plan (G8)."""
    if c.kind is ConsentKind.EXCEPTION and c.state is ConsentState.VALID:
        return replace(c, state=ConsentState.REQUESTED, by=None, plan_hash=None, reason=c.justification or c.reason)
    return replace(c, state=ConsentState.VOID)


def _approvals(r: Release, x: e.ApprovalsRequested) -> Release:
    new = tuple(f"{x.revision}:{w}" for w in x.wanted)
    return replace(r, approvals_asked=(*r.approvals_asked, *(n for n in new if n not in r.approvals_asked)))


def _consent(r: Release, x: e.ConsentRequested | e.ConsentGiven | e.RiskDeclined) -> Release:
    new = x.consent
    kept = tuple(c for c in r.consents if c.id != new.id and not _replaced(c, new))
    return replace(r, consents=(*kept, new))


def _replaced(old: Consent, new: Consent) -> bool:
    """A later vote of the same person replaces the earlier one in the state; the ledger keeps both."""
    return (
        new.kind is ConsentKind.VOTE
        and old.kind is ConsentKind.VOTE
        and old.by == new.by
        and old.state is ConsentState.VALID
    )


def _consent_ended(r: Release, x: e.ConsentEnded) -> Release:
    return replace(
        r,
        consents=tuple(
            replace(c, state=ConsentState(x.state), reason=x.reason or c.reason) if c.id == x.consent else c
            for c in r.consents
        ),
    )


def _overruled(r: Release, x: e.VotesOverruled) -> Release:
    return replace(
        r,
        consents=tuple(replace(c, overruled_by=x.by) if c.id in x.consents else c for c in r.consents),
    )


CHANGES: dict[type[e.Event], Change] = {
    e.PlanRevised: _revised,
    e.ConsentRequested: _consent,
    e.ApprovalsRequested: _approvals,
    e.ConsentGiven: _consent,
    e.RiskDeclined: _consent,
    e.ConsentEnded: _consent_ended,
    e.VotesOverruled: _overruled,
}
