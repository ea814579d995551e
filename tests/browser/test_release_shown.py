"""What the page shows of releases: the verdict before the start, the phase after it; commands as code."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.bot.app.talk import sandbox_of
from tests.days import workday

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured, pytest.mark.asyncio(loop_scope="session")]


async def test_a_release_that_ended_is_listed_by_its_end_and_not_by_its_verdict(
    tmp_path: Path, browser: Browser
) -> None:
    async with sandbox_of(tmp_path) as (talk, port):
        await talk.say("ana", f"/release plan search 1.8.0 {workday()} 15:00", "#search")
        page = await browser.new_page()
        await page.goto(f"http://127.0.0.1:{port}/")
        listed = page.locator("#releases small").first
        await expect(listed).to_have_text("GO POSSIBLE")
        await talk.say("ana", "/release list", "#search")
        await page.get_by_text("#search").first.click()
        await expect(page.locator(".listed .heading")).to_contain_text("R-1 search 1.8.0 → production")
        await expect(page.locator(".listed .pill")).to_have_text("GO POSSIBLE")
        await talk.say("ana", "/release cancel R-1 the change is not needed", "#search")
        await expect(listed).to_have_text("CANCELLED", timeout=10_000)
        await page.close()


async def test_a_command_within_a_sentence_is_shown_as_code_and_not_with_its_backticks(
    tmp_path: Path, browser: Browser
) -> None:
    async with sandbox_of(tmp_path) as (talk, port):
        await talk.say("ana", f"/release plan payments 2.4.1 {workday()} 15:00 canary 10%")
        page = await browser.new_page()
        await page.goto(f"http://127.0.0.1:{port}/")
        command = page.locator("#log .bullets code").first
        await expect(command).to_contain_text("/release evidence R-1 ")
        assert "`" not in await page.locator("#log").inner_text()
        await page.close()


async def test_the_panel_counts_the_must_items_as_the_card_does(tmp_path: Path, browser: Browser) -> None:
    async with sandbox_of(tmp_path) as (talk, port):
        await talk.say("ana", f"/release plan payments 2.4.1 {workday()} 15:00 canary 10%")
        page = await browser.new_page()
        await page.goto(f"http://127.0.0.1:{port}/")
        await page.get_by_text("R-1 payments 2.4.1").first.click()
        pill = page.locator("#release .checks h3 .pill")
        await expect(pill).to_contain_text("MUST met")
        counted = (await pill.inner_text()).removesuffix(" MUST met")
        await expect(page.locator("#log")).to_contain_text(f"{counted} MUST items met")
        await expect(page.locator("#release .checks h4")).to_have_text("Waiting for a person")
        await page.close()
