"""Break-glass itself: it counts only with a second person, and only where the last one was reviewed (G16)."""

from collections.abc import Iterable

from bot.domain.finding import Finding, Level, Result
from bot.policy.case import Case
from bot.policy.emergency import confirmed, seconds

SUBJECT = "breakglass"


def breakglass(case: Case) -> Iterable[Finding]:
    """G16: the second person's confirmation is a MUST of its own; an unreviewed emergency of the service blocks the next."""
    declared = case.release.emergency
    if declared is None or not case.release.in_emergency(case.now):
        return
    for owed in case.facts.reviews_owed if not case.release.started else ():
        yield case.finding("breakglass_review", Result.BLOCKED, SUBJECT, "G16", how="review_first", other=owed.release)
    given = confirmed(case.release, case.facts, case.now)
    told = {"by": case.name(declared.by), "incident": declared.incident, "reason": declared.reason}
    if given is not None:
        yield case.finding(
            "breakglass_confirmed",
            Result.WARN,
            SUBJECT,
            "G16",
            level=Level.MUST,
            who=given.by,
            other=case.name(given.by),
            params=told,
        )
        return
    able = seconds(case.release, case.facts)
    names = " or ".join(case.name(p) for p in able[:3])
    yield case.finding(
        "breakglass_open" if able else "breakglass_nobody",
        Result.MISSING,
        SUBJECT,
        "G16",
        level=Level.MUST,
        how="breakglass_second" if able else "add_approver",
        who=able[0] if able else None,
        consent=bool(able),
        names=names,
        params=told,
    )
