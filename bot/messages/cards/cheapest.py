"""The cheapest set of items that would make it a GO (G1), in a sentence."""

from bot.domain.finding import Result
from bot.messages.cards.reading import listing
from bot.messages.cards.state import missing
from bot.messages.view import View
from bot.messages.words import say


def cheapest(view: View) -> str:
    """Which items lead to GO, or that something blocks which no item lifts; "" where nothing is missing."""
    gaps = missing(view)
    blocked = [f for f in gaps if f.result is Result.BLOCKED]
    if blocked:
        return say("card.cheapest_blocked", {"items": listing(blocked, most=8)})
    return say("card.cheapest", {"items": listing(gaps, most=12)}) if gaps else ""
