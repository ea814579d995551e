"""Connections of the pool that rested: a database that was started anew meanwhile costs nobody an error."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.errors import Unwritable
from bot.store import Database, gone, open_store
from tests.postgres import drop_database, fresh_database_url
from tests.relay import Relay

pytestmark = pytest.mark.postgres
ENDS = sa.text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
"""Gives true for each that is gone; it waits for their end."""


async def end_all(other: Database) -> None:
    """Whatever else is connected is told so by the server, and cut."""
    async with other.transaction() as connection:
        ended = (await connection.scalars(ENDS)).all()
    assert ended
    assert all(ended)
    # The farewell is on its way through the loop, and the relay's.
    for _ in range(10):
        await asyncio.sleep(0.005)


async def several_at_once(store: Database) -> None:
    """So many connections are asked, and rest."""
    async with AsyncExitStack() as stack:
        for _ in range(4):
            connection = await stack.enter_async_context(store.snapshot())
            await connection.execute(sa.text("SELECT 1"))


@pytest.mark.parametrize("lingers", [False, True], ids=["closed", "lingers"])
async def test_a_connection_that_was_cut_while_it_rested_is_replaced_unnoticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, lingers: bool
) -> None:
    url = await fresh_database_url()
    async with Relay(url, tmp_path).open() as relay, open_store(relay.url) as store, open_store(url) as other:
        await store.set_meta("x", "1")
        relay.lingers = lingers
        await end_all(other)
        monkeypatch.setattr(gone, "_TRUSTED_S", 0.0)
        assert await store.get_meta("x") == "1"
        assert await store.get_meta("x") == "1"
        relay.let_go()
    await drop_database(url)


async def test_one_that_was_told_of_its_end_while_it_was_trusted_is_refused_once_and_used_no_more(
    tmp_path: Path,
) -> None:
    url = await fresh_database_url()
    async with Relay(url, tmp_path).open() as relay, open_store(relay.url) as store, open_store(url) as other:
        await several_at_once(store)
        relay.lingers = True
        await end_all(other)
        with pytest.raises(Unwritable):
            await store.set_meta("x", "2")
        await several_at_once(store)
        await store.set_meta("x", "3")
        assert await store.get_meta("x") == "3"
        relay.let_go()
    await drop_database(url)
