"""The readiness items as people call them."""

import re
from collections.abc import Mapping

from bot.domain.evidence import Kind

_NAMES: Mapping[str, Kind] = {
    **{k.value: k for k in Kind},
    **{k.value.replace("_", " "): k for k in Kind},
    **{k.value.replace("_", "-"): k for k in Kind},
    "release notes": Kind.NOTES,
    "changelog": Kind.NOTES,
    "pr": Kind.CHANGE,
    "mr": Kind.CHANGE,
    "merge request": Kind.CHANGE,
    "pull request": Kind.CHANGE,
    "tests": Kind.CI,
    "pipeline": Kind.CI,
    "build": Kind.CI,
    "data migration": Kind.MIGRATION,
    "migrations": Kind.MIGRATION,
    "data": Kind.MIGRATION,
    "roll back": Kind.ROLLBACK,
    "dashboard": Kind.MONITORING,
    "dashboards": Kind.MONITORING,
    "alerts": Kind.MONITORING,
    "monitors": Kind.MONITORING,
    "oncall": Kind.ON_CALL,
    "flag": Kind.FLAGS,
    "feature flags": Kind.FLAGS,
    "feature flag": Kind.FLAGS,
    "load test": Kind.CAPACITY,
    "image": Kind.ARTIFACT,
    "customer notice": Kind.CUSTOMER_NOTICE,
    "status page": Kind.CUSTOMER_NOTICE,
    "support": Kind.CUSTOMER_NOTICE,
    "third party": Kind.THIRD_PARTIES,
    "gameday": Kind.GAME_DAY,
    "docs": Kind.COST_DOCS,
    "dependency": Kind.DEPENDENCIES,
}
_LEADING = re.compile(
    rf"(?i)^\s*(?:the\s+)?({'|'.join(re.escape(n) for n in sorted(_NAMES, key=len, reverse=True))})(?=$"
    rf"|[\s:,=-])\s*[:,=-]?\s*"
)

_SPOKEN_OF: Mapping[Kind, re.Pattern[str]] = {
    Kind.MIGRATION: re.compile(r"(?i)\b(?:migrations?|data\s+changes?|schema)\b"),
    Kind.ROLLBACK: re.compile(r"(?i)\b(?:roll(?:ing)?[\s-]?backs?(?!\s+(?:owner|target))|way\s+back|runbook)\b"),
    Kind.MONITORING: re.compile(r"(?i)\b(?:monitoring|monitors?|dashboards?|alerts?)\b"),
    Kind.FLAGS: re.compile(r"(?i)\b(?:feature\s+)?flags?\b"),
}
"""What the questions are about (Q4), as a sentence names it."""

_ALSO = re.compile(r"(?i)(?:and|&|\+)\s+")


def leading_kind(text: str) -> tuple[Kind | None, str]:
    """The item that a text begins with, and the rest; (None, text) where it begins with none."""
    found = _LEADING.match(text)
    if found is None:
        return None, text.strip()
    return _NAMES[" ".join(found.group(1).lower().split())], text[found.end() :].strip()


def leading_kinds(text: str) -> tuple[tuple[Kind, ...], str]:
    """All items that a text begins with, `runbook and rollback` or `ci, qa`, and the rest; ((), text) for none."""
    found: list[Kind] = []
    rest = text.strip()
    while True:
        kind, behind = leading_kind(rest)
        if kind is None:
            return tuple(dict.fromkeys(found)), text.strip() if not found else rest
        found.append(kind)
        listed = rest[: len(rest) - len(behind)].rstrip().endswith(",")
        also = _ALSO.match(behind)
        if not listed and (also is None or leading_kind(behind[also.end() :])[0] is None):
            return tuple(dict.fromkeys(found)), behind
        rest = behind[also.end() :] if also is not None else behind


def kind_named(name: str) -> Kind | None:
    """The item of exactly that name, or None."""
    return _NAMES.get(" ".join(name.lower().split()))


def kinds_line() -> str:
    """The kinds that people can name."""
    hidden = {Kind.OWNERS, Kind.APPROVALS, Kind.WINDOW, Kind.HEALTH, Kind.ROLLOUT}
    return ", ".join(k.value for k in Kind if k not in hidden)


def other_item(asked: Kind, text: str) -> Kind | None:
    """The one item that the text speaks of, where that is not the one which was asked about; None where it is, or is unsure."""
    named = [kind for kind, words in _SPOKEN_OF.items() if words.search(text)]
    return named[0] if len(named) == 1 and named[0] is not asked else None
