"""Every message of the timeline as it would be sent now, to nobody: no mention, no button."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.people import Place
from bot.domain.service import Audience
from bot.messages.cards.marks import mark
from bot.messages.model import Actions, Context, Message, Text
from bot.messages.times import moment
from bot.messages.view import View
from bot.messages.words import say
from bot.timeline.marks import due_marks

_LONG_AGO = timedelta(days=1)


def preview(view: View) -> tuple[Message, ...]:
    """One message for each mark and audience, drawn from the state of now; a note on top says that it is a preview."""
    start = view.release.start_at
    if start is None:
        none = say("answer.preview_none")
        return (Message(none, (Text(none),), private=True),)
    messages = []
    for due in due_marks(start, start - _LONG_AGO):
        params = {"mark": due.mark, "audience": due.audience.value, "passed": ""}
        drawn = mark(
            replace(view, params=params, place=_place(view, due.audience), late_s=0, merged=(), corrected=False)
        )
        note = Context(say("answer.preview_note", {"at": moment(due.due_at, view.release.time_zone, view.now)}))
        kept = tuple(b for b in drawn.blocks if not isinstance(b, Actions))
        messages.append(Message(drawn.text, (note, *kept), private=True))
    return tuple(messages)


def _place(view: View, audience: Audience) -> Place:
    channels = view.facts.service.channels.get(audience, ()) if view.facts.service else ()
    return channels[0] if channels else view.place
