"""The chat for everybody: no finding of axe in any state, all by keyboard alone, and no movement where none is wanted."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, Scheme
from tests.browser.test_chat import CARD, REASON, plan

PLANS = Path(__file__).parents[1] / "golden" / "plans"
pytestmark = [pytest.mark.browser, pytest.mark.unmeasured, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_any_state(open_page: OpenPage, scheme: Scheme) -> None:
    page = await open_page("kai", scheme=scheme)
    await expect(page.get_by_role("button", name="Take the two-minute tour")).to_be_visible()
    assert await violations(page) == [], "the first sight"
    await plan(page)
    await page.locator("#release summary").first.click()
    assert await violations(page) == [], "a card and the panel"
    await page.click("#me")
    assert await violations(page) == [], "the menu of persons"
    await page.keyboard.press("Escape")
    await page.click("#practice")
    assert await violations(page) == [], "tour and drills"
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    assert await violations(page) == [], "completion"
    await page.set_viewport_size({"width": 1280, "height": 640})
    assert await violations(page) == [], "a list of commands that scrolls"
    await page.set_viewport_size({"width": 1400, "height": 900})
    await page.fill("#composer-text", "")
    await page.locator(CARD).hover()
    await page.locator(CARD).locator(".answer").click()
    assert await violations(page) == [], "a thread"
    await page.click("[data-button=approve_risk] >> nth=0")
    await page.get_by_role("button", name="Approve risk", exact=True).click()
    assert await violations(page) == [], "a form with an error"
    await page.keyboard.press("Escape")
    for platform in ("slack", "teams"):
        await look(page, platform)
        assert await violations(page) == [], f"as {platform}"
        await page.keyboard.press("Escape")


async def look(page: Page, platform: str) -> None:
    await page.locator(CARD).first.hover()
    await page.locator(CARD).locator(".look").first.click()
    await page.locator(f"#look-{platform}").click()
    await page.locator(f"#look-panel .{platform}").wait_for()


async def test_axe_finds_nothing_on_a_phone(open_page: OpenPage) -> None:
    page = await open_page(width=390, height=844)
    await plan(page)
    assert await violations(page) == [], "the room"
    await page.click("#menu")
    assert await violations(page) == [], "the places"
    await page.keyboard.press("Escape")
    await page.click("#side-open")
    assert await violations(page) == [], "the release"


async def test_a_risk_is_approved_without_a_mouse(open_page: OpenPage) -> None:
    page = await open_page("kai")
    await page.keyboard.press("/")
    await page.keyboard.press("Tab")
    await page.keyboard.type("pay")
    await page.keyboard.press("Tab")
    await page.keyboard.type("2.4.1")
    await page.keyboard.press("Enter")
    await expect(page.locator(CARD)).to_have_count(1)
    await reach(page, "[data-button=approve_risk]", "Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Reason")).to_be_focused()
    await page.keyboard.type(REASON)
    await reach(page, "dialog[open] .primary", "Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(CARD)).to_contain_text(f"risk approved by kai: {REASON}")
    await expect(page.locator(CARD)).to_be_focused()


async def reach(page: Page, place: str, key: str) -> None:
    """Press the key until that control has the focus."""
    for _ in range(25):
        if await page.evaluate("place => document.activeElement.matches(place)", place):
            return
        await page.keyboard.press(key)
    raise AssertionError(place)


async def test_the_focus_can_be_seen_on_every_stop(open_page: OpenPage) -> None:
    page = await open_page()
    await plan(page)
    ring = """() => { const style = (e) => getComputedStyle(e);
      const ring = (s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || s.boxShadow.includes('1px');
      for (let e = document.activeElement; e; e = e.parentElement) if (ring(style(e))) return '';
      return document.activeElement.outerHTML.slice(0, 120); }"""
    await page.locator(".skip").focus()
    for _ in range(30):
        assert await page.evaluate(ring) == ""
        await page.keyboard.press("Tab")


async def test_nothing_moves_for_who_asked_for_less_motion(open_page: OpenPage) -> None:
    page = await open_page()
    await page.emulate_media(reduced_motion="reduce")
    await plan(page)
    moving = "() => document.getAnimations().filter((a) => a.playState === 'running').length"
    assert await page.evaluate(moving) == 0
    await page.click("[data-button=approve_risk]")
    assert await page.evaluate(moving) == 0


async def test_colours_are_chosen_by_keyboard_and_stay(open_page: OpenPage) -> None:
    page = await open_page(scheme="light")
    await page.focus("#theme")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitemradio", name="As the system has it")).to_be_focused()
    await page.keyboard.press("End")
    await page.keyboard.press("Enter")
    await expect(page.locator("#theme")).to_be_focused()
    dark = "() => getComputedStyle(document.body).backgroundColor"
    assert await page.evaluate(dark) == "rgb(23, 25, 27)"
    await page.reload()
    await page.wait_for_selector("body:not(.starting)")
    assert await page.evaluate(dark) == "rgb(23, 25, 27)"


async def test_a_whole_plan_fits_a_phone_and_its_tables_are_scrolled_by_keyboard(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    await page.goto((PLANS / "risky.html").as_uri())
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    table = page.get_by_role("region", name="Cause, Likelihood, Impact, Mitigation, Owner")
    await table.focus()
    await page.keyboard.press("ArrowRight")
    await expect(table).to_be_focused()
    await page.wait_for_function("() => document.activeElement.scrollLeft > 0")
    await page.close()
