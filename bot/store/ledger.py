"""The append-only ledger: each stream is a chain of SHA-256 (A2). Writing is all or nothing with the caller's transaction."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Row
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Entry, LedgerRow
from bot.store.codec import canonical, event_body
from bot.store.dialect import insert_if_absent, is_postgres
from bot.store.faults import translated
from bot.store.lists import among, as_columns, given_rows
from bot.store.shapes import instant
from bot.store.tables import heads, ledger

Head = tuple[int, str]
"""Of a stream: the seq of its last entry, and its hash."""


async def append(connection: AsyncConnection, stream: str, entries: Sequence[Entry]) -> str:
    """Chain them; gives the new head. Raises Unwritable (G17), or Conflict where another transaction won."""
    return (await append_all(connection, {stream: entries}))[stream]


async def append_all(
    connection: AsyncConnection, by_stream: Mapping[str, Sequence[Entry]], locked: Mapping[str, Head] | None = None
) -> Mapping[str, str]:
    """The same for several streams at once, in as few statements as for one; gives the new heads.

    `locked`: what lock_heads gave for these streams in this transaction, where it was asked before.
    """
    try:
        last = dict(locked) if locked is not None else await lock_heads(connection, by_stream)
        return await _append(connection, by_stream, last)
    except (DBAPIError, OSError) as error:
        raise translated(error) from error


async def head(connection: AsyncConnection, stream: str) -> str:
    """The hash of the last entry, or ""."""
    return await connection.scalar(_HEAD, {"b_stream": stream}) or ""


async def hashes(connection: AsyncConnection, streams: Sequence[str]) -> dict[str, str]:
    """The hash of the last entry of each of those streams that has one."""
    return {row.stream: row.hash for row in (await connection.execute(_HASHES, {"b_streams": list(streams)})).all()}


async def lock_heads(connection: AsyncConnection, streams: Iterable[str]) -> dict[str, Head]:
    """Seq and hash of each, locked in sorted order, so that two transactions with several streams never cross."""
    names = sorted(set(streams))
    if not names:
        return {}
    found = (await connection.execute(_LOCK, {"b_streams": names})).all()
    if len(found) < len(names):
        there = {row.stream for row in found}
        absent = [{"stream": name, "seq": 0, "hash": ""} for name in names if name not in there]
        await insert_if_absent(connection, heads, absent)
        found = (await connection.execute(_LOCK, {"b_streams": names})).all()
    return {stream: (seq, value) for stream, seq, value in found}


async def rehearse(connection: AsyncConnection) -> None:
    """Write no entry."""
    await connection.execute(_LOCK, {"b_streams": []})
    if is_postgres(connection):
        await connection.execute(_INSERT_ALL, dict.fromkeys((f"all_{column.name}" for column in ledger.c), ()))
    await _move(connection, [{"stream": "", "seq": 0, "hash": ""}])


async def rows(connection: AsyncConnection, stream: str) -> Sequence[LedgerRow]:
    """All entries of a stream, by seq."""
    return [to_row(row) for row in (await connection.execute(_ROWS, {"b_stream": stream})).all()]


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


async def _append(
    connection: AsyncConnection, by_stream: Mapping[str, Sequence[Entry]], last: dict[str, Head]
) -> Mapping[str, str]:
    written: list[dict[str, Any]] = []
    for stream, entries in by_stream.items():
        for entry in entries:
            seq, previous = last[stream]
            values = _values(stream, seq + 1, entry)
            hashed = link(previous, values)
            written.append({**values, "body": canonical(values["body"]), "previous": previous, "hash": hashed})
            last[stream] = (seq + 1, hashed)
    if written:
        moved = [{"stream": name, "seq": last[name][0], "hash": last[name][1]} for name in sorted(by_stream)]
        if is_postgres(connection):
            await connection.execute(_INSERT_ALL, as_columns(written))
        else:
            await connection.execute(_INSERT, written)
        await _move(connection, moved)
    return {stream: last[stream][1] for stream in by_stream}


async def _move(connection: AsyncConnection, moved: Sequence[Mapping[str, Any]]) -> None:
    if is_postgres(connection):
        await connection.execute(_MOVE_ALL, as_columns(moved))
    else:
        await connection.execute(_MOVE, [{f"b_{name}": value for name, value in one.items()} for one in moved])


_STREAM = sa.bindparam("b_stream", type_=sa.String())
_OF_STREAMS = among(heads.c.stream, "b_streams")
_HEAD = sa.select(heads.c.hash).where(heads.c.stream == _STREAM)
_HASHES = sa.select(heads.c.stream, heads.c.hash).where(_OF_STREAMS)
_LOCK = (
    sa.select(heads.c.stream, heads.c.seq, heads.c.hash).where(_OF_STREAMS).order_by(heads.c.stream).with_for_update()
)
_ROWS = sa.select(ledger).where(ledger.c.stream == _STREAM).order_by(ledger.c.seq)
_INSERT = sa.insert(ledger)
_MOVE = (
    sa.update(heads)
    .where(heads.c.stream == sa.bindparam("b_stream"))
    .values(seq=sa.bindparam("b_seq"), hash=sa.bindparam("b_hash"))
)
_NEW = given_rows({column.name: column.type for column in ledger.c})
_INSERT_ALL = sa.insert(ledger).from_select(_NEW.c.keys(), sa.select(*_NEW.c))
_MOVED = given_rows({name: heads.c[name].type for name in ("stream", "seq", "hash")})
_MOVE_ALL = sa.update(heads).where(heads.c.stream == _MOVED.c.stream).values(seq=_MOVED.c.seq, hash=_MOVED.c.hash)


def _values(stream: str, seq: int, entry: Entry) -> dict[str, Any]:
    return {
        "stream": stream,
        "seq": seq,
        "at": entry.at,
        "what": entry.what,
        "name": entry.name,
        "person": entry.actor.person,
        "account": entry.actor.account,
        "surface": f"{entry.actor.platform}:{entry.actor.place}",
        "request": entry.request,
        "body": event_body(entry.event) if entry.event is not None else dict(entry.body),
    }
