"""What is remembered of a release that is over (P7)."""

from bot.messages import forms
from bot.messages.heard import Heard
from flows.context import value

LONGEST = 500
"""Letters of a lesson."""


def closing_lines(heard: Heard) -> str:
    """The lines of the closing form that were filled in, as one; "" where none was."""
    lines = (" ".join(value(heard, name).split()) for name in forms.CLOSING_LINES)
    return " · ".join(line for line in lines if line)[:LONGEST]
