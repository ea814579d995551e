"""docs/reference/lifecycle.md: the phases and moves of a release, drawn from bot.domain.lifecycle.MOVES."""

from bot.domain.lifecycle import MOVES
from bot.domain.release import TERMINAL, Phase


def page() -> str:
    """The page, with the diagram as Mermaid."""
    moves = [
        f"    {phase} --> {after}: {event.__name__}" for phase, row in MOVES.items() for event, after in row.items()
    ]
    events = [event.__name__ for row in MOVES.values() for event in row]
    return "\n".join(
        [
            "# The life of a release",
            "",
            "A release is always in one phase. Only the events on the arrows change it; any other event leaves it there.",
            "The table is `MOVES` in `bot/domain/lifecycle.py`; what is legal on top of it (who may, on which evidence) is",
            "decided in `bot/decide/` and `bot/policy/`.",
            "",
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {Phase.PLANNING}",
            *moves,
            *(f"    {phase} --> [*]" for phase in Phase if phase in TERMINAL),
            "```",
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
