"""`lesson R-142 <one line>`, or the closing form of four optional lines: for the next release of the service (P7)."""

from bot.domain.commands import RecordLesson
from bot.messages import answers, forms
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.context import Context, filled, pressed, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.verb import Group, OnRelease, Verb

_LIMIT = 500


def lesson(heard: Heard, ctx: Context, view: View) -> Step:
    """The button opens the closing form; typed words are the lesson."""
    del ctx
    if pressed(heard):
        return Ask("lesson", form=forms.lesson(view))
    if filled(heard):
        return Done(RecordLesson(heard.actor, closing_lines(heard)), forms.lesson(view))
    if not words(heard):
        return Reply(answers.line("talk.lesson_usage", {"release": view.release.id}))
    return Done(RecordLesson(heard.actor, " ".join(words(heard).split())[:_LIMIT]))


VERB = Verb("lesson", OnRelease(lesson), Group.RECORD, ended_too=True)


def closing_lines(heard: Heard) -> str:
    """The lines of the closing form that were filled in, as one; "" where none was."""
    lines = (" ".join(value(heard, name).split()) for name in forms.CLOSING_LINES)
    return " · ".join(line for line in lines if line)[:_LIMIT]
