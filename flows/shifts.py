"""A new start that is said by the old one: "+30m", "30 min later", "by an hour", "tomorrow, same time"."""

import re
from datetime import datetime

from flows.parse_dates import days_in
from flows.parse_time import TimeFound, TimeTrouble, resolve
from flows.waits import length_of
from flows.zones import Zone, zone

_COUNT = r"(\d{1,3}(?:[.,]5)?|half\s+an|an?|one|two|three)"
_UNIT = r"(hours?|hrs?|h|minutes?|mins?|min|m|days?|d)"
_BY = re.compile(
    rf"(?i)^(?:(?P<sign>[+\u2212-]|(?:to\s+)?by\s+)\s*{_COUNT}\s*{_UNIT}\b\.?(?:\s+(?:later|back))?"
    rf"|{_COUNT}\s*{_UNIT}\b\.?\s+(?P<way>later|earlier|sooner))(?=[\s,;:.]|$)"
)
_SAME = re.compile(r"(?i)^,?\s*(?:(?:at|for)\s+)?(?:the\s+)?same\s+(?:time|hour)\b")
_WORDS_OF_A_DAY = 5


def shifted(text: str, start: datetime, zone_name: str, now: datetime) -> tuple[TimeFound | TimeTrouble, str] | None:
    """The start that many minutes, hours or days after the planned one, and the words behind it; None where none is said."""
    found = _BY.match(text)
    if found is None:
        return None
    count, unit = (found[2], found[3]) if found["sign"] else (found[4], found[5])
    length = length_of(count, unit)
    earlier = (found["sign"] or "").strip() in {"-", "\u2212"} or (found["way"] or "later").lower() != "later"
    here = _here(zone_name)
    local = (start - length if earlier else start + length).astimezone(here.info).replace(tzinfo=None)
    return resolve(local.date(), local.time(), here, now, (found.span(),)), text[found.end() :]


def same_clock(
    text: str, start: datetime, zone_name: str, now: datetime
) -> tuple[TimeFound | TimeTrouble, str, bool] | None:
    """The planned time of day on the day that the words begin with, the words behind it, and whether "same time" was said."""
    here = _here(zone_name)
    today = now.astimezone(here.info).date()
    words = text.split()
    for count in range(min(len(words), _WORDS_OF_A_DAY), 0, -1):
        head = " ".join(words[:count]).rstrip(",;:")
        days = days_in(head, today)
        if (
            len(days) != 1
            or days[0].other is not None
            or _led(head[: days[0].span[0]])
            or head[days[0].span[1] :].strip()
        ):
            continue
        rest = " ".join(words[count:])
        same = _SAME.match(rest)
        clock = start.astimezone(here.info).time().replace(tzinfo=None)
        return resolve(days[0].day, clock, here, now), rest[same.end() :] if same else rest, same is not None
    return None


def _led(before: str) -> bool:
    return before.strip().casefold() not in {"", "to", "on", "until", "till", "auf"}


def _here(zone_name: str) -> Zone:
    found = zone(zone_name)
    if found is None:
        msg = f"no zone is called {zone_name}"
        raise ValueError(msg)
    return found
