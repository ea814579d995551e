"""A database that was restored from a backup has forgotten what was posted since: nothing of it is posted twice (T2)."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app.audit import verify_ledger
from bot.app.sandbox import CLOCK
from tests.bot.app.talk import Talk, talking

RESTORED = "restored from a backup?"


def backed_up(folder: Path) -> None:
    with (
        closing(sqlite3.connect(folder / "sandbox.sqlite")) as living,
        closing(sqlite3.connect(folder / "backup.db")) as copy,
    ):
        living.backup(copy)


def restored(folder: Path, at: datetime) -> None:
    """The database of the backup alone, in the place of the lost one; meanwhile time went on."""
    for lost in folder.glob("sandbox.sqlite*"):
        lost.unlink()
    (folder / "backup.db").rename(folder / "sandbox.sqlite")
    with closing(sqlite3.connect(folder / "sandbox.sqlite")) as database:
        database.execute("UPDATE meta SET value = ? WHERE name = ?", (at.isoformat(), CLOCK))
        database.commit()


async def _marks(talk: Talk) -> int:
    posts = await talk.posts("#payments")
    return sum("T-30 · R-1" in post for post in posts)


async def test_what_was_posted_after_the_backup_is_found_and_not_posted_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with talking(tmp_path) as talk:
        start = datetime.fromisoformat((await talk.cleared())["start_at"])
        await talk.until(-31)
    backed_up(tmp_path)
    async with talking(tmp_path) as talk:
        await talk.until(-29)
        assert await _marks(talk) == 1
    assert RESTORED not in caplog.text
    restored(tmp_path, start - timedelta(minutes=28))
    async with talking(tmp_path) as talk:
        assert f"{RESTORED} 1 due posts" in caplog.text
        caplog.clear()
        assert await _marks(talk) == 1
        await talk.say("lena", "/release resume R-1")
        await talk.say("lena", "/release go R-1")
        await talk.until(-5)
        posts = await talk.posts("#payments")
        assert sum("T-5 · R-1" in post for post in posts) == 1
        assert await _marks(talk) == 1
    async with talking(tmp_path):
        assert RESTORED not in caplog.text


async def test_a_go_that_was_taken_back_after_the_backup_clears_nothing_until_it_is_given_again(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        start = datetime.fromisoformat((await talk.cleared())["start_at"])
        await talk.until(-50)
    backed_up(tmp_path)
    async with talking(tmp_path) as talk:
        await talk.say("lena", "/release withdraw R-1 the load test of last night was of another build")
        await talk.until(-49)
        assert (await talk.release())["cleared"] is False
    restored(tmp_path, start - timedelta(minutes=48))
    async with talking(tmp_path) as talk:
        assert (await talk.release())["phase"] == "held"
        await talk.clock(advance_s=5)
        assert "restored from a backup" in " ".join(await talk.posts("#payments"))
        await talk.say("lena", "/release resume R-1")
        await talk.until(-29)
        assert (await talk.release())["cleared"] is False
        await talk.say("lena", "/release go R-1")
        assert (await talk.release())["cleared"] is True
    async with talking(tmp_path) as talk:
        assert (await talk.release())["cleared"] is True, "the next start finds its own seals"


async def test_after_a_restore_the_record_is_sound_and_no_release_gets_the_number_of_one_that_was_forgotten(
    tmp_path: Path,
) -> None:
    async with talking(tmp_path) as talk:
        start = datetime.fromisoformat((await talk.cleared())["start_at"])
    backed_up(tmp_path)
    async with talking(tmp_path) as talk:
        await talk.say("lena", "/release withdraw R-1 the load test of last night was of another build")
        assert "R-2" in await talk.say("ana", "/release plan search 1.19.0 tomorrow 15:00")
    restored(tmp_path, start - timedelta(hours=1))
    assert "BEHIND its seals (release:R-1, release:R-2)" in (await verify_ledger(tmp_path, None)).text
    async with talking(tmp_path) as talk:
        assert "R-3" in await talk.say("ana", "/release plan search 1.19.0 tomorrow 15:00")
    for _ in range(2):
        audit = await verify_ledger(tmp_path, None)
        assert audit.sound, audit.text
        assert audit.text.splitlines()[1].endswith("seals-before-restore-1.jsonl")
        async with talking(tmp_path) as talk:
            assert "R-4" in await talk.say("ana", "/release plan ledger 3.0.0 tomorrow 15:00")
    assert "release:R-2" in (tmp_path / "seals-before-restore-1.jsonl").read_text()
    assert "release:R-2" not in (tmp_path / "seals.jsonl").read_text()


async def test_where_the_seals_cannot_be_set_aside_the_bot_starts_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with talking(tmp_path) as talk:
        start = datetime.fromisoformat((await talk.cleared())["start_at"])
    backed_up(tmp_path)
    async with talking(tmp_path) as talk:
        await talk.say("lena", "/release withdraw R-1 the load test of last night was of another build")
    restored(tmp_path, start - timedelta(hours=1))
    # No copy can be made beside them: its name leads to a folder that is not there.
    (tmp_path / "seals-before-restore-1.jsonl").symlink_to(tmp_path / "away" / "seals.jsonl")
    async with talking(tmp_path) as talk:
        assert "R-2" in await talk.say("ana", "/release plan search 1.19.0 tomorrow 15:00")
    assert "the audit compares with them" in caplog.text
