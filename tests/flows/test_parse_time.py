"""Times: read, or refused with what to type."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.words import say
from flows.parse_time import TimeFound, TimeTrouble, find_time
from flows.zones import instants

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""A Tuesday; 13:00 in Berlin."""

NAIVE = datetime.fromisoformat("2026-11-25T00:00")
BERLIN = "Europe/Berlin"


def at(text: str, zone: str = BERLIN, now: datetime = NOW) -> str:
    found = find_time(text, zone, now)
    assert isinstance(found, TimeFound), found
    return f"{found.start_at:%Y-%m-%d %H:%M}"


def trouble(text: str, zone: str = BERLIN, now: datetime = NOW) -> TimeTrouble:
    found = find_time(text, zone, now)
    assert isinstance(found, TimeTrouble), found
    return found


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("15:00", "2026-11-24 14:00"),
        ("at 3pm", "2026-11-24 14:00"),
        ("at 3 p.m.", "2026-11-24 14:00"),
        ("at 3:30pm", "2026-11-24 14:30"),
        ("12am tomorrow", "2026-11-24 23:00"),
        ("tomorrow at noon", "2026-11-25 11:00"),
        ("at 15 uhr", "2026-11-24 14:00"),
        ("at 15", "2026-11-24 14:00"),
        ("18h", "2026-11-24 17:00"),
        ("tomorrow 15:00", "2026-11-25 14:00"),
        ("15:00 tomorrow", "2026-11-25 14:00"),
        ("day after tomorrow at 9am", "2026-11-26 08:00"),
        ("tonight at 9pm", "2026-11-24 20:00"),
        ("Thu 14:00", "2026-11-26 13:00"),
        ("on Thursday at 2pm", "2026-11-26 13:00"),
        ("Thu 14:00 Europe/Berlin", "2026-11-26 13:00"),
        ("Thu 14:00 america/new_york", "2026-11-26 19:00"),
        ("14:00 new york time tomorrow", "2026-11-25 19:00"),
        ("Tue 14:00", "2026-11-24 13:00"),
        ("2026-11-24 15:00 UTC", "2026-11-24 15:00"),
        ("2026-11-24T15:00Z", "2026-11-24 15:00"),
        ("2026-11-24T15:00:00+01:00", "2026-11-24 14:00"),
        ("2026-11-24T15:00", "2026-11-24 14:00"),
        ("15:00+02:00", "2026-11-24 13:00"),
        ("15:00 UTC+2", "2026-11-24 13:00"),
        ("25 Nov 10:00", "2026-11-25 09:00"),
        ("Nov 25th at 10:00", "2026-11-25 09:00"),
        ("25.11.2026 10:00", "2026-11-25 09:00"),
        ("1 Jan 10:00", "2027-01-01 09:00"),
        ("in 2 hours", "2026-11-24 14:00"),
        ("in 45 min", "2026-11-24 12:45"),
        ("in 1h30", "2026-11-24 13:30"),
        ("in half an hour", "2026-11-24 12:30"),
        ("in 2 days", "2026-11-26 12:00"),
    ],
)
def test_a_time_is_read(text: str, utc: str) -> None:
    assert at(text) == utc


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "payments 2.4.1 canary 10%", "ratio 3:1", "host:8080", "v15", "now", "asap"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert find_time(text, BERLIN, NOW) is None


@pytest.mark.parametrize(
    ("text", "code", "offer"),
    [
        ("09:00", "past_today", "2026-11-25 09:00 Europe/Berlin"),
        ("2026-11-23 15:00", "past", "2026-11-25 15:00 Europe/Berlin"),
        ("Tue 09:00", "past", "2026-12-01 09:00 Europe/Berlin"),
        ("at 3", "half", "03:00"),
        ("next Thursday 14:00", "two_days", "2026-11-26 14:00 Europe/Berlin"),
        ("tonight 09:30", "tonight", "today 21:30"),
        ("midnight", "midnight", "2026-11-25 00:00 Europe/Berlin"),
        ("25:00", "no_clock", "15:00"),
        ("13pm", "no_clock", "15:00"),
        ("in 0 minutes", "no_clock", "in 2 hours"),
        ("15:00-16:00", "two", "15:00"),
        ("from 14:00 to 15:00", "two", "14:00"),
        ("15:00 CEST", "zone", "15:00 Europe/Berlin"),
        ("15:00 Europe/Nowhere", "zone", "15:00 Europe/Berlin"),
        ("2027-03-28 02:30", "nonexistent", "2027-03-28 03:30 Europe/Berlin"),
        ("2027-10-31 02:30", "ambiguous", "2027-10-31T02:30+02:00"),
    ],
)
def test_what_cannot_be_used_says_what_to_type_and_typing_it_works(text: str, code: str, offer: str) -> None:
    found = trouble(text)
    assert found.code == code
    assert offer in found.offers
    assert say(f"talk.time.{found.code}", found.params)
    again = find_time(offer, BERLIN, NOW)
    assert isinstance(again, TimeFound) or code == "half"


def test_both_offers_of_an_ambiguous_time_are_an_hour_apart() -> None:
    one, other = (find_time(o, BERLIN, NOW) for o in trouble("2027-10-31 02:30").offers)
    assert isinstance(one, TimeFound)
    assert isinstance(other, TimeFound)
    assert other.start_at - one.start_at == timedelta(hours=1)
    assert one.time_zone == other.time_zone == BERLIN


def test_out_of_range_is_refused_and_a_near_date_is_taken() -> None:
    assert trouble("9999-12-31 23:59").code == "far"
    assert trouble("0001-01-01 00:00").code in {"far", "past"}
    assert at("2027-12-01 10:00") == "2027-12-01 09:00"


def test_a_leap_day_is_found_in_its_year() -> None:
    assert at("29 Feb 10:00", now=datetime(2028, 1, 5, tzinfo=UTC)) == "2028-02-29 09:00"


def test_the_year_ends() -> None:
    assert at("tomorrow 00:30", now=datetime(2026, 12, 31, 12, 0, tzinfo=UTC)) == "2026-12-31 23:30"


def test_a_zone_of_half_an_hour() -> None:
    assert at("18:00", "Asia/Kolkata") == "2026-11-24 12:30"


def test_what_was_meant_is_kept() -> None:
    found = find_time("2026-11-24T15:00+01:00", BERLIN, NOW)
    assert isinstance(found, TimeFound)
    assert (found.local_time, found.time_zone) == ("2026-11-24 15:00", BERLIN)
    other = find_time("2026-11-24T15:00+02:00", BERLIN, NOW)
    assert isinstance(other, TimeFound)
    assert (other.local_time, other.time_zone) == ("2026-11-24 13:00", "UTC")


def test_the_day_beside_the_time_counts() -> None:
    assert at("2 Dec was full, so Thu 14:00") == "2026-11-26 13:00"


def test_a_day_of_no_month_is_no_day() -> None:
    assert trouble("31 Feb 15:00").code == "no_day"
    assert trouble("2026-13-45T15:00").code == "no_clock"
    assert trouble("2026-11-25T15:00+19:00").code == "no_clock"


def test_an_offset_of_nothing_is_utc() -> None:
    assert at("15:00 UTC+0") == "2026-11-24 15:00"
    assert trouble("15:00 UTC+19").code == "zone"


def test_the_shortest_wait_is_still_ahead() -> None:
    assert at("in 0.5 minutes", now=datetime(2026, 11, 24, 12, 0, 20, tzinfo=UTC)) == "2026-11-24 12:01"


def test_the_same_time_twice_is_one() -> None:
    assert at("at 15:00, yes 15:00") == "2026-11-24 14:00"


@given(st.text(max_size=200), st.sampled_from([BERLIN, "UTC", "Asia/Kolkata", "nowhere"]))
def test_no_text_makes_it_fail(text: str, zone: str) -> None:
    find_time(text, zone, NOW)


@given(st.text(alphabet="0123456789:.-/TZ+ apmuintonhdrsv", max_size=40))
def test_no_jumble_of_times_makes_it_fail(text: str) -> None:
    found = find_time(text, BERLIN, NOW)
    if isinstance(found, TimeFound):
        assert found.start_at > NOW


@given(
    st.integers(0, 360 * 24 * 60).map(lambda minutes: NAIVE + timedelta(minutes=minutes)),
    st.sampled_from([BERLIN, "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_a_local_time_comes_back_or_is_refused_for_a_reason(local: datetime, zone: str) -> None:
    found = find_time(f"{local:%Y-%m-%d %H:%M} {zone}", BERLIN, NOW)
    meant = instants(local, ZoneInfo(zone))
    if len(meant) == 1:
        assert isinstance(found, TimeFound)
        assert found.start_at == meant[0]
        assert found.local_time == f"{local:%Y-%m-%d %H:%M}"
        assert found.start_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
    else:
        assert isinstance(found, TimeTrouble)
        assert found.code == ("ambiguous" if meant else "nonexistent")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 November 10:00", "31 November"),
        ("29 Feb 2027 at 3pm", "29 Feb 2027"),
        ("Feb 30 10:00", "Feb 30"),
        ("2026-13-01 10:00", "2026-13-01"),
        ("40.12.2026 at 10:00", "40.12.2026"),
        ("12/11/2026 10:00", "12/11/2026"),
    ],
)
def test_a_day_that_no_calendar_has_is_refused_and_never_read_as_today(text: str, day: str) -> None:
    refused = trouble(text)
    assert (refused.code, refused.params) == ("no_day", {"day": day})
    assert day in say("talk.time.no_day", refused.params)
    assert refused.offers == (f"2026-11-25 {'15' if 'pm' in text else '10'}:00 {BERLIN}",)
    assert at(refused.offers[0]) == f"2026-11-25 {'14' if 'pm' in text else '09'}:00"


def test_an_odd_day_elsewhere_in_the_text_does_not_hold_up_a_start_that_is_clear() -> None:
    assert at("tested on 2026-02-30 and tomorrow 15:00") == "2026-11-25 14:00"
    assert at("tomorrow 15:00, tested on 11/12/2026") == "2026-11-25 14:00"
    assert at("29 February 2028 10:00", now=datetime(2027, 12, 1, tzinfo=UTC)) == "2028-02-29 09:00"
