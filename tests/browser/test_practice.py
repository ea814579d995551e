"""Tour and drills in the page: an invitation that can be sent away, and a strip with the one that is on."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.bot.app.talk import sandbox_of
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured, pytest.mark.asyncio(loop_scope="session")]


async def test_the_tour_is_offered_once_and_its_steps_are_told(open_page: OpenPage) -> None:
    page = await open_page()
    await page.locator("[data-place='#search']").click()
    await page.get_by_role("button", name="Take the two-minute tour").click()
    await expect(page.locator("#room-name")).to_have_text("#payments")
    strip = page.get_by_role("group", name="Tour")
    await expect(strip).to_contain_text("step 1 of 2")
    assert await violations(page) == []
    await strip.get_by_role("button", name="Next step").click()
    await expect(strip).to_contain_text("step 2 of 2")
    await expect(page.locator("#heard")).to_have_text("Tour, step 2 of 2")
    await page.locator("[data-place='#search']").click()
    await strip.get_by_role("button", name="In #payments").click()
    await expect(page.locator("#room-name")).to_have_text("#payments")
    await strip.get_by_role("button", name="End").click()
    await expect(page.get_by_role("status")).to_have_text("Tour is over.")
    await expect(page.locator("#invitation")).to_be_hidden()
    await page.reload()
    await page.wait_for_selector("body:not(.starting)")
    await expect(page.locator("#invitation")).to_be_hidden()


async def test_the_invitation_is_sent_away_and_the_menu_still_starts_a_drill(open_page: OpenPage) -> None:
    page = await open_page()
    await page.get_by_role("button", name="Not now").click()
    await expect(page.locator("#invitation")).to_be_hidden()
    await expect(page.locator("#composer-text")).to_be_focused()
    await page.click("#practice")
    await expect(page.get_by_role("menuitem", name="Failed pipeline")).to_contain_text("A red test, and its exception")
    await page.get_by_role("menuitem", name="The two-minute tour").click()
    await expect(page.get_by_role("group", name="Tour")).to_contain_text("step 1 of 2")


async def test_a_drill_brings_its_channel_and_is_played_from_the_page(tmp_path: Path, browser: Browser) -> None:
    async with sandbox_of(tmp_path) as (_, port):
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        await page.goto(f"http://127.0.0.1:{port}/")
        await page.wait_for_selector("body:not(.starting)")
        await page.click("#practice")
        await page.get_by_role("menuitem", name="Missing rollback").click()
        await expect(page.locator("#room-name")).to_have_text("#drill")
        await expect(page.locator("[data-place='#drill']")).to_have_attribute("aria-current", "page")
        strip = page.get_by_role("group", name="Missing rollback")
        await expect(strip).to_contain_text("step 1 of")
        await strip.get_by_role("button", name="Next step").click()
        await expect(strip).to_contain_text("step 2 of")
        await expect(page.locator("#release .pill").first).to_have_text("NO-GO UNTIL VERIFIED")
        await strip.get_by_role("button", name="End").click()
        await expect(page.locator("#invitation")).to_be_hidden()
        # The drill is over; its channel and its release are still there to be read.
        await expect(page.locator("#room-name")).to_have_text("#drill")
        await expect(page.locator("#release .pill").first).to_have_text("CANCELLED")
        await expect(page.locator("#release .count-down")).to_have_count(0)
        # The next drill's release takes the panel over, unless somebody chose the one that is shown.
        await page.fill("#composer-text", "/release drill silence")
        await page.press("#composer-text", "Enter")
        await page.get_by_role("group", name="Nobody answers").get_by_role("button", name="Next step").click()
        await expect(page.locator("#release h2").first).to_contain_text("R-2")
        await page.locator("[data-release='R-1']").click()
        await expect(page.locator("#release h2").first).to_contain_text("R-1")
        await page.close()
