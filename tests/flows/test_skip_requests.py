"""Requests to skip a step (V2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.words import known
from flows.skip_requests import _WHAT, skip_request


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("just ship it", "all"),
        ("let's just deploy", "all"),
        ("ship it anyway", "all"),
        ("yolo", "all"),
        ("override the bot", "all"),
        ("the CEO wants it out now", "all"),
        ("no time for this", "all"),
        ("skip the canary", "canary"),
        ("can we go without the canary", "canary"),
        ("no time for tests", "tests"),
        ("please skip the integration tests", "tests"),
        ("the test isn't important", "tests"),
        ("ignore the failing pipeline", "tests"),
        ("skip the rollback drill", "rollback"),
        ("disable the alerts", "monitoring"),
        ("we don't need approval", "approval"),
        ("skip the questions", "approval"),
        ("no need for release notes", "notes"),
    ],
)
def test_a_request_to_skip_is_recognised(text: str, what: str) -> None:
    found = skip_request(text)
    assert found is not None
    assert found.what == what
    assert found.phrase in " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "canary 10%",
        "tests passed on 2026-11-03",
        "rollback tested",
        "payments 2.4.1 at 15:00",
        "no data change",
        "no flags",
        "hold",
    ],
)
def test_ordinary_words_are_no_request_to_skip(text: str) -> None:
    assert skip_request(text) is None


def test_every_refusal_has_its_words() -> None:
    assert all(known(f"talk.skip.{what}") for what, _ in _WHAT)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    skip_request(text)
