"""When something that comes every day at a local time comes next (T5)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GRACE = timedelta(hours=2)
"""A digest that is later than this is not sent any more: the next one tells what is still true (T3)."""


def next_at(clock: str, time_zone: str, after: datetime) -> datetime:
    """The first instant after that one at which it is `clock` (HH:MM) there, in UTC.

    A time that a change of the clocks skips comes as much later; one that comes twice is the first of the two.
    """
    zone = ZoneInfo(time_zone)
    here = after.astimezone(zone).date()
    days = (here + timedelta(days=n) for n in range(-1, 3))
    return next(at for day in days if (at := _at(day, time.fromisoformat(clock), zone)) > after)


def day_of(at: datetime, time_zone: str) -> date:
    """The day that it is there."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def bounds(day: date, time_zone: str) -> tuple[datetime, datetime]:
    """The two midnights of that day there, in UTC."""
    zone = ZoneInfo(time_zone)
    return _at(day, time(0), zone), _at(day + timedelta(days=1), time(0), zone)


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)
