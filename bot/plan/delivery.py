"""The figures of delivery that people track (A5), from the releases themselves. None where there is nothing to count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.people import Role
from bot.domain.release import Release

SPAN = timedelta(days=90)
_WEEK = timedelta(days=7)
_GIVEN = frozenset({ConsentState.VALID, ConsentState.EXPIRED})


@dataclass(frozen=True, slots=True)
class Delivery:
    """Of the releases that started within the span. Times are medians.

    `lead`: from the beginning of the plan to the start; `approval`: from there to the decision maker's go; `recovery`: from the
    declaration of a rollback to its end. `failed` of `ended` were rolled back. `accepted`: exceptions and risks that were given.
    """

    started: tuple[Release, ...]
    per_week: float
    ended: int
    failed: int
    lead: timedelta | None
    approval: timedelta | None
    recovery: timedelta | None
    accepted: int
    emergencies: int
    without_go: int


def delivery(releases: Iterable[Release], now: datetime) -> Delivery:
    """The figures of the last 90 days."""
    found = tuple(r for r in releases if r.started_at is not None and timedelta(0) <= now - r.started_at <= SPAN)
    ended = [r for r in found if r.done_at is not None or r.rolled_back_at is not None]
    gone = [c for r in found for c in r.consents if _accepted(c)]
    return Delivery(
        found,
        len(found) / (SPAN / _WEEK),
        len(ended),
        sum(r.rollback_at is not None for r in ended),
        _median([r.started_at - r.created_at for r in found if r.started_at]),
        _median([at - r.created_at for r in found for at in _go(r)]),
        _median([r.rolled_back_at - r.rollback_at for r in found if r.rolled_back_at and r.rollback_at]),
        len(gone),
        sum(r.emergency is not None for r in found),
        sum(r.started_without_go for r in found),
    )


def _accepted(c: Consent) -> bool:
    return c.kind in {ConsentKind.EXCEPTION, ConsentKind.RISK} and c.state in _GIVEN


def _go(release: Release) -> Iterable[datetime]:
    """When the decision maker's last go was given."""
    votes = [c.at for c in release.consents if c.role is Role.DECISION_MAKER and c.vote == "go" and c.at is not None]
    return votes[-1:]


def _median(spans: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(s.total_seconds() for s in spans)) if spans else None
