"""Vague claims (Q7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.vague import vague_phrase


@pytest.mark.parametrize(
    "text",
    [
        "looks fine",
        "Looks good to me",
        "it works on my machine",
        "should be ok",
        "it should work",
        "it's slow",
        "tests are green I think",
        "probably fine",
        "I guess the rollback works",
        "everything is fine",
        "no problems so far",
        "trust me",
        "it's just a small change",
        "the tests are mostly green",
        "seems stable",
        "we tested it already",
        "hopefully nothing breaks",
        "works for me",
        "same as last time",
    ],
)
def test_a_vague_claim_is_found_and_quoted_as_it_was_written(text: str) -> None:
    phrase = vague_phrase(text)
    assert phrase
    assert phrase in text


@pytest.mark.parametrize(
    "text",
    [
        "rollback tested on 2026-11-03",
        "p95 is 210 ms under 500 rps",
        "https://git.acme.example/runbook.md",
        "payments 2.4.1 at 15:00 canary 10%",
        "no data change",
        "kai",
        "dry-run in staging on Monday",
    ],
)
def test_a_measure_a_link_or_a_date_is_not_vague(text: str) -> None:
    assert vague_phrase(text) is None


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    phrase = vague_phrase(text)
    assert phrase is None or phrase
