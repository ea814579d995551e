"""The role of a serving bot can do its work and cannot change the record, also without the triggers (A2)."""

import uuid
from pathlib import Path

import pytest

from bot.app.serve import serving
from bot.store import open_store
from bot.store.rights import BadRole, grant
from tests.bot.app.local import local
from tests.bot.app.test_serve import said, settings
from tests.postgres import drop_database, fresh_database_url
from tests.sqlite import fresh_sqlite_url


@pytest.mark.postgres
async def test_it_serves_and_the_record_stays_as_it_was(tmp_path: Path) -> None:
    owner, role = await fresh_database_url(), f"bot_{uuid.uuid4().hex[:12]}"
    async with open_store(owner) as store, store.transaction() as connection:
        await connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
    await grant(owner, role)
    await grant(owner, role)
    mine = owner.replace("//postgres:", f"//{role}:").replace("//postgres@", f"//{role}@")
    assert role in mine
    given = settings(tmp_path, database_url=mine, sealing_key="k" * 32)
    async with serving(given, [local(tmp_path)]) as served:
        assert "R-1" in await said(served.port, "ana", "/release plan payments 2.4.1 in 3 hours canary 10%")
    async with open_store(owner) as store:
        before = await store.ledger("release:R-1")
        assert before
        async with store.transaction() as connection:
            for table in ("ledger", "seals"):
                await connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        async with open_store(mine) as bot:
            for statement in (
                "UPDATE ledger SET person = 'mallory'",
                "DELETE FROM ledger",
                "TRUNCATE seals",
                "UPDATE seals SET mac = ''",
                "DROP TABLE ledger",
                "CREATE TABLE mine (x int)",
                "ALTER TABLE ledger ENABLE TRIGGER USER",
            ):
                with pytest.raises(Exception, match=r"permission denied|must be owner"):
                    async with bot.transaction() as connection:
                        await connection.exec_driver_sql(statement)
        assert await store.ledger("release:R-1") == before
        async with store.transaction() as connection:
            await connection.exec_driver_sql(f"DROP OWNED BY {role}")
            await connection.exec_driver_sql(f"DROP ROLE {role}")
    await drop_database(owner)


async def test_a_name_that_is_none_and_a_database_without_roles_are_refused(tmp_path: Path) -> None:
    url = fresh_sqlite_url(tmp_path)
    for bad in ('x"; DROP TABLE ledger; --', "", "Bot"):
        with pytest.raises(BadRole, match="no plain name"):
            await grant(url, bad)
    with pytest.raises(BadRole, match="PostgreSQL"):
        await grant(url, "t_minus")
