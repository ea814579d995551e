"""The peer: a plain aiohttp client that makes the same calls, in the same order of need, and reads the same answers."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from bot.domain.service import Threshold


async def plain(session: aiohttp.ClientSession, base: str, kinds: Sequence[str], wanted: Sequence[Threshold]) -> None:
    """One release: what depends on an answer is asked after it, all else at once; each answer that is JSON is read as JSON."""

    async def get(path: str, query: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - any JSON
        async with session.get(f"{base}{path}", params=query or {}) as answer:
            return await answer.json(content_type=None)

    async def head(path: str) -> None:
        async with session.head(f"{base}{path}") as answer:
            await answer.read()

    async def prometheus() -> None:
        up = 'up{job="shop"}'
        queries = (up, f"time() - timestamp({up})", *(t.query for t in wanted))
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
    await asyncio.gather(*(made[kind]() for kind in kinds))
