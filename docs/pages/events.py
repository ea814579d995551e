"""docs/reference/events.md: every event type of the ledger, from bot.domain.events."""

import dataclasses
import inspect

from bot.domain import events as module
from bot.domain.events import Event
from bot.domain.events.calendar import CALENDAR_EVENTS
from bot.domain.events.orders import ORDER_EVENTS
from bot.domain.lifecycle import MOVES


def page() -> str:
    """The page."""
    moving = {event for row in MOVES.values() for event in row}
    rows = [
        f"| `{e.__name__}` | {_first_line(e)} | {_fields(e)} | {'yes' if e in moving else ''} |" for e in all_events()
    ]
    return "\n".join(
        [
            "# Events",
            "",
            "What the ledger keeps of a release. Each entry has the event's type, its schema number, its fields and `at` (UTC),",
            "and around it: who (person, account, place), the request id, the hash of the entry before, and its own.",
            "Beside events the ledger keeps receipts of posts and refused attempts.",
            "",
            "| event | what happened | fields | moves the release |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            "What the ledger keeps of the calendar of freezes, in its stream `calendar`:",
            "",
            "| event | what happened | fields |",
            "| --- | --- | --- |",
            *(f"| `{e.__name__}` | {_first_line(e)} | {_fields(e)} |" for e in CALENDAR_EVENTS.values()),
            "",
            "What the ledger keeps of standing orders, in its stream `system`, beside refused attempts about no release:",
            "",
            "| event | what happened | fields |",
            "| --- | --- | --- |",
            *(f"| `{e.__name__}` | {_first_line(e)} | {_fields(e)} |" for e in ORDER_EVENTS.values()),
            "",
        ]
    )


def all_events() -> tuple[type[Event], ...]:
    """Every event type, in alphabetical order."""
    found = (kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Event))
    return tuple(sorted((kind for kind in found if kind is not Event), key=lambda event: event.__name__))


def _first_line(event: type[Event]) -> str:
    return (inspect.getdoc(event) or "").partition("\n")[0].replace("|", "\\|")


def _fields(event: type[Event]) -> str:
    return ", ".join(f"`{field.name}`" for field in dataclasses.fields(event) if field.name != "at")
