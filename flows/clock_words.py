"""Times of day as people say them: "half past three", "quarter to four", "three in the afternoon", "15.30 Uhr", "at 1530"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MINUTES = {"five": 5, "ten": 10, "twenty": 20, "twenty five": 25, "quarter": 15, "half": 30}
_HOUR = rf"(?:{'|'.join(_HOURS)}|1[0-2]|0?[1-9])"
_AT = r"(?:\b(?:at|around|about|by|from|starting(?:\s+at)?)\s+)?"
_NOT_AMOUNT = r"(?![\w:%-]|\.\d|\s*(?:%|percent|hours?|hrs?|minutes?|mins?|users?|weeks?|days?|services?|steps?|times))"
_PAST = re.compile(
    rf"(?i){_AT}(?<![\w.])(?:a\s+)?(half|quarter|twenty[\s-]five|twenty|ten|five|\d{{1,2}})\s+(?:minutes?\s+|mins?\s+)?"
    rf"(past)\s+({_HOUR}){_NOT_AMOUNT}"
)
_TO = re.compile(
    rf"(?i)(?:{_AT}(?<![\w.])(?:a\s+)?(quarter)|\b(?:at|around|about)\s+(?:a\s+)?(twenty[\s-]five|twenty|ten|five|\d{{1,2}}))"
    rf"\s+(?:minutes?\s+|mins?\s+)?(to|before)\s+({_HOUR}){_NOT_AMOUNT}"
)
_OCLOCK = re.compile(rf"(?i){_AT}(?<![\w.])({_HOUR}|1[3-9]|2[0-3])\s*o'?\s?clock(?![a-z0-9])")
_AT_WORD = re.compile(
    rf"(?i)\b(?:at|around|by)\s+({'|'.join(_HOURS)})(?:[\s-](thirty|fifteen|forty[\s-]five))?"
    r"(?=\s*(?:[.,;!?]|$|in\s+the\s|this\s|today\b|tomorrow\b|sharp\b|am\b|pm\b|a\.m|p\.m|on\s+(?:mon|tue|wed|thu|fri|sat|sun)))"
)
_AT_NUMBER = re.compile(
    r"(?i)\bat\s+(1[0-2]|0?[1-9])(?![\d:.%]\d|[\d:%]|\s*(?:%|per\s?cent|am\b|pm\b|a\.m|p\.m|o'?clock|uhr|h\b|users?\b|rps\b))\b"
)
_POINTED = re.compile(
    rf"(?i){_AT}(?<![\w.:/-])(2[0-3]|[01]?\d)\.([0-5]\d)\s*(am|pm|a\.m\.?|p\.m\.?|uhr|hrs?|hours|h)(?![a-z0-9.])"
)
_POINTED_BEHIND_AT = re.compile(
    r"(?i)\b(?:at|um)\s+(0\d|1\d|2[0-3])\.([0-5]\d)(?![\d.%-]|\.?\w)"
    r"(?!\s*(?:%|percent|am\b|pm\b|[ap]\.m|uhr|h(?:rs?|ours)?\b))"
)
"""At 15.00: with two figures on both sides, and "at" before them, it is a time and no version."""

_SQUEEZED = re.compile(
    r"(?i)(?:\b(?:at|@)\s*(?<![\w.:/-])([01]\d|2[0-3])([0-5]\d)(?!\s*(?:%|percent|users?|rps|requests?|ms|instances|pods|nodes))"
    r"|(?<![\w.:/-])([01]\d|2[0-3])([0-5]\d)\s*(?:uhr|hrs?|hours|h)(?![a-z]))(?![\d.:/-])"
)
_BEHIND_HOUR = re.compile(r"(?i)(?<![\d:./-])(2[0-3]|[01]\d)\s*(?:uhr|h)\s*([0-5]\d)(?![\d.:%/-]|\s*(?:%|percent))")
_THIRTY = {"thirty": 30, "fifteen": 15}
_HALF_BEHIND = re.compile(
    r"(?i)^\s*,?\s*(?:(am|pm|a\.m\.?|p\.m\.?)(?![a-z])|(?:sharp\s+)?(?:(?:in\s+the|this|today|tomorrow|(?:mon|tues|wednes|thurs"
    r"|fri|satur|sun)day|today\s+in\s+the|tomorrow\s+in\s+the)\s+)?(morning|afternoon|evening)\b)"
)
_HALF_BEFORE = re.compile(r"(?i)\b(morning|afternoon|evening)\s*[,:–-]?\s*$")
_HALF_SAID = re.compile(r"(?i)\b(?:this|in\s+the|tomorrow)\s+(morning|afternoon|evening)\b")
_NOON, _MINUTES_OF_AN_HOUR = 12, 60


@dataclass(frozen=True, slots=True)
class Spoken:
    """A time of day in words. `hour` 1 to 12 with `half` "am" or "pm", or None where that was not said; else 0 to 23."""

    span: Span
    hour: int
    minute: int
    half: str | None = None
    whole_day: bool = False
    """True: the hour is one of 24 ("15.30 Uhr", "at 1530")."""

    def hour_of_day(self) -> int | None:
        """0 to 23; None where it could be two."""
        if self.whole_day or self.hour > _NOON or self.hour == 0:
            return self.hour
        if self.half is None:
            return None
        return self.hour % _NOON + (_NOON if self.half == "pm" else 0)


def spoken_in(text: str) -> Iterator[Spoken]:
    """All times in words, the surest shapes first; readings may overlap."""
    yield from _in_figures(text)
    yield from _in_words(text)


def _in_figures(text: str) -> Iterator[Spoken]:
    for m in _POINTED.finditer(text):
        said = m[3].lower()
        half = f"{said[0]}m" if said[0] in "ap" else None
        yield Spoken(m.span(), int(m[1]), int(m[2]), half, whole_day=half is None)
    for m in _POINTED_BEHIND_AT.finditer(text):
        yield Spoken(m.span(), int(m[1]), int(m[2]), whole_day=True)
    for m in _BEHIND_HOUR.finditer(text):
        yield Spoken(m.span(), int(m[1]), int(m[2]), whole_day=True)
    for m in _SQUEEZED.finditer(text):
        yield Spoken(m.span(), int(m[1] or m[3]), int(m[2] or m[4]), whole_day=True)


def _in_words(text: str) -> Iterator[Spoken]:
    for m in _PAST.finditer(text):
        if 0 < (minutes := _minutes(m[1])) < _MINUTES_OF_AN_HOUR:
            yield _halved(text, m.span(), _number(m[3]), minutes)
    for m in _TO.finditer(text):
        if 0 < (minutes := _minutes(m[1] or m[2])) < _MINUTES_OF_AN_HOUR:
            yield _halved(text, m.span(), (_number(m[4]) - 2) % _NOON + 1, _MINUTES_OF_AN_HOUR - minutes)
    for m in _OCLOCK.finditer(text):
        yield _halved(text, m.span(), _number(m[1]), 0)
    for m in _AT_WORD.finditer(text):
        minute = 0 if m[2] is None else _THIRTY.get(m[2].lower(), 45)
        yield _halved(text, m.span(), _number(m[1]), minute)
    for m in _AT_NUMBER.finditer(text):
        yield _halved(text, m.span(), int(m[1]), 0)


def half_behind(text: str, end: int) -> tuple[str, int] | None:
    """Am or pm by the words behind a clock ("3:30 in the afternoon"), and where they end; None where nothing is said."""
    behind = _HALF_BEHIND.match(text[end:])
    return (_half(behind[1] or behind[2]), end + behind.end()) if behind else None


def _minutes(word: str) -> int:
    known = _MINUTES.get(re.sub(r"[\s-]+", " ", word.lower()))
    return int(word) if known is None else known


def _halved(text: str, span: Span, hour: int, minute: int) -> Spoken:
    behind = half_behind(text, span[1])
    if behind is not None:
        return Spoken((span[0], behind[1]), hour, minute, behind[0])
    before = _HALF_BEFORE.search(text[: span[0]])
    return Spoken(span, hour, minute, _half(before[1]) if before else _half_of_all(text))


def _half_of_all(text: str) -> str | None:
    """The half of the day that all of the text is about: "live by this afternoon, so at half past three"."""
    named = {_half(m[1]) for m in _HALF_SAID.finditer(text)}
    return named.pop() if len(named) == 1 else None


def _half(word: str) -> str:
    return "am" if word.lower().startswith(("a.m", "am", "morning")) else "pm"


def _number(word: str) -> int:
    low = word.lower()
    return _HOURS.index(low) + 1 if low in _HOURS else int(low)
