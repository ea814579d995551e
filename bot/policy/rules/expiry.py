"""Until when an exception holds, and that one which ends in the rollout covers nothing (G5, G11)."""

from collections.abc import Iterable

from bot.domain.consent import Consent
from bot.domain.finding import Finding, Result
from bot.policy.calendar import PRESENCE
from bot.policy.case import Case
from bot.policy.exceptions import short


def too_short(case: Case, what: str) -> Iterable[Finding]:
    """The signed exceptions of `what` (test, freeze, clash) that are needed and end before T+30: what is wrong with them."""
    start = case.release.start_at
    for c in short(case.release, case.facts, case.now):
        if c.subject.partition(":")[0] == what:
            end = f"{start + PRESENCE:%Y-%m-%d %H:%M} UTC" if start else "UNKNOWN"
            told = {**told_of(case, c), "what": what, "end": end}
            yield case.finding(
                "exception_short", Result.BLOCKED, "expiry", "G11", how="except_longer", who=c.owner, params=told
            )


def told_of(case: Case, given: Consent) -> dict[str, str]:
    """Who signed it, and until when it holds."""
    until = f"{given.expires_at:%Y-%m-%d %H:%M} UTC" if given.expires_at else "UNKNOWN"
    return {"by": case.name(given.by), "until": until}
