"""What becomes of a post that is due: send, send late, merge, skip or supersede (T1-T4, T10). Pure; the outbox asks it.

A post is judged when it is sent, from the state of that instant. A mark that is too late is merged into the next mark to the
same place where there is one, so that people read one honest post; else it is skipped. Both are recorded by the caller.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.release import TERMINAL, Phase, Release
from bot.timeline.marks import MARKS, T_5, T_30

TOLERANCE = timedelta(seconds=60)
"""Up to here a post counts as on time: people read minutes, not seconds."""


@dataclass(frozen=True, slots=True)
class Send:
    """On time."""


@dataclass(frozen=True, slots=True)
class SendLate:
    """Within its grace; the first line says that it is that many seconds late (T3)."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Never sent; the mark `into` speaks for it."""

    into: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Never sent, nothing speaks for it. `why`: past_grace, no_longer_useful."""

    why: str


@dataclass(frozen=True, slots=True)
class Supersede:
    """Never sent: it would not be true any more.

    `why`: schedule_over, a phase, already_started, already_said, question_over, plan_changed.
    """

    why: str


Fate = Send | SendLate | Merge | Skip | Supersede


@dataclass(frozen=True, slots=True)
class Due:
    """A claimed post: `occasion` as in Post, `n` the question's number, `due_at` and `useful_until` UTC.

    `plan_revision`: of the plan that it asks people to consent to; None: it asks for no consent.
    `said`: an earlier schedule posted the same mark in the same place for the same instant, and that post still stands.
    """

    occasion: str
    due_at: datetime
    useful_until: datetime | None = None
    schedule_revision: int | None = None
    n: int = 1
    plan_revision: int | None = None
    said: bool = False


@dataclass(frozen=True, slots=True)
class LaterMark:
    """A mark of the same release, schedule and place which is not sent yet."""

    mark: str
    due_at: datetime


STOPPED = frozenset({Phase.HELD, Phase.CANCELLED, Phase.ROLLING_BACK, Phase.ROLLED_BACK})
"""No mark is sent in these phases (T4); `closed` is not among them: `done` keeps the T+30 post."""

BEFORE_START = frozenset({T_30, T_5})
"""Marks that speak of a decision to come; untrue once it has started."""

ASKING = frozenset({"QUESTION", "APPROVAL", "SUPPLY", "REMINDER", "OUTCOME"})
"""Posts that want something of somebody; pointless once the release has ended."""

TRUE_IN: Mapping[str, frozenset[Phase]] = {
    "HOLD": frozenset({Phase.HELD}),
    "RESUMED": frozenset({Phase.PLANNED, Phase.CLEARED, Phase.LIVE, Phase.CLOSED}),
    "CANCELLED": frozenset({Phase.CANCELLED}),
    "ROLLBACK": frozenset({Phase.ROLLING_BACK, Phase.ROLLED_BACK}),
    "ROLLED-BACK": frozenset({Phase.ROLLED_BACK}),
    "DONE": frozenset({Phase.CLOSED}),
    "CLOSING": frozenset({Phase.CLOSED, Phase.ROLLED_BACK}),
}
"""The phases in which these posts are true (T1); a hold that was lifted before it could be told is not told any more."""

REMINDING = "REMINDER"
"""Pointless also while the release is held: after hours of downtime the hold of T=0 is decided before the reminders go out."""

_NEVER_LATE = frozenset({"CARD"})
"""The living card always shows the newest state: it has no time at which it should have been shown."""


def fate(due: Due, release: Release, now: datetime, later: tuple[LaterMark, ...] = ()) -> Fate:
    """Judge a post that is about to be sent. `later`: marks after it to the same place, by due time, not sent yet."""
    untrue = _untrue(due, release)
    if untrue:
        return Supersede(untrue)
    late = now - due.due_at
    if late <= TOLERANCE or due.occasion in _NEVER_LATE:
        return Send()
    if due.occasion in MARKS:
        return _late_mark(due, now, later)
    if due.useful_until is not None and now > due.useful_until:
        return Skip("no_longer_useful")
    return SendLate(int(late.total_seconds()))


def _untrue(due: Due, release: Release) -> str:
    if due.schedule_revision is not None and due.schedule_revision != release.schedule_revision:
        return "schedule_over"
    if due.occasion in MARKS:
        if release.phase in STOPPED:
            return release.phase.value
        if due.occasion in BEFORE_START and release.started:
            return "already_started"
        if due.said:
            return "already_said"
    if release.phase not in TRUE_IN.get(due.occasion, frozenset({release.phase})):
        return release.phase.value
    if due.occasion in ASKING and release.phase in TERMINAL:
        return release.phase.value
    if due.occasion == REMINDING and release.phase is Phase.HELD:
        return release.phase.value
    if due.occasion == "QUESTION" and not _still_open(release, due.n):
        return "question_over"
    return "" if due.plan_revision in {None, release.plan_revision} else "plan_changed"


def _still_open(release: Release, number: int) -> bool:
    question = release.open_question
    return question is not None and question.number == number


def _late_mark(due: Due, now: datetime, later: tuple[LaterMark, ...]) -> Fate:
    following = sorted((m for m in later if m.due_at > due.due_at), key=lambda m: m.due_at)
    within_grace = due.useful_until is None or now <= due.useful_until
    if following and (not within_grace or following[0].due_at <= now):
        return Merge(following[0].mark)
    if within_grace:
        return SendLate(int((now - due.due_at).total_seconds()))
    return Skip("past_grace")
