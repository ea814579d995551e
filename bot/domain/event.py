"""What every event carries."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Any event of a release. `at` is the instant of the civil clock, in UTC."""

    at: datetime
