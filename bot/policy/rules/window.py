"""When it happens: a known start, no freeze, nobody in the way (G11)."""

from collections.abc import Iterable

from bot.domain.evidence import Kind
from bot.domain.facts import Neighbour
from bot.domain.finding import Finding, Level, Result
from bot.policy.calendar import freezes, local_start, own_clashes, people_clashes
from bot.policy.case import Case
from bot.policy.exceptions import CLASH, FREEZE, excepted
from bot.policy.rules.expiry import told_of, too_short


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
    for window in freezes(case.release, case.facts):
        given = excepted(case.release, case.facts, case.now, FREEZE, window.id)
        if given is not None:
            told = {**told_of(case, given), "reason": window.reason}
            yield case.finding(
                "freeze_excepted", Result.WARN, FREEZE, "G11", level=Level.MUST, who=given.by, params=told
            )
        else:
            told = {
                "reason": window.reason,
                "until": f"{window.ends_at:%Y-%m-%d %H:%M} UTC",
                "owner": case.name(window.owner),
            }
            yield case.finding("freeze", Result.BLOCKED, FREEZE, "G11", how="except_freeze", params=told)
    yield from too_short(case, FREEZE)


def clash(case: Case) -> Iterable[Finding]:
    """G11: another release of the same service, or of the same persons at T=0, blocks; the later one yields."""
    for other in own_clashes(case.release, case.facts):
        yield _clash(case, other, "clash")
    for other in people_clashes(case.release, case.facts):
        yield _clash(case, other, "clash_people")
    yield from too_short(case, CLASH)


def _clash(case: Case, other: Neighbour, code: str) -> Finding:
    given = excepted(case.release, case.facts, case.now, CLASH, other.id)
    told = {"other": case.other_release(other.id, other.service), "on": case.other_service(other.service)}
    if given is None:
        return case.finding(code, Result.BLOCKED, CLASH, "G11", how="except_clash", params=told)
    told |= told_of(case, given)
    return case.finding("clash_excepted", Result.WARN, CLASH, "G11", level=Level.MUST, who=given.by, params=told)
