"""Every golden card of Teams, drawn by Microsoft's own renderer: it warns of nothing, every word is seen, nothing is cut off.

`UPDATE_PICTURES=1` writes the pictures of the docs.
"""

import os
from pathlib import Path

import pytest
from playwright.async_api import Browser

from adapters.teams.render import card as card_of
from bot.messages.answer_tables import arithmetic
from tests.adapters.teams_oracles import faults, texts
from tests.browser.teams_drawn import DESKTOP, PHONE, ROOT, bundled, drawn, golden
from tests.golden import releases as r

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PICTURES = {
    DESKTOP: {"card-unverified-living": "teams-card", "form-approve": "teams-form"},
    PHONE: {"card-possible-approval": "teams-phone"},
}
OVER = """() => [...document.querySelectorAll("[data-card]")].flatMap((card) => [...card.querySelectorAll("*")]
  .filter((e) => !e.closest("button:only-child"))  // a label longer than a phone is wide has a row of its own
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
    || e.getBoundingClientRect().right > card.getBoundingClientRect().right)
  .map((e) => `${card.dataset.card}: ${e.tagName} ${e.textContent.slice(0, 60)} ${e.scrollWidth} > ${e.clientWidth}`))"""


async def test_microsoft_s_renderer_draws_every_card_and_warns_of_nothing(browser: Browser, tmp_path: Path) -> None:
    cards, wrong = {**golden(), "table": card_of(arithmetic(r.view(r.unverified())))}, list[str]()
    page = await drawn(browser, bundled(tmp_path, cards), wrong)
    assert await page.evaluate("window.seen") == {name: [] for name in cards}
    for name, card in cards.items():
        assert faults(card) == [], name
        shown = " ".join((await page.locator(f'[data-card="{name}"]').inner_text()).split())
        for told in texts(card):
            plain = " ".join(told.replace("<at>", "").replace("</at>", "").split())
            assert plain in shown or plain.startswith("Fill in: "), (name, plain)
    folder = ROOT / "docs" / "images" if os.environ.get("UPDATE_PICTURES") else tmp_path
    for width, pictures in PICTURES.items():
        await page.set_viewport_size({"width": width, "height": 1000})
        assert await page.evaluate(OVER) == [], width
        for name in cards if os.environ.get("UPDATE_PICTURES") else pictures:
            path = folder / f"{pictures[name]}.png" if name in pictures else tmp_path / f"{name}-{width}.png"
            await page.locator(f'[data-card="{name}"]').screenshot(path=path)
    await page.close()
    assert wrong == []
