"""One stream under audit: its chain, its head, what seals say about it, and the release or calendar that it folds to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import UnknownSchema
from bot.domain.events import Event
from bot.domain.events.calendar import fold_calendar
from bot.domain.evolve import fold
from bot.ports import LedgerRow
from bot.store.calendar import all_freezes
from bot.store.codec import canonical, dump_release, load_release, read_event
from bot.store.ledger import link, to_row
from bot.store.tables import heads, ledger, releases

PREFIX = "release:"
CALENDAR = "calendar"
"""The stream of freezes; it folds to their table."""

Sealed = Mapping[int, set[str]]
"""seq -> the hashes that seals give for it: exactly one, if all is well."""


@dataclass(frozen=True, slots=True)
class Broken:
    """`why` of a row: gap, chain, seal, missing, head · of a release: fold, no_state, unreadable, schema.

    Of seals (`stream` is "seals", `seq` the seal's number): seal_chain, seal_mac, outside.
    """

    stream: str
    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class StreamReport:
    """`seq` of the last row; the first broken row; what is wrong with the release."""

    seq: int
    broken: Broken | None
    corrupt: Broken | None


async def check(connection: AsyncConnection, stream: str, sealed: Sealed, sealed_seq: int) -> StreamReport:
    """Read the stream, its head and its release in this transaction, and compare them. `sealed_seq`: it must reach that."""
    query = sa.select(ledger).where(ledger.c.stream == stream).order_by(ledger.c.seq)
    rows = (await connection.execute(query)).all()
    seq, last, broken = 0, "", None
    read: list[LedgerRow] = []
    for row in rows:
        parsed = _parsed(row)
        why = _fault(row.body, parsed, seq, last, sealed)
        if why and broken is None:
            broken = Broken(stream, row.seq, why)
        if parsed:
            read.append(parsed)
        seq, last = row.seq, row.hash
    if broken is None:
        broken = await _compare_head(connection, stream, seq, last, sealed_seq)
    return StreamReport(seq, broken, await _compare_state(connection, stream, read))


def _parsed(row: sa.Row[tuple[object, ...]]) -> LedgerRow | None:
    try:
        return to_row(row)
    except ValueError:
        return None


def _fault(text: str, row: LedgerRow | None, seq: int, last: str, sealed: Sealed) -> str | None:
    if row is None:
        return "chain"
    if row.seq != seq + 1:
        return "gap"
    values = {name: getattr(row, name) for name in LedgerRow.__dataclass_fields__}
    if row.previous != last or canonical(row.body) != text or link(row.previous, values) != row.hash:
        return "chain"
    return "seal" if sealed.get(row.seq, {row.hash}) != {row.hash} else None


async def _compare_head(
    connection: AsyncConnection, stream: str, seq: int, last: str, sealed_seq: int
) -> Broken | None:
    query = sa.select(heads.c.seq, heads.c.hash).where(heads.c.stream == stream)
    head = (await connection.execute(query)).one_or_none()
    if seq < sealed_seq or (head is not None and seq < head.seq):
        return Broken(stream, seq + 1, "missing")
    if head is None or (head.seq, head.hash) != (seq, last):
        return Broken(stream, seq, "head")
    return None


async def _compare_state(connection: AsyncConnection, stream: str, rows: list[LedgerRow]) -> Broken | None:
    if not stream.startswith(PREFIX) and stream != CALENDAR:
        return None
    events: list[Event] = []
    for row in rows:
        if row.what == "event":
            try:
                events.append(read_event(row.body))
            except UnknownSchema:
                return Broken(stream, row.seq, "schema")
            except (KeyError, TypeError, ValueError, AttributeError):
                return Broken(stream, row.seq, "unreadable")
    seq = rows[-1].seq if rows else 0
    if stream == CALENDAR:
        held = await all_freezes(connection)
        return None if fold_calendar(events) == tuple(held) else Broken(stream, seq, "fold")
    query = sa.select(releases.c.state).where(releases.c.id == stream.removeprefix(PREFIX))
    stored: str | None = await connection.scalar(query)
    if stored is None:
        return Broken(stream, seq, "no_state") if events else None
    return None if _folds(events, stored) else Broken(stream, seq, "fold")


def _folds(events: list[Event], stored: str) -> bool:
    """Compared as this version would write both, so that a field which was added since does not matter."""
    try:
        folded = fold(events)
        return folded is not None and dump_release(folded) == dump_release(load_release(stored))
    except (UnknownSchema, KeyError, TypeError, ValueError, AttributeError, json.JSONDecodeError):
        return False
