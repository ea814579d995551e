"""What the words of a plan name, in any order: version, environment, strategy, rollback owner.

Each reader gives what it found with the spans that it read; what is left is free text. Two values where one is needed are never
chosen between.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.domain.people import Person, Roster
from bot.domain.service import Service, Strategy
from flows.nearest import slips_between

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Read:
    """One value that was read, and where. `trouble`: a code (end of `talk.<code>`) where it cannot be used."""

    value: str = ""
    spans: tuple[Span, ...] = ()
    trouble: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


_LONGEST_NAME = 60

NOTHING = Read()

_OPENS, _SHUTS = (
    "\\s(:@=,;/\"'`\u201c\u201d\u201e\u2018\u00ab\u00bb\\[{*",
    "\\s),;:!?\"'`\u201d\u201c\u2019\u00bb\u00ab\\]}*",
)
"""What may stand around a version: blanks and stops, and the quotes and marks of code in which people write one."""

_NUMBER = r"v?\d+(?:\.\d+)+(?:[-+][0-9A-Za-z][0-9A-Za-z.+-]*)?"
_VERSION = re.compile(
    rf"(?i)(?:(?<=^)|(?<=[{_OPENS}]))({_NUMBER}|v\d+(?:-[0-9A-Za-z][0-9A-Za-z.]*)?)(?=$|[{_SHUTS}]|\.(?:\s|$)|@sha256:)"
)
_SHA = re.compile(
    rf"(?i)(?:(?<=^)|(?<=[{_OPENS}]))((?=[0-9a-f]*\d)(?=[0-9]*[a-f])[0-9a-f]{{7,40}})(?=$|[{_SHUTS}]|\.(?:\s|$))"
)
_NAMED = re.compile(
    r"(?i)\b(?:version|ver|tag|build|release\s+tag|commit|sha)\s*[:=#]?\s+[\"'`\u201c]?([0-9A-Za-z][\w.+-]*\d[\w.+-]*"
    r"|\d[\w.+-]*)(?=$|[\s),;!?\"'`\u201d])"
)
_BEFORE_OLD = re.compile(
    r"(?i)(?:\b(?:from|since|was|replac(?:es|ing)|instead\s+of|currently|now\s+on|runs"
    r"|running|after|roll(?:ing)?\s*back\s+to|back\s+to|previous(?:\s+version)?|like"
    r"|than)\s+)$"
)
_UNIT_AFTER = re.compile(
    r"(?i)^\s*(?:%|percent|pct|hours?|hrs?|h\b|minutes?|mins?|m\b|seconds?|secs?|s\b|ms\b|gb\b|mb\b|rps\b|x\b)"
)

_ENVIRONMENTS: Mapping[str, str] = {
    "production": "production",
    "prod": "production",
    "prd": "production",
    "live": "production",
    "staging": "staging",
    "stage": "staging",
    "stg": "staging",
    "preproduction": "preproduction",
    "pre-production": "preproduction",
    "preprod": "preproduction",
    "pre-prod": "preproduction",
    "development": "development",
    "dev": "development",
    "uat": "uat",
    "qa": "qa",
    "sandbox": "sandbox",
    "integration": "integration",
}
_ENV = "|".join(sorted(map(re.escape, _ENVIRONMENTS), key=len, reverse=True))
_TO_ENV = re.compile(
    rf"(?i)\b(?:to|into|onto|towards|env|environment)\s*[:=]?\s*(?:the\s+|our\s+)?({_ENV})\b"
    rf"(?:\s+(?:env|environment|cluster))?(?![-/\w])"
)
_IN_ENV = re.compile(rf"(?i)\b(?:in|on|for)\s+(?:the\s+|our\s+)?({_ENV})\b(?:\s+(?:env|environment))?(?![-/\w])")
_BARE_ENV = re.compile(r"(?i)(?<![\w/@#.-])(production|prod|staging|preprod|pre-prod|uat|preproduction)\b(?![-/\w])")
_PART = re.compile(
    rf"(?i)(?<![\w/@#.-])((?:{_ENV})[-_](?:eu|us|uk|ap|sa|ca|me|af|apac|emea|amer|latam|west|east|north|south|central"
    rf"|[a-z]{{0,10}}\d+)[a-z0-9-]{{0,20}})(?![-/\w.])"
)
"""One of several environments, such as prod-eu or staging-2: not the one whose name it begins with."""

_TESTED_IN = re.compile(
    r"(?i)\b(?:tested|test|verified|ran|run|dry[- ]?run|green|passed|deployed|soaked"
    r"|baked|live|works?|been|already)\s+(?:it\s+|fine\s+|ok\s+)?(?:(?:in|on)\s+(?:the\s+|our\s+)?)?$"
)
_FROM = re.compile(r"(?i)\bfrom\s+(?:the\s+)?$")
_SLIPPED = re.compile(r"(?i)\b(?:to|into|onto)\s+(?:the\s+|our\s+)?([a-z]{4,20})\b(?![-/\w.])")
_MARKED_ENV = re.compile(
    r"(?i)\b(?:env|environment)\s*[:=]\s*([\w-]{2,30})|\b(?:to|into|onto|in)\s+(?:the\s+|our\s+)?([\w-]{2,30})\s+"
    r"(?:env|environment|cluster)\b"
)
_NO_NAMES = frozenset(
    {"same", "this", "that", "new", "old", "whole", "one", "each", "every", "right", "wrong", "target", "live"}
)
_LONG_ENVIRONMENTS = (
    "production",
    "prod",
    "staging",
    "preproduction",
    "preprod",
    "development",
    "integration",
    "sandbox",
)

_STRATEGIES: tuple[tuple[Strategy, re.Pattern[str]], ...] = (
    (Strategy.CANARY, re.compile(r"(?i)\bcanary(?:\s+(?:release|deployment|rollout))?\b|\bcanaries\b")),
    (Strategy.BLUE_GREEN, re.compile(r"(?i)\bblue[\s/-]?green\b")),
    (
        Strategy.FEATURE_FLAG,
        re.compile(
            r"(?i)\b(?:behind|with|under|using|via)\s+(?:a\s+|the\s+)?(?:feature[\s-]?)?(?:flag"
            r"|toggle)\b|\bfeature[\s-](?:flag|toggle)(?:ged)?(?:\s+rollout)?\b"
        ),
    ),
    (
        Strategy.STAGED,
        re.compile(r"(?i)\bstaged(?:\s+rollout)?\b|\bin\s+stages\b|\bring(?:s|ed)?\s+(?:rollout|deployment)\b"),
    ),
    (Strategy.ROLLING, re.compile(r"(?i)\brolling(?:\s+(?:update|deployment|rollout|release))?\b(?!\s+back)")),
    (Strategy.ALL_AT_ONCE, re.compile(r"(?i)\ball[\s-]at[\s-]once\b|\bbig[\s-]bang\b|\bin\s+one\s+go\b")),
)
_NOT = re.compile(
    r"(?i)\b(?:no|not|without|skip(?:ping)?(?:\s+the)?|isn'?t|never)\s+(?:a\s+|any\s+|the\s+)?(?:feature[\s-])?$"
)
_OWNER = re.compile(
    r"(?i)\b(?:rollback|roll-back|backout|back-out)(?:[\s-](?:owner|lead|by|person)\s*(?:is|will\s+be|:|=)?|\s*[:=]?(?=\s*@))"
    r"\s*(@?[\w.-]{1,40}(?:\s+[A-Z][\w-]{1,40})?)"
    r"|(?<![\w.@-])(@?[\w.-]{1,40})\s+(?:is|owns|will\s+be|does|will\s+do|will\s+own|handles)\s+(?:the\s+)?"
    r"(?:rollback|roll-back)(?:\s+owner)?(?![\w-])"
)


def find_version(text: str, ignore: Iterable[str] = ()) -> Read:
    """2.4.1, v2.4.1, 2.4.1-rc.1, 2026.11.24, a git sha, or what follows "version". `ignore`: words that are none."""
    skipped = {w.casefold() for w in ignore}
    found: dict[str, Span] = {}
    for pattern in (_NAMED, _VERSION, _SHA):
        for m in pattern.finditer(text):
            if (
                _BEFORE_OLD.search(text[: m.start()])
                or _UNIT_AFTER.match(text[m.end() :])
                or m[1].casefold() in skipped
            ):
                continue
            value = m[1].rstrip(".")
            value = value[1:] if re.match(r"(?i)v\d", value) else value
            start = m.start() if pattern is _NAMED else m.start(1)
            found.setdefault(value, (start, m.end()))
        if found and pattern is _NAMED:
            break
    if len(found) > 1:
        one, other = list(found)[:2]
        return Read(trouble="two_versions", params={"one": one, "other": other})
    return next((Read(value, (span,)) for value, span in found.items()), NOTHING)


def find_environment(text: str, others: Iterable[str] = ()) -> Read:
    """`to prod`, `in staging`, "production". Where something was tested or came from is not where it goes.

    `others`: environments that the catalogue names beside them.
    """
    for m in _PART.finditer(text):
        if not (_TESTED_IN.search(text[: m.start()]) or _FROM.search(text[: m.start()])):
            if m[1].casefold() in {other.casefold() for other in others}:
                return Read(m[1].casefold(), (m.span(),))
            return Read(
                trouble="environment_unknown", params={"word": m[1], "known": ", ".join(_LONG_ENVIRONMENTS[::2])}
            )
    for pattern in (_TO_ENV, _IN_ENV, _BARE_ENV):
        values: dict[str, Span] = {}
        for m in pattern.finditer(text):
            before = text[: m.start()]
            if _TESTED_IN.search(before) or _FROM.search(before):
                continue
            values.setdefault(_ENVIRONMENTS[m[1].lower()], m.span())
        if len(values) > 1:
            one, other = list(values)[:2]
            return Read(trouble="two_environments", params={"one": one, "other": other})
        for value, span in values.items():
            return Read(value, (span,))
    return _slip(text)


def _slip(text: str) -> Read:
    """A word that stands where an environment stands and is none: never taken for the usual one in silence."""
    for m in _SLIPPED.finditer(text):
        word = m[1].casefold()
        close = [name for name in _LONG_ENVIRONMENTS if slips_between(word, name) == 1]
        if close:
            return Read(trouble="environment_near", params={"word": m[1], "near": _ENVIRONMENTS[close[0]]})
    for m in _MARKED_ENV.finditer(text):
        word = m[1] or m[2]
        if word.casefold() not in _NO_NAMES and not _TESTED_IN.search(text[: m.start()]):
            return Read(
                trouble="environment_unknown", params={"word": word, "known": ", ".join(_LONG_ENVIRONMENTS[::2])}
            )
    return NOTHING


def environment(word: str) -> str | None:
    """The environment that a word names, or None."""
    return _ENVIRONMENTS.get(word.strip().lower())


def find_strategy(text: str) -> Read:
    """The first rollout strategy that is named and not denied."""
    hits = [
        (m.start(), s, m.span()) for s, p in _STRATEGIES for m in p.finditer(text) if not _NOT.search(text[: m.start()])
    ]
    if not hits:
        return NOTHING
    _, strategy, span = min(hits, key=lambda h: h[0])
    return Read(strategy.value, (span,))


def find_rollback_owner(text: str, roster: Roster) -> Read:
    """`rollback owner kai`, `rollback owner: @kai`, `kai owns the rollback`: the person's id."""
    for m in _OWNER.finditer(text):
        words = m[1] or m[2]
        group = 1 if m[1] else 2
        for name in dict.fromkeys((words, words.split()[0])):
            person = find_person(name, roster)
            if person is not None:
                return Read(person.id, ((m.start(), m.start(group) + len(name) if group == 1 else m.end()),))
        if m[1]:
            return Read(trouble="person_unknown", params={"person": words.split()[0].lstrip("@")})
    return NOTHING


def find_person(word: str, roster: Roster) -> Person | None:
    """By id, @id, full name, or a first name that only one person has."""
    wanted = word.strip().lstrip("@").rstrip(".,;:!?").casefold()
    if not wanted:
        return None
    for person in roster.people.values():
        if wanted in {person.id.casefold(), person.name.casefold(), (person.email or "").casefold() or None}:
            return person
    first = [p for p in roster.people.values() if p.name.casefold().split(" ")[0] == wanted]
    return first[0] if len(first) == 1 else None


def people_in(text: str, roster: Roster) -> list[Person]:
    """All persons that a text names, in its order, each once."""
    found: dict[str, Person] = {}
    words = re.findall(r"@?[\w.-]+", text)
    for i, word in enumerate(words):
        person = (find_person(f"{word} {words[i + 1]}", roster) if i + 1 < len(words) else None) or find_person(
            word, roster
        )
        if person is not None:
            found.setdefault(person.id, person)
    return list(found.values())


def near(word: str, services: Mapping[str, Service]) -> tuple[str, ...]:
    """Ids of services that read like that word, nearest first, at most three."""
    if len(word) > _LONGEST_NAME:
        return ()
    by_name = {s.name.casefold(): s.id for s in services.values()} | {s.id.casefold(): s.id for s in services.values()}
    close = get_close_matches(word.casefold(), list(by_name), n=3, cutoff=0.6)
    return tuple(dict.fromkeys(by_name[c] for c in close))


def without(text: str, spans: Iterable[Span]) -> str:
    """The text with those spans blanked out (its length stays, so later spans still hold)."""
    out = list(text)
    for start, end in spans:
        out[start:end] = " " * (end - start)
    return "".join(out)
