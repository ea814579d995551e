"""One spelling for words, and the way back to how they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.speech.spelling import plain, slips


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't SKIP it!", "do not skip it . ."),
        ("can’t we roll back?", "can not we rollback ? ."),
        ("w/ teh sign-off, plz", "w the signoff , please ."),
        ("p95 180ms 10% 2.4.1", "p95 180ms 10% 2.4.1 ."),
        ("fine 😊", "fine ."),
        ("", "."),
    ],
)
def test_words_have_one_spelling(text: str, words: str) -> None:
    assert plain(text).words.split() == words.split()


def test_what_is_quoted_is_somebody_elses_unless_it_is_all_there_is() -> None:
    assert plain('"looks fine" is no answer').words == " is no answer . "
    assert plain('"looks fine"').words == " looks fine . "
    assert plain('"looks fine" is no answer', quotes=True).words.startswith(" looks fine ")


def test_a_slip_of_the_keyboard_is_read_as_the_word_that_was_meant() -> None:
    known = slips({"skip", "monitoring", "later", "alter"})
    assert plain("sikp the monitoing", known).words == " skip the monitoring . "
    assert "alter" not in known


@given(st.text(max_size=300))
def test_a_quotation_stands_in_the_text(text: str) -> None:
    words = plain(text)
    quoted = words.quote(1, len(words.words))
    assert quoted.split() == quoted.split(" ") or not quoted
    assert len(quoted) <= len(text)
