"""Ever shorter heads of a block that does not fit where a platform has to show it, each with the tail that is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.messages.model import Block, Bullets, Code, Fields, Table, Text

Parted = Bullets | Fields | Table | Text | Code
"""The blocks that can be parted, and where."""


def shorter(block: Block) -> Iterator[tuple[Block, Block]]:
    """A half, a quarter, … of the block, each with the rest. Nothing for a block that cannot be parted."""
    if not isinstance(block, Parted):
        return
    parts = _parts(block)
    count = len(parts) // 2
    while count:
        yield _of(block, parts[:count]), _of(block, parts[count:])
        count //= 2


def lines_of(block: Block) -> int:
    """How many lines a reader misses where the block is left out; a text counts as one."""
    return len(_parts(block)) if isinstance(block, Bullets | Fields | Table) else 1


def _parts(block: Parted) -> Sequence[Any]:
    match block:
        case Bullets(items):
            return items
        case Fields(pairs):
            return pairs
        case Table(_, rows):
            return rows
    return block.text.split(_joint(block.text))


def _of(block: Parted, parts: Sequence[Any]) -> Block:
    """The same kind of block with those parts only."""
    match block:
        case Bullets():
            return replace(block, items=tuple(parts))
        case Fields():
            return replace(block, pairs=tuple(parts))
        case Table():
            return replace(block, rows=tuple(parts))
    return replace(block, text=_joint(block.text).join(parts))


def _joint(text: str) -> str:
    """Where a text may be parted: between its lines, or its words."""
    return "\n" if "\n" in text else " "
