"""From when until when, from what people type: "Fri 16:00 to Mon 06:00", "2026-12-18 to 2027-01-04", "now until 18:00"."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from flows.parse_dates import days_in
from flows.parse_time import TimeFound, TimeTrouble, find_time, resolve
from flows.zones import Zone, named_zone, zone

_JOINS = frozenset({"to", "until", "till", "through", "and", "-", "–", "—", "->", "→"})
_LEADS = frozenset({"from", "between", "on", "at", "starting"})
_MOST, _DAY_WORDS = 7, 4
"""Words that a time may have, and a day alone: `Friday 20 November 2026 at 16:00`."""


@dataclass(frozen=True, slots=True)
class SpanFound:
    """Both ends in UTC, and the words behind them."""

    starts_at: datetime
    ends_at: datetime
    rest: str


def find_span(text: str, zone_name: str, now: datetime) -> SpanFound | TimeTrouble | None:
    """The first two times of a text; None where there are not two. A bare time is in `zone_name`; a date alone is the whole day.

    A second time without a day is on or after the day of the first. What does not exist or exists twice is trouble (T5).
    """
    words = text.split()
    first = _take(_without(words, _LEADS), zone_name, now, end=False)
    if not isinstance(first, _Taken):
        return first
    second = _second(_without(first.left, _JOINS | _LEADS), first, zone_name, now)
    if not isinstance(second, _Taken):
        return second
    return SpanFound(first.at, second.at, " ".join(second.left))


def one_time(text: str, zone_name: str, now: datetime, *, end: bool) -> datetime | TimeTrouble | None:
    """The only time of a field. `end`: a date alone means the end of that day."""
    taken = _take(_without(text.split(), _JOINS | _LEADS), zone_name, now, end=end)
    return taken.at if isinstance(taken, _Taken) else taken


@dataclass(frozen=True, slots=True)
class _Taken:
    at: datetime
    left: list[str]
    zone: str = ""


def _second(words: list[str], first: _Taken, zone_name: str, now: datetime) -> _Taken | TimeTrouble | None:
    """As it reads from now; where that is not after the first, as it reads from the first on."""
    home = first.zone or zone_name
    found = _take(words, home, now, end=True)
    if isinstance(found, _Taken) and found.at > first.at:
        return found
    return _take(words, home, first.at, end=True)


def _take(words: list[str], zone_name: str, now: datetime, *, end: bool) -> _Taken | TimeTrouble | None:
    """The time at the beginning of the words; the shortest that is whole, with a zone or am and pm behind it."""
    trouble: TimeTrouble | None = None
    for count in range(1, min(_MOST, len(words)) + 1):
        if words[count - 1].casefold() in _JOINS and count > 1:
            break
        found = find_time(" ".join(words[:count]), zone_name, now)
        if isinstance(found, TimeFound):
            return _longer(words, count, found, zone_name, now)
        trouble = found or trouble
    return trouble or _whole_day(words, zone_name, now, end=end)


def _longer(words: list[str], count: int, found: TimeFound, zone_name: str, now: datetime) -> _Taken | TimeTrouble:
    """A zone, or am and pm, right behind the time belong to it; a day or a word of the reason does not."""
    if count < len(words):
        nxt = words[count].strip("(),.;")
        named = isinstance(named_zone(nxt), Zone) or re.fullmatch(r"(?i)[ap]\.?m\.?", nxt)
        again = find_time(" ".join(words[: count + 1]), zone_name, now) if named else None
        if isinstance(again, TimeFound):
            return _Taken(again.start_at, words[count + 1 :], again.time_zone)
        if isinstance(again, TimeTrouble):
            return again
    return _Taken(found.start_at, words[count:], found.time_zone if found.time_zone != zone_name else "")


def _whole_day(words: list[str], zone_name: str, now: datetime, *, end: bool) -> _Taken | TimeTrouble | None:
    """A date alone: from its midnight, or until the midnight after it."""
    here = zone(zone_name) or Zone("UTC", UTC)
    today = now.astimezone(here.info).date()
    if words and words[0].casefold() in {"now", "today"}:
        if not end:
            return _Taken(now, words[1:])
        return _midnight(today + timedelta(days=1), here, now, words[1:])
    count, day = _day(words, today)
    if day is None or (end and day == date.max):
        return None
    return _midnight(day + timedelta(days=1 if end else 0), here, now, words[count:])


def _midnight(day: date, here: Zone, now: datetime, left: list[str]) -> _Taken | TimeTrouble:
    found = resolve(day, time(0), here, now - timedelta(days=1))
    return _Taken(found.start_at, left) if isinstance(found, TimeFound) else found


def _day(words: list[str], today: date) -> tuple[int, date | None]:
    """The day at the beginning of the words, and how many of them name it: the longest reading counts."""
    count, day, reach = 0, None, 0
    for n in range(1, min(_DAY_WORDS, len(words)) + 1):
        named = days_in(" ".join(words[:n]), today)
        if named and named[0].span[1] > reach:
            count, day, reach = n, named[0].day, named[0].span[1]
    return count, day


def _without(words: list[str], little: frozenset[str]) -> list[str]:
    """The words without the little ones at their beginning."""
    n = 0
    while n < len(words) and words[n].casefold().strip(":,") in little:
        n += 1
    return words[n:]
