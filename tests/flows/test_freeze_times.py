"""Two times out of the words of people, and the reason behind them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.freeze_times import SpanFound, find_span, one_time
from flows.parse_time import TimeTrouble

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("text", "starts", "ends", "rest"),
    [
        ("2026-12-18 18:00 to 2027-01-04 06:00 year-end closing", "12-18T17:00", "2027-01-04T05:00", "year-end closing"),
        ("2026-12-18T18:00 2026-12-19T06:00 stock taking", "12-18T17:00", "12-19T05:00", "stock taking"),
        ("from tomorrow 16:00 until 18:00 a demo for customers", "11-25T15:00", "11-25T17:00", "a demo for customers"),
        ("Fri 16:00 - Mon 06:00 Black Friday is on", "11-27T15:00", "11-30T05:00", "Black Friday is on"),
        ("now until 18:00 Europe/Berlin the cage is open", "11-24T12:00", "11-24T17:00", "the cage is open"),
        ("tomorrow 3 pm to 5 pm switch work", "11-25T14:00", "11-25T16:00", "switch work"),
        ("2026-12-24 to 2026-12-26 Christmas", "12-23T23:00", "12-26T23:00", "Christmas"),
        ("tomorrow until tomorrow the whole day", "11-24T23:00", "11-25T23:00", "the whole day"),
        ("2026-12-01 10:00 UTC to 12:00 UTC router", "12-01T10:00", "12-01T12:00", "router"),
        ("2026-12-01T10:00+01:00 to 2026-12-01T12:00+01:00 at the 9th floor", "12-01T09:00", "12-01T11:00", "at the 9th floor"),
        ("in 2 hours to tomorrow 06:00 power test", "11-24T14:00", "11-25T05:00", "power test"),
        ("today until today late work", "11-24T12:00", "11-24T23:00", "late work"),
    ],
)  # fmt: skip
def test_both_times_are_found_and_the_rest_is_the_reason(text: str, starts: str, ends: str, rest: str) -> None:
    def instant(said: str) -> datetime:
        return datetime.fromisoformat(said if said.startswith("20") else f"2026-{said}").replace(tzinfo=UTC)

    found = find_span(text, BERLIN, NOW)
    assert isinstance(found, SpanFound), found
    assert (found.starts_at, found.ends_at, found.rest) == (instant(starts), instant(ends), rest)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2027-03-28 02:30 to 2027-03-28 05:00 x", "nonexistent"),
        ("2027-10-31 02:30 to 2027-10-31 05:00 x", "ambiguous"),
        ("2026-12-01 25:00 to 2026-12-02 05:00 x", "no_clock"),
        ("2026-12-02 10:00 to 2026-12-01 10:00 x", "past"),
    ],
)
def test_a_time_in_doubt_is_asked_back_and_the_offer_would_do(text: str, code: str) -> None:
    found = find_span(text, BERLIN, NOW)
    assert isinstance(found, TimeTrouble)
    assert found.code == code
    assert isinstance(find_span("2027-03-28 03:30 to 2027-03-28 05:00 x", BERLIN, NOW), SpanFound)


@pytest.mark.parametrize("text", ["", "because of Christmas", "tomorrow 15:00", "tomorrow 15:00 for the stock taking"])
def test_without_two_times_there_is_no_span(text: str) -> None:
    assert not isinstance(find_span(text, BERLIN, NOW), SpanFound)


def test_a_field_of_the_form_takes_a_date_alone() -> None:
    assert one_time("2026-12-24", BERLIN, NOW, end=False) == datetime(2026, 12, 23, 23, tzinfo=UTC)
    assert one_time("until 2026-12-24", BERLIN, NOW, end=True) == datetime(2026, 12, 24, 23, tzinfo=UTC)
    assert one_time("soon", BERLIN, NOW, end=False) is None
    assert isinstance(one_time("2027-03-28 02:30", BERLIN, NOW, end=False), TimeTrouble)


@given(st.text(max_size=80))
def test_no_words_make_it_fail(text: str) -> None:
    find_span(text, BERLIN, NOW)
    one_time(text, "Nowhere/Else", NOW, end=True)
