"""Releases and posts for a burst, written through the store's own door, as a decision would write them."""

from datetime import datetime, timedelta

from bench.timeline.wire import NAME
from bot.domain.people import Place
from bot.domain.release import Phase, Release
from bot.messages import keys
from bot.messages.effects import Post
from bot.store import Database
from bot.timeline.marks import T_0

CHANNELS = 40
"""Posts are spread over that many channels; each release has its own stream."""

CHUNK = 1000


async def fill(store: Database, due: list[datetime], parked: int) -> float:
    """One release and one T=0 post for each due time, and `parked` posts of a day later. Gives the seconds it took."""
    began = datetime.now(due[0].tzinfo)
    far = max(due) + timedelta(days=1)
    posts = [_post(f"R-{i}", i, at) for i, at in enumerate(due)]
    posts += [_post(f"P-{i}", i, far) for i in range(parked)]
    for start in range(0, len(due), CHUNK):
        async with store.unit() as unit:
            for i, at in enumerate(due[start : start + CHUNK], start):
                await unit.save(_release(f"R-{i}", at), 0)
    for start in range(0, len(posts), CHUNK):
        async with store.unit() as unit:
            await unit.enqueue(posts[start : start + CHUNK], began)
    return (datetime.now(began.tzinfo) - began).total_seconds()


def _release(name: str, start: datetime) -> Release:
    return Release(
        id=name,
        service="payments",
        environment="production",
        version="2.4.1",
        phase=Phase.LIVE,
        requested_by="ana",
        owner="ana",
        home=Place(NAME, "#payments"),
        created_at=start - timedelta(hours=1),
        time_zone="Europe/Berlin",
        start_at=start,
        started_at=start,
        strategy="canary",
        steps=(10, 50, 100),
    )


def _post(release: str, number: int, due: datetime) -> Post:
    place = Place(NAME, f"#channel-{number % CHANNELS}")
    return Post(
        key=keys.post(release, 1, T_0, 1, "stakeholders", place),
        release=release,
        occasion=T_0,
        audience="stakeholders",
        place=place,
        due_at=due,
        card="mark",
        useful_until=due + timedelta(minutes=10),
        params={"mark": T_0, "audience": "stakeholders", "passed": ""},
        schedule_revision=1,
    )
