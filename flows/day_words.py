"""How months and days are called where people write English, German, French or Japanese, and what only hints at a day.

A release day holds people of several countries: who writes "1. Dezember 15 Uhr" never means today.
"""

import re
from collections.abc import Iterator

from flows.nearest import slips_between

Span = tuple[int, int]

_MONTHS = (
    "jan(?:uary|uar|vier|v)?|j\u00e4nner",
    "feb(?:ruary|ruar)?|f[e\u00e9]vr(?:ier)?",
    "mar(?:ch|s)?|m(?:\u00e4|ae)r(?:z)?",
    "apr(?:il)?|avr(?:il)?",
    "may|mai",
    "june?|juni|juin",
    "july?|juli|juil(?:let)?",
    "aug(?:ust)?|ao[u\u00fb]t",
    "sept?(?:ember|embre)?",
    "oct(?:ober|obre)?|okt(?:ober)?",
    "nov(?:ember|embre)?",
    "dec(?:ember)?|dez(?:ember)?|d[e\u00e9]c(?:embre)?",
)
MONTH = f"(?:{'|'.join(_MONTHS)})"
"""A pattern for the name of a month, without groups; any case."""

_DAYS = (
    "mon(?:day)?|montag|lundi",
    "tue(?:s(?:day)?)?|dienstag|mardi",
    "wed(?:nesday)?|mittwoch|mercredi",
    "thu(?:r(?:s(?:day)?)?)?|donnerstag|jeudi",
    "fri(?:day)?|freitag|vendredi",
    "sat(?:urday)?|samstag|sonnabend|samedi",
    "sun(?:day)?|sonntag|dimanche",
)
DAY = f"(?:{'|'.join(_DAYS)})"
"""A pattern for the name of a day of the week, without groups; any case."""

_SHORT_DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_IN_JAPANESE = "\u6708\u706b\u6c34\u6728\u91d1\u571f\u65e5"
WRITTEN_SHORT = re.compile(
    r"\b(?i:am\s+)?(Mo|Di|Mi|Do|Fr|Sa|So)(?:\.,?\s*(?=(?:um\s+)?\d{1,2}[:.h\s])|,?\s+(?=(?:um\s+)?\d{1,2}(?:[:.]\d\d)?\s*[Uu]hr\b))"
)
"""Do. 14:00, Do 14 Uhr: not the "Do" and "So" that begin an English sentence."""

JAPANESE_DAY = re.compile(rf"([{_IN_JAPANESE}])\u66dc\u65e5?")
JAPANESE_DATE = re.compile(r"(?:(\d{4})\u5e74)?(\d{1,2})\u6708(\d{1,2})\u65e5")
JAPANESE_WORD = re.compile("(\u660e\u5f8c\u65e5|\u660e\u65e5|\u4eca\u65e5|\u672c\u65e5|\u6628\u65e5)")
_JAPANESE_OFFSETS = {"\u660e\u5f8c\u65e5": 2, "\u660e\u65e5": 1, "\u6628\u65e5": -1}

_ONLY_HINTS = re.compile(
    r"(?i)\b(?:(?:some\s+day\s+|early\s+|late\s+|mid\s+)?next\s+(?:week|month)|the\s+week\s+after(?:\s+next)?"
    r"|(?:a|one|two)\s+weeks?\s+from\s+(?:now|today)|(?:n\u00e4chste|naechste|kommende)n?\s+(?:woche|monat)"
    r"|(?:la\s+)?semaine\s+prochaine|(?:on\s+)?the\s+(?:[12]?\d|3[01])(?:st|nd|rd|th)(?!\s+of\b))(?!\w)"
)
_LIKE_A_DAY = re.compile(r"(?i)\b[a-z]{4,9}day\b")
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NO_SLIP = frozenset(
    {"today", "someday", "everyday", "birthday", "holiday", "midday", "noonday", "workday", "yesterday"}
)
_MOST_SLIPS = 2


def month_of(word: str) -> int:
    """1 to 12, of a word that matches MONTH."""
    return next(n for n, names in enumerate(_MONTHS, 1) if re.fullmatch(names, word, re.IGNORECASE))


def weekday_of(word: str) -> int:
    """0 is Monday; of a word that matches DAY, or of one of the short and Japanese ones."""
    low = word.lower()
    if low in _SHORT_DAYS:
        return _SHORT_DAYS.index(low)
    if low in _IN_JAPANESE:
        return _IN_JAPANESE.index(low)
    return next(n for n, names in enumerate(_DAYS) if re.fullmatch(names, low))


def days_ahead(word: str) -> int:
    """Days from today, of a word that matches JAPANESE_WORD."""
    return _JAPANESE_OFFSETS.get(word, 0)


def hints_in(text: str) -> Iterator[Span]:
    """Where a text speaks of a day without saying which: "next week", "the 2nd", a mistyped "Wedensday"."""
    yield from (m.span() for m in _ONLY_HINTS.finditer(text))
    for m in _LIKE_A_DAY.finditer(text):
        word = m[0].lower()
        if word not in (*_FULL_NAMES, *_NO_SLIP) and any(slips_between(word, n) <= _MOST_SLIPS for n in _FULL_NAMES):
            yield m.span()
