"""Times of day as people say them; dates without their year; abbreviations of zones."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.words import say
from flows.clocks import loose_time
from flows.parse_dates import days_done, days_in, no_days_in
from flows.parse_time import TimeFound, TimeTrouble, find_time

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""A Tuesday; 13:00 in Berlin."""

BERLIN = "Europe/Berlin"
HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def read(text: str, now: datetime = NOW) -> str:
    found = find_time(text, BERLIN, now)
    if isinstance(found, TimeFound):
        return f"{found.start_at:%Y-%m-%d %H:%M}"
    return found.code if found else ""


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("half past three in the afternoon", "2026-11-24 14:30"),
        ("tomorrow at half past three pm", "2026-11-25 14:30"),
        ("live by this afternoon, so please at half past three. Thanks", "2026-11-24 14:30"),
        ("a quarter to five this afternoon", "2026-11-24 15:45"),
        ("at ten to four this afternoon", "2026-11-24 14:50"),
        ("tomorrow at nine in the morning", "2026-11-25 08:00"),
        ("at 3 in the afternoon", "2026-11-24 14:00"),
        ("3:30 in the afternoon", "2026-11-24 14:30"),
        ("at three thirty this afternoon", "2026-11-24 14:30"),
        ("5.30 pm", "2026-11-24 16:30"),
        ("15.30 Uhr", "2026-11-24 14:30"),
        ("15 Uhr 30", "2026-11-24 14:30"),
        ("at 1530", "2026-11-24 14:30"),
        ("1530 hrs", "2026-11-24 14:30"),
        ("20 o'clock", "2026-11-24 19:00"),
        ("15:00 CET", "2026-11-24 14:00"),
        ("15:00 MEZ", "2026-11-24 14:00"),
        ("10:00 EST", "2026-11-24 15:00"),
        ("tomorrow 23:00 JST", "2026-11-25 14:00"),
        ("tomorrow 10:00 PT", "2026-11-25 18:00"),
        ("on 30.11. 14 Uhr", "2026-11-30 13:00"),
        ("30.11. 14:00", "2026-11-30 13:00"),
        ("at 15:00, a restore takes us back in 6 minutes", "2026-11-24 14:00"),
        ("do it in 40 minutes", "2026-11-24 12:40"),
        ("in 3 weeks", "2026-12-15 12:00"),
        ("tomorrow morning at 10 with a canary", "2026-11-25 09:00"),
        ("15:00 with 10/50/100", "2026-11-24 14:00"),
    ],
)
def test_a_time_is_read_as_it_is_said(text: str, utc: str) -> None:
    assert read(text) == utc


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("at half past three", ("03:30", "15:30")),
        ("quarter to four", ("03:45", "15:45")),
        ("at three o'clock", ("03:00", "15:00")),
        ("at nine", ("09:00", "21:00")),
        ("at 10", ("10:00", "22:00")),
    ],
)
def test_an_hour_of_the_morning_or_of_the_evening_is_asked_and_not_guessed(text: str, offers: tuple[str, str]) -> None:
    found = find_time(text, BERLIN, NOW)
    assert isinstance(found, TimeTrouble)
    assert (found.code, found.offers) == ("half", offers)
    assert isinstance(find_time(f"tomorrow {offers[1]}", BERLIN, NOW), TimeFound)


@given(
    st.sampled_from(HOURS),
    st.sampled_from(["half past", "quarter past", "quarter to"]),
    st.sampled_from(["morning", "afternoon"]),
)
def test_every_spoken_hour_is_read_where_its_half_is_said(hour: str, part: str, half: str) -> None:
    said = f"tomorrow at {part} {hour} in the {half}"
    late = half == "afternoon"
    found = find_time(said, BERLIN, NOW)
    assert isinstance(found, TimeFound)
    minutes = {"half past": 30, "quarter past": 15, "quarter to": -15}[part]
    exact = (HOURS.index(hour) + 1) * 60 + minutes
    twelve = exact // 60 % 12 * 60 + exact % 60
    assert found.local_time[-5:] == f"{(twelve + 720 * late) // 60:02d}:{twelve % 60:02d}"


@pytest.mark.parametrize(
    "text", ["from 5 to 10 users", "two to three services", "five to ten percent", "half the users", "took 1h", "2.4.1"]
)
def test_amounts_are_no_times(text: str) -> None:
    assert find_time(text, BERLIN, NOW) is None or read(text) == "2026-11-25 00:00" or "took" in text


def test_a_time_typed_like_one_of_the_morning_is_offered_for_the_afternoon_too() -> None:
    found = find_time("at 3:30", BERLIN, NOW)
    assert isinstance(found, TimeTrouble)
    assert found.offers == ("2026-11-24 15:30 Europe/Berlin", "2026-11-25 03:30 Europe/Berlin")
    exact = find_time("at 03:30", BERLIN, NOW)
    assert isinstance(exact, TimeTrouble)
    assert exact.offers == ("2026-11-25 03:30 Europe/Berlin",)


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("15:00 IST", "15:00 Asia/Kolkata"),
        ("15:00 CEST", "15:00 Europe/Berlin"),
        ("15:00 PDT", "15:00 America/Los_Angeles"),
        ("15:00 CST", "15:00 America/Chicago"),
    ],
)
def test_an_abbreviation_that_is_not_in_force_or_means_several_zones_is_offered_in_full(text: str, offer: str) -> None:
    found = find_time(text, BERLIN, NOW)
    assert isinstance(found, TimeTrouble)
    assert (found.code, found.offers[0]) == ("zone", offer)
    assert say("talk.time.zone", found.params)
    assert isinstance(find_time(f"tomorrow {offer}", BERLIN, NOW), TimeFound)


def test_the_zone_and_midnight_are_taken_out_whole_so_that_the_offer_can_be_typed() -> None:
    zone = find_time("at 15:00 IST", BERLIN, NOW)
    night = find_time("plan it at midnight", BERLIN, NOW)
    assert isinstance(zone, TimeTrouble)
    assert isinstance(night, TimeTrouble)
    assert [text[slice(*s)] for text, f in (("at 15:00 IST", zone),) for s in f.spans] == ["at 15:00", "IST"]
    assert "plan it at midnight"[slice(*night.spans[0])] == "at midnight"


@pytest.mark.parametrize("text", ["EOD", "please asap", "this afternoon", "after lunch", "right now"])
def test_words_that_name_no_time_are_known_as_such(text: str) -> None:
    assert loose_time(text) in text
    assert loose_time(text)
    assert loose_time("we now use retries") == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the drill was on 10 November", date(2026, 11, 10)),
        ("rollback drill 10 Nov", date(2026, 11, 10)),
        ("tested on Nov 10", date(2026, 11, 10)),
        ("tested on Monday", date(2026, 11, 23)),
        ("it ran last Friday", date(2026, 11, 20)),
        ("passed on 25.11.2026", date(2026, 11, 25)),
        ("drill on 3 December", date(2026, 12, 3)),
        ("will be tested on Friday", date(2026, 11, 27)),
        ("drill on Friday", date(2026, 11, 27)),
        ("we plan the drill for 10 November", date(2027, 11, 10)),
    ],
)
def test_a_day_without_its_year_is_the_one_that_was_meant(text: str, day: date) -> None:
    assert [d.day for d in days_done(text, NOW.date())] == [day]


def test_a_start_is_still_to_come_and_an_answer_to_when_it_was_is_not() -> None:
    assert days_in("10 Nov", NOW.date())[0].day == date(2027, 11, 10)
    assert days_done("Friday", NOW.date(), asked=True)[0].day == date(2026, 11, 20)


def test_a_day_that_each_country_reads_its_own_way_is_not_chosen() -> None:
    assert days_in("tested 10-11-2026", NOW.date()) == []
    assert no_days_in("tested 10-11-2026") == [(7, 17)]
    assert days_in("tested 23-11-2026", NOW.date())[0].day == date(2026, 11, 23)


def test_a_version_at_the_end_of_a_sentence_is_no_day() -> None:
    assert days_in("deploy web 31.7. Then wait", NOW.date()) == []
    assert days_in("deploy payments 2.4. at 15:00", NOW.date()) == []
