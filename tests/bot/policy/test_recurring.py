"""Recurring freezes follow the wall clock, also on the days on which the clocks change (G11)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recurring import EVERY_DAY, Recurring
from bot.policy.recurring import expanded, occurrences

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "UTC")
WEEKEND = Recurring("weekend", "*", "Europe/Berlin", time(16), time(6), 3, "nobody is at work", (4,), "lena")
HOUR = timedelta(hours=1)
_MINUTES = st.integers(0, 24 * 60 - 1).map(lambda m: time(m // 60, m % 60))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@st.composite
def freezes(draw: st.DrawFn) -> Recurring:
    starts, ends, days = draw(_MINUTES), draw(_MINUTES), draw(st.integers(0, 4))
    days += 1 if days == 0 and ends <= starts else 0
    weekdays = tuple(sorted(draw(st.sets(st.sampled_from(EVERY_DAY), min_size=1))))
    return Recurring("f", "*", draw(st.sampled_from(ZONES)), starts, ends, days, "r", weekdays)


def inside(one: Recurring, instant: datetime) -> bool:
    """By the wall clock alone: does a day of it begin before, and end after, what the clock on the wall shows?"""
    wall = instant.astimezone(ZoneInfo(one.time_zone)).replace(tzinfo=None)
    for back in range(one.days + 1):
        day = wall.date() - timedelta(days=back)
        if day.weekday() not in one.weekdays:
            continue
        begins, ends = datetime.combine(day, one.starts), datetime.combine(day, one.ends) + timedelta(days=one.days)
        if begins <= wall < ends:
            return True
    return False


@given(freezes(), st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_whatever_the_clock_on_the_wall_shows_is_frozen_and_at_most_an_hour_more(one: Recurring, t: datetime) -> None:
    t = t.replace(microsecond=0, second=0)
    covered = any(w.starts_at <= t < w.ends_at for w in occurrences(one, t, t))
    if inside(one, t):
        assert covered
    elif covered:
        near = [t + minutes * timedelta(minutes=1) for minutes in range(-60, 61)]
        changes = {n.astimezone(ZoneInfo(one.time_zone)).utcoffset() for n in (t - 4 * HOUR, t + 4 * HOUR)}
        assert len(changes) > 1, "longer than the wall clock says, though no clock changed"
        assert any(inside(one, n) for n in near) or one.starts.replace(second=0) <= one.ends


@given(freezes(), st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.integers(1, 20))
def test_every_window_has_a_length_and_its_own_id(one: Recurring, first: date, days: int) -> None:
    begin = datetime.combine(first, time(), tzinfo=UTC)
    found = expanded((one,), begin, begin + timedelta(days=days))
    assert all(w.starts_at < w.ends_at for w in found)
    assert len({w.id for w in found}) == len(found)
    assert list(found) == sorted(found, key=lambda w: w.starts_at)


def test_the_weekend_is_an_hour_shorter_in_march_and_longer_in_october() -> None:
    march, october, november = (
        next(occurrences(WEEKEND, at(day), at(day)))
        for day in ("2026-03-28T12:00+01:00", "2026-10-24T12:00+02:00", "2026-11-07T12:00+01:00")
    )
    assert (march.starts_at, march.ends_at) == (at("2026-03-27T16:00+01:00"), at("2026-03-30T06:00+02:00"))
    assert [w.ends_at - w.starts_at for w in (march, october, november)] == [61 * HOUR, 63 * HOUR, 62 * HOUR]
    assert (november.owner, november.id) == ("lena", "weekend@2026-11-06")


def test_a_time_that_does_not_exist_or_exists_twice_makes_the_freeze_longer_never_shorter() -> None:
    night = Recurring("night", "*", "Europe/Berlin", time(2, 30), time(4), 0, "r")
    skipped = next(occurrences(night, at("2026-03-29T03:30+02:00"), at("2026-03-29T03:30+02:00")))
    assert (skipped.starts_at, skipped.ends_at) == (at("2026-03-29T01:30+01:00"), at("2026-03-29T04:00+02:00"))
    until = Recurring("until", "*", "Europe/Berlin", time(1), time(2, 30), 0, "r")
    twice = next(occurrences(until, at("2026-10-25T01:30+02:00"), at("2026-10-25T01:30+02:00")))
    assert twice.ends_at == at("2026-10-25T02:30+01:00")
    plain = next(occurrences(night, at("2026-03-31T03:30+02:00"), at("2026-03-31T03:30+02:00")))
    assert (plain.starts_at, plain.ends_at) == (at("2026-03-31T02:30+02:00"), at("2026-03-31T04:00+02:00"))


def test_a_zone_that_this_machine_does_not_know_counts_as_utc() -> None:
    lost = Recurring("x", "*", "Mars/Olympus", time(1), time(2), 0, "r")
    assert next(occurrences(lost, at("2026-11-24T01:30Z"), at("2026-11-24T01:30Z"))).starts_at.hour == 1
