"""Corrections in the middle of a plan are offered as a press, each at its own field; nothing is taken by guess."""

import pytest

from bot.domain.commands import Amend, StartPlan
from bot.domain.evidence import Kind
from bot.messages.model import Message
from bot.messages.tokens import unpack
from flows.parse_dates import days_in
from flows.said import Command, read_said
from tests.flows.given import NOW, asking, context, press, release, said, typed
from tests.flows.steps import command, reply

DIGEST = "sha256:" + "a1b2c3d4" * 8


def heard(text: str, slot: str) -> Message:
    """The answer to free words in the thread, while that is asked."""
    step = read_said(said(text), context(asking(slot)))
    assert not isinstance(step, Command)
    return reply(step)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("to staging, not production", "environment", "staging"),
        ("sorry, it goes to staging", "environment", "staging"),
        ("canary 5% instead of 10%", "steps", "5, 10, 50, 100"),
        (f"sorry, the digest is {DIGEST}", "version", f"2.4.1@{DIGEST}"),
        (f"I meant 2.4.2 {DIGEST}", "version", f"2.4.2@{DIGEST}"),
        ("oops, 2.4.2", "version", "2.4.2"),
    ],
)
@pytest.mark.parametrize("slot", ["migration", "rollback"])
def test_another_value_is_offered_while_a_question_is_open(text: str, field: str, value: str, slot: str) -> None:
    told = heard(text, slot)
    amended = command(press(unpack(told.buttons[0].token), asking(slot)), Amend)
    assert (amended.field, amended.value) == (field, value)


def test_another_service_is_another_release() -> None:
    told = heard("oh, I meant search, not payments", "migration")
    assert "planned on its own" in told.text
    assert command(press(unpack(told.buttons[0].token)), StartPlan).service == "search"


def test_evidence_that_tells_of_something_else_is_not_recorded_for_the_item() -> None:
    told = reply(typed("evidence rollback the feature was tested yesterday", release()))
    assert "test of something else (“feature”)" in told.text
    assert "tested rollback" in told.text
    added = typed("evidence rollback https://git.acme.example/r.md tested yesterday", release())
    assert Kind.ROLLBACK.value in str(added)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("morgen um 15 Uhr", "2026-11-25"),
        ("\u00fcbermorgen 15:00", "2026-11-26"),
        ("heute abend um 21 Uhr", "2026-11-24"),
        ("Donnerstag 15 Uhr", "2026-11-26"),
        ("am Dienstag", "2026-11-24"),
        ("Mittwoch", "2026-11-25"),
        ("Samstag", "2026-11-28"),
        ("Sonnabend", "2026-11-28"),
        ("Sonntag", "2026-11-29"),
        ("Sunday", "2026-11-29"),
        ("ma\u00f1ana 15:00", "2026-11-25"),
        ("demain 15h", "2026-11-25"),
        ("guten morgen", ""),
    ],
)
def test_a_day_in_the_language_of_its_time_is_no_time_of_today(text: str, day: str) -> None:
    assert [f"{d.day}" for d in days_in(text, NOW.date())] == ([day] if day else [])
