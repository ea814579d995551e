"""Events of a release's course: when it starts, how it goes, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.event import Event


@dataclass(frozen=True, slots=True)
class Held(Event):
    """Held: by a person, or by the rule of G15 (code no_go_at_start)."""

    by: str
    reason: str
    code: str = "by_person"


@dataclass(frozen=True, slots=True)
class ResumedLive(Event):
    """Goes on after a hold, during the rollout."""

    by: str


@dataclass(frozen=True, slots=True)
class ResumedPlanned(Event):
    """Goes on after a hold before the start; the marks are planned anew."""

    by: str


@dataclass(frozen=True, slots=True)
class Moved(Event):
    """A new start time."""

    by: str
    start_at: datetime
    local_time: str
    time_zone: str
    reason: str
    was: datetime | None
    window_start: datetime | None


@dataclass(frozen=True, slots=True)
class Cancelled(Event):
    """Given up before the start."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The start was reported. `without_go` is G23."""

    by: str
    started_at: datetime
    without_go: bool = False


@dataclass(frozen=True, slots=True)
class Stepped(Event):
    """A rollout step was reached: percent 0-100."""

    by: str
    percent: int


@dataclass(frozen=True, slots=True)
class HealthReported(Event):
    """A person reported the health."""

    by: str
    ok: bool
    metric: str


@dataclass(frozen=True, slots=True)
class Closed(Event):
    """Done was reported."""

    by: str


@dataclass(frozen=True, slots=True)
class RollbackDeclared(Event):
    """A rollback began."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class RollbackFinished(Event):
    """The rollback is complete."""

    by: str


@dataclass(frozen=True, slots=True)
class LessonRecorded(Event):
    """One line for the next release of the service (P7)."""

    by: str
    lesson: str


@dataclass(frozen=True, slots=True)
class Reminded(Event):
    """Somebody was reminded: of an approval (G15) or of reporting the outcome (T12)."""

    code: str
    of: tuple[str, ...]
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutcomeUnknown(Event):
    """Nobody said how it ended (T12)."""
