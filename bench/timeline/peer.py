"""The peer: APScheduler's own SQLAlchemyJobStore, without a misfire limit, in a process of its own.

At its best: the job is a coroutine that only notes the time, in the scheduler's own process; nothing is posted, nothing is
recorded, nothing survives a kill. With --port each job posts to the platform process, as ours do; still no receipt is kept.
With its default misfire limit of 1 s it runs none of such a burst (timeline.md).
"""

import argparse
import asyncio
import json
import time
from datetime import UTC, datetime, timedelta

import psutil
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench.timeline.wire import NAME, WireChat
from bot.domain.people import Place
from bot.messages.model import Message
from bot.ports import Outgoing

ARRIVED: list[tuple[str, float]] = []
CHAT: list[WireChat] = []
AT_ONCE = asyncio.Semaphore(128)
ADDS_A_SECOND = 90
"""Slower than any that was measured here: the due time has to lie behind the last add."""


async def note(key: str) -> None:
    """What a post would be; or a post."""
    for chat in CHAT:
        async with AT_ONCE:
            await chat.send(Outgoing(key, Place(NAME, "#peer"), Message(key)))
    ARRIVED.append((key, time.time()))


async def burst(url: str, due: int, parked: int) -> None:
    """Print the log, the due time and the memory as one line of JSON."""
    store = SQLAlchemyJobStore(url=url)
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    scheduler = AsyncIOScheduler(jobstores={"default": store}, job_defaults=defaults, timezone=UTC)
    scheduler.start(paused=True)
    far = datetime.now(UTC) + timedelta(days=1)
    _park(scheduler, store, far, parked)
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=5 + due / ADDS_A_SECOND)
    for number in range(due):
        scheduler.add_job(note, "date", run_date=at, args=[f"d{number}"], id=f"d{number}")
    scheduler.resume()
    until = at.timestamp() + 120
    while len(ARRIVED) < due and time.time() < until:  # noqa: ASYNC110 - the jobs are on this very loop
        await asyncio.sleep(0.1)
    scheduler.shutdown(wait=False)
    memory = psutil.Process().memory_info().rss // 2**20
    print(json.dumps({"log": ARRIVED, "at": at.timestamp(), "memory": memory}), flush=True)


def _park(scheduler: AsyncIOScheduler, store: SQLAlchemyJobStore, far: datetime, parked: int) -> None:
    """The same rows that add_job writes, in one transaction: 10,000 single adds would take minutes."""
    if not parked:
        return
    job = scheduler.add_job(note, "date", run_date=far, args=["p0"], id="p0")
    with store.engine.begin() as connection:
        row = connection.execute(store.jobs_t.select()).one()
        rows = [
            {"id": f"p{n}", "next_run_time": row.next_run_time, "job_state": row.job_state} for n in range(1, parked)
        ]
        connection.execute(store.jobs_t.insert(), rows)
    assert job.id == "p0"


def main() -> None:
    """`python -m bench.timeline.peer --url sqlite:///peer.db --due 1000 --parked 10000`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--due", type=int, required=True)
    parser.add_argument("--parked", type=int, required=True)
    parser.add_argument("--port", type=int, default=0, help="of the platform process; 0: nothing is posted")
    given = parser.parse_args()
    if given.port:
        CHAT.append(WireChat(given.port, "peer"))
    asyncio.run(burst(given.url, given.due, given.parked))


if __name__ == "__main__":
    main()
