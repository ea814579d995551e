"""The risk score: inherent (at most 60) + evidence gap (at most 40), integers only, with its arithmetic (risk.md, P6)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts, Rubric
from bot.domain.finding import Level
from bot.domain.release import Band, Part, Release, Score
from bot.policy.factors import inherent
from bot.policy.levels import Leveled, Levels, depends_on_band, levels
from bot.policy.standing import GOOD, PAST_RETURN, Sights, data_change, flags_used, sights, validated

CONSENTS = frozenset({Kind.APPROVALS, Kind.QA})
"""Consents never enter the evidence gap: they would change the band that asks for them."""

DESTRUCTIVE = "data_destructive"
GAP_PARTS = ("must_missing", "should_missing", "stale_or_missing")
_GIVEN = frozenset({*GOOD, Standing.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class Weighed:
    """The score together with the levels that hold at it."""

    score: Score
    levels: Levels


def assess(release: Release, facts: Facts, now: datetime) -> Score:
    """The risk score of the release as it stands. Nobody's consent and nobody's press changes it."""
    return weigh(release, facts, now, sights(release, facts, now)).score


def weigh(release: Release, facts: Facts, now: datetime, seen: Sights) -> Weighed:
    """Score and levels. Items that are MUST from MEDIUM are tried as MUST first, so there is no circle."""
    parts = inherent(release, facts, now, seen)
    strict = _weighed(release, facts, now, seen, parts, levels(release, facts, seen, medium=True))
    if strict.score.band.rank >= Band.MEDIUM.rank or not depends_on_band(facts):
        return strict
    mild = _weighed(release, facts, now, seen, parts, levels(release, facts, seen, medium=False))
    # With the cap of MUST reached, an item may weigh more as SHOULD: then it stays MUST, so that answers never raise the score.
    return strict if strict.score.score < mild.score.score else mild


def band_of(score: int, rubric: Rubric) -> Band:
    """The band of a score before floors."""
    medium, high, critical = rubric.bands
    if score >= critical:
        return Band.CRITICAL
    if score >= high:
        return Band.HIGH
    return Band.MEDIUM if score >= medium else Band.LOW


def state_of(kind: Kind, release: Release, facts: Facts, now: datetime, seen: Sights) -> Standing:
    """How the evidence gap sees an item: given, stale, or missing. Failed, pending, inconclusive, unavailable are missing."""
    given = _SPECIAL.get(kind, _by_standing)(kind, release, facts, now, seen)
    return given if given in {*_GIVEN, Standing.STALE} else Standing.MISSING


def _weighed(
    release: Release, facts: Facts, now: datetime, seen: Sights, parts: tuple[Part, ...], leveled: Leveled
) -> Weighed:
    rubric = facts.rubric
    gap = _gap(release, facts, now, seen, leveled)
    base = sum(p.points for p in parts)
    missing = sum(p.points for p in gap)
    band, floor = band_of(base + missing, rubric), None
    if _may_destroy(release, seen) and band.rank < rubric.destructive_floor.rank:
        band, floor = rubric.destructive_floor, DESTRUCTIVE
    score = Score(base + missing, band, rubric.version, base, missing, (*parts, *gap), floor)
    return Weighed(score, leveled.levels)


def _may_destroy(release: Release, seen: Sights) -> bool:
    """Unknown counts as the worst answer: until somebody says what happens to the data, it may be destroyed."""
    change = data_change(release, seen)
    return change is None or change in PAST_RETURN


def _gap(release: Release, facts: Facts, now: datetime, seen: Sights, leveled: Leveled) -> tuple[Part, ...]:
    rubric = facts.rubric
    must = should = either = stale_or_missing = 0
    for kind, level in leveled.levels.items():
        state = Standing.VERIFIED if kind in CONSENTS else state_of(kind, release, facts, now, seen)
        if level is Level.OPTIONAL or state in _GIVEN:
            continue
        stale_or_missing += 1
        if state is Standing.MISSING:
            must += level is Level.MUST and kind not in leveled.unknown
            either += kind in leveled.unknown
            should += level is Level.SHOULD
    must, should = _worst_split(rubric, must, should, either)
    return (
        Part(GAP_PARTS[0], str(must), _must(rubric, must), known=not must),
        Part(GAP_PARTS[1], str(should), _should(rubric, should), known=not should),
        Part(GAP_PARTS[2], str(stale_or_missing), min(rubric.stale_cap, rubric.stale_or_missing * stale_or_missing)),
    )


def _worst_split(rubric: Rubric, must: int, should: int, either: int) -> tuple[int, int]:
    """Items whose condition is unknown count where they weigh most: as MUST, and beyond its cap as SHOULD."""
    splits = [(must + n, should + either - n) for n in range(either, -1, -1)]
    return max(splits, key=lambda s: _must(rubric, s[0]) + _should(rubric, s[1]))


def _must(rubric: Rubric, count: int) -> int:
    return min(rubric.must_cap, rubric.must_missing * count)


def _should(rubric: Rubric, count: int) -> int:
    return min(rubric.should_cap, rubric.should_missing * count)


def _by_standing(kind: Kind, _: Release, __: Facts, ___: datetime, seen: Sights) -> Standing:
    return seen[kind].standing


def _given(*, yes: bool) -> Standing:
    return Standing.VERIFIED if yes else Standing.MISSING


def _window(_: Kind, release: Release, __: Facts, ___: datetime, ____: Sights) -> Standing:
    return _given(yes=release.start_at is not None)


def _owners(_: Kind, release: Release, __: Facts, ___: datetime, ____: Sights) -> Standing:
    return _given(yes=release.rollback_owner is not None)


def _strategy(_: Kind, release: Release, __: Facts, ___: datetime, ____: Sights) -> Standing:
    return _given(yes=release.strategy is not None)


def _migration(kind: Kind, release: Release, _: Facts, __: datetime, seen: Sights) -> Standing:
    return Standing.VERIFIED if data_change(release, seen) == "none" else seen[kind].standing


def _flags(kind: Kind, _: Release, facts: Facts, __: datetime, seen: Sights) -> Standing:
    return Standing.VERIFIED if flags_used(facts.service, seen) is False else seen[kind].standing


def _rollback(kind: Kind, release: Release, _: Facts, now: datetime, seen: Sights) -> Standing:
    sight = seen[kind]
    change = data_change(release, seen) or max(PAST_RETURN)
    if (sight.good or sight.standing is Standing.STALE) and not validated(release, sight, now, change):
        return Standing.MISSING
    return sight.standing


_SPECIAL = {
    Kind.WINDOW: _window,
    Kind.OWNERS: _owners,
    Kind.STRATEGY: _strategy,
    Kind.MIGRATION: _migration,
    Kind.FLAGS: _flags,
    Kind.ROLLBACK: _rollback,
}
