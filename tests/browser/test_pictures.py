"""The pictures of README and docs, made by the real bot in a real browser, so that they are never old.

`UPDATE_PICTURES=1` writes them to docs/images; otherwise the same way is walked, and nothing is kept.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Error

from bot.app.options import SandboxOptions
from bot.app.sandbox import sandbox
from tests.days import workday

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured, pytest.mark.asyncio(loop_scope="session")]

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}


async def test_a_release_is_planned_in_the_browser_and_looks_like_it(tmp_path: Path, browser: Browser) -> None:
    kept = IMAGES if os.environ.get("UPDATE_PICTURES") else tmp_path
    kept.mkdir(exist_ok=True)
    async with sandbox(SandboxOptions(port=0, data=tmp_path / "data")) as running:
        for name, (width, height) in SIZES.items():
            page = await browser.new_page(viewport={"width": width, "height": height})
            troubles: list[str] = []
            page.on("pageerror", _kept_in(troubles))
            await page.goto(f"http://127.0.0.1:{running.port}/")
            composer = page.locator("#composer textarea, #composer input").first
            await composer.wait_for()
            if name == "desktop":
                await composer.fill(f"/release plan payments 2.4.1 {workday()} 15:00 canary 10%")
                await composer.press("Enter")
                await page.get_by_role("button", name="No data change").first.click()
                await page.get_by_text("Question 2 of at most 3").first.wait_for()
            await page.wait_for_timeout(400)
            picture = await page.screenshot(path=kept / f"plan-{name}.png")
            assert len(picture) > 20_000
            assert not troubles
            await page.close()


def _kept_in(troubles: list[str]) -> Callable[[Error], None]:
    return lambda error: troubles.append(str(error))
