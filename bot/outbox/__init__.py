"""The outbox worker: claims due rows, does what they say, and writes down how each ended (timeline.md, "The row")."""

from bot.outbox.notes import Note
from bot.outbox.wiring import Parts, Settings
from bot.outbox.worker import Outbox

__all__ = ["Note", "Outbox", "Parts", "Settings"]
