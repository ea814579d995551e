"""One stream under audit: its chain, its head, what seals say about it, and the release or calendar that it folds to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import UnknownSchema
from bot.domain.events import Event
from bot.domain.events.calendar import fold_calendar
from bot.domain.events.orders import fold_orders
from bot.domain.evolve import fold
from bot.domain.release import Release
from bot.ports import LedgerRow
from bot.store import orders
from bot.store.audit_posts import Receipt, receipts_of
from bot.store.audit_rows import Broken, as_stored, instant_of
from bot.store.calendar import all_freezes
from bot.store.codec import canonical, dump_release, load_release, read_event
from bot.store.columns import Instant
from bot.store.ledger import link
from bot.store.releases import columns_of
from bot.store.tables import heads, ledger, releases, seals

PREFIX = "release:"
CALENDAR = "calendar"
SYSTEM = "system"
"""The stream of freezes; it folds to their table."""

_LATER = frozenset({"touched", "done_by"})
"""Fields of a release that older states lack: what they hold follows from the entries, and no decision looks at them.

A field that an event of an older version fills has to stand here, or the audit calls every older database broken.
"""

Sealed = Mapping[int, set[str]]
"""seq -> the hashes that seals give for it: exactly one, if all is well."""


@dataclass(frozen=True, slots=True)
class StreamReport:
    """`seq` of the last row; the first broken row; what is wrong with the release; what was posted, by the posts' keys."""

    seq: int
    broken: Broken | None
    corrupt: Broken | None
    receipts: Mapping[str, Receipt]


async def check(connection: AsyncConnection, stream: str, sealed: Sealed, sealed_seq: int) -> StreamReport:
    """Read the stream, its head and its release in this transaction, and compare them. `sealed_seq`: it must reach that."""
    query = sa.select(*as_stored(ledger)).where(ledger.c.stream == stream).order_by(ledger.c.seq)
    rows = (await connection.execute(query)).all()
    seq, last, broken = 0, "", None
    read: list[LedgerRow] = []
    for row in rows:
        parsed = _parsed(row)
        why = _fault(row.body, parsed, seq, last, sealed)
        seq, last = row.seq if isinstance(row.seq, int) else seq + 1, row.hash
        if why and broken is None:
            broken = Broken(stream, seq, why)
        if parsed:
            read.append(parsed)
    if broken is None:
        broken = await _compare_head(connection, stream, seq, last, sealed_seq)
    return StreamReport(seq, broken, await _compare_state(connection, stream, read), receipts_of(stream, read))


def _parsed(row: sa.Row[Any]) -> LedgerRow | None:
    try:
        values = dict(row._mapping)  # noqa: SLF001 - the public name of SQLAlchemy
        return LedgerRow(**{**values, "at": instant_of(row.at), "body": json.loads(row.body)})
    except (ValueError, TypeError):
        return None


def _fault(text: str, row: LedgerRow | None, seq: int, last: str, sealed: Sealed) -> str | None:
    if row is None:
        return "chain"
    if row.seq != seq + 1:
        return "gap"
    values = {name: getattr(row, name) for name in LedgerRow.__dataclass_fields__}
    try:
        whole = row.previous == last and canonical(row.body) == text and link(row.previous, values) == row.hash
    except (ValueError, TypeError):
        return "chain"
    if not whole:
        return "chain"
    return "seal" if sealed.get(row.seq, {row.hash}) != {row.hash} else None


async def _compare_head(
    connection: AsyncConnection, stream: str, seq: int, last: str, sealed_seq: int
) -> Broken | None:
    query = sa.select(heads.c.seq, heads.c.hash, heads.c.sealed_seq).where(heads.c.stream == stream)
    head = (await connection.execute(query)).one_or_none()
    if seq < sealed_seq or (head is not None and seq < head.seq):
        return Broken(stream, seq + 1, "missing")
    if head is None or (head.seq, head.hash) != (seq, last):
        return Broken(stream, seq, "head")
    if head.sealed_seq > sealed_seq and head.sealed_seq > await _sealed_by_now(connection, stream):
        return Broken(stream, seq, "sealed")
    return None


async def _sealed_by_now(connection: AsyncConnection, stream: str) -> int:
    """How far seals reach that were made since the audit began: a head that claims more would never be sealed again."""
    reach = 0
    for text in (await connection.scalars(sa.select(seals.c.heads))).all():
        try:
            reach = max(reach, int(json.loads(text)[stream][0]))
        except (KeyError, ValueError, TypeError, IndexError):
            continue
    return reach


async def _compare_state(connection: AsyncConnection, stream: str, rows: list[LedgerRow]) -> Broken | None:
    if not stream.startswith(PREFIX) and stream not in {CALENDAR, SYSTEM}:
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
        return None if await _calendar_folds(connection, events) else Broken(stream, seq, "fold")
    if stream == SYSTEM:
        return None if fold_orders(events) == await orders.under_own_ids(connection) else Broken(stream, seq, "fold")
    query = sa.select(*as_stored(releases)).where(releases.c.id == stream.removeprefix(PREFIX))
    stored = (await connection.execute(query)).one_or_none()
    if stored is None:
        return Broken(stream, seq, "no_state") if events else None
    why = _differs(events, stored)
    return Broken(stream, seq, why) if why else None


async def _calendar_folds(connection: AsyncConnection, events: list[Event]) -> bool:
    try:
        return fold_calendar(events) == tuple(await all_freezes(connection))
    except (TypeError, ValueError):
        return False


def _differs(events: list[Event], stored: sa.Row[Any]) -> str | None:
    """Compared as this version would write both."""
    try:
        folded = fold(events)
        if folded is None or dump_release(folded) != dump_release(_with_later(stored.state, folded)):
            return "fold"
        columns = {**columns_of(folded)}
        del columns["state"]
        return None if all(_holds(stored, name, value) for name, value in columns.items()) else "columns"
    except (UnknownSchema, KeyError, TypeError, ValueError, AttributeError, json.JSONDecodeError):
        return "fold"


def _with_later(state: str, folded: Release) -> Release:
    """The stored release, with what its entries say of the fields that its version did not know yet.

    A release that this version wrote on has them empty, where the entries that they tell of came before.
    """
    kept = json.loads(state)
    later: dict[str, Any] = {name: getattr(folded, name) for name in _LATER if kept.get(name) is None}
    return replace(load_release(state), **later)


def _holds(stored: sa.Row[Any], name: str, value: object) -> bool:
    """True where the column says what the state says. Migration 0004 took the start for the time of the last acceptance."""
    held = getattr(stored, name)
    if isinstance(releases.c[name].type, Instant):
        held = instant_of(held)
    return held == value or (name == "accepted_at" and held is not None and held == instant_of(stored.start_at))
