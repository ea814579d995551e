"""`python -m bench.evidence`: eleven sources at once, beside plain aiohttp with the same calls; and a hundred releases at once.

Goals (printed, never asserted): a ratio of at most 1.5; memory that stays flat from wave to wave, and answers within 3 s, with
a slow and a dead source among the others. Wall time holds the servers' work too, and waits where the machine is busy; the
processor time of this process holds the client's work alone, and is the steady figure.
"""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from adapters.http.fetch import Transport
from bench.evidence.crowd import crowded
from bench.evidence.peer import plain
from bench.evidence.release import KINDS, SHOP, eleven, looked
from bench.evidence.rounds import measured
from bench.machine import keep, machine

ROUNDS = 300
WARM = 10


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """The servers in a process of their own; gives their address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.evidence.server", str(port))
    base = f"http://127.0.0.1:{port}"
    try:
        async with aiohttp.ClientSession() as session:
            for _ in range(100):
                try:
                    await (await session.get(f"{base}/asked")).read()
                    break
                except aiohttp.ClientError:
                    await asyncio.sleep(0.1)
        yield base
    finally:
        process.kill()
        await process.wait()


async def main() -> None:
    """Both, turn by turn; then the crowd."""
    async with served() as base, Transport() as transport, aiohttp.ClientSession() as session:
        every = eleven(base, transport)

        async def ours() -> None:
            assert await looked(every) == 0, "the servers are up"

        async def peer() -> None:
            await plain(session, base, KINDS, SHOP.thresholds)

        async def asked() -> list[list[str]]:
            said: list[list[str]] = await (await session.get(f"{base}/asked")).json()
            return sorted(said)

        await asked()
        await ours()
        calls = await asked()
        await peer()
        assert calls == await asked(), "the peer makes the same calls"
        await measured(ours, peer, WARM)
        wall, processor = await measured(ours, peer, ROUNDS)
        load = round(os.getloadavg()[0], 1)
        crowd = await crowded(every, base, transport)
    figures = {
        "sources": len(every), "calls": len(calls), "rounds": ROUNDS, "load": load, "wall": wall.figures(),
        "processor": processor.figures(), **crowd.figures(),
    }  # fmt: skip
    print(machine())
    print(f"load {load}: above 2 the servers and both callers wait for one another")
    print(f"{len(every)} sources at once, {len(calls)} calls, {ROUNDS} rounds")
    print(wall.told("wall time"))
    print(processor.told("processor time"))
    for line in crowd.told():
        print(line)
    print(keep("evidence", "python -m bench.evidence", figures))


if __name__ == "__main__":
    asyncio.run(main())
