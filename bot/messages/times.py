"""How instants and spans are printed: UTC first, then the service's zone (T5). Instants are aware; no clock is asked."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.passing import in_minutes

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def moment(at: datetime, zone: str, now: datetime | None = None) -> str:
    """`14:00 UTC (15:00 Europe/Berlin)`, with the date where it is not the day of `now` (always, where `now` is None)."""
    utc = at.astimezone(UTC)
    today = now.astimezone(UTC).date() if now is not None else None
    first = f"{_dated(utc, today)} UTC"
    place = _zone(zone)
    if place is None or zone == "UTC":
        return first
    local = utc.astimezone(place)
    return f"{first} ({_dated(local, utc.date())} {zone})"


def clock(at: datetime, now: datetime | None = None) -> str:
    """`13:32 UTC`, with the date where it is not the day of `now`."""
    utc = at.astimezone(UTC)
    return f"{_dated(utc, (now or at).astimezone(UTC).date())} UTC"


def stamp(at: datetime) -> str:
    """`2026-11-24T15:00:00Z`: for machines and records."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(when: date) -> str:
    """`Tue 24 Nov 2026`, in words that no locale changes."""
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"


def span(length: timedelta) -> str:
    """`45 s`, `4 min`, `1 h 5 min`, `2 d 3 h`; a negative one is printed without its sign."""
    seconds = abs(int(in_minutes(length).total_seconds()))
    if seconds < _MINUTE:
        return f"{seconds} s"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        hours, rest = divmod(seconds, _HOUR)
        return f"{hours} h {rest // _MINUTE} min" if rest >= _MINUTE else f"{hours} h"
    days, rest = divmod(seconds, _DAY)
    return f"{days} d {rest // _HOUR} h" if rest >= _HOUR else f"{days} d"


def countdown(start: datetime, now: datetime) -> str:
    """`T-25 min` before the start, `T+1 h 5 min` after it, `T=0` in its minute."""
    if abs(now - start) < timedelta(minutes=1):
        return "T=0"
    return f"T{'-' if now < start else '+'}{span(now - start)}"


def instant(text: str) -> datetime | None:
    """The instant of an ISO 8601 text with its offset; None where it is none (a post's params are strings)."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _dated(at: datetime, today: date | None) -> str:
    hour = f"{at:%H:%M}"
    if today is not None and at.date() == today:
        return hour
    year = f" {at.year}" if today is None or at.year != today.year else ""
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]}{year} {hour}"


def _zone(name: str) -> ZoneInfo | None:
    """A zone that the machine does not know is left out: the instant in UTC still stands."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
