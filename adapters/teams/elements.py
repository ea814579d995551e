"""One neutral block as elements of an Adaptive Card.

People's words go into text runs only, which read no Markdown, no tag and no function; a field's label, which has no other
way, is escaped. Meaning is never carried by colour: Teams may draw none.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from adapters.teams import limits
from adapters.teams.limits import clean, cut, untagged
from bot.messages.model import (
    Actions,
    Block,
    Bullets,
    Button,
    Code,
    Context,
    Divider,
    Fields,
    Heading,
    Link,
    Table,
    Text,
)

Json = dict[str, Any]
Account = Callable[[str], tuple[str, str] | None]
"""(Teams user id, display name) of a person of the roster, the id empty where none is known; or None."""

PRESS: Final = "press"
"""The verb of every button of ours; what it decides stands in its token."""
TOKEN: Final = "t"  # noqa: S105 - the name of a key
"""Where the token stands in an action's data."""

_COMMAND: Final = re.compile(
    r"`((?:/release |Approve-Risk: ?|tested on |python -m bot )[^`\n]{1,200}|[a-z][a-z_.]{2,40})`"
)
_TYPED: Final = re.compile(r"(?<![\w/.])/release(?= +[a-z])")
"""A command as the house's sentences have it: in Teams it begins with a mention, for "/" opens a menu of Teams' own."""
_TAME: Final = re.compile(r"[^\W_][\w ,:;?%/→·–—]*")
"""A heading without a letter that Markdown could read."""


def nobody(_: str) -> tuple[str, str] | None:
    """No account is known."""
    return None


def made(block: Block) -> list[Json]:  # noqa: C901 - one case for each block
    """The block as it is drawn; nothing where it would show nothing."""
    match block:
        case Heading(text, level):
            return [_heading(text, "Large" if level == 1 else "Medium")] if seen(text) else []
        case Text(text, label):
            return [lines(labelled(label, text))] if seen(text) or seen(label) else []
        case Bullets(items, numbered, label):
            return _bullets(items, label, numbered=numbered)
        case Fields(pairs):
            return [lines(labelled(label, value), spacing="Small") for label, value in pairs if seen(label + value)]
        case Table():
            return _table(block) if _tabular(block) else _listed(block)
        case Code(text, label):
            return _code(text, label)
        case Link(label, url):
            return [lines([_linked(label, url)])] if seen(label) or seen(url) else []
        case Context(text):
            return [small(text)] if seen(text) else []
        case Divider():
            return [{"type": "Container", "items": [], "separator": True, "spacing": "Medium"}]
        case Actions(buttons):
            return _rows(buttons)


def seen(text: str) -> str:
    """What is left of the text once it is cleaned; empty where nothing would be seen."""
    return clean(text).strip()


def run(text: str, **style: object) -> Json:
    """A run of text as it was typed, but for `<at>`."""
    return {"type": "TextRun", "text": cut(untagged(text), limits.RUN), **style}


def runs(text: str, **style: object) -> list[Json]:
    """The text; what is to be typed, which the house's sentences set between backticks, is fixed-width."""
    parts = _COMMAND.split(text)
    fixed = {**style, "fontType": "Monospace"}
    made_of = [run(typed(part), **(fixed if n % 2 else style)) for n, part in enumerate(parts) if part]
    return made_of or [run("", **style)]


def typed(text: str) -> str:
    """The text with its commands as one types them in Teams."""
    said = f"@T-Minus {text}" if text.startswith("Approve-Risk:") else text
    return _TYPED.sub("@T-Minus release", said)


def plain(text: str) -> str:
    """The text for a place that has no fixed width."""
    return typed(_COMMAND.sub(r"\1", text))


def lines(inlines: Sequence[Json], **style: object) -> Json:
    """A paragraph of runs."""
    return {"type": "RichTextBlock", "inlines": list(inlines), **style}


def small(text: str) -> Json:
    """Small print."""
    return lines(runs(text, size="Small", isSubtle=True), spacing="Small")


def labelled(label: str, text: str) -> list[Json]:
    """`Label: text`, the label in bold."""
    head = [run(f"{seen(label)}: " if seen(text) else seen(label), weight="Bolder")] if seen(label) else []
    return [*head, *runs(text)] if seen(text) else head


def button(made_of: Button, *, stands_out: bool = False) -> Json:
    """One press: Action.Execute, and Action.Submit for a client that does not know it."""
    return execute(made_of.label, PRESS, {TOKEN: made_of.token}, stands_out=stands_out)


def execute(label: str, verb: str, data: Json, *, stands_out: bool = False, inputs: bool = False) -> Json:
    """An action that comes back as `verb` with `data`; `inputs`: with what was typed, which is checked first."""
    title = cut(seen(label), limits.BUTTON) or "–"
    common: Json = {"title": title, "data": {**data, "v": verb}}
    common |= {"associatedInputs": "auto" if inputs else "none"}
    common |= {"style": "positive"} if stands_out else {}
    return {
        "type": "Action.Execute",
        "verb": verb,
        **common,
        "fallback": {"type": "Action.Submit", **common},
    }


def rows(actions: Sequence[Json]) -> list[Json]:
    """Rows of actions, none so long that a host hides its end."""
    found: list[list[Json]] = []
    for one in actions:
        row = found[-1] if found else []
        wide = sum(len(a["title"]) * limits.LETTER + limits.EDGE for a in (*row, one)) > limits.ROW
        if not row or wide or len(row) == limits.BUTTONS:
            found.append([one])
        else:
            row.append(one)
    return [
        {"type": "ActionSet", "actions": row, "spacing": "Medium" if n == 0 else "Small"} for n, row in enumerate(found)
    ]


def _rows(buttons: Sequence[Button]) -> list[Json]:
    first = next((n for n, one in enumerate(buttons) if one.style == "primary"), -1)
    return rows([button(one, stands_out=n == first) for n, one in enumerate(buttons)])


def _heading(text: str, size: str) -> Json:
    """A heading that screen readers know as one, where it holds nothing that Markdown could read."""
    text = cut(seen(text), limits.HEADING)
    if _TAME.fullmatch(text):
        return {
            "type": "TextBlock",
            "text": text,
            "style": "heading",
            "size": size,
            "weight": "Bolder",
            "wrap": True,
        }
    return lines([run(text, size=size, weight="Bolder")])


def _bullets(items: Iterable[str], label: str, *, numbered: bool = False) -> list[Json]:
    told = [one for one in items if seen(one)]
    marks = (f"{n}. " if numbered else "• " for n in range(1, len(told) + 1))
    head = [lines(labelled(label, ""))] if seen(label) else []
    return head + [lines(runs(f"{mark}{one}"), spacing="Small") for mark, one in zip(marks, told, strict=True)]


def _code(text: str, label: str) -> list[Json]:
    head = [lines(labelled(label, ""))] if seen(label) else []
    body = [lines([run(text, fontType="Monospace")], spacing="Small")] if seen(text) else []
    return head + body


def _tabular(block: Table) -> bool:
    width = len(block.head)
    fits = 0 < width <= limits.COLUMNS and 0 < len(block.rows) <= limits.ROWS
    return fits and all(len(row) == width for row in block.rows)


def _table(block: Table) -> list[Json]:
    told = [[_cell(cell, weight="Bolder") for cell in block.head], *([_cell(c) for c in row] for row in block.rows)]
    label = [lines(labelled(block.label, ""))] if seen(block.label) else []
    table = {
        "type": "Table",
        "firstRowAsHeader": True,
        "columns": [{"width": 1} for _ in block.head],
        "rows": [{"type": "TableRow", "cells": row} for row in told],
    }
    return [*label, table]


def _cell(text: str, **style: object) -> Json:
    return {"type": "TableCell", "items": [lines(runs(seen(text) or "–", **style))]}


def _listed(block: Table) -> list[Json]:
    """A table where none can stand: a line for each row, its cells named by the head, empty ones left out."""
    told = []
    for row in block.rows:
        names = (*block.head, *("" for _ in row))
        named = zip(names, row, strict=False)
        told.append(" · ".join(f"{name}: {cell}" if name else cell for name, cell in named if seen(cell)))
    return _bullets(told, block.label)


def _linked(label: str, url: str) -> Json:
    """A link that can be pressed only where it leads to http or https; anything else stays words."""
    safe = url.startswith(("https://", "http://")) and url.isprintable() and " " not in url and len(url) <= limits.URL
    if not safe or clean(url) != url or not url.isascii():
        return run(f"{seen(label)} {url}".strip())
    return run(seen(label) or url, selectAction={"type": "Action.OpenUrl", "url": url}, color="Accent", underline=True)
