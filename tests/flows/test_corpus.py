"""Free words as a corpus has them: its development half was written by others before the recogniser was (V2, V3, Q7)."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.language.__main__ import CORPUS, HOSTILE, table
from bench.language.score import LABELS, Row, classify, read, score
from flows.speech.spelling import LONGEST

FILES = [CORPUS / f"{name}.yaml" for name in ("develop", "varied", "develop2", "widened")]
PIECES = [
    "not ",
    "skip ",
    "the ",
    "if we ",
    "no time for ",
    ", ",
    ". ",
    "tests ",
    "i think ",
    "it is ",
    "very ",
    '"',
    "'",
    "a" * 50,
]


@pytest.mark.parametrize("asked", [False, True], ids=["no question open", "a question open"])
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_label_of_a_corpus_is_heard_with_precision_and_recall(path: Path, *, asked: bool) -> None:
    figures = score(read(path), asked=asked)
    assert figures.rows > 150
    for label in ("skip", "vague", "off_topic"):
        assert figures.precision(label) >= 0.95, (label, figures.missed)
        assert figures.recall(label) >= 0.90, (label, figures.missed)
    assert figures.scolded <= 0.05
    assert figures.what >= 0.90


def test_what_people_say_on_a_plain_day_is_rarely_refused() -> None:
    rows = [row for name in ("everyday", "everyday2") for row in read(CORPUS / f"{name}.yaml")]
    figures = score(rows, asked=True)
    assert figures.scolded <= 0.03
    assert figures.precision("skip") >= 0.98
    assert figures.recall("skip") >= 0.90
    assert figures.recall("vague") >= 0.90


def test_a_list_written_before_the_recogniser_was_looked_at_is_heard_and_so_are_the_denials_of_its_phrases() -> None:
    rows = [row for name in ("written3", "denials3") for row in read(CORPUS / f"{name}.yaml")]
    figures = score(rows, asked=True)
    for label in ("skip", "vague"):
        assert figures.precision(label) >= 0.95, (label, figures.missed)
        assert figures.recall(label) >= 0.95, (label, figures.missed)
    assert figures.scolded <= 0.02, figures.missed
    assert figures.what >= 0.90


def test_a_report_says_what_was_heard_instead() -> None:
    figures = score([Row("skip the tests", "skip", "tests"), Row("skip the tests", "none"), Row("go", "none")])
    assert figures.precision("skip") == 0.5
    assert figures.recall("none") == 0.5
    assert "    none heard as skip tests: skip the tests" in table(figures)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.booleans())
def test_no_text_however_hostile_takes_long(pieces: list[str], asked: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    text = ("".join(pieces) * LONGEST)[: LONGEST * 4]
    started = time.process_time()
    classify(text, asked=asked)
    assert time.process_time() - started < 2


def test_the_worst_known_text_is_read_to_its_limit_only() -> None:
    assert classify(HOSTILE * 4).label in LABELS
    assert classify("x " * LONGEST + "skip the tests").label != "skip"


@given(st.text(max_size=200))
def test_the_same_text_always_gets_the_same_answer(text: str) -> None:
    assert classify(text) == classify(text)
