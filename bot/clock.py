"""Two clocks (decision 12). The only module that asks the machine for the time of day.

`now` is civil time: rules and due times. `monotonic` is for time-outs and the lease guard. `real` is the machine's own time
of day, for leases and Retry-After, which simulated time must not stretch. All instants are aware and UTC.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

JUMP_TOLERANCE = timedelta(seconds=2)
"""Civil and monotonic time drift apart by less than that in ordinary slewing; more is a jump of the system clock."""


def machine_time() -> datetime:
    """The machine's time of day, UTC."""
    return datetime.now(UTC)


class SystemClock:
    """The machine's time. `monotonic` and `wall` may be injected, so that a test can make the system clock jump."""

    def __init__(
        self,
        wall: Callable[[], datetime] = machine_time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._seen_wall = wall()
        self._seen_monotonic = monotonic()

    @property
    def rate(self) -> float:
        """Civil seconds for each real second."""
        return 1.0

    def now(self) -> datetime:
        """Civil time."""
        return self._wall()

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return self._monotonic()

    def real(self) -> datetime:
        """The machine's time of day: here the same as civil time."""
        return self._wall()

    def jump(self) -> timedelta | None:
        """How far the system clock was set since the last call (negative: back), or None. Call it at every sweep."""
        wall, monotonic = self._wall(), self._monotonic()
        apart = (wall - self._seen_wall) - timedelta(seconds=monotonic - self._seen_monotonic)
        self._seen_wall, self._seen_monotonic = wall, monotonic
        return apart if abs(apart) > JUMP_TOLERANCE else None


class SimulatedClock:
    """Civil time that stands still unless it is advanced, or runs at `rate` civil seconds for each real second.

    Whoever owns it stores `now()` and gives it back as `start` after a restart, so that simulated time goes on.
    """

    def __init__(
        self,
        start: datetime,
        rate: float = 0.0,
        monotonic: Callable[[], float] = time.monotonic,
        real: Callable[[], datetime] = machine_time,
    ) -> None:
        self._monotonic = monotonic
        self._real = real
        self._rate = 0.0
        self._civil = start
        self._since = monotonic()
        self.set(start)
        self.run(rate)

    @property
    def rate(self) -> float:
        """Civil seconds for each real second; 0 stands still."""
        return self._rate

    def now(self) -> datetime:
        """Civil time."""
        if not self._rate:
            return self._civil
        return self._civil + timedelta(seconds=(self._monotonic() - self._since) * self._rate)

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return self._monotonic()

    def real(self) -> datetime:
        """The machine's time of day."""
        return self._real()

    def set(self, instant: datetime) -> None:
        """Civil time is that instant from here on. Raises ValueError where it has no zone."""
        if instant.tzinfo is None:
            msg = "civil time needs a zone"
            raise ValueError(msg)
        self._civil, self._since = instant.astimezone(UTC), self._monotonic()

    def advance(self, by: timedelta) -> datetime:
        """Civil time goes forward by that; gives the new time. Raises ValueError for a step back."""
        if by < timedelta(0):
            msg = "civil time is advanced, not taken back"
            raise ValueError(msg)
        self.set(self.now() + by)
        return self.now()

    def run(self, rate: float) -> None:
        """From now on that many civil seconds for each real second; 0 stands still. Raises ValueError below 0."""
        if rate < 0:
            msg = "civil time does not run backwards"
            raise ValueError(msg)
        self.set(self.now())
        self._rate = rate

    def jump(self) -> timedelta | None:
        """Simulated time never jumps by itself."""
        return None
