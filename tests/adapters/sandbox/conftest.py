"""The sandbox with a fake bot, and a client that speaks JSON to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.adapters.sandbox_world import World, running


@dataclass
class Caller:
    """Requests to the sandbox; each gives (status, JSON)."""

    http: aiohttp.ClientSession
    base: str

    async def post(self, path: str, **body: object) -> tuple[int, Any]:
        async with self.http.post(self.base + path, json=body) as answer:
            return answer.status, await answer.json()

    async def get(self, path: str, **query: str) -> tuple[int, Any]:
        async with self.http.get(self.base + path, params=query) as answer:
            return answer.status, await answer.json()

    async def plan(self) -> str:
        """Ana plans; gives the id of the living card."""
        status, said = await self.post("/api/say", person="ana", place="#payments", text="/release plan payments 2.4.1")
        assert status == 200
        return str(said["answers"][-1]["id"])


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with running(tmp_path) as found:
        yield found


@pytest.fixture
async def call(world: World) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as http:
        yield Caller(http, world.base)
