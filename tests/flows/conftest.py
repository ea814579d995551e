"""The database behind a conversation."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import open_store
from tests.flows.talk import Talk
from tests.sqlite import fresh_sqlite_url


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with open_store(fresh_sqlite_url(tmp_path)) as store:
        yield Talk(store)
