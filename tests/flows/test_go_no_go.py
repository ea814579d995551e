"""The roll call."""

from bot.domain.commands import Vote
from bot.messages.tokens import Token, unpack
from tests.flows.given import fill, press, release, typed
from tests.flows.steps import command, form


def test_a_go_needs_no_reason_and_carries_the_revision_of_its_button() -> None:
    typed_go = command(typed("go", release(), "lena"), Vote)
    assert (typed_go.vote, typed_go.reason, typed_go.revision) == ("go", "", None)
    pressed_go = command(press(Token("go", "R-1", 1), release(), "lena"), Vote)
    assert (pressed_go.vote, pressed_go.revision) == ("go", 1)
    assert command(typed("go the risk is worth it", release(), "lena"), Vote).reason == "the risk is worth it"


def test_a_no_go_asks_for_its_reason_and_then_counts() -> None:
    opened = form(typed("no-go", release(), "kai"))
    voted = command(fill(unpack(opened.token), {"reason": "the drill of October failed"}, release(), "kai"), Vote)
    assert (voted.vote, voted.reason, voted.revision) == ("no-go", "the drill of October failed", 1)
    assert command(typed("no-go the drill failed", release(), "kai"), Vote).reason == "the drill failed"
