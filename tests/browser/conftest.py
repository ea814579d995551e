"""One real Chromium for all tests, on the sandbox's chat. A script error, a broken policy or a foreign request fails its test."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Literal

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright, expect

from tests.adapters.sandbox_world import World, running

Scheme = Literal["light", "dark"]
OpenPage = Callable[..., Awaitable[Page]]
# What is to be seen is waited for, on a machine that has other things to do too; how fast it comes is asked elsewhere.
expect.set_options(timeout=20_000)


@pytest_asyncio.fixture(loop_scope="session")
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with running(tmp_path) as found:
        yield found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, world: World) -> AsyncIterator[OpenPage]:
    """A function that opens the chat as somebody, in a window of that width; `refused`: a status that the test provokes."""
    wrong: list[str] = []
    rooms: list[BrowserContext] = []

    async def opened(
        person: str = "ana", *, width: int = 1400, height: int = 900, scheme: Scheme = "light", refused: str = ""
    ) -> Page:
        room = await browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        await room.add_init_script(f"localStorage.me ??= '{person}'")
        page = await room.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if bad(said, refused) else None)
        page.on("request", lambda request: None if request.url.startswith(world.base) else wrong.append(request.url))
        rooms.append(room)
        await page.goto(world.base)
        await page.wait_for_selector("#channels button[aria-current]", state="attached")
        return page

    def bad(said: ConsoleMessage, refused: str) -> bool:
        return said.type in {"error", "warning"} and not (refused and f"status of {refused}" in said.text)

    yield opened
    for room in rooms:
        await room.close()
    assert wrong == []
