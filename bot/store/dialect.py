"""The few statements that SQLAlchemy spells per database."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def is_postgres(connection: AsyncConnection) -> bool:
    """True on PostgreSQL."""
    return connection.dialect.name == "postgresql"


def upsertable(connection: AsyncConnection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can take ON CONFLICT."""
    return postgresql.insert(table) if is_postgres(connection) else sqlite.insert(table)


async def insert_if_absent(connection: AsyncConnection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those whose unique columns are new; leave the others alone."""
    if rows:
        await connection.execute(_if_absent(table, postgres=is_postgres(connection)), list(rows))


@cache
def _if_absent(table: sa.Table, *, postgres: bool) -> postgresql.Insert | sqlite.Insert:
    """Built once for each table."""
    insert = postgresql.insert(table) if postgres else sqlite.insert(table)
    return insert.on_conflict_do_nothing()
