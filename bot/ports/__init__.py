"""The seams: what the core needs from the world, as Protocols. Adapters and the store implement them; app.py joins them."""

from bot.ports.chat import (
    Ambiguous,
    CannotLook,
    Chat,
    Directory,
    Found,
    Look,
    NotFound,
    Outgoing,
    Rejected,
    SendResult,
    Sent,
    Throttled,
)
from bot.ports.clocks import Alarm, Clock
from bot.ports.evidence import Catalog, CatalogReader, EvidenceSource, Inquiry, Subject
from bot.ports.outbox import Completion, Handle, OutboxStore, Pulse, Row, Wake
from bot.ports.platform import MOST_NOTED, Check, Groups, Linker, Notebook, Rooms, stranger
from bot.ports.sources import Secret, SourceSettings
from bot.ports.store import Announcement, Delivery, Entry, LedgerRow, Loaded, Reads, Store, Unit

__all__ = [
    "MOST_NOTED",
    "Alarm",
    "Ambiguous",
    "Announcement",
    "CannotLook",
    "Catalog",
    "CatalogReader",
    "Chat",
    "Check",
    "Clock",
    "Completion",
    "Delivery",
    "Directory",
    "Entry",
    "EvidenceSource",
    "Found",
    "Groups",
    "Handle",
    "Inquiry",
    "LedgerRow",
    "Linker",
    "Loaded",
    "Look",
    "NotFound",
    "Notebook",
    "OutboxStore",
    "Outgoing",
    "Pulse",
    "Reads",
    "Rejected",
    "Rooms",
    "Row",
    "Secret",
    "SendResult",
    "Sent",
    "SourceSettings",
    "Store",
    "Subject",
    "Throttled",
    "Unit",
    "Wake",
    "stranger",
]
