"""react(before, after, events): what committed events cause elsewhere or later. Pure; each effect becomes an outbox row.

One function per event, in bot/messages/reactions: "who hears what when this happens" is answered by reading it there.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import events as e
from bot.domain.facts import Facts
from bot.domain.release import Release
from bot.messages import keys
from bot.messages.effects import Effect, Revise, Routes
from bot.messages.happened import Happened
from bot.messages.reactions import course, emergency, planning
from bot.messages.reactions.reaction import Reactions
from bot.messages.schedule import replanned

REACTIONS: Reactions = {**planning.REACTIONS, **course.REACTIONS, **emergency.REACTIONS}
"""Who hears what when this happens: the one table."""


def react(
    before: Release | None, events: Sequence[e.Event], after: Release, facts: Facts, routes: Routes, now: datetime
) -> tuple[Effect, ...]:
    """All effects of what was decided, in the order of its events."""
    seen = Happened(before, after, facts, routes, now)
    effects: list[Effect] = []
    for event in events:
        reaction = REACTIONS.get(type(event))
        if reaction is not None:
            effects += reaction(seen, event)
    effects += replanned(seen, events)
    effects += [Revise(keys.card(after.id, place), after.id, now) for place in seen.team() if before is not None]
    return tuple(effects)
