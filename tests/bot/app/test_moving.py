"""A team that began on SQLite goes on on PostgreSQL: the record is the same, nothing is posted twice, nothing is lost."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.app.audit import verify_ledger
from bot.app.calendar import CalendarOptions, import_calendar
from bot.app.doctor import examined
from bot.app.moving import MoveOptions, move_record
from bot.app.serve import serving
from bot.cli import main
from bot.domain.errors import BadFile, SecondProcess
from bot.ports import Announcement
from bot.settings import BadSettings
from bot.store import Database, open_store
from bot.store.migrate import upgrade
from bot.store.move import MOVED
from bot.store.notebook import StoredNotebook
from bot.store.tables import notes
from tests.bot.app.local import local
from tests.bot.app.test_serve import said, settings
from tests.postgres import drop_database, fresh_database_url

pytestmark = pytest.mark.postgres
PLAN = "/release plan payments 2.4.1 in 3 hours canary 10%"


@pytest.fixture
async def empty() -> AsyncIterator[str]:
    """A PostgreSQL database with tables and no rows."""
    made = await fresh_database_url()
    yield made
    await drop_database(made)


@pytest.fixture
async def used() -> AsyncIterator[str]:
    """One that is to become another bot's; it has no tables yet."""
    made = await fresh_database_url(migrated=False)
    yield made
    await drop_database(made)


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Where `serve` keeps its record while it has no other database."""
    return f"sqlite:///{tmp_path / 't-minus.db'}"


async def _refused(options: MoveOptions) -> str:
    with pytest.raises(BadFile) as caught:
        await move_record(options)
    return str(caught.value)


def _keys(folder: Path) -> list[str]:
    """Of all that was posted, in order; a post that is posted twice stands there twice."""
    with closing(sqlite3.connect(folder / "messages.sqlite")) as db:
        return [key for (key,) in db.execute("SELECT key FROM messages WHERE key IS NOT NULL ORDER BY id")]


async def _posted(url: str, release: str = "R-1") -> None:
    """Until nothing is due there any more."""
    async with open_store(url) as store:

        async def quiet() -> bool:
            return all(a.state not in {"pending", "sending", "unknown"} for a in await _due(store, release))

        await _until(quiet)


async def _until(asked: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(3000):
        if await asked():
            return
        await asyncio.sleep(0.03)
    pytest.fail("it did not happen within 90 s")


async def _due(store: Database, release: str) -> list[Announcement]:
    now = await store.time()
    return [a for a in await store.announcements(release) if a.due_at <= now]


async def test_the_record_goes_on_where_it_stood_and_the_file_serves_no_more(
    tmp_path: Path, file: str, used: str
) -> None:
    async with serving(settings(tmp_path), [local(tmp_path)]) as served:
        planned = await said(served.port, "ana", PLAN)
        assert "R-1" in planned
        assert "hears the announcements of Search" in await said(served.port, "ana", "/release subscribe search", "r2")
        await StoredNotebook(served.house.store).put("slack", "T1", {"token": "sealed, as it was"})

        async def posted() -> bool:
            return bool(_keys(tmp_path))

        await _until(posted)
        with pytest.raises(SecondProcess):
            await move_record(MoveOptions(file, used))
    before = _keys(tmp_path)
    told = await asyncio.to_thread(main, ["move", "--from", file, "--to", used])
    assert told == 0
    with pytest.raises(BadSettings, match="was moved to another database"):
        async with serving(settings(tmp_path), [local(tmp_path)]):
            pass
    freezes = tmp_path / "freezes.ics"
    freezes.write_text("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//acme//EN\nEND:VCALENDAR\n")
    with pytest.raises(BadFile, match="was moved to another database"):
        await import_calendar(CalendarOptions(data=None, database=file, file=freezes, by="lena"))
    given = settings(tmp_path, database_url=used, sealing_key=(tmp_path / "sealing.key").read_text())
    async with serving(given, [local(tmp_path)]) as served:
        assert await said(served.port, "ana", PLAN) == planned, "the same delivery once more gets its stored answer"
        assert "R-1" in await said(served.port, "ana", "/release status R-1", "r3")
        assert "hears: Search" in await said(served.port, "ana", "/release subscribe", "r4")
        assert await StoredNotebook(served.house.store).get("slack", "T1") == {"token": "sealed, as it was"}
        await _posted(used)
        assert _keys(tmp_path)[: len(before)] == before
        assert "R-2" in await said(served.port, "ana", "/release plan ledger 3.0.0 in 4 hours canary 10%", "r5")
        await _posted(used, "R-2")
        assert len(set(_keys(tmp_path))) == len(_keys(tmp_path)) > len(before)
    audit = await verify_ledger(tmp_path, used)
    assert audit.sound, audit.text


async def test_a_copy_that_has_forgotten_a_post_is_moved_too_and_posts_it_not_again(
    tmp_path: Path, empty: str, caplog: pytest.LogCaptureFixture
) -> None:
    copy = tmp_path / "copy.db"
    async with serving(settings(tmp_path), [local(tmp_path, 0.3)]) as served:
        assert "R-1" in await said(served.port, "ana", PLAN)
        await _until(partial(served.house.store.read, _flying))
        with closing(sqlite3.connect(tmp_path / "t-minus.db")) as living, closing(sqlite3.connect(copy)) as taken:
            living.backup(taken)
    sent = _keys(tmp_path)
    assert sent
    assert f"T_MINUS_SEALING_KEY_FILE={tmp_path}" in await move_record(MoveOptions(f"sqlite:///{copy}", empty))
    given = settings(tmp_path, database_url=empty, sealing_key=(tmp_path / "sealing.key").read_text())
    async with serving(given, [local(tmp_path)]):
        assert "restored from a backup?" in caplog.text
        await _posted(empty)
    assert [key for key in _keys(tmp_path) if key in sent] == sent
    assert len(set(_keys(tmp_path))) == len(_keys(tmp_path))
    assert (await verify_ledger(tmp_path, empty)).sound


async def test_what_cannot_be_moved_is_said_and_the_file_serves_on_until_it_was(
    tmp_path: Path, file: str, empty: str, used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other, content in (("t-minus.db", None), ("x.db", b""), ("y.db", b"no database" * 200)):
        if content is not None:
            (tmp_path / other).write_bytes(content)
        assert f"{other} is no database of the bot" in await _refused(
            MoveOptions(f"sqlite:///{tmp_path / other}", empty)
        )
    async with serving(settings(tmp_path), [local(tmp_path)]) as served:
        assert "R-1" in await said(served.port, "ana", PLAN)
        await StoredNotebook(served.house.store).put("teams", "T1", {"name": "x"})
    assert "--to or T_MINUS_DATABASE_URL" in await _refused(MoveOptions(file, file))
    assert "--from" in await _refused(MoveOptions(empty, empty))
    assert "--to: the database does not answer" in await _refused(MoveOptions(file, "postgresql://:x@nowhere:y/z"))
    await upgrade(used)
    async with open_store(used) as store:
        await StoredNotebook(store).put("slack", "T9", {"token": "of another company"})
    assert "found rows in the table notes" in await _refused(MoveOptions(file, used))
    await _noted(file, "T1", "no text\x00")
    assert "notes: " in await _refused(MoveOptions(file, empty))
    await _noted(file, "T1", "{}")
    async with open_store(empty) as store:
        assert not await store.releases()
    async with serving(settings(tmp_path), [local(tmp_path)]) as served:
        assert "R-1" in await said(served.port, "ana", "/release status R-1", "r2")
    # A machine that failed between the two commits left this; the same command goes on from there.
    async with open_store(file) as store:
        await store.set_meta(MOVED, "moving 2026-11-24T15:00:00+00:00")
    monkeypatch.setenv("T_MINUS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("T_MINUS_DATABASE_URL", file)
    assert "record of this SQLite file was moved" in (await examined()).text()
    monkeypatch.setenv("T_MINUS_DATABASE_URL", empty)
    assert "releases: 1" in await move_record(MoveOptions())
    assert "was done before" in await move_record(MoveOptions())
    assert "went to another database at 2026-11-24" in await _refused(MoveOptions(file, used))


async def _flying(connection: AsyncConnection) -> bool:
    return bool((await connection.exec_driver_sql("SELECT 1 FROM outbox WHERE state = 'sending'")).first())


async def _noted(url: str, key: str, value: str) -> None:
    async with open_store(url) as store, store.transaction() as connection:
        await connection.execute(sa.update(notes).where(notes.c.key == key).values(value=value))
