"""Standing orders: who signs for whom for a while, and who wants to hear of what. They belong to no release."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Place


@dataclass(frozen=True, slots=True)
class Delegation:
    """`of` lets `to` give sign-offs in their place, until that instant (UTC). The roles stay whose the catalogue says."""

    id: str
    of: str
    to: str
    until: datetime

    def in_force(self, now: datetime) -> bool:
        """True until its end; an alarm that is late extends nothing."""
        return now < self.until


@dataclass(frozen=True, slots=True)
class Subscription:
    """A place that hears the marks of a service; with `service` "" the daily digest.

    `direct`: the place is the conversation of `by` alone with the bot. Of a digest: `clock` is its local time as HH:MM in
    `time_zone`, and `empty` says that it comes on days without anything too.
    """

    id: str
    place: Place
    service: str
    by: str
    clock: str = ""
    time_zone: str = "UTC"
    empty: bool = False
    direct: bool = False

    @property
    def digest(self) -> bool:
        """True for the daily digest."""
        return not self.service


@dataclass(frozen=True, slots=True)
class Orders:
    """All of them, each kind by its id."""

    delegations: tuple[Delegation, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
