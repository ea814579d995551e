"""A message as Slack and as Teams get it: drawn, and as JSON."""

import json

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_access import look
from tests.browser.test_chat import CARD, plan

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured, pytest.mark.asyncio(loop_scope="session")]


async def test_a_card_is_shown_as_slack_gets_it_with_its_json(open_page: OpenPage) -> None:
    page = await open_page()
    await plan(page)
    await look(page, "slack")
    drawn = page.locator("#look-panel .slack")
    await expect(drawn.locator(".slack-header")).to_have_text("NO-GO UNTIL VERIFIED · payments 2.4.1")
    await expect(drawn.locator("th").first).to_have_text("Cause")
    await expect(drawn.locator(".slack-button.danger")).to_have_text("⚠ Approve risk for payments 2.4.1…")
    shown = json.loads(await page.get_by_label("JSON").inner_text())
    assert shown["text"] == "NO-GO UNTIL VERIFIED: payments 2.4.1"
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy JSON").click()
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert json.loads(await page.evaluate("navigator.clipboard.readText()")) == shown
    await page.keyboard.press("Escape")
    await expect(page.locator(CARD).locator(".look")).to_be_focused()


async def test_a_card_is_drawn_by_the_renderer_of_microsoft(open_page: OpenPage) -> None:
    page = await open_page()
    await plan(page)
    await look(page, "teams")
    card = page.locator(".teams-card .ac-adaptiveCard")
    await expect(card.locator(".ac-textRun, .ac-textBlock").first).to_have_text("NO-GO UNTIL VERIFIED · payments 2.4.1")
    await expect(card).to_contain_text("43 MEDIUM = inherent 33 + missing evidence 10")
    await expect(card.get_by_role("cell", name="checkout slow")).to_be_visible()
    await expect(card.get_by_role("button", name="Approve risk for payments 2.4.1")).to_be_visible()
    await expect(card.locator("script, iframe, img")).to_have_count(0)
    cut = """() => [...document.querySelectorAll('.teams-card *')].filter((e) =>
      e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'hidden').length"""
    assert await page.evaluate(cut) == 0
