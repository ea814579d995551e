"""docs/reference/lifecycle.md and its picture: the phases and moves of a release, drawn from bot.domain.lifecycle.MOVES."""

import math
from collections.abc import Iterator, Mapping
from html import escape

from bot.domain.lifecycle import MOVES
from bot.domain.release import TERMINAL, Phase

Point = tuple[float, float]

_AT: Mapping[Phase, tuple[int, int]] = {
    Phase.PLANNING: (90, 210),
    Phase.PLANNED: (310, 210),
    Phase.CLEARED: (560, 210),
    Phase.LIVE: (850, 210),
    Phase.CLOSED: (1140, 210),
    Phase.HELD: (560, 390),
    Phase.CANCELLED: (200, 520),
    Phase.ROLLING_BACK: (850, 390),
    Phase.ROLLED_BACK: (1140, 390),
}
"""Where the middle of each phase stands in the picture, in pixels. A phase without a place is a KeyError of the generator."""

_BENDS: Mapping[tuple[Phase, Phase], float] = {
    (Phase.PLANNING, Phase.LIVE): 340,
    (Phase.PLANNED, Phase.LIVE): 190,
    (Phase.CLEARED, Phase.CANCELLED): 100,
    (Phase.PLANNING, Phase.CANCELLED): -30,
}
"""By how many pixels an arrow leans to its left (right: less than 0), where the straight way would cross a box."""

_APART = 34
"""The same for two arrows between the same two phases."""

_WIDTH, _HEIGHT = 1230, 570
_HALF_WIDTH, _HALF_HEIGHT = 68, 20
_STYLE = (
    "text { font: 13px system-ui, sans-serif; text-anchor: middle; fill: #1d2b26 }"
    " .name { font-weight: 600; font-size: 15px }"
    " .words { paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round }"
    " rect { fill: #e6f3ee; stroke: #17735a; stroke-width: 1.5 }"
    " .end { fill: #eef0f1; stroke: #5b6663 }"
    " path { fill: none; stroke: #5b6663; stroke-width: 1.5 }"
    " marker path { fill: #5b6663; stroke: none }"
)
_HEAD = (
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
    '<path d="M0 0 8 4 0 8z"/></marker></defs>'
)


def page() -> str:
    """The page; its picture is `picture`."""
    events = [event.__name__ for row in MOVES.values() for event in row]
    return "\n".join(
        [
            "# The life of a release",
            "",
            "A release is always in one phase. Only the events on the arrows change it; any other event leaves it there.",
            "The table is `MOVES` in `bot/domain/lifecycle.py`; what is legal on top of it (who may, on which evidence) is",
            "decided in `bot/decide/` and `bot/policy/`.",
            "",
            "![The phases of a release and the events that move it; the table below says the same in words](lifecycle.svg)",
            "",
            "| in this phase | these events move it |",
            "| --- | --- |",
            *(f"| {phase} | {_row(phase)} |" for phase in Phase),
            "",
            f"Events that move: {', '.join(f'`{name}`' for name in dict.fromkeys(events))}. All others: [events](events.md).",
            "",
        ]
    )


def _row(phase: Phase) -> str:
    return (
        ", ".join(f"`{event.__name__}` → {after}" for event, after in MOVES[phase].items())
        or "none: the release has ended"
    )


def picture() -> str:
    """The diagram as SVG: a box for each phase, an arrow for each move."""
    moves: dict[tuple[Phase, Phase], list[str]] = {}
    for phase, row in MOVES.items():
        for event, after in row.items():
            moves.setdefault((phase, after), []).append(event.__name__)
    arrows = [_arrow(start, end, both=(end, start) in moves) for start, end in moves]
    words = [_words(start, end, names, both=(end, start) in moves) for (start, end), names in moves.items()]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
            "<title>The life of a release</title>",
            f"<style>{_STYLE}</style>",
            _HEAD,
            f'<rect style="fill:#fff;stroke:none" width="{_WIDTH}" height="{_HEIGHT}"/>',
            *arrows,
            *(line for phase in Phase for line in _box(phase)),
            *words,
            "</svg>",
            "",
        ]
    )


def _box(phase: Phase) -> Iterator[str]:
    x, y = _AT[phase]
    kind = ' class="end"' if phase in TERMINAL else ""
    yield (
        f'<rect{kind} x="{x - _HALF_WIDTH}" y="{y - _HALF_HEIGHT}" width="{2 * _HALF_WIDTH}" '
        f'height="{2 * _HALF_HEIGHT}" rx="8"/>'
    )
    yield f'<text class="name" x="{x}" y="{y + 5}">{escape(phase.value.replace("_", " "))}</text>'


def _arrow(start: Phase, end: Phase, *, both: bool) -> str:
    (x1, y1), (bx, by), (x2, y2) = _curve(start, end, both=both)
    way = f"M{x1:.0f} {y1:.0f}Q{bx:.0f} {by:.0f} {x2:.0f} {y2:.0f}"
    return f'<path id="{start}-{end}" d="{way}" marker-end="url(#head)"/>'


def _words(start: Phase, end: Phase, names: list[str], *, both: bool) -> str:
    (x1, y1), (bx, by), (x2, y2) = _curve(start, end, both=both)
    x, y = (x1 + 2 * bx + x2) / 4, (y1 + 2 * by + y2) / 4 + 4
    return f'<text id="{start}-{end}-words" class="words" x="{x:.0f}" y="{y:.0f}">{escape(", ".join(names))}</text>'


def _curve(start: Phase, end: Phase, *, both: bool) -> tuple[Point, Point, Point]:
    """Where an arrow begins, what it bends towards, and where it ends: at the edges of the boxes."""
    (x1, y1), (x2, y2) = _AT[start], _AT[end]
    bend = _BENDS.get((start, end), _APART if both else 0)
    length = math.hypot(x2 - x1, y2 - y1)
    towards = ((x1 + x2) / 2 + bend * (y2 - y1) / length, (y1 + y2) / 2 - bend * (x2 - x1) / length)
    return _edge(_AT[start], towards), towards, _edge(_AT[end], towards)


def _edge(middle: Point, towards: Point) -> Point:
    """Where the line from the middle of a box leaves it."""
    dx, dy = towards[0] - middle[0], towards[1] - middle[1]
    part = min(_HALF_WIDTH / abs(dx) if dx else math.inf, _HALF_HEIGHT / abs(dy) if dy else math.inf)
    return (middle[0] + dx * part, middle[1] + dy * part)
