"""A whole record goes into another database, row for row: who began on SQLite goes on on PostgreSQL.

The two never both serve. Before the copy is committed the old database is marked as moving, and afterwards as moved; a bot serves
from neither. A move that broke off in between is done again: the new database has all of it or nothing, and says by the mark
of the move which of the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import TMinusError, Unsure
from bot.store import names
from bot.store.database import Database
from bot.store.outbox_table import outbox
from bot.store.tables import meta, metadata

MOVED: Final = "moved"
"""The named value of a database from which no bot serves any more, and of the one in which its record arrived."""
_MOVING: Final = "moving "
_AT_ONCE = 500


class NotEmpty(TMinusError):
    """The new database holds something already. The message is the name of the table."""


class Gone(TMinusError):
    """The record of this database went to another one than that."""


class Unmovable(TMinusError):
    """A table did not arrive as it was: nothing was moved. The message names it, and says why."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """Of all rows, in whatever order they come. Equal: the same rows."""

    rows: int = 0
    value: int = 0


async def move(source: Database, target: Database, mark: str) -> Mapping[str, int]:
    """Copy everything from SQLite to an empty PostgreSQL; both are at the newest schema. Gives the rows of each table.

    Nothing is given where this very move was done before. `mark`: a name that no other move has. Raises Gone, and NotEmpty or
    Unmovable, after which the source serves on; Unsure where the commit's answer was lost: move again.
    """
    earlier = await source.get_meta(MOVED) or ""
    mark = earlier.removeprefix(_MOVING) or mark
    if earlier and await target.get_meta(MOVED) == mark:
        await source.set_meta(MOVED, mark)
        return {}
    if earlier == mark:
        raise Gone(mark)
    try:
        async with target.transaction() as there:
            counted = await _copied(source, there)
            await names.put(there, MOVED, mark)
            await source.set_meta(MOVED, _MOVING + mark)
    except Unsure:
        raise
    except Exception:
        await source.set_meta(MOVED, earlier)
        raise
    await source.set_meta(MOVED, mark)
    return counted


async def is_moved(store: Database) -> bool:
    """True where the record of this database went to another one, or may have. False in the one in which it arrived."""
    return not store.engines.postgres and bool(await store.get_meta(MOVED))


async def _copied(source: Database, there: AsyncConnection) -> dict[str, int]:
    tables = metadata.sorted_tables
    everything = ", ".join(table.name for table in tables)
    await there.execute(sa.text(f"LOCK TABLE {everything} IN SHARE ROW EXCLUSIVE MODE"))
    for table in tables:
        # A bot that only started there left its heartbeat, and no more.
        if table is not meta and await there.scalar(sa.select(sa.literal(1)).select_from(table).limit(1)):
            raise NotEmpty(table.name)
    await there.execute(sa.delete(meta))
    async with source.snapshot() as here:
        counted = {table.name: await _copied_table(here, there, table) for table in tables}
    highest = await there.scalar(sa.select(sa.func.max(outbox.c.id)))
    if highest is not None:
        await there.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(outbox.name, "id"), highest)))
    return counted


async def _copied_table(here: AsyncConnection, there: AsyncConnection, table: sa.Table) -> int:
    """How many rows it has. Read again where they arrived: it is not taken on trust that two databases mean the same."""
    try:
        sent = await _sum(here, table, there)
        arrived = await _sum(there, table)
    except (DBAPIError, ValueError, TypeError) as error:
        # Its own words would repeat the value.
        msg = f"{table.name}: {type(getattr(error, 'orig', None) or error).__name__}"
        raise Unmovable(msg) from error
    if sent != arrived:
        msg = f"{table.name}: {sent.rows} rows were sent, {arrived.rows} arrived, or others than were sent"
        raise Unmovable(msg)
    return sent.rows


async def _sum(reading: AsyncConnection, table: sa.Table, into: AsyncConnection | None = None) -> _Sum:
    found = _Sum()
    async with reading.stream(sa.select(table)) as rows:
        async for some in rows.partitions(_AT_ONCE):
            value = sum(int.from_bytes(sha256(repr(tuple(row)).encode()).digest()) for row in some)
            found = _Sum(found.rows + len(some), found.value + value)
            if into is not None:
                await into.execute(sa.insert(table), [dict(row._mapping) for row in some])  # noqa: SLF001 - public, by its docs
    return found
