"""What the role of a serving bot may do on PostgreSQL: work with the tables, add to the record, and never change it (A2)."""

import re

import sqlalchemy as sa

from bot.domain.errors import BadFile
from bot.store.engine import open_engines
from bot.store.outbox_table import outbox
from bot.store.tables import ledger, seals

_ROLE = re.compile(r"[a-z_][a-z0-9_$]{0,62}")
RECORD = (ledger, seals)
"""Tables to which rows are only added."""


class BadRole(BadFile):
    """Not the name of a role, or not on PostgreSQL."""


async def grant(url: str, role: str) -> None:
    """Give that role exactly what serving needs; the caller's own role owns the tables. Raises BadRole."""
    if not _ROLE.fullmatch(role):
        msg = f"{role!r} is no plain name of a role"
        raise BadRole(msg)
    engines = open_engines(url)
    try:
        if not engines.postgres:
            msg = "roles are of PostgreSQL; a SQLite file belongs to who can open it"
            raise BadRole(msg)
        async with engines.write.begin() as connection:
            for statement in _statements(role):
                await connection.execute(sa.text(statement))
    finally:
        await engines.close()


def _statements(role: str) -> list[str]:
    """GRANT and REVOKE; the names are ours, and the role's was checked."""
    added = ", ".join(table.name for table in RECORD)
    changed = ", ".join(name for name in outbox.metadata.tables if name not in {table.name for table in RECORD})
    return [
        f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}"',
        f'GRANT USAGE ON SCHEMA public TO "{role}"',
        f'GRANT SELECT, INSERT ON {added} TO "{role}"',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON {changed} TO "{role}"',
        f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
        f'GRANT SELECT ON alembic_version TO "{role}"',
    ]
