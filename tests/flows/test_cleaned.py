"""Secrets leave before anything is read."""

from bot.messages.tokens import Token
from flows.cleaned import cleaned
from tests.flows.given import asked, filled, pressed, said

SECRET = "ghp_" + "a1B2" * 9


def test_a_secret_leaves_words_texts_and_forms_and_the_person_is_told() -> None:
    for heard in (
        asked(f"plan payments {SECRET}"),
        said(f"here {SECRET}"),
        filled(Token("plan"), {"text": f"x {SECRET}"}),
        asked(f"{SECRET} x"),
    ):
        clean, note = cleaned(heard)
        assert SECRET not in repr(clean)
        assert "rotate" in note
        assert "GitHub token" in note


def test_what_has_no_secret_stays_as_it_is() -> None:
    for heard in (
        asked("plan payments 2.4.1"),
        said("hold"),
        filled(Token("plan"), {"text": "x"}),
        pressed(Token("go", "R-1")),
    ):
        assert cleaned(heard) == (heard, "")
