"""A database that was restored from a backup has forgotten what was posted since: nothing of it is posted twice (T2)."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

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
