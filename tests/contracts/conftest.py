"""Every database that the bot runs on, as a parameter: one suite for all."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.store import Database, open_store
from tests.postgres import drop_database, fresh_database_url
from tests.sqlite import fresh_sqlite_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A fresh, migrated database."""
    if request.param == "sqlite":
        yield fresh_sqlite_url(tmp_path)
        return
    made = await fresh_database_url()
    yield made
    await drop_database(made)


@pytest.fixture
async def store(url: str) -> AsyncIterator[Database]:
    """It, open."""
    async with open_store(url) as database:
        yield database


@pytest.fixture
async def stores(url: str) -> AsyncIterator[list[Database]]:
    """Three replicas on PostgreSQL; SQLite is for one process."""
    async with AsyncExitStack() as stack:
        count = 3 if url.startswith("postgres") else 1
        yield [await stack.enter_async_context(open_store(url)) for _ in range(count)]
