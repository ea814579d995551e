"""`lesson R-142 <one line>`: for the next release of the service (P7)."""

from bot.domain.commands import RecordLesson
from bot.messages import answers
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.context import Context, words
from flows.dialog import Done, Reply, Step


def lesson(heard: Heard, ctx: Context, view: View) -> Step:
    """One line."""
    del ctx
    if not words(heard):
        return Reply(answers.line("talk.lesson_usage", {"release": view.release.id}))
    return Done(RecordLesson(heard.actor, " ".join(words(heard).split())[:500]))
