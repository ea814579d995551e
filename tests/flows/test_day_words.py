"""Days as people of several countries write them: the day that was named, or a question; never today instead."""

from datetime import date

import pytest

from flows.day_words import DAY, MONTH, month_of, weekday_of
from flows.parse_dates import days_done
from flows.parse_time import TimeFound, TimeTrouble, find_time
from tests.flows.given import NOW

BERLIN = "Europe/Berlin"
TUESDAY = NOW.date()
"""24 November 2026."""


def found(text: str) -> TimeFound | TimeTrouble | None:
    return find_time(text, BERLIN, NOW)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("1. Dezember 15 Uhr", "2026-12-01 15:00"),
        ("am 3. März um 15:00 Uhr", "2027-03-03 15:00"),
        ("Do. 14:00", "2026-11-26 14:00"),
        ("am Do 14 Uhr", "2026-11-26 14:00"),
        ("übermorgen 15 Uhr", "2026-11-26 15:00"),
        ("le 1er décembre à 15h", "2026-12-01 15:00"),
        ("jeudi 10h", "2026-11-26 10:00"),
        ("après-demain 15h", "2026-11-26 15:00"),
        ("aujourd’hui 15h", "2026-11-24 15:00"),
        ("今日15時", "2026-11-24 15:00"),
        ("明日 15:00", "2026-11-25 15:00"),
        ("明後日15:00", "2026-11-26 15:00"),
        ("木曜日 15:00", "2026-11-26 15:00"),
        ("12月1日 15:00", "2026-12-01 15:00"),
        ("2027年3月3日 15:00", "2027-03-03 15:00"),
        ("Thursday next week 15:00", "2026-12-03 15:00"),
        ("next week Thursday at 3pm", "2026-12-03 15:00"),
        ("at 15.00", "2026-11-24 15:00"),
        ("um 15.30", "2026-11-24 15:30"),
        ("in einer Stunde", "2026-11-24 14:00"),
        ("in 30 Minuten", "2026-11-24 13:30"),
        ("dans une heure", "2026-11-24 14:00"),
        ("So 15:00 it is", "2026-11-24 15:00"),
        ("Do 15:00 instead", "2026-11-24 15:00"),
        ("at 15:00, with holiday cover", "2026-11-24 15:00"),
    ],
)
def test_the_day_that_was_named_is_the_day(text: str, local: str) -> None:
    start = found(text)
    assert isinstance(start, TimeFound)
    assert start.local_time == local


def test_a_time_of_zulu_is_one_of_utc() -> None:
    start = found("at 15:00Z")
    assert isinstance(start, TimeFound)
    assert (start.local_time, start.time_zone) == ("2026-11-24 15:00", "UTC")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("next week 15:00", "next week"),
        ("nächste Woche 15 Uhr", "nächste Woche"),
        ("15:00 on the 2nd", "on the 2nd"),
        ("a week from today 15:00", "a week from today"),
        ("Wedensday 15:00", "Wedensday"),
        ("Thurday at 3pm", "Thurday"),
    ],
)
def test_words_that_only_hint_at_a_day_are_asked_about_and_the_day_itself_is_taken(text: str, day: str) -> None:
    asked = found(text)
    assert isinstance(asked, TimeTrouble)
    assert (asked.code, asked.params) == ("no_day", {"day": day})
    assert isinstance(found(asked.offers[0]), TimeFound)


def test_a_hint_that_is_not_about_the_start_holds_nothing_up() -> None:
    start = found("more follows next week, so we take this one today at 15:00")
    assert isinstance(start, TimeFound)
    assert start.local_time == "2026-11-24 15:00"


def test_a_day_of_which_next_could_be_two_is_asked_in_french_too() -> None:
    asked = found("jeudi prochain 15h")
    assert isinstance(asked, TimeTrouble)
    assert asked.offers == ("2026-11-26 15:00 Europe/Berlin", "2026-12-03 15:00 Europe/Berlin")


def test_each_month_and_day_is_told_by_its_names() -> None:
    assert [month_of(m) for m in ("Mai", "März", "août", "Okt", "déc", "Jänner")] == [5, 3, 8, 10, 12, 1]
    assert [weekday_of(d) for d in ("Sonnabend", "mercredi", "Thurs", "So", "水")] == [5, 2, 3, 6, 2]
    assert "juin" in MONTH
    assert "lundi" in DAY


def test_the_day_of_a_drill_is_read_in_german_and_french() -> None:
    assert [d.day for d in days_done("getestet am 3. Oktober 2026", TUESDAY)] == [date(2026, 10, 3)]
    assert [d.day for d in days_done("testé le 3 août 2026", TUESDAY)] == [date(2026, 8, 3)]
