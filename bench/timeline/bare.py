"""The floor: processes that do nothing but send their share of the posts to the platform, all at once.

No row, no receipt, no card. What the receiver, the connections and Python's loop take alone, nothing that posts can go below.
"""

import argparse
import asyncio
import json
import time
from datetime import UTC, datetime

from bench.timeline.burst import ACK_MS, Lateness, lateness
from bench.timeline.processes import end, first_line, platform, start
from bench.timeline.wire import NAME, WireChat, ask
from bot.domain.people import Place
from bot.messages.model import Message
from bot.ports import Outgoing

AT_ONCE = 128
LEAD_S = 5.0


def bare(workers: int, due: int) -> Lateness:
    """Measure it. The processor time is that of all senders."""
    with platform(ACK_MS) as port:
        at = time.time() + LEAD_S
        sizes = ("--port", str(port), "--count", str(due // workers), "--at", str(at))
        crew = [start("bench.timeline.bare", *sizes, "--name", f"b{n}") for n in range(workers)]
        used = sum(json.loads(first_line(process))["cpu"] for process in crew)
        for process in crew:
            end(process)
        log = [(key, when) for key, _, when in ask(port, "log")["posts"]]
    found = lateness("bare sending", "none", workers, due, 0, log, datetime.fromtimestamp(at, UTC), 0)
    return found.with_cpu(used)


async def _send(given: argparse.Namespace) -> float:
    chat, slots = WireChat(given.port, given.name), asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with slots:
            await chat.send(Outgoing(f"{given.name}-{number}", Place(NAME, "#bare"), Message("bare")))

    await asyncio.sleep(given.at - time.time())
    before = time.process_time()
    await asyncio.gather(*(one(number) for number in range(given.count)))
    return time.process_time() - before


def main() -> None:
    """`python -m bench.timeline.bare --port … --count … --at …`: prints its processor time."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--at", type=float, required=True)
    parser.add_argument("--name", required=True)
    print(json.dumps({"cpu": asyncio.run(_send(parser.parse_args()))}), flush=True)


if __name__ == "__main__":
    main()
