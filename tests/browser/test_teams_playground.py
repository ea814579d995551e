"""A release day on Teams, in Microsoft's own local client: plan, approval with its reason, the card's update, marks."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page
from pydantic import SecretStr

from adapters.teams.app import MESSAGES
from adapters.teams.options import TeamsOptions
from tests.adapters.teams_bot import Bot, teams_bot
from tests.adapters.teams_playground import CHANNEL, CHAT, TENANT, Playground, playground, relayed
from tests.adapters.teams_server import APP, SECRET, teams_server
from tests.bot.app.talk import REASON, RUNBOOK

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PATIENCE_MS = 30_000
IMAGES = Path(__file__).parents[2] / "docs" / "images"


@pytest.fixture(scope="module")
def place() -> Iterator[Playground]:
    with playground() as made:
        yield made


@dataclass
class Day:
    """Kai before the Playground, the others by what they send."""

    place: Playground
    bot: Bot
    page: Page

    async def said(self, who: str, text: str) -> None:
        await self.place.say(who, text)
        await self.bot.settled()

    async def sees(self, words: str) -> None:
        await self.until(lambda: self._shown(words))

    async def _shown(self, words: str) -> bool:
        return words in await self.page.locator("body").inner_text()

    async def presses(self, button: str) -> None:
        await self.page.get_by_role("button", name=button).last.click(timeout=PATIENCE_MS)

    async def sends(self) -> None:
        """The form's own button: the Playground has another of that name beside every box."""
        await self.page.get_by_text("Send", exact=True).first.click(timeout=PATIENCE_MS)

    async def until(self, true: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(PATIENCE_MS / 1000):
            while not await true():  # what the Playground passes on arrives a little later than it was sent
                await self.bot.settled()
                await asyncio.sleep(0.03)

    async def phase(self) -> str:
        found = await self.bot.house.store.release("R-1")
        return found.release.phase.value if found else ""

    async def picture(self, name: str) -> None:
        """Of the docs, where they are to be made anew."""
        if os.environ.get("UPDATE_PICTURES"):
            await self.page.screenshot(path=IMAGES / f"{name}.png")


@asynccontextmanager
async def day(place: Playground, browser: Browser, folder: Path) -> AsyncIterator[Day]:
    async with teams_server() as microsoft:
        options = TeamsOptions(
            app_id=APP,
            secret=SecretStr(SECRET),
            tenant=TENANT,
            service_hosts=("127.0.0.1", "localhost"),
            openid_url=f"{microsoft.base}/openid",
            login_url=microsoft.base,
        )
        places = {"#payments": f"teams:{CHANNEL}", "#releases": f"teams:{CHAT}"}
        async with teams_bot(folder, options, places) as bot, relayed(place, microsoft, bot.base + MESSAGES):
            page = await browser.new_page(viewport={"width": 1400, "height": 1300})
            await page.goto(place.base)
            await page.get_by_text("installationUpdate").first.wait_for(timeout=PATIENCE_MS)
            await page.get_by_text("General").first.click()
            try:
                yield Day(place, bot, page)
            finally:
                await page.close()


async def test_a_release_day_from_plan_to_the_last_mark(place: Playground, browser: Browser, tmp_path: Path) -> None:
    async with day(place, browser, tmp_path) as d:
        await d.said("ana", "release plan payments 2.4.1 to production at 15:00 canary 10%")
        await d.sees("Question 1 of at most 3")
        await d.said("ana", "no data change")
        await d.sees("Question 2 of at most 3")
        await d.said("ana", RUNBOOK)
        await d.sees("GO POSSIBLE")
        await d.presses("Show what I can do")
        await d.presses("Sign off")
        await d.page.get_by_label("Reason").last.fill("ok")
        await d.sends()
        await d.sees("⚠ ")
        await d.page.get_by_label("Reason").last.fill(REASON)
        await d.sends()
        await d.sees("APPROVED by Kai")
        await d.said("ana", "release go R-1")
        assert await d.phase() == "planned", "the requester never decides"
        await d.said("lena", "release go R-1")
        await d.until(lambda: _is(d, "cleared"))
        found = await d.bot.house.store.release("R-1")
        assert found is not None
        start = found.release.start_at
        assert start is not None
        await d.bot.time.to(start - timedelta(minutes=29), down=False)
        await d.sees("T-30")
        await d.page.get_by_text("Stakeholders").first.click()
        await d.bot.time.to(start, down=False)
        await d.said("ana", "release start R-1")
        await d.bot.time.to(start + timedelta(minutes=15), down=False)
        await d.said("ana", "release step R-1 100%")
        await d.said("ana", "release done R-1")
        await d.bot.time.to(start + timedelta(minutes=31), down=False)
        await d.sees("monitoring green")
        await d.picture("teams-playground-marks")


async def _is(d: Day, phase: str) -> bool:
    return await d.phase() == phase
