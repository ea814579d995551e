"""ports.Notebook over the database: small JSON values by book and key."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import MOST_NOTED
from bot.store.codec import canonical
from bot.store.database import Database
from bot.store.dialect import upsertable
from bot.store.tables import notes


class StoredNotebook:
    """Each call is one transaction of its own."""

    def __init__(self, store: Database) -> None:
        self._store = store

    async def get(self, book: str, key: str) -> Mapping[str, Any] | None:
        """See ports.Notebook."""

        async def look(connection: AsyncConnection) -> str | None:
            found: str | None = await connection.scalar(sa.select(notes.c.value).where(_is(book, key)))
            return found

        text = await self._store.read(look)
        return None if text is None else _read(text)

    async def put(self, book: str, key: str, value: Mapping[str, Any]) -> None:
        """See ports.Notebook."""
        text = canonical(dict(value))
        if len(text.encode()) > MOST_NOTED:
            msg = f"a note of {book} is larger than {MOST_NOTED} bytes"
            raise ValueError(msg)

        async def keep(connection: AsyncConnection) -> None:
            insert = upsertable(connection, notes).values(book=book, key=key, value=text)
            change = insert.on_conflict_do_update(index_elements=[notes.c.book, notes.c.key], set_={"value": text})
            await connection.execute(change)

        await self._store.again(keep)

    async def remove(self, book: str, key: str) -> bool:
        """See ports.Notebook."""

        async def take_out(connection: AsyncConnection) -> int:
            return (await connection.execute(sa.delete(notes).where(_is(book, key)))).rowcount

        return await self._store.again(take_out) > 0

    async def all(self, book: str) -> Mapping[str, Mapping[str, Any]]:
        """See ports.Notebook."""

        async def look(connection: AsyncConnection) -> dict[str, str]:
            rows = await connection.execute(sa.select(notes.c.key, notes.c.value).where(notes.c.book == book))
            return {row.key: row.value for row in rows.all()}

        found = await self._store.read(look)
        # Sorted here: databases order text by rules of their own.
        return {key: _read(found[key]) for key in sorted(found)}


def _is(book: str, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(notes.c.book == book, notes.c.key == key)


def _read(text: str) -> Mapping[str, Any]:
    value: Mapping[str, Any] = json.loads(text)
    return value
