"""What an entry of the record is about, as an auditor reads it: the fields of the entry by their names, and the reason verbatim.

Entries are kept for years and outlive their code, so they are read as plain JSON: whatever is in one is shown, known or not.
"""

from collections.abc import Iterator, Mapping
from typing import Any

_ASIDE = frozenset({"at", "type", "schema", "code", "reason", "tried", "parts", "justification", "params"})
"""Told elsewhere in the row, or by the entry itself; `parts` are digests of what `changed` names."""

_SHORTENED = frozenset({"hash", "plan_hash"})
_SHORT = 12
_FINE = frozenset({"clear"})


def about(body: Mapping[str, Any]) -> str:
    """The entry's fields, `name: value`; of a judgement its verdict, the versions it was made by, and what was not clear."""
    tried = body.get("tried")
    named = {**(tried if isinstance(tried, Mapping) else {}), **body}
    return "; ".join(f"{name}: {value}" for name, value in _told(named))


def reason(body: Mapping[str, Any]) -> str:
    """The words that a person gave, wherever the entry keeps them; "" where it keeps none."""
    for inside in (body, body.get("consent"), body.get("tried"), body.get("freeze")):
        if isinstance(inside, Mapping) and isinstance(inside.get("reason"), str) and inside["reason"]:
            return str(inside["reason"])
    return str(body.get("text") or "")


def result(what: str, body: Mapping[str, Any]) -> str:
    """event, receipt, or refused with its code."""
    return f"{what} {body.get('code') or ''}".strip() if what == "refused" else what


def _told(body: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        if name in _ASIDE and not (name == "code" and "tried" not in body):
            continue
        if name == "judgement" and isinstance(value, Mapping):
            yield from _judged(value)
        elif isinstance(value, Mapping):
            yield from _told(value, f"{name}." if within else "")
        else:
            text = _text(name, value)
            if text:
                yield f"{within}{name}".replace("_", " "), text


def _judged(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    score = one.get("score")
    weighed = score if isinstance(score, Mapping) else {}
    yield "verdict", str(one.get("verdict") or "UNKNOWN")
    yield "risk", f"{weighed.get('score', 'UNKNOWN')} {weighed.get('band', 'UNKNOWN')}"
    yield "rubric", str(weighed.get("rubric") or "UNKNOWN")
    yield "policy", str(one.get("policy") or "UNKNOWN")
    found = [f for f in one.get("findings") or () if isinstance(f, Mapping) and f.get("result") not in _FINE]
    by_result: dict[str, list[str]] = {}
    for f in found:
        by_result.setdefault(str(f.get("result")), []).append(str(f.get("code")))
    for standing, codes in by_result.items():
        yield standing, ", ".join(codes)


def _text(name: str, value: object) -> str:
    """The value as text; empty where there is nothing to tell."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (_text(name, v) for v in value)))
    if isinstance(value, Mapping):
        return " ".join(text for _, text in _told(value))
    return str(value)[:_SHORT] if name in _SHORTENED else str(value)
