"""Days in what people type: tomorrow, Thu, 24 Nov, 2026-11-24, 24.11.2026. A day that could be two days is never guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.day_words import (
    DAY,
    JAPANESE_DATE,
    JAPANESE_DAY,
    JAPANESE_WORD,
    MONTH,
    WRITTEN_SHORT,
    days_ahead,
    hints_in,
    month_of,
    weekday_of,
)

_ISO = re.compile(r"(?<![\d.-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_DOTTED = re.compile(r"(?<![\d.v])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\d.])")
_SHORT_DOTTED = re.compile(
    r"(?i)(?:^\s*|\b(?:on|am|by|until|till|bis|to|den|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun),?\s+)"
    r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.(?=[\s,;]|$)"
)
"""30.11., behind a word or at the beginning: elsewhere it could be a version at the end of a sentence."""

_EITHER_FIRST = re.compile(r"(?<![\d.v-])(\d{1,2})-(\d{1,2})-(\d{4})(?![\d-])")
_DAY_MONTH = re.compile(
    rf"(?i)(?<![\d.:])(\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+)?({MONTH})\b\.?(?:,?\s+(\d{{4}})\b(?!:))?"
)
_MONTH_DAY = re.compile(rf"(?i)\b({MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)(?:,?\s+(\d{{4}})\b(?!:))?")
_SLASHED = re.compile(r"(?<![\w/.-])\d{1,4}/\d{1,2}/(?!100\b)\d{1,4}(?![\w/])")
_NO_YEAR = re.compile(
    r"(?i)(?:\b(?:on|by|until|till|for|am)\s+(\d{1,2}/\d{1,2})(?![\w/%])"
    r"|(?<![\w/.-])(\d{1,2}/\d{1,2})(?=,?\s+(?:at\s+)?\d{1,2}(?::\d{2}|\s*(?:am|pm|uhr)\b)))"
)
"""11/27: a day in one country, none or another one elsewhere."""

_WEEKDAY = re.compile(
    rf"(?i)\b(next\s+week,?\s+(?:on\s+)?|next\s+|this\s+|coming\s+|last\s+)?({DAY})\b(\s+next\s+week\b|\s+prochain\b)?\.?(?![/-])"
)
_WORD = re.compile(
    r"(?i)\b(day\s+after\s+tomorrow|tomorrow|tmrw|tmw|tomorow|tommorrow|today|tonight|yesterday"
    r"|(?:\u00fc|ue)bermorgen|apr(?:\u00e8|e)s[\s-]demain"
    r"|aujourd['\u2019]hui|heute(?:\s+(?:morgen|abend|mittag))?|gestern|(?<!guten )morgen|demain|ma(?:\u00f1|n)ana)\b"
)
_AGO = re.compile(r"(?i)\b(\d{1,3}|a|one|two|three)\s+(day|week)s?\s+ago\b")
_OFFSETS = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "heute": 0,
    "gestern": -1,
    "aujourd'hui": 0,
    "aujourd\u2019hui": 0,
}
_IN_TWO_DAYS = ("after", "bermorgen", "s demain", "s-demain")
_DONE = re.compile(
    r"(?i)\b(?:was|were|did|ran|took|went|had|done|been|tested|drilled|rehearsed|exercised|verified|validated|tried|passed"
    r"|practi[cs]ed|checked|reviewed|confirmed|applied|restored|worked|succeeded|completed)\b"
)
_TO_COME = re.compile(
    r"(?i)\b(?:will|shall|should|must|to\s+be|going\s+to|gonna|planned|scheduled|upcoming|plan|next|needs?|want)\b|'ll\b"
)
"""A date behind such words is one to come, whatever else is said."""

_MONTHS_OF_A_YEAR = 12
_WEEK = timedelta(days=7)
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
    """All days that a text names, in its order; overlapping readings give the first kind only.

    A day without its year is the next such day: a start is still to come.
    """
    found: list[DayFound] = []
    for candidate in (*_dates(text, today), *_relative(text, today), *_weekdays(text, today)):
        if all(candidate.span[1] <= f.span[0] or candidate.span[0] >= f.span[1] for f in found):
            found.append(candidate)
    return sorted(found, key=lambda f: f.span)


def days_done(text: str, today: date, *, asked: bool = False) -> list[DayFound]:
    """The same days, where the text tells of what was done.

    "Tested on Monday" is the last Monday, "drill on 10 November" the 10 November that is nearest. Nothing is moved back
    where the words speak of what is still to come.
    `asked`: the question was when it was done, so a weekday needs no word that says so.
    """
    found = days_in(text, today)
    if _TO_COME.search(text):
        return found
    done = asked or _DONE.search(text) is not None
    return [_done(d, today, done=done) for d in found]


def _done(found: DayFound, today: date, *, done: bool) -> DayFound:
    if found.sure or found.day <= today:
        return found
    if found.weekday:
        return replace(found, day=found.day - _WEEK, other=None) if done and found.other is None else found
    before = _year_before(found.day)
    return found if before is None or found.day - today < today - before else replace(found, day=before)


def _year_before(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return None


def no_days_in(text: str) -> list[tuple[int, int]]:
    """Where a text writes a day that no calendar has (31 Nov), or one that each country reads its own way (11/12/2026)."""
    found = [m.span() for m in _SLASHED.finditer(text)]
    found += [m.span(1 if m[1] else 2) for m in _NO_YEAR.finditer(text)]
    for pattern in (_ISO, _DOTTED, _EITHER_FIRST, _DAY_MONTH, _MONTH_DAY):
        found += [m.span() for m in pattern.finditer(text) if not [*_dates(m[0], _LEAP)]]
    return sorted(found)


def hinted_days_in(text: str, today: date) -> list[tuple[int, int]]:
    """Where a text speaks of a day without saying which, and no day that is known is read there."""
    known = days_in(text, today)
    return [s for s in hints_in(text) if not any(_read_there(d.span, s) for d in known)]


def _read_there(day: tuple[int, int], hint: tuple[int, int]) -> bool:
    """True where the day takes the hint's words in: "Tuesday next week". "Today" within "a week from today" does not."""
    within = hint[0] <= day[0] and day[1] <= hint[1]
    return day[0] < hint[1] and hint[0] < day[1] and not within


def _dates(text: str, today: date) -> Iterator[DayFound]:
    for m in _ISO.finditer(text):
        yield from _made(int(m[1]), int(m[2]), int(m[3]), m.span())
    for m in _DOTTED.finditer(text):
        yield from _made(int(m[3]), int(m[2]), int(m[1]), m.span())
    for m in _EITHER_FIRST.finditer(text):
        if int(m[1]) > _MONTHS_OF_A_YEAR or m[1] == m[2]:
            yield from _made(int(m[3]), int(m[2]), int(m[1]), m.span())
    for m in _SHORT_DOTTED.finditer(text):
        yield from _of_month(None, int(m[2]), m[1], (m.start(1), m.end()), today)
    for m in _DAY_MONTH.finditer(text):
        yield from _of_month(m[3], month_of(m[2]), m[1], m.span(), today)
    for m in _MONTH_DAY.finditer(text):
        yield from _of_month(m[3], month_of(m[1]), m[2], m.span(), today)
    for m in JAPANESE_DATE.finditer(text):
        yield from _of_month(m[1], int(m[2]), m[3], m.span(), today)


def _relative(text: str, today: date) -> Iterator[DayFound]:
    for m in _WORD.finditer(text):
        word = m[1].lower()
        offset = 2 if any(part in word for part in _IN_TWO_DAYS) else _OFFSETS.get(word.split()[0], 1)
        yield DayFound(today + timedelta(days=offset), m.span(), evening=word == "tonight")
    for m in JAPANESE_WORD.finditer(text):
        yield DayFound(today + timedelta(days=days_ahead(m[1])), m.span())
    for m in _AGO.finditer(text):
        count = _WORDS.get(m[1].lower()) or int(m[1])
        length = timedelta(days=count * (7 if m[2].lower() == "week" else 1))
        yield DayFound(today - length, m.span())


def _weekdays(text: str, today: date) -> Iterator[DayFound]:
    for m in (*WRITTEN_SHORT.finditer(text), *JAPANESE_DAY.finditer(text)):
        yield DayFound(_ahead(m[1], today), m.span(), sure=False, weekday=True)
    for m in _WEEKDAY.finditer(text):
        day = _ahead(m[2], today)
        said = (m[1] or m[3] or "").strip().lower()
        if said == "last":
            yield DayFound(day - _WEEK, m.span(), weekday=True)
            continue
        if said.startswith("next week"):
            yield DayFound(today + timedelta(days=7 - today.weekday() + weekday_of(m[2])), m.span(), weekday=True)
            continue
        other = None
        if said in {"next", "prochain"}:
            other = day + _WEEK if day > today else None
            day = day if day > today else day + _WEEK
        yield DayFound(day, m.span(), sure=False, weekday=True, other=other)


def _ahead(word: str, today: date) -> date:
    """The next such day of the week, today included."""
    return today + timedelta(days=(weekday_of(word) - today.weekday()) % 7)


def _made(year: int, month: int, day: int, span: tuple[int, int]) -> Iterator[DayFound]:
    try:
        yield DayFound(date(year, month, day), span)
    except ValueError:
        return


def _of_month(year: str | None, number: int, day: str, span: tuple[int, int], today: date) -> Iterator[DayFound]:
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
