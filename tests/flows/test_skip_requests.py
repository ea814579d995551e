"""Requests to skip a step (V2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.release import Phase
from bot.messages.tokens import unpack
from bot.messages.words import known
from flows.dialog import Ask, Done, Reply
from flows.skip import refuse_skip
from flows.skip_requests import SUBJECTS, SkipRequest, skip_request
from tests.flows.given import press, release, seen
from tests.flows.steps import reply


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
        ("skip the questions", "all"),
        ("no need for release notes", "notes"),
    ],
)
def test_a_request_to_skip_is_recognised(text: str, what: str) -> None:
    found = skip_request(text)
    assert found is not None
    assert found.what == what
    assert found.phrase in " ".join(text.split())


def test_a_request_is_quoted_without_the_comma_or_the_stop_behind_it() -> None:
    for text in ("just ship it, we've done this 100 times", "Just ship it. Now!", "just ship it: now"):
        found = skip_request(text)
        assert found is not None
        assert found.phrase.lower() == "just ship it"


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
    assert all(known(f"talk.skip.{what}") for what in SUBJECTS)


@pytest.mark.parametrize("what", SUBJECTS)
def test_every_refusal_names_its_phrase_a_fast_and_safe_way_and_presses_that_lead_there(what: str) -> None:
    message = reply(refuse_skip(SkipRequest(what, "skip it"), seen(release())))
    assert "“skip it”" in message.text
    assert "Fast and safe: " in message.text
    for one in message.buttons:
        step = press(unpack(one.token), release())
        assert isinstance(step, Ask | Done | Reply)
    ended = reply(refuse_skip(SkipRequest(what, "skip it"), seen(release(Phase.CLOSED))))
    assert [b.id for b in ended.buttons] == ["status"]


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    skip_request(text)
