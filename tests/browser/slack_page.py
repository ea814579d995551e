"""local-slack's own page, as people use it: who acts is chosen there, words are typed, buttons pressed, forms sent off.

The page draws no rich text, only "[rich_text]": it is given the same words in the older markup, which it does draw.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from playwright.async_api import Browser, Locator, Page

from adapters.slack.options import SlackOptions
from tests.adapters.slack_bot import Bot, account, slack_bot
from tests.adapters.slack_counterparts import local_slack

PATIENCE_S = 20.0
_OLDER_MARKUP = r"""
(() => {
  const bare = (e) => e.type === "user" ? `<@${e.user_id}>` : e.type === "link" ? `<${e.url}|${e.text || e.url}>`
    : e.type === "date" ? e.fallback : e.text;
  const word = (e) => e.style && e.style.bold ? bare(e).replace(/^(\s*)(.*?)(\s*)$/s, "$1*$2*$3")
    : e.style && e.style.code ? "`" + bare(e) + "`" : bare(e);
  const line = (part) => part.elements.map(word).join("");
  const part = (p) => p.type === "rich_text_list" ? p.elements.map((one) => "• " + line(one)).join("\n")
    : p.type === "rich_text_preformatted" ? "```" + line(p) + "```" : line(p);
  const older = (v) => Array.isArray(v) ? v.map(older) : !v || typeof v !== "object" ? v
    : v.type === "rich_text" ? {type: "section", text: {type: "mrkdwn", text: v.elements.map(part).join("\n")}}
    : Object.fromEntries(Object.entries(v).map(([key, value]) => [key, older(value)]));
  const own = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
  Object.defineProperty(MessageEvent.prototype, "data", {get() {
    const told = own.get.call(this);
    return typeof told === "string" && told.includes("rich_text") ? JSON.stringify(older(JSON.parse(told))) : told;
  }});
})();
"""


class Desk:
    """The page, and the bot behind it, whose clock goes on only where the test turns it."""

    def __init__(self, page: Page, bot: Bot) -> None:
        self.page = page
        self.bot = bot

    async def sees(self, words: str, within: str = "body") -> None:
        """Waits until these words stand in the page; meanwhile the bot does what is due."""
        await self.until(self.page.locator(within).get_by_text(words).last)

    async def until(self, wanted: Locator) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not await wanted.count():
                await self.bot.settled()
                await asyncio.sleep(0.03)

    async def act_as(self, who: str) -> None:
        await self.page.get_by_label("Act as").select_option(account(who))

    async def goes_to(self, room: str) -> None:
        """A channel, or the bot's conversation with a person."""
        item = self.page.locator(".sidebar-item").filter(has_text=room).first
        await self.until(item)
        await item.click()

    async def types(self, words: str) -> None:
        await self._enter(self.page.locator(".main textarea").first, words)

    async def replies(self, words: str) -> None:
        """In the thread that is open."""
        await self._enter(self.page.get_by_placeholder("Reply in thread").first, words)

    async def opens_thread(self) -> None:
        replies = self.page.locator(".main").locator("button").filter(has_text=re.compile(r"\d+ repl(y|ies)")).first
        await self.until(replies)
        await replies.click()

    async def presses(self, button: str) -> None:
        """The newest button whose label begins so."""
        wanted = self.page.get_by_role("button", name=re.compile(f"^{re.escape(button)}")).last
        await self.until(wanted)
        await wanted.click()

    async def fills(self, label: str, words: str) -> None:
        field = self.page.get_by_text(label, exact=True).last
        await self.until(field)
        await field.locator("xpath=following::*[self::input or self::textarea][1]").fill(words)
        await self.presses("Send")

    async def words(self) -> str:
        """All that stands in the channel that is open."""
        return await self.page.locator(".messages").first.inner_text()

    async def _enter(self, field: Locator, words: str) -> None:
        await field.fill(words)
        await field.press("Enter")
        await self.bot.settled()


@asynccontextmanager
async def desk(browser: Browser, folder: Path) -> AsyncIterator[Desk]:
    """local-slack over HTTP, the bot, and the page; all of them end with the test."""
    with local_slack("events") as local:
        options = SlackOptions(
            bot_token="xoxb-test-token",  # noqa: S106 - of the tests' own Slack
            signing_secret="test-signing-secret",  # noqa: S106 - as above
            api_url=f"{local.base}/api/",
        )
        async with aiohttp.ClientSession() as local.session, slack_bot(folder, options, local.bot_port) as bot:
            page = await browser.new_page(viewport={"width": 1500, "height": 1100})
            wrong: list[str] = []
            page.on("pageerror", lambda error: wrong.append(str(error)))
            await page.add_init_script(_OLDER_MARKUP)
            try:
                await page.goto(local.base)
                yield Desk(page, bot)
            finally:
                await page.close()
            assert wrong == []
