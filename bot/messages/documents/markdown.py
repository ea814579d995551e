"""The outline as Markdown. Whatever people typed is escaped: no markup, no HTML, no link of theirs comes to life."""

import re
from collections.abc import Iterator

from bot.messages.documents.outline import Command, Grid, Items, Part, Section, Statement

_SPECIAL = re.compile(r"([\\`*\[\]|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")
"""What means something inside a line. An underscore within a word means nothing, so SUGGESTED_COMMAND stays readable."""

_LEADING = re.compile(r"^([-+=#]|\d+[.)](?=\s|$))")
_ENTITY = re.compile(r"&(?=[#A-Za-z])")


def markdown(title: str, small: str, sections: tuple[Section, ...]) -> str:
    """The whole document, ending with a line break."""
    lines = [f"# {escaped(title)}", "", escaped(small), ""]
    for section in sections:
        lines += [f"{'#' * (section.level - 1)} {escaped(section.label)}", ""]
        for part in section.parts:
            lines += [*_part(part), ""]
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Plain text that Markdown leaves as it is; one line."""
    line = " ".join(text.split())
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;").replace(">", "&gt;")
    line = _SPECIAL.sub(r"\\\1", line)
    return _LEADING.sub(_defused, line)


def _defused(found: re.Match[str]) -> str:
    """`- ` and `1. ` at the start of a line would begin a list."""
    mark = found.group(1)
    return f"{mark[:-1]}\\{mark[-1]}"


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Statement):
        yield _statement(part)
    elif isinstance(part, Items):
        for number, one in enumerate(part.items, start=1):
            yield f"{f'{number}.' if part.numbered else '-'} {_statement(one)}"
    elif isinstance(part, Grid):
        yield f"| {' | '.join(escaped(h) for h in part.head)} |"
        yield f"|{'---|' * len(part.head)}"
        for row in part.rows:
            yield f"| {' | '.join(_statement(cell) for cell in row)} |"
    else:
        yield from _command(part)


def _command(part: Command) -> Iterator[str]:
    fence = "`" * max(3, _longest_run(part.text) + 1)
    yield escaped(part.note)
    yield ""
    yield from (f"{fence}sh", part.text, fence)


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def _statement(one: Statement) -> str:
    label = f"**{escaped(one.label)}:** " if one.label else ""
    origin = f" *({escaped(one.origin)})*" if one.origin else ""
    return f"{label}{escaped(one.text)}{origin}"
