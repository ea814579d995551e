"""The daily digest and the word to a delegate, in a whole sandbox whose clock is turned: once each, true, and never by halves."""

from datetime import datetime, timedelta
from pathlib import Path

from tests.bot.app.talk import Talk, talking

PLACE = "#releases"


async def at(talk: Talk, hour: int, minute: int = 0, days: int = 1) -> str:
    now = datetime.fromisoformat((await talk.get("/api/clock"))["now"])
    wanted = (now + timedelta(days=days)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return wanted.isoformat()


async def digests(talk: Talk) -> list[str]:
    return [p for p in await talk.posts(PLACE) if "unsubscribe digest" in p]


async def test_a_digest_comes_once_a_day_and_late_or_not_at_all_after_an_absence(tmp_path: Path) -> None:
    async with talking(tmp_path) as talk:
        assert "every day at 08:30 (UTC)" in await talk.say("sam", "/release subscribe digest 08:30 UTC", PLACE)
        await talk.clock(to=await at(talk, 9))
        assert await digests(talk) == [], "a day without anything has no digest"
        await talk.say("sam", "/release subscribe digest 08:30 UTC always", PLACE)
        await talk.clock(to=await at(talk, 8, 31))
        await talk.clock(advance_s=3600)
        (first,) = await digests(talk)
        assert "no release today, nothing waits, no freeze" in first
        assert "late" not in first
        # Away over the next one, and back within two hours: it comes late and says so, once.
        await talk.clock(to=await at(talk, 9, 30), down=True)
        shown = await digests(talk)
        assert len(shown) == 2
        assert "this one is late" in shown[1]
        # Away for two days and back in the afternoon: what was missed is not told again, and the next one comes.
        await talk.clock(to=await at(talk, 15, days=2), down=True)
        assert len(await digests(talk)) == 2
        start = (await at(talk, 9, days=5))[:10]
        assert "R-1" in await talk.say("ana", f"/release plan payments 2.4.1 to production at {start} 15:00 canary 10%")
        await talk.say("kai", f"/release delegate @quinn until {(await at(talk, 9, days=9))[:10]}")
        told = await talk.get("/api/messages?place=%40quinn&person=quinn")
        assert [m for m in told if "Kai lets you give the sign-offs" in m["text"]]
        await talk.clock(to=await at(talk, 8, 31))
        third = (await digests(talk))[2]
        assert "R-1 payments 2.4.1" in third
        assert "an answer of Ana" in third
        assert "hears no more" in await talk.say("ana", "/release unsubscribe digest", PLACE)
        await talk.clock(to=await at(talk, 9))
        assert len(await digests(talk)) == 3
