"""What holds for every card of every release, whatever people typed and whatever is unknown."""

import pytest
from hypothesis import HealthCheck, given, settings

from bot.messages.cards.buttons import LABEL_LIMIT
from bot.messages.cards.frame import HEADING_LIMIT
from bot.messages.cards.index import CARDS, render
from bot.messages.model import Heading, Message, Table
from bot.messages.tokens import unpack
from bot.messages.view import View
from tests.bot.messages.any_release import views
from tests.golden.plain import visible

_MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.parametrize("card", sorted(CARDS))
@given(view=views)
@_MANY
def test_every_card_can_be_drawn_of_every_release(card: str, view: View) -> None:
    message = render(card, view)
    assert message == render(card, view)
    holds_for_any_message(message)


def holds_for_any_message(message: Message) -> None:
    """One line of fallback; unique labels; short tokens that can be read back; no line break or hidden character anywhere."""
    assert message.text
    assert message.text.isprintable()
    assert visible(message).replace("\n", "").isprintable()
    labels = [b.label for b in message.buttons]
    assert len(labels) == len(set(labels))
    assert all(0 < len(label) <= LABEL_LIMIT for label in labels)
    assert all(len(b.token) <= 240 and unpack(b.token).verb for b in message.buttons)
    assert "" not in message.mentions
    for block in message.blocks:
        if isinstance(block, Heading):
            assert len(block.text) <= HEADING_LIMIT
        if isinstance(block, Table):
            assert all(len(row) == len(block.head) for row in block.rows)
