"""From typed words to Heard."""

from datetime import UTC, datetime

import pytest

from adapters.sandbox.inbound import Circumstances, spoken
from bot.domain.people import Actor, Place
from bot.messages.heard import Asked, Said

WHO = Circumstances(
    Actor("ana", "sandbox", "ana", "#payments"), Place("sandbox", "#payments"), "r1", datetime(2026, 11, 24, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("typed", "verb", "words"),
    [
        ("/release plan payments 2.4.1", "plan", "payments 2.4.1"),
        ("  /release   PLAN  payments", "plan", "payments"),
        ("/release", "help", ""),
        ("/Release help", "help", ""),
        ("@T-Minus release status R-1", "status", "R-1"),
        ("@t-minus /release status R-1", "status", "R-1"),
        ("/release plan\npayments 2.4.1\nhttps://ci.example/1", "plan", "payments 2.4.1\nhttps://ci.example/1"),
        ("/release plan payments\nnotes: two\nlines", "plan", "payments\nnotes: two\nlines"),
    ],
)
def test_a_command_is_a_verb_with_its_words(typed: str, verb: str, words: str) -> None:
    heard = spoken(WHO, typed)
    assert isinstance(heard, Asked)
    assert (heard.verb, heard.words) == (verb, words)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Approve-Risk: the lock lasts two seconds", "Approve-Risk: the lock lasts two seconds"),
        ("@T-Minus, hold", "hold"),
        ("/released yesterday", "/released yesterday"),
        ("/ release plan", "/ release plan"),
        ("", ""),
    ],
)
def test_everything_else_is_said(typed: str, text: str) -> None:
    heard = spoken(WHO, typed)
    assert isinstance(heard, Said)
    assert heard.text == text
