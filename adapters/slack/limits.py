"""What Slack takes, as numbers, and how a text is brought under them.

Lengths are counted in UTF-16 units, the strictest of the ways in which a platform may count: an emoji is two of them.
"""

import re
from typing import Final

BLOCKS: Final = 50
"""Blocks of a message."""
VIEW_BLOCKS: Final = 100
"""Blocks of a modal or of the Home tab."""
TEXT: Final = 3_900
"""The text of a message: chat.update refuses more than 4,000, so no more is ever posted."""
BLOCK_TEXT: Final = 9_000
"""All the text in the blocks of a message. Near 12,000 Slack answers msg_blocks_too_long, which no page documents."""
VIEW_TEXT: Final = 60_000
"""All the text in the blocks of a view, which as JSON may take 250 kB."""
HEADER: Final = 150
PLAIN: Final = 2_000
"""One run of text, a piece of small print, or a label or hint of an input."""
BUTTON: Final = 75
BUTTONS: Final = 25
"""Buttons of one row."""
VALUE: Final = 2_000
"""What a button carries back."""
ACTION_ID: Final = 255
URL: Final = 3_000
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
OPTION: Final = 75
OPTION_VALUE: Final = 150
OPTIONS: Final = 100
"""Options of one group, and groups of one select."""
VIEW_TITLE: Final = 24
"""The title of a modal, and the labels of its two buttons."""
INPUT: Final = 3_000
"""What a person can type into one field."""
FIELD_ERROR: Final = 300
"""An error at a field: no page names a limit; a longer one would not be read."""
CALLED: Final = 20
"""Persons that one message calls by a mention."""

_DROP: Final = re.compile(
    r"[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def size(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """The text without control characters, half surrogates, marks that turn the direction of reading, or that nobody sees."""
    if text.isprintable():  # all that is taken out is not
        return text
    return _DROP.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cut(text: str, limit: int) -> str:
    """The text, cleaned; where it is longer than `limit` it ends with an ellipsis, and never within a letter."""
    text = clean(text)
    if size(text) <= limit:
        return text
    kept, used = [], 1
    for letter in text:
        used += size(letter)
        if used > limit:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


def escaped(text: str) -> str:
    """`&`, `<` and `>` as entities: then no mention, link, channel or date can be read out of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut_escaped(text: str, limit: int) -> str:
    """The text escaped; cut before it is escaped, so that the entities are whole and the result fits."""
    text, room = clean(text), limit
    made = escaped(cut(text, room))
    while size(made) > limit:
        room -= (size(made) - limit) // 5 + 1
        made = escaped(cut(text, room))
    return made
