"""Instants and spans, as people read them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.times import clock, countdown, day, instant, moment, span, stamp

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_utc_comes_first_then_the_zone_of_the_service() -> None:
    assert moment(NOW.replace(hour=14), "Europe/Berlin", NOW) == "14:00 UTC (15:00 Europe/Berlin)"


def test_the_date_stands_where_it_is_not_today() -> None:
    assert moment(NOW + timedelta(days=1), "Europe/Berlin", NOW) == "Wed 25 Nov 12:00 UTC (13:00 Europe/Berlin)"
    assert moment(NOW, "Europe/Berlin").startswith("Tue 24 Nov 2026 12:00 UTC")


def test_a_zone_in_which_it_is_already_tomorrow_shows_its_own_date() -> None:
    assert moment(NOW.replace(hour=20), "Asia/Kolkata", NOW) == "20:00 UTC (Wed 25 Nov 01:30 Asia/Kolkata)"


def test_another_year_shows_its_year() -> None:
    assert moment(datetime(2027, 1, 4, 9, tzinfo=UTC), "UTC", NOW) == "Mon 4 Jan 2027 09:00 UTC"


def test_summer_and_winter_time_follow_the_zone() -> None:
    assert "(16:00 Europe/Berlin)" in moment(datetime(2026, 7, 1, 14, tzinfo=UTC), "Europe/Berlin", NOW)
    assert "(15:00 Europe/Berlin)" in moment(datetime(2026, 12, 1, 14, tzinfo=UTC), "Europe/Berlin", NOW)


def test_an_unknown_zone_leaves_the_instant_in_utc() -> None:
    for zone in ("Mars/Olympus", "", "../../etc/passwd", "\0"):
        assert moment(NOW, zone, NOW) == "12:00 UTC"


def test_spans_are_printed_in_two_units_at_most() -> None:
    shown = {45: "45 s", 240: "4 min", 3600: "1 h", 3900: "1 h 5 min", 86400: "1 d", 97200: "1 d 3 h"}
    assert {s: span(timedelta(seconds=s)) for s in shown} == shown
    assert span(timedelta(seconds=-240)) == "4 min"


def test_the_countdown_tells_before_at_and_after() -> None:
    assert countdown(NOW, NOW - timedelta(minutes=25)) == "T-25 min"
    assert countdown(NOW, NOW + timedelta(seconds=59)) == "T=0"
    assert countdown(NOW, NOW + timedelta(minutes=65)) == "T+1 h 5 min"


def test_clock_stamp_and_day() -> None:
    assert clock(NOW, NOW) == clock(NOW) == "12:00 UTC"
    assert clock(NOW, NOW + timedelta(days=1)) == "Tue 24 Nov 12:00 UTC"
    assert stamp(NOW) == "2026-11-24T12:00:00Z"
    assert day(date(2026, 11, 24)) == "Tue 24 Nov 2026"


def test_only_an_instant_with_its_offset_is_read_back() -> None:
    assert instant(NOW.isoformat()) == NOW
    assert instant("2026-11-24T12:00:00") is None
    assert instant("soon") is None


@given(at=st.datetimes(timezones=st.just(UTC)), zone=st.sampled_from(["Europe/Berlin", "Asia/Kolkata", "UTC", "x"]))
def test_every_instant_can_be_printed(at: datetime, zone: str) -> None:
    shown = moment(at, zone, NOW) if date(2, 1, 1) < at.date() < date(9998, 1, 1) else clock(at, NOW)
    assert " UTC" in shown
