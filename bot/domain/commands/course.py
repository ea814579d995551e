"""What people say of the course of a release: its clock, its rollout, its end."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.command import Command


@dataclass(frozen=True, slots=True)
class Hold(Command):
    """Stops the clock; never refused for its reason (G9)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Resume(Command):
    """Goes on; after the start time only with a new time (T4)."""

    start_at: datetime | None = None
    local_time: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Move(Command):
    """A new start time, with a reason."""

    start_at: datetime
    local_time: str
    time_zone: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cancel(Command):
    """Gives the release up before its start."""

    reason: str


@dataclass(frozen=True, slots=True)
class Start(Command):
    """Reports the start (never refused: G23). `started_at` None: now."""

    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportStep(Command):
    """Reports a rollout step: percent 0-100."""

    percent: int


@dataclass(frozen=True, slots=True)
class ReportHealth(Command):
    """Reports the health."""

    ok: bool
    metric: str


@dataclass(frozen=True, slots=True)
class Finish(Command):
    """Reports that it is done; `lesson` is optional (P7)."""

    lesson: str = ""


@dataclass(frozen=True, slots=True)
class DeclareRollback(Command):
    """Declares a rollback; never refused for its reason (G9)."""

    reason: str


@dataclass(frozen=True, slots=True)
class FinishRollback(Command):
    """Reports that the rollback is complete."""


@dataclass(frozen=True, slots=True)
class RecordLesson(Command):
    """One line for the next release of the service."""

    lesson: str
