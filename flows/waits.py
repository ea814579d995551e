"""How long from now: "in 35 minutes", "in half an hour", "in einer Stunde", "dans 30 minutes"."""

import re
from dataclasses import dataclass
from datetime import timedelta

_COUNT = r"(\d{1,3}(?:[.,]5)?|an?|half\s+an?|eine[rm]?|une?|one|two|three|four|five|six)"
_IN = re.compile(
    rf"(?i)\b(?:in|dans)\s+{_COUNT}\s*"
    rf"(hours?|hrs?|heures?|h|minut(?:es?|en?)|mins?|m|days?|d|weeks?|w|stunden?|tage?n?|jours?)(?![a-z])(?:\s*"
    rf"(?:and\s+)?(\d{{1,2}})\s*(?:minutes?|mins?|m)?\b)?"
)
_TAKES = re.compile(
    r"(?i)\b(?:rolls?|rolled|roll-?back|back|restor\w+|recover\w*|undo\w*|revert\w*|takes?|took|done|finish\w*|complet\w+"
    r"|warms?|online|drill\w*|ran)(?:\s+(?:up|again|it))?\s*$"
)
"""Behind these "in 5 minutes" is how long something takes."""

_UNITS = {"h": 60, "s": 60, "m": 1, "d": 1440, "t": 1440, "j": 1440, "w": 10080}
"""Minutes of a unit, by its first letter; German Stunde and Tag, French jour."""

_ONE = ("a", "an", "one", "eine", "einer", "einem", "un", "une")
_NUMBERS = {**dict.fromkeys(_ONE, 1.0), "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0}


@dataclass(frozen=True, slots=True)
class Wait:
    """A length of time from now, and where it stood."""

    length: timedelta
    span: tuple[int, int]
    text: str


def wait_in(text: str) -> Wait | None:
    """The first wait that a text names; None where it names none."""
    found = next((m for m in _IN.finditer(text) if not _TAKES.search(text[: m.start()])), None)
    if found is None:
        return None
    length = length_of(found[1], found[2])
    if found[3] and found[2].lower().startswith(("h", "s")):
        length += timedelta(minutes=int(found[3]))
    return Wait(length, found.span(), found[0])


def length_of(count: str, unit: str) -> timedelta:
    """Of "30" and "min", "an" and "hour", "half an" and "hour"."""
    low = " ".join(count.lower().split())
    number = 0.5 if low.startswith("half") else _NUMBERS.get(low) or float(low.replace(",", "."))
    return timedelta(minutes=number * _UNITS[unit[0].lower()])
