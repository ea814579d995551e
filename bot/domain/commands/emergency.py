"""Break-glass, and the review that follows it (G16)."""

from dataclasses import dataclass

from bot.domain.command import Command
from bot.domain.people import Place


@dataclass(frozen=True, slots=True)
class DeclareEmergency(Command):
    """Starts an emergency release, or turns the open release of that service, version and environment into one.

    `release` is the fresh id that is used where none is open.
    """

    release: str
    service: str
    version: str
    home: Place
    incident: str
    reason: str
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class RecordReview(Command):
    """What happened, what was skipped, what will change."""

    happened: str
    skipped: str
    change: str


@dataclass(frozen=True, slots=True)
class RemindReview(Command):
    """The review is not there yet: number 1 and 2 remind, 3 says aloud that it is overdue."""

    number: int
