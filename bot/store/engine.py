"""From a URL to open connections, with the durability that the promises need.

SQLite: one connection that writes (BEGIN IMMEDIATE, synchronous=FULL), a few that only read. Rollback journal in TRUNCATE
mode, which is synced when it ends a transaction (DELETE mode is not: a power loss could bring the journal back and undo
the last commit). WAL only where this SQLite has the fix of the WAL-reset race.
PostgreSQL: a pool; READ COMMITTED, with row locks where it matters.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.store.gone import CONNECT_S, STATEMENT_S, drop_the_gone
from bot.store.lockfile import FileLock

_BUSY_S = 30.0
_READERS = 3
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


@dataclass(frozen=True, slots=True)
class Engines:
    """`write` for units, `read` for questions (the same pool on PostgreSQL). `lock` is held on SQLite."""

    write: AsyncEngine
    read: AsyncEngine
    lock: FileLock | None

    @property
    def postgres(self) -> bool:
        """True on PostgreSQL."""
        return self.write.dialect.name == "postgresql"

    async def close(self) -> None:
        """Close every connection, then let go of the file."""
        await self.write.dispose()
        if self.read is not self.write:
            await self.read.dispose()
        if self.lock:
            self.lock.release()


def database_url(url: str) -> sa.URL:
    """The URL with our driver. Raises ValueError for a database that we do not speak, or SQLite in memory."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        msg = "expected a URL, as sqlite:///file or postgresql://…"
        raise ValueError(msg) from None  # the driver's own sentence repeats the URL, and with it the password
    driver = _DRIVERS.get(parsed.drivername, parsed.drivername)
    if driver not in _DRIVERS.values():
        msg = f"{parsed.drivername} is not supported: use sqlite:///file or postgresql://…"
        raise ValueError(msg)
    parsed = parsed.set(drivername=driver)
    if driver.startswith("sqlite") and parsed.database in {None, "", ":memory:"}:
        msg = "a SQLite database in memory forgets everything: name a file (sqlite:///var/t-minus.db)"
        raise ValueError(msg)
    return parsed


def open_engines(url: str, statement_s: float | None = STATEMENT_S) -> Engines:
    """Open lazily: only the lock of a SQLite file is taken at once. Raises SecondProcess.

    `statement_s`: no statement on PostgreSQL takes longer; None: a migration takes its time.
    """
    parsed = database_url(url)
    if parsed.drivername.startswith("sqlite"):
        lock = FileLock.take(Path(parsed.database or ""))
        return Engines(_sqlite(parsed, writer=True), _sqlite(parsed, writer=False), lock)
    pool = create_async_engine(
        parsed,
        pool_size=10,
        max_overflow=10,
        hide_parameters=True,
        connect_args={
            "command_timeout": statement_s,
            "timeout": CONNECT_S,
            "server_settings": {
                "application_name": "t-minus",
                "jit": "off",
                "lock_timeout": "15s",
                "idle_in_transaction_session_timeout": "60s",
            },
        },
    )
    drop_the_gone(pool)
    return Engines(pool, pool, None)


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """True where the race between WAL reset and a second connection is fixed: 3.51.3, 3.50.7, 3.44.6."""
    fixed = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}
    return version >= fixed.get(version[:2], (3, 51, 3))


def _version() -> tuple[int, int, int]:
    major, minor, patch = sqlite3.sqlite_version_info[:3]
    return major, minor, patch


def _sqlite(url: sa.URL, *, writer: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=1 if writer else _READERS,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,
        connect_args={"timeout": _BUSY_S},
    )
    journal = "wal" if wal_is_safe(_version()) else "truncate"

    def prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = (
            None  # we say BEGIN ourselves; the driver's own would let DDL escape the transaction
        )
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA journal_mode={journal}")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        if not writer:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    sa.event.listen(engine.sync_engine, "connect", prepare)
    sa.event.listen(engine.sync_engine, "begin", begin)
    return engine
