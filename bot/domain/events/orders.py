"""What happened to the standing orders: the events of the ledger stream `system` (decision 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.event import Event
from bot.domain.orders import Delegation, Orders, Subscription


@dataclass(frozen=True, slots=True)
class DelegationGiven(Event):
    """Somebody lets another person sign for them, for a while."""

    by: str
    delegation: Delegation


@dataclass(frozen=True, slots=True)
class DelegationEnded(Event):
    """A delegation was withdrawn or replaced before its time."""

    by: str
    delegation: str


@dataclass(frozen=True, slots=True)
class Subscribed(Event):
    """A place wants the marks of a service, or the digest."""

    by: str
    subscription: Subscription


@dataclass(frozen=True, slots=True)
class Unsubscribed(Event):
    """A place wants them no more."""

    by: str
    subscription: str


ORDER_EVENTS: Mapping[str, type[Event]] = {
    cls.__name__: cls for cls in (DelegationGiven, DelegationEnded, Subscribed, Unsubscribed)
}
"""Every event of the standing orders by its name in the ledger."""


def fold_orders(events: Iterable[Event]) -> Orders:
    """What stands after all of them: what the ledger says the table holds (decision 2)."""
    delegations: dict[str, Delegation] = {}
    subscriptions: dict[str, Subscription] = {}
    for event in events:
        if isinstance(event, DelegationGiven):
            delegations[event.delegation.id] = event.delegation
        elif isinstance(event, DelegationEnded):
            delegations.pop(event.delegation, None)
        elif isinstance(event, Subscribed):
            subscriptions[event.subscription.id] = event.subscription
        elif isinstance(event, Unsubscribed):
            subscriptions.pop(event.subscription, None)
    return Orders(
        tuple(sorted(delegations.values(), key=lambda d: d.id)),
        tuple(sorted(subscriptions.values(), key=lambda s: s.id)),
    )
