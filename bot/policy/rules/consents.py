"""What people have to give, and what stands against it (G7, G8, G24-G26). Only consents of this very plan count."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Finding, Level, Result
from bot.policy.budget import accepted_of_team, over_budget, sign_off_roles
from bot.policy.case import Case
from bot.policy.consents import CONFIRMED_BY_ANOTHER, UNAGREED, UNCONFIRMED, standing_no_go
from bot.policy.people import counting, eligible, is_machine, is_one_of, open_places, signed, team
from bot.policy.standing import NEVER_NA


def confirmed(case: Case) -> Iterable[Finding]:
    """G24: CI and rollback that the requester attested need another person: a confirmation, or a sign-off that lists them.

    So does what a bot vouches for: it is the word of nobody (G18).
    """
    for kind in Kind:
        sight = case.sight(kind)
        one = sight.evidence
        if kind not in CONFIRMED_BY_ANOTHER or sight.standing is not Standing.ATTESTED or one is None:
            continue
        machine = is_machine(case.facts.roster, one.by)
        if not machine and not case.facts.roster.same(one.by, case.release.requested_by):
            continue
        given = _another(case, kind, one.observed_at, (one.by,))
        by = case.name(one.by)
        if given is not None:
            yield case.finding(f"{kind.value}_confirmed", Result.WARN, kind, "G24", by=by, other=case.name(given.by))
        else:
            yield _open(case, f"{kind.value}{UNCONFIRMED}", kind, "G24", one.by, how="confirm_or_sign")


def na_agreed(case: Case) -> Iterable[Finding]:
    """G25: for a MUST item another person has to agree that it does not apply."""
    free = {item.kind for item in case.facts.policy.items if item.na_open}
    for kind, sight in case.sights.items():
        if sight.standing is not Standing.NOT_APPLICABLE or sight.declared is None:
            continue
        if kind in free or kind in NEVER_NA or case.level(kind) is not Level.MUST:
            continue
        by = sight.declared[0]
        confirms = counting(case.release, case.facts, case.now, ConsentKind.CONFIRM)
        agreed = [c for c in confirms if c.subject == kind.value and c.by and not case.facts.roster.same(c.by, by)]
        if not agreed:
            yield _open(case, f"{kind.value}{UNAGREED}", kind, "G25", by)


def declined(case: Case) -> Iterable[Finding]:
    """A refused risk or sign-off blocks until who refused it gives it, or the plan changes.

    A refused exception blocks nothing itself: what it was for does. It stays to be seen, beside the approvals (G21).
    """
    for c in case.release.consents:
        if c.state is not ConsentState.DECLINED or c.plan_hash != case.release.plan_hash or _changed_mind(case, c):
            continue
        if c.kind is ConsentKind.EXCEPTION:
            told = {"by": case.name(c.by), "reason": c.reason, "what": c.subject.partition(":")[0]}
            yield case.finding("exception_declined", Result.WARN, "votes", "G21", who=c.by, params=told)
            continue
        yield case.finding(
            "declined", Result.BLOCKED, "votes", "G26", how="declined", who=c.by, by=case.name(c.by), reason=c.reason
        )


def votes(case: Case) -> Iterable[Finding]:
    """G26: a no-go vote blocks until it is taken back or the decision maker overrules it; then it stays visible."""
    for c in standing_no_go(case.release, case.now):
        yield case.finding(
            "no_go_vote",
            Result.BLOCKED,
            "votes",
            "G26",
            how="no_go_vote",
            who=c.by,
            by=case.name(c.by),
            reason=c.reason,
        )
    for c in case.release.consents:
        if c.kind is ConsentKind.VOTE and c.vote == "no-go" and c.valid_at(case.now) and c.overruled_by:
            yield case.finding(
                "no_go_overruled",
                Result.WARN,
                "votes",
                "G26",
                who=c.by,
                by=case.name(c.by),
                reason=c.reason,
                overruled_by=case.name(c.overruled_by),
            )


def sign_offs(case: Case) -> Iterable[Finding]:
    """G26, G27: the sign-offs that the band asks for, of distinct people, none of them requester, owner or author."""
    kind = Kind.APPROVALS
    yield _accepted(case)
    filled = signed(case.release, case.facts, case.now, sign_off_roles(case.release, case.facts, case.now, case.band))
    places = open_places(case.release, case.facts, case.now, filled)
    for role, given in filled.items():
        plain = role.value.replace("_", " ")
        if given is not None:
            yield case.finding(
                "signed_off", Result.CLEAR, kind, "G26", who=given.by, role=plain, by=case.name(given.by)
            )
            continue
        able = places[role]
        names = " or ".join(case.name(p) for p in able[:3])
        if able:
            yield case.finding(
                "sign_off_open",
                Result.MISSING,
                kind,
                "G26",
                how="sign_off",
                who=able[0],
                consent=True,
                role=plain,
                names=names,
                band=case.band.value,
            )
        else:
            yield case.finding(
                "sign_off_nobody", Result.MISSING, kind, "G26", how="add_approver", role=plain, band=case.band.value
            )


def _accepted(case: Case) -> Finding:
    """G21: how many risks and exceptions the team accepted of late; beyond the budget amber, with one more sign-off."""
    policy = case.facts.policy
    told = {
        "count": str(accepted_of_team(case.release, case.facts, case.now)),
        "days": str(policy.accepted_within.days),
        "limit": str(policy.accepted_limit),
    }
    if over_budget(case.release, case.facts, case.now):
        return case.finding("accepted_over_budget", Result.WARN, Kind.APPROVALS, "G21", level=Level.MUST, params=told)
    return case.finding("accepted_in_budget", Result.CLEAR, Kind.APPROVALS, "G21", level=Level.OPTIONAL, params=told)


def _open(case: Case, code: str, kind: Kind, rule: str, by: str, *, how: str = "confirm") -> Finding:
    people = team(case.service) if case.service else ()
    able = [p for p in eligible(case.release, case.facts, people) if not case.facts.roster.same(p, by)]
    return case.finding(
        code,
        Result.MISSING,
        kind,
        rule,
        level=Level.MUST,
        how=how if able else "add_approver",
        who=able[0] if able else case.owner,
        consent=bool(able),
        by=case.name(by),
    )


def _another(case: Case, kind: Kind, since: datetime, besides: tuple[str, ...]) -> Consent | None:
    """The confirmation of that item by somebody else; a sign-off, or break-glass, confirms what it listed."""
    for wanted in (ConsentKind.CONFIRM, ConsentKind.SIGN_OFF, ConsentKind.BREAKGLASS):
        for c in counting(case.release, case.facts, case.now, wanted):
            about = wanted is not ConsentKind.CONFIRM or c.subject == kind.value
            later = c.at is not None and c.at >= since
            if about and later and c.by and not is_one_of(case.facts.roster, c.by, besides):
                return c
    return None


def _changed_mind(case: Case, refused: Consent) -> bool:
    return any(
        (c.kind, c.subject, c.by) == (refused.kind, refused.subject, refused.by) and c.valid_at(case.now)
        for c in case.release.consents
    )
