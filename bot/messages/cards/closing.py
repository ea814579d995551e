"""The closing form is offered: four optional lines, for the next release of the service (P7). It is no question of planning."""

from bot.messages.cards.audience import reader_of
from bot.messages.cards.buttons import button
from bot.messages.cards.frame import framed
from bot.messages.cards.naming import object_of
from bot.messages.cards.state import word
from bot.messages.model import Message, Text
from bot.messages.telling import flat
from bot.messages.view import View
from bot.messages.words import say


def closing(view: View) -> Message:
    """To the owner, once it is over. With the lesson on record it shows it, and has no button any more."""
    r = view.release
    if r.lessons:
        kept = Text(flat(r.lessons[-1]), label=say("closing.label_lesson"))
        return framed(view, word(view), say("closing.kept", {"object": object_of(r)}), (kept,))
    lead = say("closing.offer", {"object": object_of(r)})
    mentions = (reader_of(view) or r.owner,)
    return framed(
        view,
        word(view),
        lead,
        (Text(say("closing.lines")),),
        buttons=(button(r, "lesson", style="primary"),),
        mentions=mentions,
    )
