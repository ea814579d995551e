"""`hold`: never refused for its reason (G9)."""

from bot.domain.commands import Hold
from bot.domain.release import Phase
from bot.messages.tokens import Token, unpack
from tests.flows.given import fill, press, release, typed
from tests.flows.steps import command, form


def test_typed_words_hold_at_once_with_or_without_a_reason() -> None:
    assert command(typed("hold error rate rises", release(Phase.LIVE)), Hold).reason == "error rate rises"
    assert command(typed("hold", release(Phase.LIVE)), Hold).reason == ""


def test_the_button_asks_why_and_takes_no_answer_for_one() -> None:
    opened = form(press(Token("hold", "R-1"), release()))
    assert [(f.name, f.required) for f in opened.fields] == [("reason", False)]
    assert command(fill(unpack(opened.token), {}, release()), Hold).reason == ""
