"""The clocks, and the alarm that wakes the process."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Two clocks (decision 12): civil time for rules and due times, monotonic seconds for time-outs."""

    def now(self) -> datetime:
        """Civil time, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds that never jump."""

    def real(self) -> datetime:
        """The machine's own time, aware, UTC: for leases and Retry-After, which simulated time must not stretch."""


class Alarm(Protocol):
    """Wakes the process; owns no truth. Losing it costs lateness of one sweep, never a post."""

    def ring_at(self, when: datetime | None) -> None:
        """Ring at that instant (None: nothing is due)."""

    def ring_now(self) -> None:
        """Ring at once: somebody committed work that is due."""
