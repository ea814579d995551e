"""What takes the meaning of a request away."""

import pytest

from flows.skip_requests import skip_request


@pytest.mark.parametrize(
    ("request_", "no_request"),
    [
        ("skip the tests", "we will not skip the tests"),
        ("can't we skip the tests", "we can't skip the tests"),
        ("why don't we skip the canary", "don't skip the canary"),
        ("ignore the alert", "nobody should ignore the alert"),
        ("ship it without a rollback", "I'd never ship it without a rollback"),
        ("skip the drill", "they asked me to skip the drill"),
        ("what if we skip the drill", "if we skip the drill, the release is blocked"),
        ("drop the tests", "drop the tests table"),
        ("the CEO wants it today", "the CEO wants it today, what is missing?"),
        ("skip the canary", "who decided to skip the canary"),
        ("skip the tests", 'is "skip the tests" ever accepted?'),
        ("skip the questions", "skip to the third question"),
        ("I don't want to wait for the tests", "I don't want to skip the tests"),
        ("don't tell the customers", "don't tell the customers before the notice is approved"),
        ("we fix forward", "we fix forward only if the rollback fails"),
        ("ramp it up to everyone", "we ramp it up to everyone once the canary is through"),
        ("call the drill done", "never call the drill done"),
        ("the runbook is missing, whatever, ship it", "the runbook is missing, who writes it?"),
        ("close the incident so the block goes away", "did he close the incident so that the gate lets us through?"),
        ("we can't afford the drill", "Lena asked why we skip the drill"),
    ],
)
def test_a_denial_a_question_a_report_or_a_condition_is_no_request(request_: str, no_request: str) -> None:
    assert skip_request(request_) is not None
    assert skip_request(no_request) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("the drill takes an hour, can't we go without it", "rollback"),
        ("the docs? skip them", "notes"),
        ("skip it", "all"),
    ],
)
def test_a_pronoun_stands_for_what_was_said_before(text: str, what: str) -> None:
    found = skip_request(text)
    assert found is not None
    assert found.what == what


@pytest.mark.parametrize(
    ("text", "what", "phrase"),
    [
        ("CI is down. So let's go live.", "tests", "CI is down. So let's go"),
        ("after golive we can add the alerts", "monitoring", "after golive we can add the alerts"),
    ],
)
def test_signs_are_heard_in_any_order_and_in_the_next_sentence(text: str, what: str, phrase: str) -> None:
    found = skip_request(text)
    assert found is not None
    assert found.what == what
    assert phrase in found.phrase
