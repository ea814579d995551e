"""Up, down, no drift, one head; on both databases."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.store import migrate
from bot.store.engine import open_engines
from bot.store.outbox_table import outbox
from tests.postgres import drop_database, fresh_database_url

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'var' / 'new.db'}"
        return
    made = await fresh_database_url(migrated=False)
    yield made
    await drop_database(made)


async def schema(url: str) -> tuple[set[str], list[object], set[str]]:
    """The tables, what differs from the metadata of the code, the triggers."""
    engines = open_engines(url)

    def look(connection: sa.Connection) -> tuple[set[str], list[object], set[str]]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        triggers = (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
            if engines.postgres
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        return (
            set(sa.inspect(connection).get_table_names()),
            list(compare_metadata(context, outbox.metadata)),
            set(connection.scalars(sa.text(triggers))),
        )

    try:
        async with engines.write.begin() as connection:
            return await connection.run_sync(look)
    finally:
        await engines.close()


async def test_up_down_and_up_again_without_drift(empty: str) -> None:
    assert await migrate.current(empty) is None
    await migrate.upgrade(empty)
    assert await migrate.current(empty) == migrate.head()
    tables, drift, triggers = await schema(empty)
    assert tables == {*outbox.metadata.tables, "alembic_version"}
    assert drift == []
    guarded = {"rows", "all"} if empty.startswith("postgres") else {"update", "delete", "replace"}
    assert triggers == {f"{table}_{guard}" for table in ("ledger", "seals") for guard in guarded}
    await migrate.downgrade(empty, "base")
    assert await migrate.current(empty) is None
    assert (await schema(empty))[0] == {"alembic_version"}
    await migrate.upgrade(empty)
    await migrate.upgrade(empty)
    assert (await schema(empty))[1] == []


async def test_each_revision_goes_up_and_back_by_itself(empty: str) -> None:
    script = ScriptDirectory(str(migrate.FOLDER))
    for revision in reversed(list(script.walk_revisions())):
        before = str(revision.down_revision or "base")
        await migrate.upgrade(empty, revision.revision)
        tables, drift, triggers = await schema(empty)
        await migrate.downgrade(empty, before)
        assert await migrate.current(empty) == (None if before == "base" else before)
        await migrate.upgrade(empty, revision.revision)
        again = await schema(empty)
        assert (again[0], repr(again[1]), again[2]) == (tables, repr(drift), triggers)
    assert await migrate.current(empty) == migrate.head()
    assert (await schema(empty))[1] == []


@pytest.mark.postgres
@pytest.mark.crash
async def test_replicas_may_start_together() -> None:
    url = await fresh_database_url(migrated=False)
    code = "import asyncio, sys; from bot.store import migrate; asyncio.run(migrate.upgrade(sys.argv[1]))"
    replicas = [await asyncio.create_subprocess_exec(sys.executable, "-c", code, url, cwd=ROOT) for _ in range(3)]
    assert await asyncio.gather(*(replica.wait() for replica in replicas)) == [0, 0, 0]
    assert await migrate.current(url) == migrate.head()
    await drop_database(url)


def test_there_is_one_head_and_every_revision_has_a_way_back() -> None:
    script = ScriptDirectory(str(migrate.FOLDER))
    assert script.get_heads() == [migrate.head()]
    assert {revision.revision for revision in script.walk_revisions()} == migrate.revisions()
    for revision in script.walk_revisions():
        assert callable(revision.module.downgrade)
        assert "bot" not in {name.split(".")[0] for name in vars(revision.module)}


def test_a_database_that_is_at_the_newest_revision_is_left_alone_and_alembic_is_not_loaded(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    code = (
        "import asyncio, sys; from bot.store import migrate; asyncio.run(migrate.upgrade(sys.argv[1])); "
        "print('alembic' in sys.modules, asyncio.run(migrate.current(sys.argv[1])))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code, url], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
        ).stdout.split()
        for _ in range(2)
    ]
    assert told == [["True", migrate.head()], ["False", migrate.head()]]


def test_the_command_line_takes_the_url_from_the_environment(tmp_path: Path) -> None:
    alembic = [sys.executable, "-m", "alembic"]
    environment = {**os.environ, "T_MINUS_DATABASE_URL": f"sqlite:///{tmp_path / 'cli.db'}"}
    subprocess.run([*alembic, "upgrade", "head"], cwd=ROOT, env=environment, check=True, capture_output=True)
    told = subprocess.run(
        [*alembic, "-x", f"url=sqlite:///{tmp_path / 'cli.db'}", "current"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == f"{migrate.head()} (head)"
    environment.pop("T_MINUS_DATABASE_URL")
    refused = subprocess.run(
        [*alembic, "current"], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert "T_MINUS_DATABASE_URL" in refused.stderr
