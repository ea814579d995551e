"""What people want of the calendar of freezes (G11). These speak of no release, and are decided in decide/calendar.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.command import Command


@dataclass(frozen=True, slots=True)
class DeclareFreeze(Command):
    """Nothing of that scope starts from `starts_at` until `ends_at` (UTC). `owner` None: who gives it.

    `scope`: a service id, an environment, or "*". `uid`: what a calendar file calls it, else None.
    """

    scope: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    owner: str | None = None
    uid: str | None = None


@dataclass(frozen=True, slots=True)
class EndFreeze(Command):
    """Ends a freeze before its time, with a reason."""

    freeze: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportFreezes(Command):
    """A calendar file, all of it or nothing: freezes with their `uid`, and the uids of events that were cancelled."""

    freezes: tuple[DeclareFreeze, ...]
    cancelled: tuple[str, ...] = ()


CALENDAR_COMMANDS: Mapping[str, type[Command]] = {
    cls.__name__: cls for cls in (DeclareFreeze, EndFreeze, ImportFreezes)
}
"""Every command of the calendar by its name."""
