"""From the sandbox's JSON back to the neutral message, so that the other platforms' renderers can show what they would send."""

from datetime import datetime
from typing import Any

from adapters.sandbox.book import Json, Kept
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
    Message,
    Table,
    Text,
)


def message_of(kept: Kept) -> Message:
    """The message as the bot wrote it. `message_of` undoes `blocks_json`; nothing is lost between them."""
    own = [b for b in kept.blocks if b["type"] not in {"mentions", "attachment"}]
    return Message(
        text=kept.text,
        blocks=tuple(block_of(block) for block in own),
        mentions=tuple(p for b in kept.blocks if b["type"] == "mentions" for p in b["people"]),
        private=kept.to is not None,
        attachments=tuple((b["name"], b["text"]) for b in kept.blocks if b["type"] == "attachment"),
    )


def block_of(block: Json) -> Block:  # noqa: C901 - one case for each block
    """One block. Raises ValueError: a type that this version does not know."""
    match block:
        case {"type": "heading", "text": text}:
            return Heading(text, int(block.get("level") or 1))
        case {"type": "text", "text": text, "label": label}:
            return Text(text, label, _instant(block.get("at")))
        case {"type": "bullets", "items": items, "numbered": numbered, "label": label}:
            return Bullets(tuple(items), numbered, label)
        case {"type": "fields", "pairs": pairs}:
            return Fields(tuple((p["label"], p["value"]) for p in pairs), _instant(block.get("at")))
        case {"type": "table", "head": head, "rows": rows, "label": label}:
            return Table(tuple(head), tuple(tuple(row) for row in rows), label)
        case {"type": "code", "text": text, "label": label}:
            return Code(text, label)
        case {"type": "link", "label": label, "url": url}:
            return Link(label, url)
        case {"type": "context", "text": text}:
            return Context(text)
        case {"type": "divider"}:
            return Divider()
        case {"type": "actions", "buttons": buttons}:
            return Actions(tuple(_button(b) for b in buttons))
    msg = f"the block {str(block.get('type'))[:40]!r} is not known here"
    raise ValueError(msg)


def _instant(at: str | None) -> datetime | None:
    """The instant that a sentence tells in words; a message that an earlier version kept has none."""
    return None if at is None else datetime.fromisoformat(at)


def _button(button: dict[str, Any]) -> Button:
    return Button(button["id"], button["label"], button["token"], button["style"])
