"""Releases and posts for a burst, written through the store's own door, as a decision would write them.

What is parked is one post of that kind, and copies of its row.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bench.timeline.wire import NAME
from bot.domain.people import Place
from bot.domain.release import Phase, Release
from bot.messages import keys
from bot.messages.effects import Post
from bot.store import Database
from bot.store.outbox_table import outbox
from bot.timeline.marks import T_0

CHANNELS = 40
"""Posts are spread over that many channels; each release has its own stream."""

CHUNK = 1000


async def fill(store: Database, due: list[datetime], parked: int) -> float:
    """One release and one T=0 post for each due time, and `parked` posts of a day later. Gives the seconds it took."""
    began = datetime.now(due[0].tzinfo)
    await park(store, parked, max(due) + timedelta(days=1))
    posts = [_post(f"R-{i}", i, at) for i, at in enumerate(due)]
    for start in range(0, len(due), CHUNK):
        async with store.unit() as unit:
            for i, at in enumerate(due[start : start + CHUNK], start):
                await unit.save(_release(f"R-{i}", at), 0)
    for start in range(0, len(posts), CHUNK):
        async with store.unit() as unit:
            await unit.enqueue(posts[start : start + CHUNK], began)
    return (datetime.now(began.tzinfo) - began).total_seconds()


async def park(store: Database, count: int, far: datetime) -> None:
    """So many posts of that time, each of a release of its own: one through the store's door, and copies of its row.

    Then the statistics, as autovacuum renews them within a minute of such growth.
    """
    if not count:
        return
    async with store.unit() as unit:
        await unit.enqueue([_post("P-0", 0, far)], far - timedelta(days=1))
    first = outbox.alias("first")
    numbers = sa.select(sa.literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(sa.select(numbers.c.n + 1).where(numbers.c.n < count - 1))
    number = sa.cast(numbers.c.n, sa.Text)
    own = {name: sa.literal("P-") + number + "|" + first.c[name] for name in ("key", "stream")}
    names = [c.name for c in outbox.c if c.name != "id"]
    made: dict[str, sa.ColumnElement[Any]] = {**own, "release": sa.literal("P-") + number}
    copies = sa.select(*(made.get(name, first.c[name]) for name in names)).where(first.c.release == "P-0")
    async with store.transaction() as connection:
        if count > 1:
            await connection.execute(sa.insert(outbox).from_select(names, copies.join_from(first, numbers, sa.true())))
        await connection.execute(sa.text("ANALYZE outbox"))


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
