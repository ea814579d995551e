"""The marks of a release and everything that is due around them (T1-T12). Instants come from the start, never from a clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.service import Audience

T_30, T_5, T_0, T_15, T_30_AFTER = "T-30", "T-5", "T=0", "T+15", "T+30"
MARKS: dict[str, timedelta] = {
    T_30: timedelta(minutes=-30),
    T_5: timedelta(minutes=-5),
    T_0: timedelta(0),
    T_15: timedelta(minutes=15),
    T_30_AFTER: timedelta(minutes=30),
}
GRACE: dict[str, timedelta] = {
    T_30: timedelta(minutes=10),
    T_5: timedelta(minutes=4),
    T_0: timedelta(minutes=10),
    T_15: timedelta(minutes=10),
    T_30_AFTER: timedelta(minutes=30),
}
"""How late a mark may still go out, marked as late (timeline.md); the policy file may say otherwise."""

FOR_TEAM = frozenset({T_30, T_5})
"""Marks of the team; the others go to stakeholders, with a copy in the team's thread (T11)."""

DRIFT_LEAD = timedelta(seconds=60)
WATCH_LEAD = timedelta(seconds=15)
ESCALATIONS: dict[str, timedelta] = {"approver": timedelta(minutes=-60), "deputy": timedelta(minutes=-45)}
OUTCOME_REMINDERS: dict[int, timedelta] = {n: timedelta(minutes=30 + 30 * n) for n in (1, 2, 3, 4)}
"""Reminder 1 to 3 of T12, each 30 min after the one before; 4 posts outcome UNKNOWN."""


@dataclass(frozen=True, slots=True)
class DueMark:
    """One announcement to one audience. `copy`: it is the team's copy, in the thread."""

    mark: str
    audience: Audience
    due_at: datetime
    useful_until: datetime
    copy: bool = False


@dataclass(frozen=True, slots=True)
class DueAct:
    """Something to do at that time. `name`: drift, watch, escalate, stop, remind; `subject`: the mark, rung or number."""

    name: str
    subject: str
    due_at: datetime


def due_marks(start_at: datetime, now: datetime, grace: dict[str, timedelta] | None = None) -> list[DueMark]:
    """The marks of that start which are not past (T10: those already past are not created)."""
    kept = {**GRACE, **(grace or {})}
    marks = []
    for mark, offset in MARKS.items():
        due = start_at + offset
        if due < now:
            continue
        audience = Audience.TEAM if mark in FOR_TEAM else Audience.STAKEHOLDERS
        marks.append(DueMark(mark, audience, due, due + kept[mark]))
        if audience is Audience.STAKEHOLDERS:
            marks.append(DueMark(mark, Audience.TEAM, due, due + kept[mark], copy=True))
    return marks


def passed_marks(start_at: datetime, now: datetime) -> tuple[str, ...]:
    """The marks that are already past at planning time; the first post says so (T10)."""
    return tuple(mark for mark, offset in MARKS.items() if start_at + offset < now)


def due_acts(start_at: datetime, now: datetime) -> list[DueAct]:
    """Drift checks, watches, reminders and the stop at T=0 of that start, as far as they are not past."""
    acts = [DueAct("drift", mark, start_at + MARKS[mark] - DRIFT_LEAD) for mark in (T_30, T_5, T_0)]
    acts += [DueAct("watch", mark, start_at + MARKS[mark] - WATCH_LEAD) for mark in (T_15, T_30_AFTER)]
    acts += [DueAct("escalate", rung, start_at + offset) for rung, offset in ESCALATIONS.items()]
    acts.append(DueAct("stop", T_0, start_at))
    acts += [DueAct("remind", str(number), start_at + offset) for number, offset in OUTCOME_REMINDERS.items()]
    return [act for act in acts if act.due_at >= now]
