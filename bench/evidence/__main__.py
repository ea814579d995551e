"""`python -m bench.evidence`: eleven sources at once, beside plain aiohttp with the same calls; and a hundred releases at once.

Goals (printed, never asserted): a ratio of at most 1.5; memory that stays flat from wave to wave.
"""

import asyncio
import gc
import os
import socket
import statistics
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import psutil

from adapters.evidence.index import evidence_sources
from adapters.http.fetch import Transport
from bench.machine import keep, machine
from bot.domain.evidence import Standing
from bot.domain.people import Place, Roster
from bot.domain.release import Phase, Release
from bot.domain.service import Service, Threshold
from bot.policy.defaults import POLICY, RUBRIC
from bot.ports import Catalog, EvidenceSource, Inquiry, SourceSettings

ROUNDS = 60
RELEASES = 100
WAVES = 6
KINDS = ("prometheus", "prometheus", "prometheus", "registry", "registry", "kubernetes", "kubernetes", "kubernetes",
         "health", "health", "health")  # fmt: skip
ROLES = {"prometheus": "prometheus", "registry": "registry", "kubernetes": "rollout", "health": "health"}
NOW = datetime(2026, 11, 24, 15, 15, tzinfo=UTC)
SHOP = Service(
    "shop", "Shop", 1, "UTC", ("ana",), {}, previous_version="2.4.0", names={"namespace": "shop", "image": "acme/shop"},
    thresholds=tuple(Threshold(m, 5.0, "%", query=f"sum({m})") for m in ("errors", "p95", "p99")),
)  # fmt: skip
RELEASE = Release(
    id="R-1", service="shop", environment="production", version="2.4.1", phase=Phase.LIVE, requested_by="ana",
    owner="ana", home=Place("sandbox", "#x"), created_at=NOW, time_zone="UTC",
)  # fmt: skip


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


def sources(base: str, transport: Transport) -> Sequence[tuple[str, EvidenceSource]]:
    """(role, source) of each."""
    alerts = {"alertmanager": "alerts"}
    settings = {
        f"{kind}-{n}": SourceSettings(f"{kind}-{n}", kind, base, (), allow_private=True, timeout_s=9,
                                      options=alerts if kind == "prometheus" else {})
        for n, kind in enumerate(KINDS)
    }  # fmt: skip
    every = {**settings, "alerts": SourceSettings("alerts", "alertmanager", base, (), allow_private=True, timeout_s=9)}
    made = evidence_sources(every, transport, lambda: Catalog({"shop": SHOP}, Roster({}), POLICY, RUBRIC))
    return [(ROLES[settings[name].kind], one) for name, one in made.items() if name in settings]


async def looked(every: Sequence[tuple[str, EvidenceSource]]) -> int:
    """One release: all sources at once. Gives how many of them saw nothing."""
    asked = [one.gather(Inquiry(RELEASE, SHOP, role, "watch", NOW)) for role, one in every]
    return sum(any(i.standing is Standing.UNAVAILABLE for i in items) for items in await asyncio.gather(*asked))


async def plain(session: aiohttp.ClientSession, base: str) -> None:
    """The peer: the same calls, what depends on an answer after it, each answer read as JSON where it is one."""

    async def get(path: str, query: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - any JSON
        async with session.get(f"{base}{path}", params=query or {}) as answer:
            return await answer.json(content_type=None)

    async def head(path: str) -> None:
        async with session.head(f"{base}{path}") as answer:
            await answer.read()

    async def prometheus() -> None:
        up = 'up{job="shop"}'
        queries = (up, f"time() - timestamp({up})", *(t.query for t in SHOP.thresholds))
        heard = {"active": "true", "silenced": "true", "inhibited": "true"}
        await asyncio.gather(
            *(get("/api/v1/query", {"query": q, "timeout": "3s"}) for q in queries), get("/api/v1/rules", {"type": "alert"}),
            get("/api/v2/silences"), get("/api/v2/alerts", heard),
        )  # fmt: skip

    async def target() -> None:
        found = await get("/v2/acme/shop/manifests/2.4.0")
        blobs = [found["config"]["digest"], *(one["digest"] for one in found["layers"])]
        await asyncio.gather(*(head(f"/v2/acme/shop/blobs/{one}") for one in blobs))

    async def registry() -> None:
        await get("/v2/")
        await asyncio.gather(get("/v2/acme/shop/manifests/2.4.1"), target())

    async def kubernetes() -> None:
        await get("/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/shop")

    async def health() -> None:
        await get("/healthz")

    made = {"prometheus": prometheus, "registry": registry, "kubernetes": kubernetes, "health": health}
    await asyncio.gather(*(made[kind]() for kind in KINDS))


async def main() -> None:
    """Both, turn by turn, so that the machine's moods meet both."""
    async with served() as base, Transport() as transport, aiohttp.ClientSession() as session:
        every = sources(base, transport)
        assert await looked(every) == 0, "the servers are up"
        await (await session.get(f"{base}/asked")).json()
        await looked(every)
        calls = await (await session.get(f"{base}/asked")).json()
        await plain(session, base)
        same = await (await session.get(f"{base}/asked")).json()
        assert sorted(map(str, calls)) == sorted(map(str, same)), "the peer makes the same calls"
        ours, theirs = [], []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            await looked(every)
            ours.append(time.perf_counter() - began)
            began = time.perf_counter()
            await plain(session, base)
            theirs.append(time.perf_counter() - began)
        memory, blind = await _memory(every)
    mine, peer = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    load = round(os.getloadavg()[0], 1)
    figures = {
        "sources": len(every), "calls": len(calls), "ours_ms": round(mine, 1), "aiohttp_ms": round(peer, 1),
        "ratio": round(mine / peer, 2), "load": load, "releases_at_once": RELEASES, "rss_mb_by_wave": memory,
        "saw_nothing": blind,
    }  # fmt: skip
    print(machine())
    print(f"load {load}: above 2 the servers and both callers wait for one another")
    print(f"{len(every)} sources at once, {len(calls)} calls: {mine:.1f} ms")
    print(f"plain aiohttp, the same calls: {peer:.1f} ms; ratio {mine / peer:.2f}")
    print(f"{RELEASES} releases at once, MB after each of {WAVES} waves: {', '.join(map(str, memory))}")
    print(f"sources that had no time to answer in them: {blind} of {RELEASES * WAVES * len(every)}")
    print(keep("evidence", "python -m bench.evidence", figures))


async def _memory(every: Sequence[tuple[str, EvidenceSource]]) -> tuple[list[float], int]:
    """Resident megabytes after each wave of a hundred releases at once, and how many sources were not reached in time."""
    process, blind = psutil.Process(), 0
    seen: list[float] = []
    for _ in range(WAVES):
        blind += sum(await asyncio.gather(*(looked(every) for _ in range(RELEASES))))
        gc.collect()
        seen.append(round(process.memory_info().rss / 2**20, 1))
    return seen, blind


if __name__ == "__main__":
    asyncio.run(main())
