"""How the course of a release changes it: holds, new times, rollout, end."""

from dataclasses import replace

from bot.domain import events as e
from bot.domain.changes.change import Change
from bot.domain.consent import Consent, ConsentKind
from bot.domain.release import HealthReport, Phase, Release, Step


def _held(r: Release, x: e.Held) -> Release:
    return replace(r, held_by=x.by, held_reason=x.reason, held_code=x.code)


def _resumed_planned(r: Release, _: e.ResumedPlanned) -> Release:
    return replace(r, schedule_revision=r.schedule_revision + 1, held_by=None, held_reason="", held_code="")


def _resumed_live(r: Release, _: e.ResumedLive) -> Release:
    return replace(r, schedule_revision=r.schedule_revision + 1, held_by=None, held_reason="", held_code="")


def _moved(r: Release, x: e.Moved) -> Release:
    return replace(
        r,
        start_at=x.start_at,
        local_time=x.local_time,
        time_zone=x.time_zone,
        window_start=x.window_start,
        schedule_revision=r.schedule_revision + 1,
        moves=(*r.moves, x.reason),
    )


def _cancelled(r: Release, x: e.Cancelled) -> Release:
    return replace(r, cancelled_by=x.by, cancel_reason=x.reason)


def _started(r: Release, x: e.Started) -> Release:
    rescheduled = r.schedule_revision + (1 if r.phase is Phase.HELD else 0)
    return replace(
        r,
        started_at=x.started_at,
        started_by=x.by,
        started_without_go=x.without_go,
        held_by=None,
        held_reason="",
        held_code="",
        schedule_revision=rescheduled,
        consents=tuple(_in_use(c) for c in r.consents),
    )


def _in_use(c: Consent) -> Consent:
    """The time of a break-glass is about its start: once started, it does not run out (G16)."""
    return replace(c, expires_at=None) if c.kind is ConsentKind.BREAKGLASS else c


def _stepped(r: Release, x: e.Stepped) -> Release:
    return replace(r, progress=(*r.progress, Step(percent=x.percent, by=x.by, at=x.at)))


def _health(r: Release, x: e.HealthReported) -> Release:
    return replace(r, health=(*r.health, HealthReport(ok=x.ok, metric=x.metric, by=x.by, at=x.at)))


def _closed(r: Release, x: e.Closed) -> Release:
    return replace(r, done_at=x.at, done_by=x.by)


def _rollback(r: Release, x: e.RollbackDeclared) -> Release:
    return replace(r, rollback_at=x.at, rollback_by=x.by, rollback_reason=x.reason)


def _rolled_back(r: Release, x: e.RollbackFinished) -> Release:
    return replace(r, rolled_back_at=x.at)


def _lesson(r: Release, x: e.LessonRecorded) -> Release:
    return replace(r, lessons=(*r.lessons, x.lesson))


def _reminded(r: Release, _: e.Reminded) -> Release:
    return replace(r, reminders=r.reminders + 1)


def _unknown(r: Release, _: e.OutcomeUnknown) -> Release:
    return replace(r, outcome_unknown=True)


CHANGES: dict[type[e.Event], Change] = {
    e.Held: _held,
    e.ResumedPlanned: _resumed_planned,
    e.ResumedLive: _resumed_live,
    e.Moved: _moved,
    e.Cancelled: _cancelled,
    e.Started: _started,
    e.Stepped: _stepped,
    e.HealthReported: _health,
    e.Closed: _closed,
    e.RollbackDeclared: _rollback,
    e.RollbackFinished: _rolled_back,
    e.LessonRecorded: _lesson,
    e.Reminded: _reminded,
    e.OutcomeUnknown: _unknown,
}
