"""Small talk, and what only sounds like it (V3)."""

import pytest

from flows.speech.subject import off_subject


@pytest.mark.parametrize(
    "text", ["tell me a joke", "what rhymes with canary?", "happy birthday!!", "pizza or sushi tonight?"]
)
def test_small_talk_is_off_the_subject(text: str) -> None:
    assert off_subject(text)


@pytest.mark.parametrize(
    "text", ["the joke endpoint returns 502 since the canary started", "thanks!", "ok", "2.4.1", "go"]
)
def test_work_thanks_and_short_words_are_not(text: str) -> None:
    assert not off_subject(text)


def test_a_name_of_the_catalogue_is_of_the_subject() -> None:
    assert off_subject("does the weather bureau know about us")
    assert not off_subject("is the flux capacitor somewhere near", names=True)
