"""T8 for a worker that nobody ended: a process that was frozen, a machine that slept, a database that was away for long.

Such a worker did nothing meanwhile, as if it had been down, and says so as it would after a start.
"""

from datetime import datetime

from bot.outbox import absence
from bot.outbox.absence import Absence
from bot.outbox.wiring import Parts


class Awake:
    """When this worker last had its turn, by civil time. Before the first `here` nothing is an absence."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._seen: datetime | None = None

    def here(self, at: datetime) -> None:
        """It had its turn, which began at that time: what it slept in the middle of it is noticed at the next one."""
        self._seen = at

    @property
    def slept(self) -> bool:
        """True where its last turn is so long ago that people are told; then no heartbeat may hide it."""
        return self._seen is not None and self._parts.clock.now() - self._seen >= self._parts.settings.away_after

    async def away(self) -> Absence | None:
        """The absence that ends now. None where there is none, also where another replica was at work meanwhile."""
        return await absence.noticed(self._parts) if self.slept else None
