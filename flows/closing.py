"""What is remembered of a release that is over (P7)."""

import re

from bot.messages import forms
from bot.messages.heard import Heard
from flows.context import value

LONGEST = 500
"""Letters of a lesson."""

_LABEL = re.compile(
    r"(?i)^(?:the\s+|our\s+|my\s+)?lessons?(?:\s+learn(?:ed|t))?(?:\s+(?:is|was))?\s*[:=\u2013\u2014-]\s*"
)


def closing_lines(heard: Heard) -> str:
    """The lines of the closing form that were filled in, as one; "" where none was."""
    lines = (" ".join(value(heard, name).split()) for name in forms.CLOSING_LINES)
    return " · ".join(line for line in lines if line)[:LONGEST]


def typed_lesson(text: str) -> str:
    """The lesson as it was typed behind the verb, without the word for it ("lesson: …")."""
    return _LABEL.sub("", " ".join(text.split()), count=1)[:LONGEST].strip()
