"""The second peer: procrastinate, a job queue on PostgreSQL, each worker in a process of its own, posting to the same platform.

At its better settings (timeline.md): it is asked for due jobs every half second, since a job that is parked rings for nobody. A
job keeps no receipt, reads no release and draws no card.
"""

import argparse
import asyncio
import json
import logging
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import procrastinate
import psutil
import sqlalchemy as sa

from bench.timeline.wire import NAME, WireChat
from bot.domain.people import Place
from bot.messages.model import Message
from bot.ports import Outgoing

AT_ONCE = 32
POLL_S = 0.5
CHUNK = 5000
ADDS_A_SECOND = 1000
"""Slower than was measured here: the due time has to lie behind the last add."""


def conninfo(url: str) -> str:
    """For libpq, which knows nothing of SQLAlchemy's drivers."""
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def app_of(url: str) -> procrastinate.App:
    """The queue of that database."""
    return procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo(url)))


async def fill(url: str, due: int, parked: int) -> None:
    """Print when they are due, as one line of JSON."""
    app = app_of(url)
    at = datetime.now(UTC) + timedelta(seconds=8 + (due + parked) / ADDS_A_SECOND)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for name, count, when in (("P", parked, at + timedelta(days=1)), ("R", due, at)):
            later = app.configure_task("post", queue="posts", schedule_at=when)
            for start in range(0, count, CHUNK):
                keys: list[dict[str, Any]] = [{"key": f"{name}-{n}"} for n in range(start, min(start + CHUNK, count))]
                await later.batch_defer_async(*keys)
    print(json.dumps({"at": at.timestamp()}), flush=True)


async def work(url: str, port: int) -> None:
    """Until it is told to end."""
    app, chat = app_of(url), WireChat(port, "queue")

    @app.task(name="post", queue="posts")
    async def post(key: str) -> None:
        await chat.send(Outgoing(key, Place(NAME, "#peer"), Message(key)))

    async with app.open_async():
        print("ready", flush=True)
        await app.run_worker_async(
            queues=["posts"], concurrency=AT_ONCE, fetch_job_polling_interval=POLL_S, shutdown_graceful_timeout=1
        )


def main() -> None:
    """`python -m bench.timeline.queue fill|work --url …`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("fill", "work"))
    parser.add_argument("--url", required=True)
    parser.add_argument("--due", type=int, default=1000)
    parser.add_argument("--parked", type=int, default=10_000)
    parser.add_argument("--port", type=int, default=0)
    given = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    began = time.monotonic()
    asyncio.run(fill(given.url, given.due, given.parked) if given.what == "fill" else work(given.url, given.port))
    memory = psutil.Process().memory_info().rss // 2**20
    print(json.dumps({"seconds": round(time.monotonic() - began, 1), "memory": memory}), flush=True)


if __name__ == "__main__":
    main()
