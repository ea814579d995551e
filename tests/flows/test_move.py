"""A new time, and going on after a hold."""

from datetime import timedelta

import pytest

from bot.domain.commands import Move, Resume
from bot.domain.release import Phase
from bot.messages.tokens import Token, unpack
from tests import world
from tests.flows.given import NOW, fill, press, release, typed
from tests.flows.steps import command, errors, form, reply, written

WHY = "the partner bank is away"


def test_time_and_reason_in_one_line() -> None:
    for text in (
        f"move tomorrow 15:00 {WHY}",
        f"move to tomorrow 15:00 because {WHY}",
        f"move {WHY} - tomorrow at 3pm",
    ):
        moved = command(typed(text, release()), Move)
        assert (moved.local_time, moved.time_zone, moved.reason) == ("2026-11-25 15:00", "Europe/Berlin", WHY)


def test_a_bare_time_stays_on_the_day_of_the_release_and_another_day_is_named() -> None:
    tomorrow = release(start_at=world.START + timedelta(days=1), local_time="2026-11-25 15:00")
    assert command(typed(f"move 16:30 {WHY}", tomorrow), Move).local_time == "2026-11-25 16:30"
    assert command(typed(f"move 09:00 {WHY}", tomorrow), Move).local_time == "2026-11-25 09:00"
    assert command(typed(f"move today 16:30 {WHY}", tomorrow), Move).local_time == "2026-11-24 16:30"
    token = Token("move", "R-1")
    assert command(fill(token, {"time": "16:30", "reason": WHY}, tomorrow), Move).local_time == "2026-11-25 16:30"
    held = release(Phase.HELD, start_at=world.START + timedelta(days=1))
    assert command(typed("resume 16:30", held), Resume).local_time == "2026-11-25 16:30"


def test_a_time_in_the_reason_is_part_of_the_reason() -> None:
    for time, local in (("16:30", "2026-11-24 16:30"), ("tomorrow 15:00", "2026-11-25 15:00"), ("in 2 hours", "")):
        moved = command(typed(f"move {time} incident INC-77 was closed at 11:05", release()), Move)
        assert moved.reason == "incident INC-77 was closed at 11:05"
        assert local in {moved.local_time, ""}


def test_without_a_reason_the_form_opens_with_the_time_and_filling_it_moves() -> None:
    opened = form(typed("move tomorrow 15:00", release()))
    values = {f.name: f.value for f in opened.fields}
    assert values["time"] == "2026-11-25 15:00 Europe/Berlin"
    assert command(fill(unpack(opened.token), {**values, "reason": WHY}, release()), Move).reason == WHY


def test_without_a_time_the_form_opens_with_the_reason() -> None:
    assert {f.name: f.value for f in form(typed(f"move {WHY}", release())).fields}["reason"] == WHY
    assert form(press(Token("postpone", "R-1"), release())).code == "move"


def test_a_time_that_is_over_is_refused_with_what_to_type() -> None:
    message = reply(typed(f"move 09:00 {WHY}", release()))
    assert f"/release move R-1 2026-11-25 09:00 Europe/Berlin {WHY}" in written(message)
    assert command(typed(f"move 2026-11-25 09:00 Europe/Berlin {WHY}", release()), Move).reason == WHY


def test_a_form_with_a_wrong_time_stays_open() -> None:
    token = Token("move", "R-1")
    assert set(errors(fill(token, {"time": "soon", "reason": WHY}, release()))) == {"time"}
    assert set(errors(fill(token, {"time": "09:00", "reason": WHY}, release()))) == {"time"}
    assert command(fill(token, {"time": "16:00", "reason": WHY}, release()), Move).local_time == "2026-11-24 16:00"


def test_resume_goes_on_and_takes_a_new_time() -> None:
    held = release(Phase.HELD)
    assert command(typed("resume", held), Resume).start_at is None
    assert command(typed("resume 16:00", held), Resume).local_time == "2026-11-24 16:00"
    assert command(press(Token("resume", "R-1"), held), Resume).start_at is None


def test_resume_after_the_start_time_asks_for_a_new_one() -> None:
    late = release(Phase.HELD, start_at=NOW)
    opened = form(press(Token("resume", "R-1"), late))
    assert set(errors(fill(unpack(opened.token), {"time": "09:00"}, late))) == {"time"}
    assert set(errors(fill(unpack(opened.token), {"time": "soon"}, late))) == {"time"}
    assert command(fill(unpack(opened.token), {"time": "16:00"}, late), Resume).local_time == "2026-11-24 16:00"
    assert "09:00" in reply(typed("resume 09:00", late)).text


@pytest.mark.parametrize(
    ("said", "local"),
    [
        (f"+30m {WHY}", "2026-11-24 15:30"),
        (f"30 min later, {WHY}", "2026-11-24 15:30"),
        (f"by 30 minutes because {WHY}", "2026-11-24 15:30"),
        (f"to by an hour: {WHY}", "2026-11-24 16:00"),
        (f"half an hour later {WHY}", "2026-11-24 15:30"),
        (f"30 min earlier, {WHY}", "2026-11-24 14:30"),
        (f"by 1 day {WHY}", "2026-11-25 15:00"),
        (f"tomorrow same time, {WHY}", "2026-11-25 15:00"),
        (f"to Thursday at the same time because {WHY}", "2026-11-26 15:00"),
    ],
)
def test_a_start_is_said_by_the_old_one(said: str, local: str) -> None:
    moved = command(typed(f"move {said}", release()), Move)
    assert (moved.local_time, moved.time_zone, moved.reason) == (local, "Europe/Berlin", WHY)


def test_a_day_without_a_time_opens_the_form_with_the_old_time_of_day_and_sending_it_moves() -> None:
    opened = form(typed(f"move tomorrow, {WHY}", release()))
    values = {f.name: f.value for f in opened.fields}
    assert values == {"time": "2026-11-25 15:00 Europe/Berlin", "reason": WHY}
    assert command(fill(unpack(opened.token), values, release()), Move).local_time == "2026-11-25 15:00"
    assert {f.name: f.value for f in form(typed("move +30m", release())).fields}["time"].startswith("2026-11-24 15:30")


def test_an_earlier_start_that_is_over_is_refused_and_a_later_one_is_taken() -> None:
    assert "09:00" in reply(typed(f"move 6 hours earlier {WHY}", release())).text
    assert command(typed(f"move 6 hours later {WHY}", release()), Move).local_time == "2026-11-24 21:00"


def test_without_a_start_there_is_nothing_to_count_from() -> None:
    assert {f.name: f.value for f in form(typed(f"move +30m {WHY}", release(start_at=None))).fields}["time"] == ""
