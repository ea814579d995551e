"""All moves of a release in one table; the diagram in docs/reference/lifecycle.md is drawn from it."""

from collections.abc import Mapping

from bot.domain.events import (
    Cancelled,
    Cleared,
    Closed,
    Event,
    Held,
    Planned,
    ResumedLive,
    ResumedPlanned,
    RollbackDeclared,
    RollbackFinished,
    Started,
    Uncleared,
)
from bot.domain.release import TERMINAL, Phase

MOVES: Mapping[Phase, Mapping[type[Event], Phase]] = {
    Phase.PLANNING: {Planned: Phase.PLANNED, Cancelled: Phase.CANCELLED, Started: Phase.LIVE},
    Phase.PLANNED: {
        Cleared: Phase.CLEARED,
        Started: Phase.LIVE,
        Held: Phase.HELD,
        Cancelled: Phase.CANCELLED,
    },
    Phase.CLEARED: {
        Uncleared: Phase.PLANNED,
        Started: Phase.LIVE,
        Held: Phase.HELD,
        Cancelled: Phase.CANCELLED,
    },
    Phase.LIVE: {Held: Phase.HELD, Closed: Phase.CLOSED, RollbackDeclared: Phase.ROLLING_BACK},
    Phase.HELD: {
        ResumedLive: Phase.LIVE,
        ResumedPlanned: Phase.PLANNED,
        Started: Phase.LIVE,
        RollbackDeclared: Phase.ROLLING_BACK,
        Cancelled: Phase.CANCELLED,
    },
    Phase.ROLLING_BACK: {RollbackFinished: Phase.ROLLED_BACK},
    Phase.ROLLED_BACK: {},
    Phase.CLOSED: {},
    Phase.CANCELLED: {},
}
"""Total: each phase has a row; terminal phases have an empty one. Events that are in no row leave the phase as it is."""

_MOVING: frozenset[type[Event]] = frozenset(e for row in MOVES.values() for e in row)


def may(phase: Phase, event: type[Event]) -> bool:
    """True if that event is legal in that phase. Events that move nothing are legal until the end, and after it too."""
    return event in MOVES[phase] or event not in _MOVING


def after(phase: Phase, event: type[Event]) -> Phase:
    """The phase after that event; the same one where the event moves nothing."""
    return MOVES[phase].get(event, phase)


def ended(phase: Phase) -> bool:
    """True for closed, rolled_back and cancelled (T9)."""
    return phase in TERMINAL
