"""What is seldom said, and still is read, asked about or left alone: never guessed."""

from datetime import date

import pytest

from bot.domain.release import Release
from bot.messages.heard import Errors
from bot.messages.tokens import unpack
from flows.clock_words import spoken_in
from flows.offers import _button
from flows.parse_dates import days_done
from flows.parse_words import find_environment
from flows.said import Command, read_said
from tests.flows.given import asking, context, said
from tests.flows.steps import reply
from tests.flows.talk import Talk, text


def test_a_leap_day_that_no_year_before_has_stays_the_day_that_was_said() -> None:
    assert [d.day for d in days_done("tested on 29 Feb", date(2026, 11, 24))] == [date(2028, 2, 29)]
    assert [d.day for d in days_done("tested on 28 Oct", date(2026, 11, 24))] == [date(2026, 10, 28)]


@pytest.mark.parametrize(
    ("words", "near"), [("to productoin", "production"), ("into prodution now", "production"), ("to stagin", "staging")]
)
def test_a_slip_where_an_environment_stands_is_asked_about(words: str, near: str) -> None:
    found = find_environment(words)
    assert (found.value, found.trouble, found.params.get("near")) == ("", "environment_near", near)
    assert find_environment(f"to {near}").value == near


def test_a_name_that_is_called_an_environment_and_is_none_is_asked_about() -> None:
    for words in ("env: lagoon", "to the lagoon environment", "into our lagoon cluster"):
        found = find_environment(words)
        assert (found.value, found.trouble, found.params["word"]) == ("", "environment_unknown", "lagoon")
    for words in ("tested in the lagoon environment", "in the same environment"):
        assert not find_environment(words).trouble


@pytest.mark.parametrize("words", ["sixty past three", "0 past 3", "sixty to four", "0 minutes to 4"])
def test_minutes_that_no_hour_has_are_no_time(words: str) -> None:
    assert not [c for c in spoken_in(words) if c.minute]


def test_a_thing_that_would_know_is_nobody_who_is_asked() -> None:
    of: Release = asking("rollback")
    told, named = (read_said(said(words), context(of)) for words in ("the docs would know", "ask Zoltan"))
    assert not isinstance(told, Command)
    assert not isinstance(named, Command)
    assert "docs" not in reply(told).text
    assert "Zoltan" in reply(named).text


def test_what_no_button_can_carry_is_offered_without_one() -> None:
    view = context(asking("rollback")).view
    assert view is not None
    assert _button(view, "amend", "x" * 3000, "2.4.2").token == ""
    assert unpack(_button(view, "amend", "version:2.4.2", "2.4.2").token).subject == "version:2.4.2"


async def test_a_part_of_a_digest_in_the_form_of_an_emergency_is_told_at_its_field(talk: Talk) -> None:
    opened = await talk.ask("ana", "breakglass")
    values = {
        "service": "payments",
        "version": "2.4.1@sha256:a1b2c3d4",
        "incident": "INC-204",
        "reason": "customers cannot pay since the certificate ran out",
    }
    wrong = await talk.fill("ana", opened.form.token, values)  # type: ignore[union-attr]  # a form is what is opened
    assert isinstance(wrong, Errors)
    assert "digest" in wrong.errors["version"]
    told = await talk.fill("ana", wrong.form.token, values | {"version": "2.4.1@sha256:" + "a1b2c3d4" * 8})
    assert "second person" in text(told)
    typed = await talk.ask(
        "ana", "breakglass payments 2.4.2@sha256:a1b2c3d4 INC-205 nobody can pay, and the queue is full"
    )
    assert "digest" in text(typed)
