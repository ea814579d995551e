"""local-slack's own page in Chromium: a command is typed, a button pressed, a form sent off, and the card says what became of it.

Its page draws no rich text ("[rich_text]"); how the cards look is seen in test_slack_cards.py.
"""

import asyncio
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser

from adapters.slack.options import SlackOptions
from tests.adapters.slack_bot import slack_bot
from tests.adapters.slack_counterparts import local_slack

REASON = "the database is not ready, we plan again on Monday"


@pytest.mark.browser
@pytest.mark.unmeasured
@pytest.mark.asyncio(loop_scope="session")
async def test_a_release_is_planned_and_cancelled_in_the_page(browser: Browser, tmp_path: Path) -> None:
    with local_slack("events") as local:
        options = SlackOptions(
            bot_token="xoxb-test-token",  # noqa: S106 - of the tests' own Slack
            signing_secret="test-signing-secret",  # noqa: S106 - as above
            api_url=f"{local.base}/api/",
        )
        async with aiohttp.ClientSession() as local.session, slack_bot(tmp_path, options, local.bot_port) as bot:

            async def work() -> None:
                while True:
                    await bot.settled()
                    await asyncio.sleep(0.1)

            working = asyncio.create_task(work())
            page = await browser.new_page(viewport={"width": 1300, "height": 1000})
            try:
                await page.goto(local.base)
                composer = page.locator("textarea, [contenteditable=true], input[placeholder*='essage']").first
                await composer.click()
                await page.keyboard.type("/release plan payments 2.4.1 to production at 15:00 canary 10%")
                await page.keyboard.press("Enter")
                await page.get_by_role("button", name="Cancel payments 2.4.1").last.click(timeout=20_000)
                reason = page.get_by_text("Reason").last.locator("xpath=following::*[self::input or self::textarea][1]")
                await reason.fill(REASON)
                await page.get_by_role("button", name="Send").last.click()
                await page.get_by_text("CANCELLED").first.wait_for(timeout=20_000)
                await page.get_by_role("button", name="Close").click()
            finally:
                await page.close()
                working.cancel()
