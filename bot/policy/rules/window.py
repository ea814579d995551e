"""When it happens: a known start, no freeze, nobody in the way (G11)."""

from collections.abc import Iterable

from bot.domain.consent import Consent, ConsentKind
from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Level, Result
from bot.policy.calendar import freezes, local_start, own_clashes, people_clashes
from bot.policy.case import Case
from bot.policy.people import counting


def start_known(case: Case) -> Iterable[Finding]:
    """Without a start there is no window to judge, and no mark to announce."""
    local = local_start(case.release, case.facts)
    if local is None:
        yield case.finding("start_missing", Result.MISSING, Kind.WINDOW, "G11", how="start_at", who=case.owner)
    else:
        at = f"{local:%Y-%m-%d %H:%M}"
        yield case.finding("window_known", Result.CLEAR, Kind.WINDOW, "G11", at=at, zone=str(local.tzinfo))


def freeze(case: Case) -> Iterable[Finding]:
    """G11: a freeze or blackout blocks; an exception that its owner signed makes it amber."""
    given = _exception(case, "freeze")
    for window in freezes(case.release, case.facts):
        owner = case.name(window.owner)
        if given is not None:
            yield case.finding(
                "freeze_excepted",
                Result.WARN,
                "freeze",
                "G11",
                level=Level.MUST,
                who=given.by,
                reason=window.reason,
                params=_told(case, given),
            )
        else:
            until = f"{window.ends_at:%Y-%m-%d %H:%M} UTC"
            yield case.finding(
                "freeze",
                Result.BLOCKED,
                "freeze",
                "G11",
                how="except_freeze",
                reason=window.reason,
                until=until,
                owner=owner,
            )


def clash(case: Case) -> Iterable[Finding]:
    """G11: another release of the same service, or of the same persons at T=0, blocks; the later one yields."""
    given = _exception(case, "clash")
    for other in own_clashes(case.release, case.facts):
        if given is not None:
            yield case.finding(
                "clash_excepted",
                Result.WARN,
                "clash",
                "G11",
                level=Level.MUST,
                who=given.by,
                other=other.id,
                params=_told(case, given),
            )
        else:
            yield case.finding(
                "clash", Result.BLOCKED, "clash", "G11", how="except_clash", other=other.id, on=other.service
            )
    for other in people_clashes(case.release, case.facts):
        if given is not None:
            yield case.finding(
                "clash_excepted",
                Result.WARN,
                "clash",
                "G11",
                level=Level.MUST,
                who=given.by,
                other=other.id,
                params=_told(case, given),
            )
        else:
            yield case.finding("clash_people", Result.BLOCKED, "clash", "G11", how="except_clash", other=other.id)


def _exception(case: Case, what: str) -> Consent | None:
    given = counting(case.release, case.facts, case.now, ConsentKind.EXCEPTION)
    return next((c for c in given if c.subject == what), None)


def _told(case: Case, given: Consent) -> dict[str, str]:
    until = f"{given.expires_at:%Y-%m-%d %H:%M} UTC" if given.expires_at else "UNKNOWN"
    return {"by": case.name(given.by), "until": until}
