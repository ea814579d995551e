"""The shares of a rollout: "canary 10%", "ten percent of the users first", "a quarter of traffic", "5 % -> 25 % -> 100 %"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from flows.claim_words import CLAUSE
from flows.parse_words import NOTHING, Read, Span

_WHOLE = 100
_UNIT = r"(?:%|per\s?cent\b|pct\b)"
_AFTER_CANARY = re.compile(
    r"(?i)\bcanary\b(?:\s+(?:of|at|with|to|on|for|first|steps?|start(?:ing)?(?:\s+at)?|release|deployment|rollout))*"
    rf"\s*[:=]?\s*(-?\d{{1,4}}(?:[.,]\d+)?)\s*{_UNIT}?(?![\d.:/-])"
)
_SLASHES = re.compile(r"(?<![\w/.-])(\d{1,2})(?=(?:/\d{1,2}){0,6}/100\b)")
_FIGURE = re.compile(rf"(?i)(?<![\d.])(-?\d{{1,4}}(?:[.,]\d+)?)\s*{_UNIT}(?:\s+(?:\w+\s+){{0,2}}?canary\b)?")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NUMBERS = {
    **{word: n + 1 for n, word in enumerate(_ONES)},
    **{word: n + 10 for n, word in enumerate(("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"))},
    **{
        word: 10 * (n + 2)
        for n, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))
    },
}
_PARTS = {"a tenth": 10, "one in ten": 10, "a fifth": 20, "one in five": 20, "a quarter": 25, "half": 50}
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_IN_WORDS = re.compile(rf"(?i)\b({_WORD})(?:[\s-]({'|'.join(_ONES)}))?\s*{_UNIT}")
_OF_USERS = re.compile(
    rf"(?i)\b({'|'.join(part.replace(' ', chr(92) + 's+') for part in _PARTS)})\s+(?:of\s+)?(?:all\s+|the\s+|our\s+)*"
    r"(?:users?|customers?|traffic|requests|sessions|visitors|people|fleet|instances|pods)\b"
)
_MEASURED = re.compile(
    r"(?i)\b(?:errors?|fail\w*|latency|p9\d|cpu|memory|faster|slower|quicker|reduc\w+|cuts?|cheaper|coverage|drop\w*"
    r"|increas\w+|improv\w+|sav(?:es?|ing)|discount\w*|affect\w*|sees?|saw|complain\w*|bugs?|crash\w*|los[et]\w*|slo|availability"
    r"|sure|better|worse|less|more\s+than|fix\w*|broken|wrong|vat|tax|fees?)\b"
)
"""A percentage in a clause with one of these measures something: it is no share of a rollout, unless a canary is named."""

_OF_A_ROLLOUT = re.compile(r"(?i)\b(?:canary|canaries|rollout|roll\s?out|ramp|stages?|staged|first\s+step)\b")
_THEN = re.compile(
    r"(?i)^(?:\s|[,;/>|–—-]|→|then|and|to|up|after\s+that|next|finally|later|at|with|step\w*|the|of|users?|traffic)*$"
)
_JOINS = re.compile(r"(?i)[,;/>|–—-]|→|\b(?:then|and|to|after|next|finally|later)\b")
_ALL = re.compile(
    r"(?i)^(?:\s|[,;/>|–—-]|→|then|and|to|finally|after\s+that)*\b(?:all(?!\s+at)|everyone|everybody|full)\b"
)
_BARE = re.compile(rf"(?<![\d.:-])(\d{{1,3}})(?![\d.:])\s*{_UNIT}?|(?i:\b({_WORD})\b(?:\s*{_UNIT})?)")


def find_percent(text: str) -> Read:
    """The first canary percentage, 1 to 99, as text; the later steps that stand behind it are read with it (`later_steps`).

    Out of range, or two that are no steps, is trouble.
    """
    found: dict[str, Span] = {}
    for m in _AFTER_CANARY.finditer(text):
        found.setdefault(m[1].replace(",", "."), m.span())
    for m in _SLASHES.finditer(text):
        found.setdefault(m[1], m.span())
        break
    if not found:
        for value, span in _shares(text):
            found.setdefault(value, span)
    if not found:
        return NOTHING
    value, (start, end) = next(iter(found.items()))
    number = float(value)
    if number != int(number) or not 0 < number < _WHOLE:
        return Read(trouble="percent_range", params={"percent": value}, spans=((start, end),))
    steps, last = _behind(text, end, int(number))
    others = [v for v, span in found.items() if span[0] >= last]
    if others:
        return Read(trouble="two_percents", params={"one": value, "other": others[0]})
    return Read(str(int(number)), ((start, last),), params={"later": ",".join(str(s) for s in steps)} if steps else {})


def later_steps(read: Read) -> tuple[int, ...]:
    """The steps behind the first, growing to 100; () where none were named."""
    said = read.params.get("later", "") if read.value else ""
    return tuple(int(s) for s in said.split(",")) if said else ()


def _shares(text: str) -> Iterator[tuple[str, Span]]:
    readings = [(m[1].replace(",", "."), m.span()) for m in _FIGURE.finditer(text)]
    readings += [
        (str(_NUMBERS[m[1].lower()] + (_NUMBERS[m[2].lower()] if m[2] else 0)), m.span())
        for m in _IN_WORDS.finditer(text)
    ]
    readings += [(str(_PARTS[" ".join(m[1].lower().split())]), m.span()) for m in _OF_USERS.finditer(text)]
    for value, span in sorted(readings, key=lambda r: r[1]):
        clause = _clause_of(text, span)
        if _MEASURED.search(clause) is None or _OF_A_ROLLOUT.search(clause) is not None:
            yield value, span


def _clause_of(text: str, span: Span) -> str:
    start = max((m.end() for m in CLAUSE.finditer(text, 0, span[0])), default=0)
    behind = CLAUSE.search(text, span[1])
    return text[start : behind.start() if behind else len(text)]


def _behind(text: str, end: int, first: int) -> tuple[tuple[int, ...], int]:
    """The steps that follow, with nothing between them but "then", arrows and commas; and where they end."""
    steps, last = [first], end
    for m in _BARE.finditer(text, end):
        between = text[last : m.start()]
        if _THEN.match(between) is None or not (_JOINS.search(between) or re.search(r"%|[a-z]", m[0])):
            break
        step = int(m[1]) if m[1] else _NUMBERS[m[2].lower()]
        steps.append(step)
        last = m.end()
    whole = _ALL.match(text[last:])
    if whole is not None and steps[-1] < _WHOLE:
        steps.append(_WHOLE)
        last += whole.end()
    if len(steps) > 1 and all(a < b for a, b in pairwise(steps)) and steps[-1] <= _WHOLE:
        return tuple(steps[1:]) if steps[-1] == _WHOLE else (*steps[1:], _WHOLE), last
    return (), end
