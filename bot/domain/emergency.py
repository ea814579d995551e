"""An emergency release (break-glass, G16): what it was declared for, and the review that it owes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BREAKGLASS_FOR = timedelta(hours=4)
"""A break-glass that is not started within this time is over, and has to be declared again."""

REVIEW_WITHIN = timedelta(hours=24)
"""After its end the review is due (G16)."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Declared by one person for an incident. It counts only once a second person confirmed it (a consent `breakglass`)."""

    incident: str
    reason: str
    by: str
    at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """What was written down afterwards: what happened, what was skipped, what will change."""

    happened: str
    skipped: str
    change: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """A review that an earlier emergency of the service still owes; `due_at` None: it is not over yet."""

    release: str
    due_at: datetime | None
