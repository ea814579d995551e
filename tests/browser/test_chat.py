"""The browser chat, as a person uses it."""

import pytest
from playwright.async_api import Page, expect

from bot.messages.model import Message
from bot.ports import Outgoing
from tests.adapters.sandbox_world import World, place
from tests.browser.conftest import OpenPage, Scheme

pytestmark = [pytest.mark.browser, pytest.mark.unmeasured, pytest.mark.asyncio(loop_scope="session")]
REASON = "the lock lasts two seconds in staging"
CARD = "#log article:has(.card)"


async def say(page: Page, text: str) -> None:
    await page.fill("#composer-text", text)
    await page.press("#composer-text", "Enter")


async def be(page: Page, person: str) -> None:
    await page.click("#me")
    await page.click(f"[data-person={person}]")


async def plan(page: Page) -> None:
    await say(page, "/release plan payments 2.4.1")
    await expect(page.locator(CARD)).to_have_count(1)


async def test_a_plan_shows_the_private_answer_marked_as_such_and_every_block_of_the_card(open_page: OpenPage) -> None:
    page = await open_page()
    await plan(page)
    private = page.locator("#log article", has_text="Checking 5 sources.")
    await expect(private.get_by_text("Only visible to you")).to_be_visible()
    card = page.locator(CARD)
    await expect(card.locator(".heading")).to_have_text("NO-GO UNTIL VERIFIED · payments 2.4.1")
    for part in (
        "dl.fields",
        ".bullets li",
        "table td",
        "pre code",
        ".link a",
        "hr",
        ".context",
        ".mention",
        "button.danger",
    ):
        await expect(card.locator(part).first).to_be_visible()
    await expect(card.locator(".link a")).to_have_attribute("rel", "noopener noreferrer")
    await expect(page.locator("#log")).to_have_attribute("role", "log")


async def test_a_form_shows_the_error_at_its_field_and_then_the_card_changes_in_place(open_page: OpenPage) -> None:
    page = await open_page("kai")
    await plan(page)
    await page.click("[data-button=approve_risk]")
    dialog = page.get_by_role("dialog", name="Approve risk for payments 2.4.1")
    await expect(dialog.get_by_label("Reason")).to_be_focused()
    await dialog.get_by_role("button", name="Approve risk").click()
    await expect(dialog.locator("#field-reason-error")).to_have_text("This is needed.")
    await dialog.get_by_label("Reason").fill("ok")
    await dialog.get_by_role("button", name="Approve risk").click()
    await expect(dialog.locator("#field-reason-error")).to_have_text("At least 15 characters are needed.")
    await expect(dialog.get_by_label("Reason")).to_have_attribute("aria-invalid", "true")
    await expect(dialog.get_by_label("Reason")).to_have_value("ok")
    await expect(dialog.get_by_label("Who else knows").locator("option")).to_have_count(8)
    await dialog.get_by_label("Reason").fill(REASON)
    await dialog.get_by_role("button", name="Approve risk").click()
    await expect(dialog).to_be_hidden()
    card = page.locator(CARD)
    await expect(card).to_have_count(1)
    await expect(card.locator(".edited")).to_contain_text("rev 2")
    await expect(card).to_contain_text(f"risk approved by kai: {REASON}")
    await expect(card.locator("[data-button]")).to_have_count(0)


async def test_hostile_text_is_shown_as_text(open_page: OpenPage) -> None:
    page = await open_page()
    nasty = (
        '<img src=x onerror="document.title=1"> <script>alert(1)</script> javascript:alert(1) https://ok.example/a?b=1'
    )
    await say(page, nasty)
    words = page.locator("#log .words")
    await expect(words).to_have_text(nasty)
    await expect(words.locator("img, script")).to_have_count(0)
    await expect(words.locator("a")).to_have_attribute("href", "https://ok.example/a?b=1")


async def test_a_thread_opens_beside_takes_replies_and_closes_with_escape(open_page: OpenPage) -> None:
    page = await open_page()
    await plan(page)
    await page.locator(CARD).hover()
    await page.locator(CARD).get_by_role("button", name="Reply in thread").click()
    await expect(page.locator("#reply-text")).to_be_focused()
    await page.keyboard.type("looks fine")
    await page.keyboard.press("Enter")
    await expect(page.locator("#thread-log article")).to_have_count(2)
    await expect(page.locator("#log .replies")).to_contain_text("1 reply")
    await expect(page.locator("#log", has_text="looks fine")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(page.locator("#thread")).to_be_hidden()
    await page.locator("#log .replies").click()
    await expect(page.locator("#thread-log article")).to_have_count(2)


async def test_another_person_sees_other_private_answers_and_is_remembered(open_page: OpenPage) -> None:
    page = await open_page()
    await plan(page)
    await be(page, "kai")
    await expect(page.locator(CARD)).to_have_count(1)
    await expect(page.locator("#log", has_text="Checking 5 sources.")).to_have_count(0)
    await page.reload()
    await expect(page.locator("#me")).to_contain_text("Kai")
    await expect(page.locator(CARD)).to_have_class("message mentions-me")
    await be(page, "ana")
    await expect(page.locator("#log", has_text="Checking 5 sources.")).to_have_count(1)


async def test_what_others_do_appears_without_reload_and_marks_places_unread(open_page: OpenPage) -> None:
    ana, kai = await open_page("ana"), await open_page("kai")
    await plan(ana)
    await expect(kai.locator(CARD)).to_have_count(1)
    await ana.locator("[data-place='#search']").click()
    await kai.click("[data-button=approve_risk]")
    await kai.get_by_label("Reason").fill(REASON)
    await kai.get_by_role("button", name="Approve risk", exact=True).click()
    direct = ana.locator("[data-place='@ana']")
    await expect(direct).to_contain_text("1 unread")
    await expect(ana).to_have_title("(1) T-Minus sandbox")
    await direct.click()
    await expect(ana.locator("#log")).to_contain_text("Kai approved the risk.")
    await expect(direct).not_to_contain_text("unread")


async def test_the_clock_is_marked_as_simulated_and_can_be_turned(open_page: OpenPage, world: World) -> None:
    page = await open_page()
    bar = page.get_by_role("region", name="Clock")
    await expect(bar).to_contain_text("Simulated clock")
    await expect(bar.locator("time")).to_have_text("Tue 24 Nov 13:00 UTC")
    await bar.get_by_role("button", name="+5 min").click()
    await expect(bar.locator("time")).to_have_text("Tue 24 Nov 13:05 UTC")
    await bar.get_by_role("button", name="To the next mark").click()
    await expect(bar.locator("time")).to_have_text("Tue 24 Nov 14:30 UTC")
    await bar.get_by_role("button", name="Run at 60×").click()
    await expect(bar.get_by_role("button", name="Stop the clock")).to_have_attribute("aria-pressed", "true")
    assert world.clock.speed == 60
    await bar.get_by_role("button", name="Stop the clock").click()
    await expect(bar.get_by_role("button", name="Run at 60×")).to_be_visible()


async def test_verbs_are_completed_by_keyboard(open_page: OpenPage, world: World) -> None:
    page = await open_page()
    await page.keyboard.press("/")
    await expect(page.locator("#composer-text")).to_be_focused()
    await expect(page.locator("#composer-hints").get_by_role("option")).to_have_count(3)
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("#composer-hints").get_by_role("option", selected=True)).to_contain_text(
        "/release status"
    )
    await page.keyboard.press("Tab")
    await expect(page.locator("#composer-text")).to_have_value("/release status ")
    await page.keyboard.type("R-1")
    await page.keyboard.press("Enter")
    await expect(page.locator("#log")).to_contain_text("R-1 is waiting for approval.")
    await expect(page.locator("#composer-text")).to_have_value("")
    assert len(world.bot.heard) == 1


async def test_what_was_typed_stays_when_the_sandbox_refuses(open_page: OpenPage, world: World) -> None:
    page = await open_page(refused="500")
    await say(page, "/release boom")
    await expect(page.get_by_role("status")).to_contain_text("Something failed inside the bot.")
    await expect(page.locator("#composer-text")).to_have_value("/release boom")
    await say(page, "/release status")
    await expect(page.locator("#log")).to_contain_text("R-1 is waiting for approval.")
    assert len(world.bot.heard) == 2


async def test_the_release_links_to_its_full_plan(open_page: OpenPage) -> None:
    page = await open_page()
    await page.locator("#releases button").click()
    await expect(page.locator("#tab-release")).to_be_focused()
    await expect(page.locator("#release h2")).to_contain_text("R-1 payments 2.4.1")
    link = page.locator("#release").get_by_role("link", name="Full plan")
    async with page.context.expect_page() as opening:
        await link.click()
    opened = await opening.value
    await expect(opened.locator("h1")).to_have_text("Plan of R-1")


@pytest.mark.parametrize("width", [360, 390, 768, 1000, 1400])
async def test_nothing_is_cut_off_at_any_width(open_page: OpenPage, width: int) -> None:
    page = await open_page(width=width)
    await plan(page)
    await page.locator(CARD).hover()
    await page.locator(CARD).get_by_role("button", name="Reply in thread").click()
    overflow = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(overflow) <= 0
    too_wide = "() => [...document.querySelectorAll('.card')].filter(c => c.scrollWidth > c.clientWidth + 1).length"
    assert await page.evaluate(too_wide) == 0
    await page.get_by_label("Close the details").click()
    await expect(page.locator("#composer-text")).to_be_visible()


async def test_on_a_phone_the_places_come_from_the_side(open_page: OpenPage) -> None:
    page = await open_page(width=390, height=844)
    await expect(page.locator("#places")).to_be_hidden()
    await page.get_by_role("button", name="Channels").click()
    await page.locator("[data-place='#search']").click()
    await expect(page.locator("#places")).to_be_hidden()
    await expect(page.get_by_role("heading", name="#search", exact=True)).to_be_visible()


async def test_dark_and_light_follow_the_system_and_both_can_be_read(open_page: OpenPage) -> None:
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        page = await open_page(scheme=scheme)
        if scheme == "light":
            await plan(page)
        await expect(page.locator(CARD)).to_have_count(1)
        await expect(page.locator("#releases small")).to_have_count(1)
        for part in (
            ".card .heading",
            ".context",
            ".private",
            ".fields dt",
            ".mention",
            "#releases small",
            ".clock .badge",
            ".primary",
        ):
            assert await contrast(page, part) >= 4.5, (scheme, part)


async def contrast(page: Page, place: str) -> float:
    """The contrast ratio of a text with what lies behind it, as WCAG computes it."""
    script = """(place) => {
      const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
      const over = (base, colour) => {
        canvas.fillStyle = base; canvas.fillRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data; return `rgb(${r} ${g} ${b})`;
      };
      const light = (colour) => {
        over('white', colour);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((v) => {
          v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const element = document.querySelector(place);
      const behind = [];
      for (let e = element; e; e = e.parentElement) behind.unshift(getComputedStyle(e).backgroundColor);
      const back = behind.reduce(over, 'white');
      const [a, b] = [light(back), light(getComputedStyle(element).color)].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05);
    }"""
    return float(await page.evaluate(script, place))


async def test_every_control_has_a_name_and_every_id_is_there_once(open_page: OpenPage) -> None:
    page = await open_page()
    await plan(page)
    await page.click("[data-button=approve_risk]")
    nameless = """() => [...document.querySelectorAll('button, select, textarea, input')].filter(
      (e) => !e.textContent.trim() && !e.getAttribute('aria-label') && !(e.labels && e.labels.length)).map((e) => e.outerHTML)"""
    assert await page.evaluate(nameless) == []
    twice = """() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
      return ids.filter((id, n) => ids.indexOf(id) !== n); }"""
    assert await page.evaluate(twice) == []


async def test_who_reads_above_is_not_moved_and_is_told_of_new_messages(open_page: OpenPage, world: World) -> None:
    page = await open_page(height=420)
    for n in range(12):
        await say(page, f"words {n}")
    await expect(page.locator("#log article")).to_have_count(12)
    await page.locator("#log").evaluate("log => log.scrollTop = 0")
    wide = await page.locator("#log").evaluate("log => log.clientWidth")
    await world.chat.send(Outgoing("R-1:told", place("#payments"), Message("A word to all.")))
    await expect(page.get_by_role("button", name="New messages")).to_be_visible()
    assert await page.locator("#log").evaluate("log => log.clientWidth") == wide
    await page.get_by_role("button", name="New messages").click()
    await expect(page.locator("#log article").last).to_be_in_viewport()
    await expect(page.get_by_role("button", name="New messages")).to_be_hidden()
    await page.locator("#log").focus()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#log article").last).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#log article").nth(11)).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("#log article").last).to_be_focused()
