"""Commands that no person gives: what the clock and the sources say. They come from outbox rows (decision 1)."""

from dataclasses import dataclass

from bot.domain.command import Command
from bot.domain.evidence import Evidence


@dataclass(frozen=True, slots=True)
class AskNext(Command):
    """The wait for the sources is over (2.5 s): ask the next question, or give the verdict (decision 6)."""


@dataclass(frozen=True, slots=True)
class RecordObservations(Command):
    """What a source answered: comes back from a gather row (decision 6)."""

    gather: str
    source: str
    observations: tuple[Evidence, ...]
    purpose: str = "plan"


@dataclass(frozen=True, slots=True)
class CheckDrift(Command):
    """60 s before a mark: evidence is asked again (G12). `schedule_revision`: of the alarm; an old one does nothing."""

    mark: str
    schedule_revision: int


@dataclass(frozen=True, slots=True)
class Escalate(Command):
    """Remind who has not answered (G15): `rung` is approver or deputy."""

    rung: str
    schedule_revision: int


@dataclass(frozen=True, slots=True)
class StopWithoutGo(Command):
    """T=0: without a valid go the release is held (G15)."""

    schedule_revision: int


@dataclass(frozen=True, slots=True)
class RemindOutcome(Command):
    """After T+30 without `done`: number 1 to 3 reminds, 4 posts outcome UNKNOWN (T12)."""

    number: int
    schedule_revision: int


@dataclass(frozen=True, slots=True)
class Judge(Command):
    """Judge again now: an expiry is due, or a neighbour changed."""

    cause: str = ""
