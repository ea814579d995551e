"""Shapes of sentences, compiled."""

import re

from flows.speech.frames import frames, one_of, phrases, signs

LEXICON = {"safety": one_of("tests | canary"), "avoid": one_of("skip | leave out")}


def compiled(shape: str) -> re.Pattern[str]:
    return frames(f"[*]\n{shape}\n", LEXICON)[0].pattern


def test_a_shape_joins_the_lexicon_with_gaps_of_the_same_clause() -> None:
    pattern = compiled("{avoid} ~2 {safety}")
    found = pattern.search(" please leave out the slow tests . ")
    assert found is not None
    assert found["safety"] == "tests"
    assert not pattern.search(" skip it , the tests are slow . ")
    assert not pattern.search(" skip one two three tests . ")


def test_parts_may_be_left_out_and_a_shape_may_begin_the_sentence() -> None:
    pattern = compiled("^ <just>? no {safety} <today | please>")
    assert pattern.search(" ok . no tests today . ")
    assert pattern.search(" just no canary please . ")
    assert not pattern.search(" there is no canary please . ")


def test_frames_are_read_with_their_heads_and_continued_lines() -> None:
    read = frames("[canary] own\nskip\n    it\n[*]\n{avoid} {safety}\n", LEXICON)
    assert [(f.what, sorted(f.guards)) for f in read] == [("canary", ["own"]), ("", [])]
    assert read[0].pattern.search(" skip it . ")


def test_a_lexicon_is_read_line_by_line() -> None:
    assert phrases("a: x | y\n    | z\nb: w") == {"a": "x | y | z", "b": "w"}


def test_a_wide_gap_reaches_into_the_next_sentence() -> None:
    pattern = compiled("{avoid} ~. later")
    assert pattern.search(" skip it . we do it later . ")
    assert not pattern.search(" skip it ? we do it later . ")


def test_signs_are_parts_under_a_head() -> None:
    (sign,) = signs("[*] own wide\n{safety} & later\n", LEXICON)
    assert (sign.what, sorted(sign.guards), sign.wide, len(sign.parts)) == ("", ["own"], True, 2)
    assert all(part.search(" later , the tests . ") for part in sign.parts)
