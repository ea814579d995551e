"""One neutral block as Block Kit, each within its own limits.

People's words go into plain text and rich text only: neither knows a mention, a link, an :emoji: or any other markup.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal

from adapters.slack import limits
from adapters.slack.limits import clean, cut, size
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
from bot.messages.words import say

Json = dict[str, Any]
_COMMAND = re.compile(r"`((?:/release |Approve-Risk: ?|tested on |python -m bot )[^`\n]{1,200}|[a-z][a-z_.]{2,40})`")
Surface = Literal["message", "modal", "home"]
Account = Callable[[str], str | None]
"""The Slack user id of a person of the roster, or None."""
Name = Callable[[str], str]
"""What the roster calls a person."""

_UNSEEN: Final = "\u200c\u200d\ufe0e\ufe0f\u115f\u1160\u2800\u3164\uffa0 "
"""What joins or fills letters, and shows nothing where there are none."""

PRESS: Final = "press"
"""What the action_id of every button of ours begins with."""

NOTHING: Final = "–"
"""Where Slack wants a letter and there is none."""


def made(block: Block, surface: Surface, *, tables: bool = True) -> list[Json]:  # noqa: C901 - one case for each block
    """The block as it is drawn on that surface; nothing where it would show nothing. Modals know no tables."""
    match block:
        case Heading(text):
            return [{"type": "header", "text": plain(text, limits.HEADER)}] if seen(text) else []
        case Text(text, label, at):
            return _rich([_section(_labelled(label, text), at)]) if seen(text) or seen(label) else []
        case Bullets(items, numbered, label):
            return _bullets(items, label, numbered=numbered)
        case Fields(pairs, at):
            return _fields(pairs, at)
        case Table():
            return _table(block) if tables and surface == "message" and _tabular(block) else _listed(block)
        case Code(text, label):
            return _code(text, label)
        case Link(label, url):
            return _rich([_section([_linked(label, url)])]) if seen(label) or seen(url) else []
        case Context(text):
            return [context(text)] if seen(text) else []
        case Divider():
            return [{"type": "divider"}]
        case Actions(buttons):
            return _rows(buttons)


def seen(text: str) -> str:
    """What is left of the text once it is cleaned; empty where nothing would be seen."""
    found = clean(text).strip()
    return found if found.isascii() or found.strip(_UNSEEN) else ""


def plain(text: str, limit: int) -> Json:
    """Plain text, without :emoji: names being read into it."""
    return {"type": "plain_text", "text": cut(seen(text), limit) or NOTHING, "emoji": False}


def context(text: str) -> Json:
    """Small print, which knows no fixed width: a command stands in it without its backticks."""
    return {"type": "context", "elements": [plain(_COMMAND.sub(r"\1", text), limits.PLAIN)]}


def called(mentions: Sequence[str], account: Account, name: Name) -> list[Json]:
    """Whom the message calls: a mention where the account is known, else the name as words, which calls nobody."""
    elements: list[Json] = []
    for person in mentions[: limits.CALLED]:
        known = account(person)
        elements += [
            {"type": "user", "user_id": known} if known else _text(cut(seen(name(person)), 80) or NOTHING),
            _text(" "),
        ]
    return _rich([_section(elements[:-1])]) if elements else []


def _text(text: str, *, bold: bool = False) -> Json:
    run: Json = {"type": "text", "text": cut(text, limits.PLAIN) or " "}
    return run | {"style": {"bold": True}} if bold else run


def _labelled(label: str, text: str) -> list[Json]:
    """`Label: text`, the label in bold."""
    text = text if seen(text) else ""
    head = [_text(f"{seen(label)}: " if text else seen(label), bold=True)] if seen(label) else []
    return [*head, *_runs(text)] if text else head


def _runs(text: str) -> list[Json]:
    """Words, and in them the commands to type, which the house's sentences set between backticks: `/release …`."""
    found: list[Json] = []
    for n, part in enumerate(_COMMAND.split(cut(text, limits.PLAIN))):
        if part:
            found.append(
                {"type": "text", "text": part, "style": {"code": True}} if n % 2 else {"type": "text", "text": part}
            )
    return found or [_text(" ")]


def _section(elements: Sequence[Json], at: datetime | None = None) -> Json:
    shown = list(elements) or [_text(NOTHING)]
    if at is not None:
        shown += [_text(f" · {say('chat.your_time')} "), _date(at)]
    return {"type": "rich_text_section", "elements": shown}


def _date(at: datetime) -> Json:
    """The instant in the reader's own zone; a client that cannot do it shows it in UTC."""
    utc = at.astimezone(UTC)
    return {
        "type": "date",
        "timestamp": int(utc.timestamp()),
        "format": "{date_short_pretty} {time}",
        "fallback": f"{utc:%Y-%m-%d %H:%M} UTC",
    }


def _rich(elements: Sequence[Json]) -> list[Json]:
    return [{"type": "rich_text", "elements": list(elements)}] if elements else []


def _fields(pairs: Sequence[tuple[str, str]], at: datetime | None) -> list[Json]:
    """A line for each pair, in one section: a section of its own for each would stand too far apart."""
    elements: list[Json] = []
    for n, (label, value) in enumerate(pairs):
        elements += [_text("\n")] if elements else []
        elements += _section(_labelled(label, value), at if n == 0 else None)["elements"]
    return _rich([_section(elements)]) if elements else []


def _bullets(items: Iterable[str], label: str, *, numbered: bool = False) -> list[Json]:
    lines = [_section(_runs(one)) for one in items if seen(one)]
    style = "ordered" if numbered else "bullet"
    listed = [{"type": "rich_text_list", "style": style, "elements": lines}] if lines else []
    return _rich([*([_section(_labelled(label, ""))] if seen(label) else []), *listed])


def _code(text: str, label: str) -> list[Json]:
    body = [{"type": "rich_text_preformatted", "elements": [_text(text)]}] if seen(text) else []
    return _rich([*([_section(_labelled(label, ""))] if seen(label) else []), *body])


def _tabular(block: Table) -> bool:
    width = len(block.head)
    fits = 0 < width <= limits.TABLE_COLUMNS and 0 < len(block.rows) < limits.TABLE_ROWS
    return fits and all(len(row) == width for row in block.rows)


def _table(block: Table) -> list[Json]:
    rows = [
        [{"type": "raw_text", "text": cut(seen(cell), limits.PLAIN) or NOTHING} for cell in row]
        for row in (block.head, *block.rows)
    ]
    settings = [{"align": "left", "is_wrapped": True} for _ in block.head]
    label = _rich([_section(_labelled(block.label, ""))]) if seen(block.label) else []
    return [*label, {"type": "table", "rows": rows, "column_settings": settings}]


def _listed(block: Table) -> list[Json]:
    """A table where none can stand: a line for each row, its cells named by the head, empty ones left out."""
    lines = []
    for row in block.rows:
        names = (*block.head, *("" for _ in row))
        named = zip(names, row, strict=False)
        lines.append(" · ".join(f"{name}: {cell}" if name else cell for name, cell in named if seen(cell)))
    return _bullets(lines, block.label)


def _linked(label: str, url: str) -> Json:
    """A link that can be pressed only where it leads to http or https; anything else stays words."""
    safe = url.startswith(("https://", "http://")) and url.isprintable() and " " not in url and size(url) <= limits.URL
    if not safe or clean(url) != url:
        return _text(f"{seen(label)} {url}".strip())
    return {"type": "link", "url": url, "text": cut(seen(label), limits.PLAIN) or cut(url, limits.PLAIN)}


def _rows(buttons: Sequence[Button]) -> list[Json]:
    """At most one button of a set stands out as the one to press."""
    first = next((n for n, one in enumerate(buttons) if one.style == "primary"), -1)
    made_all = [_button(one, n, stands_out=n == first) for n, one in enumerate(buttons)]
    rows = [made_all[n : n + limits.BUTTONS] for n in range(0, len(made_all), limits.BUTTONS)]
    return [{"type": "actions", "elements": row} for row in rows]


def _button(button: Button, number: int, *, stands_out: bool) -> Json:
    """The number keeps the action_id apart from its neighbours'; the token is what comes back."""
    label = plain(button.label, limits.BUTTON)
    press: Json = {
        "type": "button",
        "action_id": cut(f"{PRESS}:{number}:{button.id}", limits.ACTION_ID),
        "text": label,
        "value": cut(button.token, limits.VALUE) or NOTHING,
        "accessibility_label": label["text"],
    }
    style = button.style if button.style == "danger" else "primary" if stands_out else ""
    return press | {"style": style} if style else press
