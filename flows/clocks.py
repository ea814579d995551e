"""Times of day in a text, in figures and in words; a day and a zone are for parse_time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.clock_words import half_behind, spoken_in

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `span`: where it stood. `hour` 24 or minutes above 59 are kept as they were typed.

    `loose`: typed like a time of the morning, without a zero before it: in talk "3:30" is often one of the afternoon.
    """

    hour: int
    minute: int
    span: Span
    text: str
    loose: bool = False


_AT = r"(?:\b(?:at|@|around|by|from|starting(?:\s+at)?|start(?:s)?(?:\s+at)?)\s*)?"
_COLON = re.compile(
    rf"(?i){_AT}(?<![\d:./])(\d{{1,2}}):(\d{{2}})(?::\d{{2}})?(?!\d)\s*(am|pm|a\.m\.|p\.m\.)?(?:(?=z\b)|(?![a-z]))"
)
_HALF = re.compile(rf"(?i){_AT}(?<![\d:./-])(\d{{1,2}})\s*(am|pm|a\.m\.|p\.m\.)(?![a-z])")
_OCLOCK = re.compile(
    r"(?i)(?:\bat\s+)?(?<![\d:./-])(\d{1,2})\s*(?:uhr|h(?:rs)?|\u6642)(?![a-z0-9]|\s+[0-5]\d(?![\d.:%]))"
)
_BARE = re.compile(r"(?i)\bat\s+(\d{1,2})(?![\d:.%]|\s*(?:%|percent|am\b|pm\b|a\.m|p\.m|o'?clock|uhr|h\b))\b")
_NOON = re.compile(rf"(?i){_AT}\b(noon|midday|midnight)\b")
_MIDNIGHT = re.compile(rf"(?i){_AT}\bmidnight\b")
_LOOSE = re.compile(
    r"(?i)\b(?:eod|cob|eob|asap|(?:right\s+)?now(?=\W*$)|immediately|right\s+away|straight\s+away|(?:this|tomorrow|in\s+the)\s+(?:morning|afternoon|evening)"
    r"|tonight|(?:after|before|around|at)\s+lunch|lunch\s?time|end\s+of\s+(?:the\s+)?day|close\s+of\s+business|as\s+soon\s+as\s+possible|later\s+today)\b"
)
AFTERNOON = 12
LAST_HOUR, LAST_MINUTE, _NO_HOUR = 23, 59, 99


def clocks_in(text: str) -> list[Clock]:
    """All times of day, in the text's order; of readings that overlap the first kind counts."""
    found: list[Clock] = []
    for m, hour, minute, half in _figures(text):
        if any(m.start() < c.span[1] and c.span[0] < m.end() for c in found):
            continue
        exact = _of_half(hour, half) if half else hour
        clock = f"{exact:02d}:{minute:02d}" if exact <= LAST_HOUR else " ".join(m.group(0).split())
        loose = half is None and 0 < hour < AFTERNOON and re.search(r"(?<!\d)0\d", m[0]) is None
        found.append(Clock(exact, minute, m.span(), clock, loose))
    for said in spoken_in(text):
        exactly = said.hour_of_day()
        if exactly is not None and not any(said.span[0] < c.span[1] and c.span[0] < said.span[1] for c in found):
            found.append(Clock(exactly, said.minute, said.span, f"{exactly:02d}:{said.minute:02d}"))
    return sorted(found, key=lambda c: c.span)


def _figures(text: str) -> Iterator[tuple[re.Match[str], int, int, str | None]]:
    yield from ((m, int(m[1]), int(m[2]), m[3] or _half_of(text, m)) for m in _COLON.finditer(text))
    yield from ((m, int(m[1]), 0, m[2]) for m in _HALF.finditer(text))
    yield from ((m, int(m[1]), 0, None) for m in _OCLOCK.finditer(text))
    yield from ((m, AFTERNOON, 0, None) for m in _NOON.finditer(text) if m[1].lower() != "midnight")
    yield from ((m, int(m[1]), 0, None) for m in _BARE.finditer(text) if AFTERNOON < int(m[1]) <= LAST_HOUR)


def _half_of(text: str, found: re.Match[str]) -> str | None:
    """Pm of "3:30 in the afternoon"; a clock of 24 hours needs none."""
    behind = half_behind(text, found.end())
    return behind[0] if behind and 0 < int(found[1]) <= AFTERNOON else None


def _of_half(hour: int, half: str) -> int:
    """3 pm is 15; 13 pm is no time of day."""
    if not 0 < hour <= AFTERNOON:
        return _NO_HOUR
    return hour % AFTERNOON + (AFTERNOON if half.lower().startswith("p") else 0)


def loose_time(text: str) -> str:
    """Words that mean a time and name none: "EOD", "asap", "this afternoon"; "" where there are none."""
    found = _LOOSE.search(text)
    return found[0] if found else ""


def midnight_in(text: str) -> Span | None:
    """Where midnight is named, which belongs to two days."""
    night = _MIDNIGHT.search(text)
    return night.span() if night else None


def two_ways(text: str) -> tuple[Span, tuple[str, str]] | None:
    """The first time of day that could be one of the morning or of the afternoon: where, and both."""
    said = next(spoken_in(text), None)
    if said is None or said.hour > AFTERNOON:
        return None
    hour = said.hour % AFTERNOON
    return said.span, (f"{hour:02d}:{said.minute:02d}", f"{hour + AFTERNOON:02d}:{said.minute:02d}")
