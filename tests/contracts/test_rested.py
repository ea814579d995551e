"""Connections of the pool that rested: a database that was started anew meanwhile costs nobody an error."""

import pytest
import sqlalchemy as sa

from bot.store import gone, open_store
from tests.postgres import drop_database, fresh_database_url

pytestmark = pytest.mark.postgres


async def test_a_connection_that_was_cut_while_it_rested_is_replaced_unnoticed(monkeypatch: pytest.MonkeyPatch) -> None:
    url = await fresh_database_url()
    async with open_store(url) as store, open_store(url) as other:
        await store.set_meta("x", "1")
        async with other.transaction() as connection:
            ends = sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert True in (await connection.scalars(ends)).all()
        monkeypatch.setattr(gone, "_TRUSTED_S", 0.0)
        assert await store.get_meta("x") == "1"
        assert await store.get_meta("x") == "1"
    await drop_database(url)
