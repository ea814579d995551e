"""The page with the real bot behind it: what happens is seen as it happens, by who looks."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser, Page, expect

from tests.bot.app.talk import REASON, RUNBOOK, sandbox_of
from tests.days import workday

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured, pytest.mark.asyncio(loop_scope="session")]


async def test_a_release_is_planned_by_form_and_rolled_back_while_the_panel_follows(
    tmp_path: Path, browser: Browser
) -> None:
    async with sandbox_of(tmp_path) as (talk, port):
        room = await browser.new_context(viewport={"width": 1440, "height": 900}, timezone_id="America/New_York")
        page = await room.new_page()
        await page.goto(f"http://127.0.0.1:{port}/")
        panel = page.locator("#release")
        await expect(panel).to_contain_text("No release yet")
        await _plan_by_form(page)
        # The question stands in the thread, which opened by itself; its answer goes there too.
        await page.locator("#thread").get_by_role("button", name="No data change").click()
        await expect(page.locator("#thread-log")).to_contain_text("Question 2 of at most 3")
        await page.get_by_role("tab", name="Release").click()
        await expect(panel.locator(".pill").first).to_have_text("NO-GO UNTIL VERIFIED")
        await expect(panel.get_by_text("Rollback", exact=False).first).to_be_visible()
        await talk.say("ana", RUNBOOK, thread=_root(await talk.get("/api/messages?place=%23payments")))
        await expect(panel.locator(".pill").first).to_have_text("GO POSSIBLE")
        await expect(panel).to_contain_text("Waiting for people")
        await talk.say("kai", f"/release approve R-1 {REASON}")
        await talk.say("lena", "/release go R-1")
        await expect(panel.locator(".phase")).to_have_text("cleared")
        await expect(panel.locator(".consents")).to_contain_text(REASON)
        # The timeline says from which verdict to which, for each time that it changed.
        for words in ("no-go R-1 the replica lags behind, wait", "withdraw R-1 the replica has caught up again"):
            await talk.clock(advance_s=60)
            await talk.say("quinn", f"/release {words}")
        await expect(panel.locator(".marks .turn")).to_have_text(["GO → NO-GO", "NO-GO → GO"])
        await talk.until(0)
        await talk.say("ana", "/release start R-1")
        await expect(panel.locator(".pill").first).to_have_text("LIVE")
        await expect(panel.locator(".count-down")).to_have_text("T+00:00:00")
        entries = await panel.locator(".ledger li").first.inner_text()
        await talk.say("kai", "/release rollback R-1 error rate doubled at the canary")
        await expect(panel.locator(".pill").first).to_have_text("ROLLBACK")
        await expect(panel.locator(".marks li", has_text="ROLLBACK")).to_have_class("done")
        await expect(panel.locator(".marks li", has_text="T+30")).to_contain_text("no longer holds")
        await expect(panel.locator(".ledger li").first).not_to_have_text(entries, use_inner_text=True)
        told = await panel.locator(".ledger .name small").all_inner_texts()
        assert "approval" in told
        assert not [name for name in told if name.isupper() and not name.startswith(("T-", "T=", "T+"))], (
            "no code of the machine"
        )
        await expect(page.locator("#heard")).to_contain_text("R-1 payments 2.4.1: ROLLBACK")
        # A reader in New York reads the hour of New York beside that of UTC.
        start = datetime.fromisoformat((await talk.release())["start_at"])
        there = start.astimezone(ZoneInfo("America/New_York"))
        hours = int(f"{there:%z}") // 100
        both = f"{start.astimezone(UTC):%H:%M} UTC · {there:%H:%M} GMT{hours}"
        await expect(panel.locator(".when").first).to_contain_text(both)
        await room.close()


async def _plan_by_form(page: Page) -> None:
    await page.get_by_role("button", name="Plan with a form…").click()
    dialog = page.get_by_role("dialog", name="Plan a release")
    await expect(dialog.get_by_label("Version")).to_be_focused()
    await dialog.get_by_label("Version").fill("2.4.1")
    await dialog.get_by_label("Start time").fill(f"{workday()} 15:00")
    await dialog.get_by_label("First canary step").fill("10")
    await dialog.get_by_role("button", name="Send").click()


def _root(messages: list[dict[str, object]]) -> str:
    """The living card, whose thread the questions stand in."""
    return next(str(m["thread"]) for m in messages if m["thread"])
