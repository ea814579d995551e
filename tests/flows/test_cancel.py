"""`cancel` needs a reason (G9)."""

from bot.domain.commands import Cancel
from bot.messages.tokens import Token, unpack
from tests.flows.given import fill, press, release, typed
from tests.flows.steps import command, form


def test_without_a_reason_the_form_asks_for_it_and_with_one_it_is_done() -> None:
    for step in (typed("cancel", release()), press(Token("cancel", "R-1"), release())):
        opened = form(step)
        filled = fill(unpack(opened.token), {"reason": "the partner bank is away"}, release())
        assert command(filled, Cancel).reason == "the partner bank is away"
    assert command(typed("cancel the partner bank is away", release()), Cancel).reason == "the partner bank is away"
