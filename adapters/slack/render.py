"""From the neutral message to what Slack takes, within every limit of the surface, whatever the message holds.

A message takes blocks while they fit. Buttons and the revision line are set aside first, so that what is cut is never the
way out of it; what was left out is said: of a document the sections, else how many lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from adapters.slack import limits
from adapters.slack.blocks import Account, Json, Name, Surface, called, context, made
from adapters.slack.limits import cut_escaped, size
from bot.messages.model import Actions, Block, Context, Heading, Message, Text
from bot.messages.shorter import ending_of, lines_of, opens, sections, shorter
from bot.messages.telling import flat
from bot.messages.words import say

_TEXTS = frozenset({"text", "url", "fallback"})
"""Where the text of a block stands."""
_NOTE = 400
"""Room for the line that says what was left out."""


def nobody(_: str) -> str | None:
    """No account is known."""
    return None


@dataclass(slots=True)
class Drawn:
    """Blocks that fit; `left_out` counts lines that did not, `sections` names those of a document; `rest` is what they were.

    `cut_at`: before which block a document was cut, -1 where it was not.
    """

    blocks: list[Json] = field(default_factory=list)
    left_out: int = 0
    sections: list[str] = field(default_factory=list)
    rest: list[Block] = field(default_factory=list)
    cut_at: int = -1


@dataclass(slots=True)
class _Room:
    """What is left of a message; what the note needs is kept back. A message holds one table."""

    blocks: int
    text: int
    tables: int

    def takes(self, shown: Sequence[Json], share: int = 1, of: int = 1) -> bool:
        """True where there was room, which is spent then. At most `share`/`of` of the text that is left goes to them."""
        text = weight(shown)
        if len(shown) > self.blocks or text > self.text * share // of:
            return False
        self.spend(shown, text)
        return True

    def spend(self, shown: Sequence[Json], text: int) -> None:
        self.blocks -= len(shown)
        self.text -= text
        self.tables -= sum(1 for one in shown if one["type"] == "table")


def blocks(message: Message, *, account: Account = nobody, surface: Surface = "message") -> list[Json]:
    """The blocks of the message, within every limit of that surface."""
    return drawn(message, account=account, surface=surface).blocks


def payload(message: Message, *, account: Account = nobody, name: Name = str, cut_code: str = "chat.cut") -> Json:
    """`text` and `blocks` of a post, with nothing unfurled."""
    return posted(message, drawn(message, account=account, name=name, cut_code=cut_code), account)


def posted(message: Message, shown: Drawn, account: Account = nobody) -> Json:
    """The same of a message that was drawn already."""
    return {"text": fallback(message, account), "blocks": shown.blocks, "unfurl_links": False, "unfurl_media": False}


def fallback(message: Message, account: Account = nobody) -> str:
    """What notifications and screen readers get: it carries the verdict, and calls whom the message calls."""
    names = (account(person) for person in message.mentions[: limits.CALLED])
    calls = " ".join(f"<@{known}>" for known in names if known)
    told = cut_escaped(message.text.strip() or say("chat.bot"), limits.TEXT - size(calls) - 1)
    return f"{calls} {told}".strip()


def drawn(
    message: Message,
    *,
    account: Account = nobody,
    name: Name = str,
    surface: Surface = "message",
    cut_code: str = "chat.cut",
    most: int | None = None,
) -> Drawn:
    """The message as blocks, and what of it did not fit. `most`: blocks it may take, where others stand beside it.

    A document is cut before a section; its last ones, which say what to do next, are always there (P3).
    """
    room = _room(surface, most)
    source = message.blocks or (Text(message.text),)
    found = Drawn()
    calls = called(message.mentions, account, name)
    room.spend(calls, weight(calls))
    kept = {n: _set_aside(source[n], room, surface) for n in _first(source)}
    at = 0
    for part in sections(source):
        if part and opens(part[0]) and at not in kept:
            _section(found, room, surface, part, [kept.get(n) for n in range(at, at + len(part))])
        else:
            _parts(found, room, surface, part, [kept.get(n) for n in range(at, at + len(part))])
        at += len(part)
    spot = _below_title(found.blocks)
    found.blocks[spot:spot] = calls
    if found.left_out or found.sections:
        spot = found.cut_at + len(calls) if found.cut_at >= 0 else _above_buttons(found.blocks)
        found.blocks.insert(spot, context(_note(found, cut_code)))
    if not found.blocks:
        found.blocks.append(context(message.text or say("chat.bot")))
    return found


def _first(source: Sequence[Block]) -> list[int]:
    """What gets its room before all others: buttons, the last small print, the end of a document."""
    last = max((n for n, block in enumerate(source) if isinstance(block, Context)), default=-1)
    ending = ending_of(source)
    return [n for n, block in enumerate(source) if isinstance(block, Actions) or n == last or n >= ending]


def _parts(
    found: Drawn, room: _Room, surface: Surface, part: Sequence[Block], kept: Sequence[list[Json] | None]
) -> None:
    """Block after block, each as far as it fits."""
    for block, ready in zip(part, kept, strict=True):
        if ready is not None:
            found.blocks += ready
            continue
        shown, rest = _fitted(block, room, surface)
        found.blocks += shown
        if rest is not None:
            found.rest.append(rest)
            found.left_out += lines_of(rest)


def _section(
    found: Drawn, room: _Room, surface: Surface, part: Sequence[Block], kept: Sequence[list[Json] | None]
) -> None:
    """A section of a document: whole, or left out with all that follow it, but for its buttons."""
    shown: list[Json] = []
    tables = room.tables
    for block, ready in zip(part, kept, strict=True):
        one = made(block, surface, tables=tables > 0) if ready is None else []
        tables -= sum(1 for each in one if each["type"] == "table")
        # What belongs to a step stands in one block with it: a message holds few blocks, and they stand far apart.
        if shown and one and shown[-1]["type"] == one[0]["type"] == "rich_text" and not getattr(block, "label", ""):
            shown[-1] = {**shown[-1], "elements": [*shown[-1]["elements"], *one.pop(0)["elements"]]}
        shown += one
    if found.sections or not room.takes(shown):
        found.cut_at = len(found.blocks) if found.cut_at < 0 else found.cut_at
        found.sections += [block.text for block in part[:1] if isinstance(block, Heading)]
        found.rest += [block for block, ready in zip(part, kept, strict=True) if ready is None]
        shown = []
    found.blocks += shown
    found.blocks += [one for ready in kept if ready for one in ready]


def _note(found: Drawn, cut_code: str) -> str:
    """What was left out, and where it is."""
    lines = say(cut_code, {"count": str(found.left_out)}) if found.left_out else ""
    names = flat(", ".join(found.sections), 250)
    return f"{lines} {say(f'{cut_code}_sections', {'sections': names}) if names else ''}".strip()


def _room(surface: Surface, most: int | None) -> _Room:
    if surface == "message":
        return _Room((most or limits.BLOCKS) - 1, limits.BLOCK_TEXT - _NOTE, 1)
    return _Room((most or limits.VIEW_BLOCKS) - 1, limits.VIEW_TEXT - _NOTE, 0)


def weight(shown: object) -> int:
    """All the text of blocks. What a button carries back is no text."""
    if isinstance(shown, str):
        return 0
    if isinstance(shown, dict):
        return sum(
            (size(value) if key in _TEXTS else 0) if isinstance(value, str) else weight(value)
            for key, value in shown.items()
        )
    return sum(map(weight, shown)) if isinstance(shown, list | tuple) else 0


def _set_aside(block: Block, room: _Room, surface: Surface) -> list[Json]:
    """Rows of buttons and the revision line come first, but leave a third of the text to the others."""
    return [one for one in made(block, surface) if room.takes([one], 2, 3)]


def _fitted(block: Block, room: _Room, surface: Surface) -> tuple[list[Json], Block | None]:
    """The block, or as much of it as fits, and the rest."""
    shown = made(block, surface, tables=room.tables > 0)
    if room.takes(shown):
        return shown, None
    for part, rest in shorter(block):
        shown = made(part, surface, tables=room.tables > 0)
        if room.takes(shown):
            return shown, rest
    return [], block


def _below_title(shown: Sequence[Json]) -> int:
    """The verdict word comes first, then who is called."""
    return 1 if shown and shown[0]["type"] == "header" else 0


def _above_buttons(shown: Sequence[Json]) -> int:
    """Above the first row of buttons, or at the end."""
    return next((n for n, one in enumerate(shown) if one["type"] == "actions"), len(shown))
