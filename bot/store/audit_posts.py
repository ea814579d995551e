"""Whether the outbox tells of posts what their receipts in the ledger tell: which went out, when, and as which message (A2, T2).

The outbox is no chain of its own: who can write in the database could make a post unsent, or call one sent that never went out.
Its rows are read before the streams, and the doubtful ones once more after them, since the bot may be posting meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import LedgerRow
from bot.store.audit_rows import Broken, as_stored, instant_of
from bot.store.outbox_table import SHOWN, outbox

_AT_ONCE = 500
_PREFIX = "post_"


@dataclass(frozen=True, slots=True)
class Shown:
    """A post that people saw: "sent" or "late", the platform's id of its message, when, and when it was due, as text."""

    state: str
    message: str
    at: str
    due: str
    place: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the ledger says of a post, and in which row of which stream."""

    stream: str
    seq: int
    shown: Shown


def receipts_of(stream: str, rows: Iterable[LedgerRow]) -> dict[str, Receipt]:
    """The last receipt of each post of a stream, by the post's key."""
    found: dict[str, Receipt] = {}
    for row in rows:
        body: object = row.body
        state = row.name.removeprefix(_PREFIX)
        if row.what == "receipt" and row.name == f"{_PREFIX}{state}" and state in SHOWN and isinstance(body, Mapping):
            said = {name: str(body.get(name, "")) for name in ("key", "message", "due_at", "place", "outcome")}
            shown = Shown(state, said["message"], _text(row.at), _text(said["due_at"]), said["place"], said["outcome"])
            found[said["key"]] = Receipt(stream, row.seq, shown)
    return found


async def shown_posts(connection: AsyncConnection) -> dict[str, tuple[str, Shown]]:
    """Each post that the outbox calls sent or late: its key, with the stream in which its receipt belongs."""
    query = _posts().where(outbox.c.state.in_(SHOWN))
    return {row.key: (_stream(row.release), _shown(row)) for row in await connection.execute(query)}


async def compare(
    connection: AsyncConnection, before: Mapping[str, tuple[str, Shown]], receipts: Mapping[str, Receipt]
) -> list[Broken]:
    """What differs, in the order of streams and rows. `before`: the outbox before the streams were read."""
    doubtful = [key for key, receipt in receipts.items() if before.get(key, ("", None))[1] != receipt.shown]
    now = await _again(connection, doubtful)
    changed = [receipts[key] for key in doubtful if now.get(key) != receipts[key].shown]
    found = [Broken(receipt.stream, receipt.seq, "post") for receipt in changed]
    found += [Broken(stream, 0, "no_receipt") for key, (stream, _) in before.items() if key not in receipts]
    return sorted(set(found), key=lambda fault: (fault.stream, fault.seq))


async def _again(connection: AsyncConnection, keys: Sequence[str]) -> dict[str, Shown]:
    found: dict[str, Shown] = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = _posts().where(outbox.c.key.in_(keys[start : start + _AT_ONCE]))
        found |= {row.key: _shown(row) for row in await connection.execute(query)}
    return found


def _posts() -> sa.Select[Any]:
    kept = {column.name: column for column in as_stored(outbox)}
    names = ("key", "release", "state", "message_id", "sent_at", "due_at", "place", "outcome")
    return sa.select(*(kept[name] for name in names)).where(outbox.c.kind == "post")


def _shown(row: sa.Row[Any]) -> Shown:
    at, due = _text(row.sent_at), _text(row.due_at)
    return Shown(str(row.state), row.message_id or "", at, due, str(row.place), str(row.outcome))


def _text(at: object) -> str:
    """An instant as text; what can be read as none stays as it is, and equals no receipt."""
    try:
        instant = instant_of(at)
    except (ValueError, TypeError):
        return str(at)
    return instant.isoformat() if instant else ""


def _stream(release: str) -> str:
    return f"release:{release}" if release else "system"
