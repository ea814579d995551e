"""Prints a message as plain text, so that a golden file can be read by people."""

from collections.abc import Iterator

from bot.messages.model import (
    Actions,
    Block,
    Bullets,
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


def plain(message: Message) -> str:
    """All that a person would see, top to bottom, and the fallback text first."""
    lines = [f"fallback: {message.text}", f"mentions: {', '.join(message.mentions) or '-'}", ""]
    lines += [line for block in message.blocks for line in _lines(block)]
    return "\n".join(lines) + "\n"


def words(message: Message) -> int:
    """Words of the blocks, without buttons (P2)."""
    return sum(len(line.split()) for b in message.blocks if not isinstance(b, Actions) for line in _lines(b))


def visible(message: Message) -> str:
    """The blocks' text, without buttons and fallback."""
    return "\n".join(line for b in message.blocks if not isinstance(b, Actions) for line in _lines(b))


def _lines(block: Block) -> Iterator[str]:  # noqa: C901 - one branch for each kind of block
    if isinstance(block, Heading):
        yield f"## {block.text}"
    elif isinstance(block, Text):
        yield f"{block.label}: {block.text}" if block.label else block.text
    elif isinstance(block, Bullets):
        if block.label:
            yield f"{block.label}:"
        yield from (f"{f'{n}.' if block.numbered else '-'} {one}" for n, one in enumerate(block.items, start=1))
    elif isinstance(block, Fields):
        yield from (f"{label}: {value}" for label, value in block.pairs)
    elif isinstance(block, Table):
        if block.label:
            yield f"{block.label}:"
        yield from (" | ".join(row) for row in (block.head, *block.rows))
    elif isinstance(block, Code):
        yield from (line for line in (f"{block.label}:", block.text))
    elif isinstance(block, Link):
        yield f"{block.label} <{block.url}>"
    elif isinstance(block, Context):
        yield f"({block.text})"
    elif isinstance(block, Divider):
        yield "---"
    elif isinstance(block, Actions):
        yield " ".join(f"[{b.label}]" for b in block.buttons)
