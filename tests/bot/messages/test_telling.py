"""Stored codes and typed words become safe sentences."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plan import Line, Origin, OriginKind
from bot.messages.telling import flat, line_text, told
from bot.messages.words import UnknownCode, say, sentences


def test_what_people_typed_becomes_one_printable_line() -> None:
    assert flat("one\ntwo\x00\u202ethree   four") == "one two three four"


def test_a_long_text_is_cut_and_says_so() -> None:
    assert flat("x" * 500, 20) == "x" * 19 + "…"


def test_a_code_that_the_book_does_not_know_says_how_to_verify_it() -> None:
    assert told("finding.of_another_age") == "UNKNOWN — verify: look up finding.of_another_age in the ledger"


def test_a_value_that_was_not_stored_prints_unknown() -> None:
    assert told("mark.final_given") == "GO given by UNKNOWN."
    assert told("mark.final_given", {"who": "Lena"}) == "GO given by Lena."


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert told("mark.final_given", {"who": "{who.__class__}"}) == "GO given by {who.__class__}."


def test_a_sentence_names_its_values_by_plain_names_and_is_strict() -> None:
    places = [p for text in sentences.ALL.values() for p in string.Formatter().parse(text) if p[1] is not None]
    assert all(name.isidentifier() and not spec and not how for _, name, spec, how in places if name is not None)
    with pytest.raises(KeyError, match="who"):
        say("mark.final_given")
    with pytest.raises(UnknownCode):
        say("mark.of_another_age")
    assert say("mark.final_given", {"who": "Lena"}) == "GO given by Lena."


def test_a_line_of_unknown_origin_says_unknown() -> None:
    line = Line("card.no_reason", Origin(OriginKind.UNKNOWN, "P1"))
    assert line_text(line) == "UNKNOWN — verify: no reason given"
    assert line_text(Line("card.no_reason", Origin(OriginKind.RULE, "P1"))) == "no reason given"


@given(st.text())
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    line = flat(text)
    assert line.isprintable()
    assert len(line) <= 280
