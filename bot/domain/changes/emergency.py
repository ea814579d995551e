"""How an emergency changes a release (G16)."""

from dataclasses import replace

from bot.domain import events as e
from bot.domain.changes.change import Change
from bot.domain.emergency import Emergency, Review
from bot.domain.release import Release


def _declared(r: Release, x: e.EmergencyDeclared) -> Release:
    return replace(r, emergency=Emergency(x.incident, x.reason, x.by, x.at, x.expires_at))


def _lapsed(r: Release, _: e.EmergencyLapsed) -> Release:
    return replace(r, emergency=None)


def _reviewed(r: Release, x: e.ReviewRecorded) -> Release:
    return replace(r, review=Review(x.happened, x.skipped, x.change, x.by, x.at))


def _overdue(r: Release, _: e.ReviewOverdue) -> Release:
    return replace(r, review_overdue=True)


CHANGES: dict[type[e.Event], Change] = {
    e.EmergencyDeclared: _declared,
    e.EmergencyLapsed: _lapsed,
    e.ReviewRecorded: _reviewed,
    e.ReviewOverdue: _overdue,
}
