"""An inbound request of the platform."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.command import Command
from bot.domain.people import Place


@dataclass(frozen=True, slots=True)
class Delivery:
    """The same receipt is the same delivery. `home`: where the release is spoken of; None where it is planned."""

    at: datetime
    receipt: str
    release: str | None
    command: Command
    home: Place | None = None
