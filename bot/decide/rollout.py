"""Reports during and after the rollout. A report is a fact: it is never refused because nobody gave GO (G23)."""

from datetime import datetime, timedelta

from bot.decide.evidence import start_events, verdict_of_start
from bot.decide.result import Decided, Decision, Refused
from bot.decide.settle import Judge
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.facts import Facts
from bot.domain.release import Phase, Release

WHOLE = 100

EARLY = timedelta(minutes=5)
"""A start that is reported longer than this before the planned time is said to be early."""


def start(release: Release, command: c.Start, facts: Facts, now: datetime, judge: Judge) -> Decision:
    """The start was reported; without a GO for when it really began it is announced as such (G23). Early is said too."""
    if release.started or release.phase is Phase.ROLLING_BACK:
        return Refused("already_started", {"phase": release.phase.value.replace("_", " ")})
    began = command.started_at or now
    if began > now:
        return Refused("start_future", {"at": f"{began:%Y-%m-%d %H:%M} UTC"})
    verdict = verdict_of_start(release, began, facts, now, judge)
    events = start_events(release, command.actor.person, began, now, verdict)
    if any(isinstance(x, e.Started) and x.without_go for x in events):
        return Decided(tuple(events), "started_without_go")
    planned = release.start_at
    if planned is not None and began < planned - EARLY:
        return Decided(tuple(events), "started_early", {"planned": f"{planned:%Y-%m-%d %H:%M} UTC"})
    return Decided(tuple(events), "started")


def step(release: Release, command: c.ReportStep, now: datetime) -> Decision:
    """A rollout step was reached."""
    if release.phase is not Phase.LIVE:
        return Refused("not_live", {"phase": release.phase.value.replace("_", " ")})
    if not 0 < command.percent <= WHOLE:
        return Refused("percent", {"value": str(command.percent)})
    return Decided(
        (e.Stepped(at=now, by=command.actor.person, percent=command.percent),),
        "stepped",
        {"percent": str(command.percent)},
    )


def health(release: Release, command: c.ReportHealth, now: datetime) -> Decision:
    """Health was reported: ok, or bad with the metric."""
    if not release.started:
        return Refused("not_live", {"phase": release.phase.value.replace("_", " ")})
    if not command.ok and not command.metric.strip():
        return Refused("health_metric")
    reported = e.HealthReported(at=now, by=command.actor.person, ok=command.ok, metric=command.metric)
    return Decided((reported,), "health_ok" if command.ok else "health_bad")


def finish(release: Release, command: c.Finish, now: datetime) -> Decision:
    """Done: the release is closed; the marks that are still to come keep their posts (T4)."""
    if release.phase is not Phase.LIVE:
        return Refused("not_live", {"phase": release.phase.value.replace("_", " ")})
    events: list[e.Event] = []
    if command.lesson.strip():
        events.append(e.LessonRecorded(at=now, by=command.actor.person, lesson=command.lesson.strip()))
    return Decided((*events, e.Closed(at=now, by=command.actor.person)), "done")


def declare_rollback(release: Release, command: c.DeclareRollback, now: datetime) -> Decision:
    """Anyone of the team, at any time after the start, whatever the reason says (G9, G27)."""
    if release.phase is Phase.ROLLING_BACK:
        return Refused("already_rolling_back", {"reason": release.rollback_reason})
    if not release.started or release.phase not in {Phase.LIVE, Phase.HELD}:
        return Refused("rollback_not_started", {"phase": release.phase.value.replace("_", " ")})
    return Decided((e.RollbackDeclared(at=now, by=command.actor.person, reason=command.reason),), "rollback")


def finish_rollback(release: Release, command: c.FinishRollback, now: datetime) -> Decision:
    """The rollback is complete."""
    if release.phase is not Phase.ROLLING_BACK:
        return Refused("not_rolling_back", {"phase": release.phase.value.replace("_", " ")})
    return Decided((e.RollbackFinished(at=now, by=command.actor.person),), "rolled_back")


def lesson(command: c.RecordLesson, now: datetime) -> Decision:
    """One line for the next release of the service (P7)."""
    if not command.lesson.strip():
        return Refused("lesson_empty")
    return Decided((e.LessonRecorded(at=now, by=command.actor.person, lesson=command.lesson.strip()),), "lesson")
