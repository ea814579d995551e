"""The one neutral message model; adapters render it (decision 14).

All strings are plain text: whatever people typed may stand in them, and each adapter escapes for its own platform.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Heading:
    """A short title; on the living card the verdict word comes first. `level`: 1 a title, 2 a section of a document."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `label` is set in bold before it.

    `at`: the instant that it tells in words; a platform that can shows it in the reader's own time beside them (T5).
    """

    text: str
    label: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A short list; `numbered` where the order matters. `label` stands in bold above."""

    items: tuple[str, ...]
    numbered: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """Label and value pairs. `at`: the instant that the first pair tells in words, as in Text."""

    pairs: tuple[tuple[str, str], ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; all rows are as long as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Fixed-width text, such as a SUGGESTED_COMMAND."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link that a source or a person gave; `url` is http or https."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Context:
    """Small print: revision line, provenance, the clock's note."""

    text: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two parts."""


@dataclass(frozen=True, slots=True)
class Button:
    """One press. `label` is unique on its card and says its object; `token` (tokens.py) nominates, it never authorises."""

    id: str
    label: str
    token: str
    style: str = "default"


@dataclass(frozen=True, slots=True)
class Actions:
    """A row of buttons."""

    buttons: tuple[Button, ...]


Block = Heading | Text | Bullets | Fields | Table | Code | Link | Context | Divider | Actions


@dataclass(frozen=True, slots=True)
class Message:
    """A card or a line. `text` is the fallback for notifications and screen readers: it carries the verdict.

    `mentions`: person ids that must act. `private`: only the person spoken to sees it. `attachments`: (file name, text).
    """

    text: str
    blocks: tuple[Block, ...] = ()
    mentions: tuple[str, ...] = ()
    private: bool = False
    attachments: tuple[tuple[str, str], ...] = ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons of the message, in order."""
        return tuple(b for block in self.blocks if isinstance(block, Actions) for b in block.buttons)


@dataclass(frozen=True, slots=True)
class FormField:
    """One input. `kind`: text, textarea, choice, person, date, datetime. `choices`: (value, label)."""

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A dialog. `token` comes back with the values; `submit` is the label of its button."""

    code: str
    title: str
    fields: tuple[FormField, ...]
    token: str
    submit: str = "Send"
    intro: tuple[Block, ...] = field(default_factory=tuple)
