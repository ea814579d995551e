"""One line for the next release (P7)."""

from bot.domain.commands import RecordLesson
from bot.domain.release import Phase
from tests.flows.given import release, typed
from tests.flows.steps import command, reply


def test_an_empty_lesson_says_how_and_a_written_one_is_kept() -> None:
    closed = release(Phase.CLOSED)
    assert "lesson R-1" in reply(typed("lesson", closed)).text
    assert command(typed("lesson warm the   cache first", closed), RecordLesson).lesson == "warm the cache first"
