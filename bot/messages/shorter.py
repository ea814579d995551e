"""What is left out of a message that does not fit where a platform has to show it: whole sections, else the end of a list.

Nothing is cut within a sentence: a reader who sees half a condition reads another one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bot.messages.model import Block, Bullets, Code, Fields, Heading, Table, Text

Parted = Bullets | Fields | Table | Text | Code
"""The blocks that can be parted, and where."""

ENDING = 2
"""Sections at the end of a document that are shown whatever is left out before them: what to do next stands there (P3)."""

_SENTENCES = re.compile(r"(?<=[.!?]) ")


def sections(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], ...]:
    """What stands before the first section, and each section from its heading on. One part where there are none."""
    starts = [n for n, block in enumerate(blocks) if opens(block)]
    edges = [0, *starts, len(blocks)]
    return tuple(tuple(blocks[a:b]) for a, b in pairwise(edges))


def ending_of(blocks: Sequence[Block]) -> int:
    """Where the end of a document begins that is always shown; after the last block where there are no sections."""
    parts = sections(blocks)
    return len(blocks) - sum(len(part) for part in parts[max(len(parts) - ENDING, 1) :])


def opens(block: Block) -> bool:
    """True for the heading of a section."""
    return isinstance(block, Heading) and block.level > 1


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
    return block.text.split("\n") if "\n" in block.text else _SENTENCES.split(block.text)


def _of(block: Parted, parts: Sequence[Any]) -> Block:
    """The same kind of block with those parts only."""
    match block:
        case Bullets():
            return replace(block, items=tuple(parts))
        case Fields():
            return replace(block, pairs=tuple(parts))
        case Table():
            return replace(block, rows=tuple(parts))
    return replace(block, text=("\n" if "\n" in block.text else " ").join(parts))
