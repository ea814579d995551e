"""When the next digest is due: once a day, at its local time, whatever the clocks do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.timeline.daily import bounds, day_of, next_at

ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Apia"]
)
CLOCKS = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@given(CLOCKS, ZONES, INSTANTS)
def test_the_next_one_is_later_within_two_days_and_every_day_has_one(clock: str, zone: str, after: datetime) -> None:
    due = next_at(clock, zone, after)
    assert after < due <= after + timedelta(hours=49)
    following = next_at(clock, zone, due)
    assert day_of(following, zone) > day_of(due, zone)


def test_a_skipped_local_time_comes_later_and_one_that_comes_twice_comes_once() -> None:
    assert next_at("02:30", "Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC)) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    first = next_at("02:30", "Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_at("02:30", "Europe/Berlin", first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_day_has_the_hours_that_it_has() -> None:
    first, last = bounds(datetime(2026, 3, 29, tzinfo=UTC).date(), "Europe/Berlin")
    assert last - first == timedelta(hours=23)
