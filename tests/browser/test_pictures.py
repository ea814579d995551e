"""The pictures of README and docs, made by the real bot in a real browser, so that they are never old.

`UPDATE_PICTURES=1` writes them to docs/images; otherwise the same way is walked, and nothing is kept.
"""

import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.bot.app.talk import REASON, RUNBOOK, Talk, sandbox_of
from tests.browser.conftest import Scheme
from tests.days import workday

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured, pytest.mark.asyncio(loop_scope="session")]

IMAGES = Path(__file__).parents[2] / "docs" / "images"
DESKTOP, PHONE = (1440, 900), (390, 844)
Opened = Callable[..., Awaitable[Page]]


async def test_a_release_from_plan_to_canary_looks_as_in_the_docs(tmp_path: Path, browser: Browser) -> None:
    kept = IMAGES if os.environ.get("UPDATE_PICTURES") else tmp_path
    kept.mkdir(exist_ok=True)
    troubles: list[str] = []

    async with sandbox_of(tmp_path / "data") as (talk, port):

        async def opened(person: str, size: tuple[int, int] = DESKTOP, scheme: Scheme = "light") -> Page:
            room = await browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
            await room.add_init_script(f"localStorage.me ??= '{person}'; localStorage['tour-dismissed'] = 'yes'")
            page = await room.new_page()
            page.on("pageerror", lambda error: troubles.append(str(error)))
            await page.goto(f"http://127.0.0.1:{port}/")
            await page.wait_for_selector("body:not(.starting)")
            return page

        await _planned(opened, kept)
        await _cleared(talk)
        await _live(talk, opened, kept)
    assert not troubles


async def _planned(opened: Opened, kept: Path) -> None:
    """Ana plans, and is asked: at a desk, and on a phone."""
    page = await opened("ana")
    await page.fill("#composer-text", f"/release plan payments 2.4.1 {workday()} 15:00 canary 10%")
    await page.press("#composer-text", "Enter")
    await page.get_by_role("button", name="No data change").first.click()
    await page.get_by_text("Question 2 of at most 3").first.wait_for()
    await expect(page.locator("#release .checks li").first).to_contain_text("rollback")
    await page.fill("#composer-text", "/release evidence R-1 ")
    await expect(page.get_by_role("option").first).to_contain_text("MUST · missing")
    await _taken(page, kept / "completion-desktop.png")
    await page.fill("#composer-text", "")
    await _taken(page, kept / "plan-desktop.png")
    await page.context.close()
    phone = await opened("ana", PHONE)
    await _taken(phone, kept / "plan-phone.png")
    await phone.context.close()


async def _cleared(talk: Talk) -> None:
    await talk.say("ana", RUNBOOK)
    await talk.say("kai", f"/release approve R-1 {REASON}")
    await talk.say("lena", "/release go R-1")
    assert (await talk.release())["cleared"]


async def _live(talk: Talk, opened: Opened, kept: Path) -> None:
    """The canary is on: the panel at a desk by night and on a phone, and the post as the other platforms get it."""
    await talk.until(0)
    await talk.say("ana", "/release start R-1")
    await talk.until(16)
    page = await opened("sam", scheme="dark")
    await page.locator("[data-place='#releases']").click()
    await expect(page.locator("#release .marks li", has_text="T+15")).to_have_class("done")
    given = re.compile(r"valid · \w{3} \d+ \w{3} \d\d:\d\d UTC")
    await expect(page.locator("#release .consents small").first).to_have_text(given)  # of another day: it says which
    await page.get_by_text("Arithmetic").click()
    await _taken(page, kept / "live-desktop.png")
    await page.context.close()
    phone = await opened("kai", PHONE, "dark")
    await phone.click("#side-open")
    await expect(phone.locator("#release .ledger li").first).to_be_attached()
    await _taken(phone, kept / "live-phone.png")
    await phone.context.close()
    page = await opened("kai")
    for platform in await page.evaluate("fetch('/api/words').then((a) => a.json()).then((w) => w.platforms)"):
        card = page.locator("#log article:has(.fields)").first
        await card.hover()
        await card.locator(".look").click()
        await page.locator(f"#look-{platform}").click()
        await page.locator(f"#look-panel .{platform}").wait_for()
        await _taken(page, kept / f"as-{platform}.png")
        await page.keyboard.press("Escape")
    await page.context.close()


async def _taken(page: Page, path: Path) -> None:
    """A picture when nothing moves any more."""
    await page.evaluate("() => Promise.allSettled(document.getAnimations().map((a) => a.finished))")
    assert len(await page.screenshot(path=path, animations="disabled")) > 20_000
