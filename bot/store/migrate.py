"""Schema migrations in code: the bot brings its database to the newest schema when it starts.

On PostgreSQL under an advisory lock, so that replicas may start together; on SQLite the file's lock. A migration is one
transaction on both: it happens, or it does not. Alembic keeps what it works on in globals: one call at a time in a process.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from bot.store.engine import open_engines
from bot.store.outbox_table import outbox

if TYPE_CHECKING:
    from alembic.config import Config

T = TypeVar("T")
FOLDER = Path(__file__).resolve().parents[2] / "migrations"
_LOCK = 7_261_001
"""Any number that nothing else on the database locks."""


async def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to that revision, if it is not there. Raises SecondProcess where another one holds the SQLite file."""
    await _on_url(url, lambda connection: _upgraded(connection, revision))


async def downgrade(url: str, revision: str) -> None:
    """Take it back to that revision ("base": to nothing)."""
    await _on_url(url, lambda connection: _alembic("downgrade", connection, revision))


async def current(url: str) -> str | None:
    """The revision that the database is at; None where it has none."""
    return await _on_url(url, _current)


def head() -> str:
    """The newest revision that this version of the bot knows."""
    return max(revisions())


def revisions() -> frozenset[str]:
    """All revisions that this version of the bot knows: their files begin with them. Alembic itself is loaded only to migrate."""
    return frozenset(file.name.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*_*.py"))


def run_migrations(connection: sa.Connection) -> None:
    """Called by migrations/env.py: what Alembic was asked to do, on that connection, in one transaction."""
    from alembic import context  # noqa: PLC0415 - heavy, and only wanted here

    postgres = connection.dialect.name == "postgresql"
    context.configure(
        connection=connection,
        target_metadata=outbox.metadata,
        transactional_ddl=True,
        render_as_batch=not postgres,
        compare_type=True,
    )
    with context.begin_transaction():
        if postgres:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        context.run_migrations()


def run_on_url(url: str) -> None:
    """Called by migrations/env.py on the command line, where no connection was handed over."""
    asyncio.run(_on_url(url, run_migrations))


async def _on_url(url: str, work: Callable[[sa.Connection], T]) -> T:
    engines = open_engines(url, statement_s=None)
    try:
        async with engines.write.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engines.close()


def _upgraded(connection: sa.Connection, revision: str) -> None:
    if _current(connection) != (head() if revision == "head" else revision):
        _alembic("upgrade", connection, revision)


def _alembic(verb: str, connection: sa.Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - heavy, and only wanted here

    config = _config()
    config.attributes["connection"] = connection
    getattr(command, verb)(config, revision)


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - heavy, and only wanted here

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def _current(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return version
