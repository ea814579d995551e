"""The cheapest set of items that would make it a GO (G1): found by trying, with the same judgement as everything else."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.finding import Finding, Level, Result, Verdict
from bot.domain.plan import WayToGo
from bot.domain.release import Judgement, Release
from bot.plan.items import kind_of
from bot.plan.suppose import with_evidence
from bot.policy import judge

_MAY_FOLLOW = (Kind.FAILURE_MODES, Kind.STRATEGY, Kind.RUNBOOK, Kind.QA)
"""Items that may be closed by closing others: a link fills two, a lower band asks for less. All others are needed."""


def open_musts(judgement: Judgement) -> tuple[Finding, ...]:
    """What keeps it from GO and is no consent."""
    return tuple(
        f
        for f in judgement.findings
        if (f.result is Result.BLOCKED or (f.level is Level.MUST and f.open)) and not f.consent
    )


def cheapest_way(release: Release, facts: Facts, judgement: Judgement, now: datetime) -> WayToGo | None:
    """The smallest set of items with which only consents would be open (G1); None where that is so already.

    Every open MUST has to be closed; one is left out only where closing the others closes it too, or lowers the band so far
    that it is no MUST any more. Where a freeze, an incident or a vote stays in the way, `reaches` says so.
    """
    wanted = tuple(dict.fromkeys(kind_of(f) for f in open_musts(judgement)))
    if not wanted:
        return None
    after = _with(release, facts, now, wanted)
    best = len(open_musts(after))
    kept = list(wanted)
    for kind in (k for k in _MAY_FOLLOW if k in wanted):
        fewer = tuple(k for k in kept if k is not kind)
        tried = _with(release, facts, now, fewer)
        if len(open_musts(tried)) <= best:
            kept, after = list(fewer), tried
    return WayToGo(kinds=tuple(k for k in Kind if k in kept), reaches=_reaches(after), band=after.score.band)


def _with(release: Release, facts: Facts, now: datetime, kinds: Sequence[Kind]) -> Judgement:
    return judge(with_evidence(release, kinds, now, facts=facts), facts, now)


def _reaches(judgement: Judgement) -> Verdict:
    left = open_musts(judgement)
    if not left:
        return Verdict.GO
    blocked = any(f.result is Result.BLOCKED for f in left)
    return Verdict.NO_GO if blocked else Verdict.UNVERIFIED
