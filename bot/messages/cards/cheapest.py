"""The cheapest set of items that would make it a GO (G1), in a sentence."""

from bot.domain.finding import Result, Verdict
from bot.messages.cards.naming import item
from bot.messages.cards.reading import listing
from bot.messages.cards.state import missing
from bot.messages.view import View
from bot.messages.words import say
from bot.plan.gaps import cheapest_way


def cheapest(view: View) -> str:
    """Which items lead to GO, or that something blocks which no item lifts; "" where nothing is missing."""
    way = cheapest_way(view.release, view.facts, view.judgement, view.now)
    if way is None:
        return ""
    items = ", ".join(item(k.value) for k in way.kinds)
    in_the_way = missing(view)
    blocked = [f for f in in_the_way if f.result is Result.BLOCKED]
    if (way.reaches is Verdict.NO_GO and blocked) or not way.kinds:
        return say("card.cheapest_blocked", {"items": listing(blocked or in_the_way, most=8)})
    if way.reaches is not Verdict.GO:
        return say("card.cheapest_partly", {"items": items})
    return say("card.cheapest", {"items": items, "band": way.band.value})
