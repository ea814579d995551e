"""Several bots side by side on one PostgreSQL, with the system clock: whoever claims, each post stands once at the receiver."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.app.talk import REASON, RUNBOOK, Json, Talk, talking
from tests.postgres import drop_database, fresh_database_url


@pytest.mark.postgres
async def test_two_bots_share_a_release_day_and_post_once_each(tmp_path: Path) -> None:
    url = await fresh_database_url()
    async with (
        talking(tmp_path, url, simulated=False) as one,
        talking(tmp_path, url, simulated=False) as other,
    ):
        await one.say("ana", "/release plan payments 2.4.1 in 3 hours canary 10%")
        for _ in range(120):
            if (await other.get("/api/releases"))[0]["questions_asked"]:
                break
            await asyncio.sleep(0.25)
        await other.say("ana", "no data change", thread=await card(other))
        await one.say("ana", RUNBOOK, thread=await card(one))
        await reached(other, "planned")
        await asyncio.gather(
            one.say("kai", f"/release approve R-1 {REASON}"),
            other.say("lena", "/release no-go R-1 support is not here"),
        )
        await asyncio.gather(
            one.say("lena", "/release go R-1"), other.say("lena", "/release go R-1"), one.say("kai", "/release go R-1")
        )
        release = await reached(other, "cleared")
        assert release["questions_asked"] <= 3
        await asyncio.sleep(2.5)
    with closing(sqlite3.connect(tmp_path / "messages.sqlite")) as db:
        twice = db.execute("SELECT key FROM messages WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1").fetchall()
    assert twice == []
    await drop_database(url)


async def reached(talk: Talk, phase: str) -> Json:
    """The release in that phase, which the other process may still be about to bring about."""
    release = await talk.release()
    for _ in range(120):
        if release["phase"] == phase:
            break
        await asyncio.sleep(0.25)
        release = await talk.release()
    assert release["phase"] == phase
    return release


async def card(talk: Talk) -> str:
    """The id of the living card, the root of the release's thread, as soon as it is posted."""
    for _ in range(120):
        seen = await talk.get("/api/messages?place=%23payments")
        found = [m["id"] for m in seen if m["author"] == "t-minus" and not m["to"] and m["thread"] is None]
        if found:
            return str(found[0])
        await asyncio.sleep(0.25)
    pytest.fail("there is no card")
