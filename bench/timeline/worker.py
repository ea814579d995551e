"""A worker as a process of its own: real store, real outbox, real alarm clock, real card; the platform is another process.

The catalogue's facts are held in memory, and the release is read for each post; the verdict is judged anew for each only with
--judge (what that costs is the business of bench/plan). SIGTERM ends it in order.
"""

import argparse
import asyncio
import gc
import json
import logging
import signal
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bench.timeline.wire import NAME, WireChat
from bot.clock import SystemClock
from bot.domain.people import Place
from bot.domain.release import Judgement, Release
from bot.messages.cards.index import render
from bot.messages.effects import Effect
from bot.messages.view import View
from bot.outbox import Outbox, Parts, Settings
from bot.policy import judge
from bot.scheduler import AlarmClock
from bot.store import Database, open_store
from tests.world import facts


def parts(store: Database, chat: WireChat, settings: Settings, *, judging: bool = False) -> Parts:
    """The worker's world. No commands and no sources: posts alone are measured."""
    clock, known = SystemClock(), facts()
    judged: list[Judgement] = []

    def judgement(release: Release, now: datetime) -> Judgement:
        if judging or not judged:
            judged[:] = [judge(release, known, now)]
        return judged[0]

    async def views(releases: Sequence[str]) -> Mapping[str, View]:
        now = clock.now()
        found = await store.loaded(releases)
        return {
            name: View(one.release, known, judgement(one.release, now), now, one.release.home)
            for name, one in found.items()
        }

    async def view(release: str, place: Place) -> View | None:
        seen = (await views([release])).get(release)
        return seen and replace(seen, place=place)

    async def enqueue(effects: Sequence[Effect]) -> None:
        async with store.unit() as unit:
            await unit.enqueue(effects, clock.now())

    async def handle(release: str, command: object, request: str) -> None:
        msg = f"{release}: no command is due in this world ({command}, {request})"
        raise LookupError(msg)

    return Parts(
        store=store,
        reads=store,
        memory=store,
        handle=handle,
        view=view,
        views=views,
        render=render,
        enqueue=enqueue,
        clock=clock,
        chats={NAME: chat},
        settings=settings,
        rehearse=store.rehearsed,
    )


async def work(given: argparse.Namespace) -> None:
    """Until SIGTERM."""
    settings = Settings(**json.loads(given.settings))
    store = open_store(given.url, database_time=True)
    chat = WireChat(given.port, given.name, blind=given.blind)
    outbox = Outbox(parts(store, chat, settings, judging=given.judge), given.name)
    alarm = AlarmClock(outbox.ring, sweep_s=given.sweep_s)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    alarm.start()
    running = asyncio.create_task(outbox.run(alarm))
    gc.collect()
    gc.freeze()  # as the served bot does when it has started (bot.app.house)
    print("ready", flush=True)
    await stop.wait()
    await outbox.stop()
    await running
    await alarm.stop()
    await store.close()


def main() -> None:
    """`python -m bench.timeline.worker --url … --port … --name w1`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--settings", default="{}", help="fields of bot.outbox.Settings, as JSON")
    parser.add_argument("--sweep-s", type=float, default=2.0)
    parser.add_argument("--blind", action="store_true")
    parser.add_argument("--judge", action="store_true")
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(work(parser.parse_args()))


if __name__ == "__main__":
    main()
