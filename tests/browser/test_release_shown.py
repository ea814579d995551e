"""What the page shows of releases: the verdict before the start, the phase after it; commands as code."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.bot.app.talk import REASON, sandbox_of
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


async def test_the_panel_counts_as_the_card_does_and_never_all_while_a_person_is_waited_for(
    tmp_path: Path, browser: Browser
) -> None:
    async with sandbox_of(tmp_path) as (talk, port):
        await talk.say("ana", f"/release plan search 1.8.0 {workday()} 15:00", "#search")
        page = await browser.new_page()
        await page.goto(f"http://127.0.0.1:{port}/")
        await page.locator("[data-place='#search']").click()
        await page.get_by_text("R-1 search 1.8.0").first.click()
        pill = page.locator("#release .checks h3 .pill")
        await expect(pill).to_have_text("15 of 16 MUST met")
        await expect(page.locator("#log")).to_contain_text("15 of 16 MUST items met")
        await expect(page.locator("#release .checks h4")).to_have_text("Waiting for people")
        await talk.say("kai", f"/release approve R-1 {REASON}", "#search")
        await expect(pill).to_have_text("16 of 16 MUST met", timeout=10_000)
        await expect(page.locator("#release .checks h4")).to_have_count(0)
        await page.close()
