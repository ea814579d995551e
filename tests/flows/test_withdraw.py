"""`withdraw` needs a reason (G9)."""

from bot.domain.commands import Withdraw
from bot.messages.tokens import Token, unpack
from tests.flows.given import fill, press, release, typed
from tests.flows.steps import command, form


def test_without_a_reason_the_form_asks_for_it_and_with_one_it_is_done() -> None:
    for step in (typed("withdraw", release()), press(Token("withdraw", "R-1"), release())):
        opened = form(step)
        filled = fill(unpack(opened.token), {"reason": "the partner bank is away"}, release())
        assert command(filled, Withdraw).reason == "the partner bank is away"
    assert command(typed("withdraw the partner bank is away", release()), Withdraw).reason == "the partner bank is away"
