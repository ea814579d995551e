"""The append-only ledger: each stream is a chain of SHA-256 (A2). Writing is all or nothing with the caller's transaction."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Entry, LedgerRow
from bot.store.codec import canonical, event_body
from bot.store.dialect import insert_if_absent
from bot.store.faults import translated
from bot.store.shapes import instant
from bot.store.tables import heads, ledger


async def append(connection: AsyncConnection, stream: str, entries: Sequence[Entry]) -> str:
    """Chain them; gives the new head. Raises Unwritable (G17), or Conflict where another transaction won."""
    try:
        return await _append(connection, stream, entries)
    except (DBAPIError, OSError) as error:
        raise translated(error) from error


async def head(connection: AsyncConnection, stream: str) -> str:
    """The hash of the last entry, or ""."""
    return await connection.scalar(sa.select(heads.c.hash).where(heads.c.stream == stream)) or ""


async def lock_heads(connection: AsyncConnection, streams: Sequence[str]) -> None:
    """Make the heads exist and lock them in sorted order, so that two transactions with several streams never cross."""
    for stream in sorted(set(streams)):
        await _locked_head(connection, stream)


async def rows(connection: AsyncConnection, stream: str) -> Sequence[LedgerRow]:
    """All entries of a stream, by seq."""
    query = sa.select(ledger).where(ledger.c.stream == stream).order_by(ledger.c.seq)
    return [to_row(row) for row in (await connection.execute(query)).all()]


def to_row(row: Row[Any]) -> LedgerRow:
    """The row with its body parsed."""
    return LedgerRow(**{**row._mapping, "body": json.loads(row.body)})  # noqa: SLF001 - the public name of SQLAlchemy


def link(previous: str, values: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash, a line break, and the canonical JSON of the rest of the row (body parsed)."""
    rest = {
        name: instant(value) if isinstance(value, datetime) else value
        for name, value in values.items()
        if name not in {"previous", "hash"}
    }
    return hashlib.sha256(f"{previous}\n{canonical(rest)}".encode()).hexdigest()


async def _append(connection: AsyncConnection, stream: str, entries: Sequence[Entry]) -> str:
    seq, last = await _locked_head(connection, stream)
    written: list[dict[str, Any]] = []
    for number, entry in enumerate(entries, seq + 1):
        body = event_body(entry.event) if entry.event is not None else dict(entry.body)
        values: dict[str, Any] = {
            "stream": stream,
            "seq": number,
            "at": entry.at,
            "what": entry.what,
            "name": entry.name,
            "person": entry.actor.person,
            "account": entry.actor.account,
            "surface": f"{entry.actor.platform}:{entry.actor.place}",
            "request": entry.request,
            "body": body,
        }
        hashed = link(last, values)
        written.append({**values, "body": canonical(body), "previous": last, "hash": hashed})
        last = hashed
    if written:
        await connection.execute(sa.insert(ledger), written)
        change = sa.update(heads).where(heads.c.stream == stream).values(seq=seq + len(written), hash=last)
        await connection.execute(change)
    return last


async def _locked_head(connection: AsyncConnection, stream: str) -> tuple[int, str]:
    query = sa.select(heads.c.seq, heads.c.hash).where(heads.c.stream == stream).with_for_update()
    found = (await connection.execute(query)).one_or_none()
    if found is None:
        await insert_if_absent(connection, heads, [{"stream": stream, "seq": 0, "hash": ""}])
        found = (await connection.execute(query)).one()
    return found.seq, found.hash
