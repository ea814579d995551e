"""One line for the next release (P7)."""

import pytest

from bot.domain.commands import Finish, RecordLesson
from bot.domain.release import Phase
from bot.messages.tokens import Token, unpack
from tests.flows.given import fill, press, release, typed
from tests.flows.steps import command, form, reply


def test_an_empty_lesson_says_how_and_a_written_one_is_kept() -> None:
    closed = release(Phase.CLOSED)
    assert "lesson R-1" in reply(typed("lesson", closed)).text
    assert command(typed("lesson warm the   cache first", closed), RecordLesson).lesson == "warm the cache first"
    assert "lesson R-1" in reply(typed("lesson lesson:", closed)).text


@pytest.mark.parametrize("label", ["lesson:", "Lesson learned:", "The lesson is -", "lessons =", ""])
def test_the_word_for_it_is_no_part_of_the_lesson(label: str) -> None:
    said = f"{label} lessons of May: warm the cache".strip()
    assert (
        command(typed(f"lesson {said}", release(Phase.CLOSED)), RecordLesson).lesson == "lessons of May: warm the cache"
    )
    assert command(typed(f"done {said}", release(Phase.LIVE)), Finish).lesson == "lessons of May: warm the cache"


def test_the_button_opens_four_optional_lines_and_whatever_is_filled_in_is_kept_as_one() -> None:
    for ended in (release(Phase.CLOSED), release(Phase.ROLLED_BACK)):
        opened = form(press(Token("lesson", "R-1"), ended))
        assert [(f.name, f.required) for f in opened.fields] == [
            ("safe", False),
            ("worked", False),
            ("improve", False),
            ("lesson", False),
        ]
        filled = fill(unpack(opened.token), {"safe": "yes", "lesson": "warm the cache"}, ended)
        assert command(filled, RecordLesson).lesson == "yes · warm the cache"
        assert command(fill(unpack(opened.token), {}, ended), RecordLesson).lesson == ""
