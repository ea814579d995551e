"""Freezes that come again and again: "every Friday 16:00 to Monday 06:00", on the wall clock of a zone (G11)."""

from dataclasses import dataclass
from datetime import time

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
"""Monday is 0."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A window that begins on each of `weekdays` (Monday is 0) at `starts`, and ends `days` later at `ends`.

    Times are of the wall clock of `time_zone` (an IANA name), also across a change of the clocks. `scope`, `reason` and
    `owner` are those of a Window. `days` 0: it ends on the day on which it began.
    """

    id: str
    scope: str
    time_zone: str
    starts: time
    ends: time
    days: int
    reason: str
    weekdays: tuple[int, ...] = EVERY_DAY
    owner: str | None = None
