"""The inherent part of the risk score: the answer to each factor of the rubric, None where it is not known (risk.md)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.domain.evidence import Kind
from bot.domain.facts import Factor, Facts
from bot.domain.release import Part, Release
from bot.domain.service import Outcome
from bot.policy.calendar import clashes, freezes, local_start
from bot.policy.standing import PAST_RETURN, Sights, data_change, validated

UNKNOWN = "unknown"
LAST = 20
"""How many earlier releases the track record looks at."""

_FRIDAY, _SATURDAY, _NOON = 4, 5, 12
_DATA: Mapping[str, str] = {
    "none": "none",
    "expand": "additive",
    "locking": "locking",
    "contract": "destructive",
    "irreversible": "destructive",
}
_EXPOSURE: Mapping[str, str] = {
    "canary": "limited",
    "feature flag": "limited",
    "ring": "limited",
    "staged": "staged",
    "rolling": "staged",
    "all-at-once": "all",
    "blue-green": "all",
}
_RESULTS: Mapping[str, int] = {"success": 3, "issues": -2, "failed": -5}
_INCIDENTS: Mapping[str | None, int] = {"P1": -10, "P2": -5, "P3": -2}
_GOOD_AVERAGE = 2


def inherent(release: Release, facts: Facts, now: datetime, seen: Sights) -> tuple[Part, ...]:
    """One part for each factor of the rubric. An unknown answer, or one that the rubric lacks, takes the worst of its row."""
    return tuple(_part(factor, _answer(factor.name, release, facts, now, seen)) for factor in facts.rubric.factors)


def strategy_name(strategy: str | None) -> str | None:
    """The one spelling of a strategy: "feature_flag" and "Feature Flag" are "feature flag"; "blue green" is "blue-green"."""
    if not strategy:
        return None
    plain = strategy.strip().casefold().replace("_", " ")
    return {"blue green": "blue-green", "all at once": "all-at-once", "flag": "feature flag"}.get(plain, plain)


def _part(factor: Factor, answer: str | None) -> Part:
    points = factor.points.get(answer) if answer is not None else None
    if points is None:
        return Part(factor.name, UNKNOWN, factor.worst, known=False)
    return Part(factor.name, str(answer), points)


def _answer(name: str, release: Release, facts: Facts, now: datetime, seen: Sights) -> str | None:
    answer = _ANSWERS.get(name)
    return answer(release, facts, now, seen) if answer else None


def _novelty(_: Release, facts: Facts, __: datetime, ___: Sights) -> str | None:
    return facts.service.novelty if facts.service else None


def _span(_: Release, facts: Facts, __: datetime, ___: Sights) -> str | None:
    return facts.service.span if facts.service else None


def _criticality(_: Release, facts: Facts, __: datetime, ___: Sights) -> str | None:
    return facts.service.criticality if facts.service else None


def _data_change(release: Release, _: Facts, __: datetime, seen: Sights) -> str | None:
    return _DATA.get(data_change(release, seen) or "")


def _way_back(release: Release, _: Facts, now: datetime, seen: Sights) -> str | None:
    """A tested way of an unknown kind counts as a restore; while the data change is unknown, an old drill proves nothing."""
    sight = seen[Kind.ROLLBACK]
    change = data_change(release, seen) or max(PAST_RETURN)
    if not sight.good or not validated(release, sight, now, change):
        return "none"
    return str(sight.fact("way") or "restore")


def _exposure(release: Release, _: Facts, __: datetime, ___: Sights) -> str | None:
    return _EXPOSURE.get(strategy_name(release.strategy) or "")


def _window(release: Release, facts: Facts, _: datetime, __: Sights) -> str | None:
    start = release.start_at
    if start is None:
        return None
    if freezes(release, facts) or clashes(release, facts):
        return "freeze"
    local = local_start(release, facts) or start
    holidays = facts.policy.holidays
    days = {local.date(), local.date() + timedelta(days=1)}
    if any(d.isoformat() in holidays or f"{d:%m-%d}" in holidays for d in days):
        return "eve"
    if local.weekday() == _FRIDAY and local.hour >= _NOON:
        return "eve"
    first, last = facts.policy.core_hours
    return "core" if local.weekday() < _SATURDAY and first <= local.hour < last else "off"


def _track_record(_: Release, facts: Facts, __: datetime, ___: Sights) -> str | None:
    """Integers only: the average is compared by multiplying."""
    # What the catalogue remembers may stand in the facts already: each release counts once.
    lasting = facts.service.history if facts.service else ()
    known = tuple(dict.fromkeys((*facts.history, *lasting)))[:LAST]
    if not known:
        return "poor"
    total = sum(map(_worth, known))
    if total >= _GOOD_AVERAGE * len(known):
        return "good"
    return "mixed" if total >= 0 else "poor"


def _worth(outcome: Outcome) -> int:
    return _RESULTS.get(outcome.result, min(_RESULTS.values())) + _INCIDENTS.get(outcome.incident, 0)


_ANSWERS: Mapping[str, Callable[[Release, Facts, datetime, Sights], str | None]] = {
    "novelty": _novelty,
    "span": _span,
    "criticality": _criticality,
    "data_change": _data_change,
    "way_back": _way_back,
    "exposure": _exposure,
    "window": _window,
    "track_record": _track_record,
}
