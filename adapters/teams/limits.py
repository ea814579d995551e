"""What Teams takes, as numbers, and how a text is brought under them."""

import json
import re
from typing import Any, Final

CARD: Final = 25_000
"""Bytes of a card as it goes over the wire. Teams' pages say 28 KB for cards with mentions and up to 100 KB for a message."""
VERSION: Final = "1.5"
"""The newest version that Teams draws on desktop, web and mobile; Action.Execute and refresh need it."""
BUTTONS: Final = 5
"""Buttons of one row: a host may hide those after the fifth."""
ROW: Final = 310
"""Pixels of one row of buttons: a phone hides what is wider, or shows a few letters of each."""
LETTER: Final = 7.7
"""Pixels of a letter on a button, as Teams' own typeface has them."""
EDGE: Final = 32
"""Pixels of a button beside its letters: its sides, and the gap to the next one."""
VIEWERS: Final = 60
"""Users whom a card's refresh may name; with more, nobody gets a view of their own."""
RUN: Final = 4_000
"""One run of text."""
BUTTON: Final = 80
HEADING: Final = 200
INPUT: Final = 3_000
"""What a person can type into one field."""
CHOICES: Final = 100
CALLED: Final = 20
"""Persons that one message calls by a mention."""
URL: Final = 2_000
COLUMNS: Final = 3
"""Columns of a table that can still be read on a phone."""
ROWS: Final = 40
FALLBACK: Final = 300
"""The line that a notification and a screen reader get."""
FIELD: Final = 200
"""Label, hint or error of a field."""

_DROP: Final = re.compile(
    r"[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>])")


def clean(text: str) -> str:
    """The text without control characters, half surrogates and marks that turn the direction of reading."""
    return _DROP.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cut(text: str, limit: int) -> str:
    """The text, cleaned; where it is longer than `limit` letters it ends with an ellipsis."""
    text = clean(text)
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def untagged(text: str) -> str:
    """The text with `<at>` made harmless: Teams reads it as a mention wherever it stands in a card."""
    return re.sub(r"<(?=\s*/?\s*at\b)", "\u2039", text, flags=re.IGNORECASE)


def escaped(text: str) -> str:
    """The text for a place that reads Markdown: every letter of markup stands for itself, and no tag is left."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return _MARKUP.sub(r"\\\1", text)


def weight(made: Any) -> int:  # noqa: ANN401 - any JSON value
    """Bytes of it as JSON, letters beyond ASCII written as escapes: the most that any way of writing takes."""
    return len(json.dumps(made, separators=(", ", ": ")))
