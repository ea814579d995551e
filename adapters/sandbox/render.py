"""From the neutral message to the sandbox's own JSON. All texts stay plain text: the browser inserts them as such."""

from collections.abc import Mapping
from datetime import UTC, datetime
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
    Form,
    FormField,
    Heading,
    Link,
    Message,
    Table,
    Text,
)


def blocks_json(message: Message) -> list[Json]:
    """The blocks of a message, each with its "type"; whom it calls and what is attached are blocks too."""
    blocks = [block_json(block) for block in message.blocks]
    if message.mentions:
        blocks.append({"type": "mentions", "people": list(message.mentions)})
    blocks += [{"type": "attachment", "name": name, "text": text} for name, text in message.attachments]
    return blocks


def block_json(block: Block) -> Json:  # noqa: C901 — one case for each block
    """One block."""
    match block:
        case Heading(text, level):
            return {"type": "heading", "text": text, "level": level}
        case Text(text, label, at):
            return {"type": "text", "text": text, "label": label, "at": None if at is None else instant(at)}
        case Bullets(items, numbered, label):
            return {"type": "bullets", "items": list(items), "numbered": numbered, "label": label}
        case Fields(pairs, at):
            told = [{"label": label, "value": value} for label, value in pairs]
            return {"type": "fields", "pairs": told, "at": None if at is None else instant(at)}
        case Table(head, rows, label):
            return {"type": "table", "head": list(head), "rows": [list(row) for row in rows], "label": label}
        case Code(text, label):
            return {"type": "code", "text": text, "label": label}
        case Link(label, url):
            return {"type": "link", "label": label, "url": url}
        case Context(text):
            return {"type": "context", "text": text}
        case Divider():
            return {"type": "divider"}
        case Actions(buttons):
            return {"type": "actions", "buttons": [_button(button) for button in buttons]}


def _button(button: Button) -> Json:
    return {"id": button.id, "label": button.label, "style": button.style, "token": button.token}


def buttons_of(kept: Kept) -> list[Json]:
    """The buttons that the message carries now."""
    return [button for block in kept.blocks if block["type"] == "actions" for button in block["buttons"]]


def message_json(kept: Kept) -> Json:
    """A message as it is answered over HTTP."""
    return {
        "id": f"m{kept.id}",
        "place": kept.place,
        "thread": None if kept.thread is None else f"m{kept.thread}",
        "author": kept.author,
        "to": kept.to,
        "text": kept.text,
        "blocks": list(kept.blocks),
        "buttons": buttons_of(kept),
        "revision": kept.revision,
        "posted_at": kept.posted_at,
        "edited_at": kept.edited_at,
    }


def form_json(form: Form) -> Json:
    """A form; the id is given when it is kept."""
    return {
        "title": form.title,
        "submit": form.submit,
        "intro": [block_json(block) for block in form.intro],
        "fields": [_field(field) for field in form.fields],
    }


def _field(field: FormField) -> Json:
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "required": field.required,
        "choices": [{"value": value, "label": label} for value, label in field.choices],
        "value": field.value,
        "hint": field.hint,
    }


def with_values(form: Mapping[str, Any], values: Mapping[str, str]) -> Json:
    """The form with what was typed into it."""
    fields = [{**field, "value": values.get(field["name"], field["value"])} for field in form["fields"]]
    return {**form, "fields": fields}


def instant(at: datetime) -> str:
    """ISO 8601 in UTC with a Z, to the second, or finer where the instant is."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
