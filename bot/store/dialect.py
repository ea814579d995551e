"""The few statements that SQLAlchemy spells per database."""

from collections.abc import Mapping, Sequence
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
        await connection.execute(upsertable(connection, table).on_conflict_do_nothing(), list(rows))
