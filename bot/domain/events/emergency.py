"""What happened to an emergency: declared, over without a start, reviewed (G16)."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.event import Event


@dataclass(frozen=True, slots=True)
class EmergencyDeclared(Event):
    """One person declared break-glass for an incident; a second has to confirm it before it counts (G16)."""

    by: str
    incident: str
    reason: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyLapsed(Event):
    """Break-glass was not started in time; what it waived counts again."""

    incident: str


@dataclass(frozen=True, slots=True)
class ReviewRecorded(Event):
    """The review of an emergency was written down."""

    by: str
    happened: str
    skipped: str
    change: str


@dataclass(frozen=True, slots=True)
class ReviewOverdue(Event):
    """24 hours after its end the review of an emergency is still missing."""

    due_at: datetime
