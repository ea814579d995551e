"""Turns codes that come out of stored state into sentences, and what people typed into one safe line."""

from collections.abc import Mapping

from bot.domain.finding import Finding
from bot.domain.plan import Line, OriginKind
from bot.messages.words import fields_of, known, say

_LIMIT, _LONG = 280, 800
_ITEMS = frozenset({"item", "items"})
"""Values that hold codes of readiness items: they are printed in words, and may be many."""


def flat(text: str, limit: int = _LIMIT) -> str:
    """The text on one line, without control or direction characters, at most `limit` characters long."""
    printable = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(printable.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def told(code: str, params: Mapping[str, str] | None = None) -> str:
    """The sentence of a stored code, values flattened.

    A ledger outlives the book of sentences: a code or a value that today's book does not know must never keep a post back,
    so it prints as UNKNOWN instead of raising. Codes of our own cards go through `say`, which is strict.
    """
    if not known(code):
        return say("card.unknown_code", {"code": flat(code, 60)})
    values = dict.fromkeys(fields_of(code), "UNKNOWN")
    if "role" in (params or {}) and known(f"role.{(params or {})['role'].replace(' ', '_')}"):
        params = {**(params or {}), "role": say(f"role.{(params or {})['role'].replace(' ', '_')}")}
    if "unavailable" in values:
        why = f"unavailable.{(params or {}).get('unavailable', '')}"
        params = {**(params or {}), "unavailable": say(why) if known(why) else ""}
    values.update({name: flat(value, _LONG if name in _ITEMS else _LIMIT) for name, value in (params or {}).items()})
    return say(code, values)


def finding_text(finding: Finding) -> str:
    """What one rule found: cause and impact (V4)."""
    return told(f"finding.{finding.code}", finding.params)


def how_text(finding: Finding) -> str:
    """How the gap is closed: the required fix (V4)."""
    return told(f"how.{finding.how}", finding.params) if finding.how else say("card.how_unsaid")


def line_text(line: Line) -> str:
    """One statement of a plan; what is not known says so, and how to verify it (P1)."""
    text = told(line.code, {name: _named(name, value) for name, value in line.params.items()})
    if line.origin.kind is OriginKind.UNKNOWN and "UNKNOWN" not in text:
        return say("card.unknown_line", {"how": text})
    return text


def _named(name: str, value: str) -> str:
    """Codes of readiness items in words: `on_call, ci` is `on-call, CI result`."""
    if name not in _ITEMS:
        return value
    return ", ".join(say(f"item.{code}") if known(f"item.{code}") else code for code in value.split(", "))
