"""A source within the time of one whole answer: what it could not be asked in that time stands as not asked yet."""

from dataclasses import dataclass

from adapters.http.patience import patient
from bot.domain.evidence import Evidence
from bot.ports import EvidenceSource, Inquiry

MARGIN_S = 0.25
"""So much earlier than whoever asks gives up: what was seen has to arrive as an answer."""


@dataclass(slots=True)
class Timely:
    """Asks `source`, and lets its calls wait for their turn as long as the inquiry has time."""

    source: EvidenceSource

    @property
    def name(self) -> str:
        """The name of the source."""
        return self.source.name

    @name.setter
    def name(self, name: str) -> None:
        self.source.name = name

    async def gather(self, inquiry: Inquiry) -> tuple[Evidence, ...]:
        """What it saw in that time."""
        with patient(max(inquiry.timeout_s - MARGIN_S, 0.0)):
            return await self.source.gather(inquiry)
