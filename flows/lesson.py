"""`lesson R-142 <one line>`, or the closing form of four optional lines: for the next release of the service (P7)."""

from bot.domain.commands import RecordLesson
from bot.messages import answers, forms
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.closing import closing_lines, typed_lesson
from flows.context import Context, filled, pressed, words
from flows.dialog import Ask, Done, Reply, Step
from flows.verb import Group, OnRelease, Verb


def lesson(heard: Heard, ctx: Context, view: View) -> Step:
    """The button opens the closing form; typed words are the lesson."""
    del ctx
    if pressed(heard):
        return Ask("lesson", form=forms.lesson(view))
    if filled(heard):
        return Done(RecordLesson(heard.actor, closing_lines(heard)), forms.lesson(view))
    said = typed_lesson(words(heard))
    if not said:
        return Reply(answers.line("talk.lesson_usage", {"release": view.release.id}))
    return Done(RecordLesson(heard.actor, said))


VERB = Verb("lesson", OnRelease(lesson), Group.RECORD, ended_too=True)
