"""The worker's world on a fresh SQLite file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import open_store
from tests.bot.outbox.outbox_world import World
from tests.sqlite import fresh_sqlite_url


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A worker at noon, two hours before the start of R-1."""
    async with open_store(fresh_sqlite_url(tmp_path)) as store:
        yield World(store)
