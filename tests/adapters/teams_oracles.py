"""What judges a card of ours: Microsoft's own schema of version 1.5, and the limits that no schema states."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import adaptive_cards
from jsonschema import Draft7Validator

_SCHEMA = Path(adaptive_cards.__file__).parent / "schemas" / "schema-1.5.json"


@cache
def _judge() -> Draft7Validator:
    schema = json.loads(_SCHEMA.read_text())
    schema.pop("id", None)  # not an id as draft 6 wants it
    return Draft7Validator(schema)


def faults(card: dict[str, Any]) -> list[str]:
    """What is wrong with the card, in words; nothing where Teams takes it."""
    shown = {k: v for k, v in card.items() if k != "msteams"}
    found = []
    for error in _judge().iter_errors(shown):
        deepest = error
        while deepest.context:
            deepest = max(deepest.context, key=lambda e: len(e.absolute_path))
        found.append(f"{list(deepest.absolute_path)}: {deepest.message[:200]}")
    if len(json.dumps(card)) > 25_000:
        found.append(f"{len(json.dumps(card))} bytes")
    if card.get("version") != "1.5":
        found.append("version")
    if len(card.get("refresh", {}).get("userIds", ())) > 60:
        found.append("too many viewers")
    ids = [e["id"] for e in elements(card) if str(e.get("type", "")).startswith("Input.")]
    if len(ids) != len(set(ids)):
        found.append("an input's id twice")
    tags = {e["text"] for e in card.get("msteams", {}).get("entities", ())}
    calling = [text for text in texts(card) if "<at" in text.lower()]
    found += [
        f"no entity: {t[:80]}" for t in calling if not set(t.replace("</at> <at>", "</at>|<at>").split("|")) <= tags
    ]
    found += [f"{len(e['actions'])} buttons in a row" for e in elements(card) if len(e.get("actions", ())) > 5]
    return found


def elements(made: object) -> Iterator[dict[str, Any]]:
    """Every object within the card."""
    if isinstance(made, dict):
        yield made
        for value in made.values():
            yield from elements(value)
    elif isinstance(made, list):
        for one in made:
            yield from elements(one)


def texts(card: dict[str, Any]) -> Iterator[str]:
    """Every text that is shown."""
    for one in elements({"body": card["body"]}):
        for name in ("text", "title", "label", "errorMessage"):
            if isinstance(one.get(name), str):
                yield one[name]
