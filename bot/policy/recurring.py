"""Recurring freezes as instants (G11). The wall clock counts; where it is in doubt, the freeze is the longer one.

A local time that the clocks skip, or that they show twice, can be read in two ways. A freeze then begins with the earlier and
ends with the later reading: it is never shorter than anybody could have meant.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.facts import Window
from bot.domain.recurring import Recurring

_DAY = timedelta(days=1)


def timezone_of(name: str) -> ZoneInfo:
    """The zone of that name; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def occurrences(one: Recurring, first: datetime, last: datetime) -> Iterator[Window]:
    """The windows of it that cover some of `first` to `last` (UTC, both included), by start; ids carry their day."""
    zone = timezone_of(one.time_zone)
    day = first.astimezone(zone).date() - (one.days + 1) * _DAY
    end = last.astimezone(zone).date() + _DAY
    while day <= end:
        if day.weekday() in one.weekdays:
            starts_at = min(readings(day, one.starts, zone))
            ends_at = max(readings(day + one.days * _DAY, one.ends, zone))
            if starts_at <= last and ends_at > first:
                yield Window(f"{one.id}@{day}", one.scope, starts_at, ends_at, one.reason, one.owner)
        day += _DAY


def expanded(all_of: Iterable[Recurring], first: datetime, last: datetime) -> tuple[Window, ...]:
    """The windows of all of them that cover some of that time, by start."""
    found = (window for one in all_of for window in occurrences(one, first, last))
    return tuple(sorted(found, key=lambda window: (window.starts_at, window.id)))


def readings(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Both readings of that wall clock time, in UTC: the same twice but where the clocks change."""
    local = datetime.combine(day, clock, tzinfo=zone)
    return local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)
