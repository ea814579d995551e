"""Days in what people type: tomorrow, Thu, 24 Nov, 2026-11-24, 24.11.2026. A day that could be two days is never guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_ISO = re.compile(r"(?<![\d.-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_DOTTED = re.compile(r"(?<![\d.v])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d.])")
_DAY_MONTH = re.compile(
    rf"(?i)(?<![\d.:])(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?({_MONTH})\b\.?(?:,?\s+(\d{{4}})\b(?!:))?"
)
_MONTH_DAY = re.compile(rf"(?i)\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?:,?\s+(\d{{4}})\b(?!:))?")
_SLASHED = re.compile(r"(?<![\w/.-])\d{1,4}/\d{1,2}/\d{1,4}(?![\w/])")
_WEEKDAY = re.compile(rf"(?i)\b(next\s+|this\s+|coming\s+)?({_DAY})\b\.?(?![/-])")
_WORD = re.compile(r"(?i)\b(day\s+after\s+tomorrow|tomorrow|tmrw|tmw|tomorow|tommorrow|today|tonight|yesterday)\b")
_AGO = re.compile(r"(?i)\b(\d{1,3}|a|one|two|three)\s+(day|week)s?\s+ago\b")
_OFFSETS = {"today": 0, "tonight": 0, "yesterday": -1}
_LEAP = date(2024, 1, 1)
"""A day from which each day of each month is still to come, 29 February too."""

_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3}


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day. `sure`: its year and week were said (an ISO date, tomorrow); else it is the next such day.

    `other`: the second day that it could be ("next Thursday"), or None. `evening`: "tonight".
    """

    day: date
    span: tuple[int, int]
    sure: bool = True
    weekday: bool = False
    other: date | None = None
    evening: bool = False


def days_in(text: str, today: date) -> list[DayFound]:
    """All days that a text names, in its order; overlapping readings give the first kind only."""
    found: list[DayFound] = []
    for candidate in (*_dates(text, today), *_relative(text, today), *_weekdays(text, today)):
        if all(candidate.span[1] <= f.span[0] or candidate.span[0] >= f.span[1] for f in found):
            found.append(candidate)
    return sorted(found, key=lambda f: f.span)


def no_days_in(text: str) -> list[tuple[int, int]]:
    """Where a text writes a day that no calendar has (31 Nov), or one with slashes, which each country reads its own way."""
    found = [m.span() for m in _SLASHED.finditer(text)]
    for pattern in (_ISO, _DOTTED, _DAY_MONTH, _MONTH_DAY):
        found += [m.span() for m in pattern.finditer(text) if not [*_dates(m[0], _LEAP)]]
    return sorted(found)


def _dates(text: str, today: date) -> Iterator[DayFound]:
    for m in _ISO.finditer(text):
        yield from _made(int(m[1]), int(m[2]), int(m[3]), m.span())
    for m in _DOTTED.finditer(text):
        yield from _made(int(m[3]), int(m[2]), int(m[1]), m.span())
    for m in _DAY_MONTH.finditer(text):
        yield from _of_month(m[3], m[2], m[1], m.span(), today)
    for m in _MONTH_DAY.finditer(text):
        yield from _of_month(m[3], m[1], m[2], m.span(), today)


def _relative(text: str, today: date) -> Iterator[DayFound]:
    for m in _WORD.finditer(text):
        word = m[1].lower()
        offset = 2 if "after" in word else _OFFSETS.get(word, 1)
        yield DayFound(today + timedelta(days=offset), m.span(), evening=word == "tonight")
    for m in _AGO.finditer(text):
        count = _WORDS.get(m[1].lower()) or int(m[1])
        length = timedelta(days=count * (7 if m[2].lower() == "week" else 1))
        yield DayFound(today - length, m.span())


def _weekdays(text: str, today: date) -> Iterator[DayFound]:
    for m in _WEEKDAY.finditer(text):
        ahead = (_DAYS.index(m[2][:3].lower()) - today.weekday()) % 7
        day = today + timedelta(days=ahead)
        said_next = (m[1] or "").strip().lower() == "next"
        other = None
        if said_next:
            day = day if ahead else day + timedelta(days=7)
            other = day + timedelta(days=7) if ahead > 0 else None
        yield DayFound(day, m.span(), sure=False, weekday=True, other=other)


def _made(year: int, month: int, day: int, span: tuple[int, int]) -> Iterator[DayFound]:
    try:
        yield DayFound(date(year, month, day), span)
    except ValueError:
        return


def _of_month(year: str | None, month: str, day: str, span: tuple[int, int], today: date) -> Iterator[DayFound]:
    number = _MONTHS.index(month[:3].lower()) + 1
    if year is not None:
        yield from _made(int(year), number, int(day), span)
        return
    for candidate in range(today.year, today.year + 9):
        try:
            when = date(candidate, number, int(day))
        except ValueError:
            continue
        if when >= today:
            yield DayFound(when, span, sure=False)
            return
