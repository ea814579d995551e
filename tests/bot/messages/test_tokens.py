"""Tokens of buttons: what was packed comes back, and nothing else is taken for one (G22)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.tokens import BadToken, Token, unpack

TEXTS = st.text(alphabet="abR-1%|\n:7C0A5", max_size=12)


@given(st.builds(Token, TEXTS, TEXTS, st.integers(0, 10**6), TEXTS, TEXTS))
def test_a_token_comes_back_as_it_was_packed(token: Token) -> None:
    packed = token.pack()
    assert "\n" not in packed
    assert unpack(packed) == token


@pytest.mark.parametrize(
    "packed",
    [
        "", "go", "2|go|R-1|3||", "1|go|R-1|3|", "1|go|R-1|three||", "1|go|R-1||||",
        "1|go|R-\x00|3||", "1|go|R-\ud800|3||", f"1|go|R-1|3|{'x' * 240}|",
    ],
)  # fmt: skip
def test_what_is_no_token_of_this_bot_is_refused_and_one_that_is_is_read(packed: str) -> None:
    with pytest.raises(BadToken):
        unpack(packed)
    assert unpack("1|go|R-1|3||") == Token("go", "R-1", 3)
