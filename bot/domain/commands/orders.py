"""What people want of the standing orders: to be stood in for, and to be told. Decided in decide/orders.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.command import Command
from bot.domain.people import Place


@dataclass(frozen=True, slots=True)
class Delegate(Command):
    """Until that instant `to` may give the sign-offs that are asked of the actor."""

    to: str
    until: datetime


@dataclass(frozen=True, slots=True)
class EndDelegation(Command):
    """The actor's delegation ends now: who gave it, or who was given it, may end it."""


@dataclass(frozen=True, slots=True)
class Subscribe(Command):
    """That place wants the marks of a service, or with `service` "" the digest at `clock` (HH:MM) in `time_zone`."""

    place: Place
    service: str
    clock: str = ""
    time_zone: str = "UTC"
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Unsubscribe(Command):
    """That place wants them no more; `service` "" is the digest."""

    place: Place
    service: str


ORDER_COMMANDS: Mapping[str, type[Command]] = {
    cls.__name__: cls for cls in (Delegate, EndDelegation, Subscribe, Unsubscribe)
}
"""Every command about standing orders by its name."""
