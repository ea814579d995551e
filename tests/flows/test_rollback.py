"""`rollback` and `rolledback`."""

from bot.domain.commands import DeclareRollback, FinishRollback
from bot.domain.release import Phase
from bot.messages.tokens import Token, unpack
from tests.flows.given import fill, press, release, typed
from tests.flows.steps import command, form


def test_typed_words_declare_it_at_once() -> None:
    assert command(typed("rollback errors at 5 %", release(Phase.LIVE)), DeclareRollback).reason == "errors at 5 %"
    assert command(typed("rollback", release(Phase.LIVE)), DeclareRollback).reason == ""


def test_the_button_asks_why_and_takes_no_answer_for_one() -> None:
    opened = form(press(Token("rollback", "R-1"), release(Phase.LIVE)))
    assert (
        command(fill(unpack(opened.token), {"reason": "p95 doubled"}, release()), DeclareRollback).reason
        == "p95 doubled"
    )


def test_its_end_is_reported() -> None:
    assert command(typed("rolledback", release(Phase.ROLLING_BACK)), FinishRollback).actor.person == "ana"
