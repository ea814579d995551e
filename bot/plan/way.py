"""The cheapest set of items that would make it a GO (G1): found by trying, with the same judgement as everything else.

Cheapest means: fewest items; of equally many, those that are had soonest; then those for which the fewest people are asked;
then the fixed order of items. Items that only a consent or a change of the calendar can close are never in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.finding import Finding, Level, Result, Verdict
from bot.domain.plan import WayToGo
from bot.domain.release import Judgement, Release
from bot.plan.items import kind_of
from bot.plan.suppose import with_evidence
from bot.policy import judge
from bot.policy.case import supplier

A_WORD, A_LINK, SOME_WORK = 0, 1, 2
"""How long an item takes: somebody says it; somebody looks a link up; somebody has to do it first."""

_SAID = frozenset({Kind.OWNERS, Kind.WINDOW, Kind.STRATEGY})
_DONE_FIRST = frozenset(
    {
        Kind.CI,
        Kind.MIGRATION,
        Kind.ROLLBACK,
        Kind.CAPACITY,
        Kind.SECURITY,
        Kind.FAILURE_MODES,
        Kind.COST_DOCS,
        Kind.GAME_DAY,
    }
)
_MAY_FOLLOW = frozenset({Kind.FAILURE_MODES, Kind.STRATEGY, Kind.RUNBOOK, Kind.QA})
"""Items that closing others may close: a link fills two, a test report speaks for QA, a lower band asks for less."""

_CONDITIONS = frozenset({"medium", "data", "flags"})
"""Conditions of the policy that other items decide: such an item may turn out to be no MUST."""

Open = frozenset[tuple[str, str]]


def open_musts(judgement: Judgement) -> tuple[Finding, ...]:
    """What keeps it from GO and is no consent."""
    return tuple(
        f
        for f in judgement.findings
        if (f.result is Result.BLOCKED or (f.level is Level.MUST and f.open)) and not f.consent
    )


def cheapest_way(release: Release, facts: Facts, judgement: Judgement, now: datetime) -> WayToGo | None:
    """The cheapest set of items with which only consents would be open (G1); None where that is so already.

    An open MUST is left out only where closing the others closes it too, or lowers the band so far that it is no MUST any
    more; an open SHOULD is taken in only where that saves something. Where a freeze, an incident or a vote stays in the way,
    `reaches` says so, and the items are those that are needed besides.
    """
    if not open_musts(judgement):
        return None
    found = _cheapest(_Trial(release, facts, now), judgement)
    return WayToGo(
        kinds=tuple(k for k in Kind if k in found.kinds), reaches=_reaches(found.judged), band=found.judged.score.band
    )


def cost(kinds: Iterable[Kind], release: Release, facts: Facts) -> tuple[int, int, int]:
    """Smallest is cheapest: how many items, how long they take, and how many people besides the owner have to be asked."""
    wanted = tuple(kinds)
    asked = {supplier(release, facts, kind) for kind in wanted} - {release.owner}
    return len(wanted), sum(map(_effort, wanted)), len(asked)


def givable(release: Release, kind: Kind) -> bool:
    """False for what no item closes: sign-offs and votes; and a window that is known already (move it, or ask an exception)."""
    return kind is not Kind.APPROVALS and not (kind is Kind.WINDOW and release.start_at is not None)


def still_open(judgement: Judgement) -> Open:
    """What stands between it and GO besides consents, as pairs of code and subject."""
    return frozenset((f.code, f.subject) for f in open_musts(judgement))


@dataclass(frozen=True, slots=True)
class _Tried:
    kinds: frozenset[Kind]
    judged: Judgement
    left: Open


@dataclass(frozen=True, slots=True)
class _Trial:
    """Judges the release with any set of items, each set once."""

    release: Release
    facts: Facts
    now: datetime
    seen: dict[frozenset[Kind], _Tried] = field(default_factory=dict)

    def __call__(self, kinds: Iterable[Kind]) -> _Tried:
        wanted = frozenset(kinds)
        if wanted not in self.seen:
            ordered = tuple(k for k in Kind if k in wanted)
            judged = judge(with_evidence(self.release, ordered, self.now, facts=self.facts), self.facts, self.now)
            self.seen[wanted] = _Tried(wanted, judged, still_open(judged))
        return self.seen[wanted]


def _cheapest(trial: _Trial, judgement: Judgement) -> _Tried:
    """The first set, cheapest first, that leaves no more open than all items together would.

    Tried are only sets with every needed item in them: giving an item never opens another, so whatever leads to the goal
    without it leads there with all others as well.
    """
    musts = _kinds(trial.release, open_musts(judgement))
    shoulds = _kinds(trial.release, (f for f in judgement.findings if f.open and f.level is Level.SHOULD)) - musts
    everything = musts | shoulds
    goal = trial(everything).left
    doubtful = _doubtful(trial, musts, goal)
    needed = (musts - doubtful) | {k for k in doubtful if not trial(everything - {k}).left <= goal}
    spare = musts - needed
    # An item that is no MUST can only help by the band; mostly it does not, and then none is tried.
    if trial(needed | shoulds).judged.score.band is not trial(needed).judged.score.band:
        spare |= shoulds
    return next((t for t in map(trial, _by_cost(trial, needed, spare)) if t.left <= goal), trial(everything))


def _kinds(release: Release, findings: Iterable[Finding]) -> frozenset[Kind]:
    return frozenset(k for f in findings if not f.consent and givable(release, k := kind_of(f)))


def _doubtful(trial: _Trial, musts: frozenset[Kind], goal: Open) -> frozenset[Kind]:
    """Those which others may close, and those which stay open whatever is given; all others are needed."""
    conditional = {item.kind for item in trial.facts.policy.items if item.when in _CONDITIONS}
    stuck = {kind for kind in musts if any(subject == kind for _, subject in goal)}
    return frozenset(musts & (_MAY_FOLLOW | conditional | stuck))


def _by_cost(trial: _Trial, needed: frozenset[Kind], spare: frozenset[Kind]) -> Iterator[frozenset[Kind]]:
    """Few before many, and of equally many the cheapest first; made as they are tried."""
    ordered = [k for k in Kind if k in spare]
    sizes = (map(frozenset, combinations(ordered, size)) for size in range(len(ordered) + 1))
    return (
        needed | more
        for sets in sizes
        for more in sorted(sets, key=lambda kinds: cost(needed | kinds, trial.release, trial.facts))
    )


def _effort(kind: Kind) -> int:
    if kind in _SAID:
        return A_WORD
    return SOME_WORK if kind in _DONE_FIRST else A_LINK


def _reaches(judgement: Judgement) -> Verdict:
    left = open_musts(judgement)
    if not left:
        return Verdict.GO
    blocked = any(f.result is Result.BLOCKED for f in left)
    return Verdict.NO_GO if blocked else Verdict.UNVERIFIED
