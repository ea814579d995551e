"""Opening a database."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.errors import SecondProcess
from bot.store import migrate, open_store
from bot.store.engine import database_url, wal_is_safe
from tests.sqlite import fresh_sqlite_url

ROOT = Path(__file__).parents[3]
HOLDER = """
import sys
from bot.store import open_store
store = open_store(sys.argv[1])
print("holding", flush=True)
sys.stdin.read()
"""


@pytest.mark.crash
async def test_a_second_process_on_one_file_is_refused_until_the_first_is_killed(tmp_path: Path) -> None:
    url = fresh_sqlite_url(tmp_path)
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, url, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"holding\n"
    with pytest.raises(SecondProcess, match=rf"in use by another process \(pid {holder.pid}\)"):
        open_store(url)
    with pytest.raises(SecondProcess):
        await migrate.upgrade(url)
    holder.send_signal(signal.SIGKILL)
    await holder.wait()
    async with open_store(url) as store:
        await store.set_meta("alive", "yes")


async def test_the_file_is_free_again_after_close(tmp_path: Path) -> None:
    url = fresh_sqlite_url(tmp_path)
    for _ in range(2):
        async with open_store(url) as store:
            assert await store.get_meta("x") is None
        await store.close()


async def test_sqlite_is_opened_durably_and_readers_cannot_write(tmp_path: Path) -> None:
    async with open_store(fresh_sqlite_url(tmp_path)) as store:
        async with store.transaction() as connection:
            assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar() == 2
            assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar() in {"truncate", "wal"}
        async with store.snapshot() as connection:
            with pytest.raises(Exception, match="readonly"):
                await connection.exec_driver_sql("DELETE FROM meta")


async def test_readers_go_on_while_a_decision_is_being_written(tmp_path: Path) -> None:
    async with open_store(fresh_sqlite_url(tmp_path)) as store, store.unit() as unit:
        await unit.set_meta("x", "1")
        assert await store.get_meta("x") is None


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_wal_is_used_only_where_its_race_is_fixed(version: tuple[int, int, int], *, safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_urls_take_our_drivers() -> None:
    assert database_url("sqlite:///x.db").drivername == "sqlite+aiosqlite"
    assert database_url("postgres://u@h/d").drivername == "postgresql+asyncpg"
    assert database_url("postgresql+asyncpg://u@h/d").drivername == "postgresql+asyncpg"


@pytest.mark.parametrize("url", ["mysql://u@h/d", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(Exception, match=r"not supported|name a file|expected a URL"):
        database_url(url)
