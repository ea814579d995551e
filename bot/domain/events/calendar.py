"""What happened to the calendar of freezes: the events of the ledger stream `calendar` (decision 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.event import Event
from bot.domain.facts import Window


@dataclass(frozen=True, slots=True)
class FreezeDeclared(Event):
    """A freeze was entered: by whom, and all that holds of it (G11)."""

    by: str
    freeze: Window


@dataclass(frozen=True, slots=True)
class FreezeEnded(Event):
    """A freeze was taken out of the calendar before its time, with a reason."""

    by: str
    freeze: str
    reason: str


CALENDAR_EVENTS: Mapping[str, type[Event]] = {cls.__name__: cls for cls in (FreezeDeclared, FreezeEnded)}
"""Every event of the calendar by its name in the ledger."""


def fold_calendar(events: Iterable[Event], calendar: Iterable[Window] = ()) -> tuple[Window, ...]:
    """The freezes after all of them, by start: what the ledger says the calendar holds (decision 2)."""
    held = {window.id: window for window in calendar}
    for event in events:
        if isinstance(event, FreezeDeclared):
            held[event.freeze.id] = event.freeze
        if isinstance(event, FreezeEnded):
            held.pop(event.freeze, None)
    return tuple(sorted(held.values(), key=lambda window: (window.starts_at, window.id)))
