"""Every golden card of Slack, drawn by a renderer of Block Kit that we did not write: nothing breaks, every word is there.

`UPDATE_PICTURES=1` writes the pictures of the docs.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest
from playwright.async_api import Browser

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "slack"
MODULES = ROOT / "tests" / "counterparts" / "node_modules"
SHOWN = "message-unverified-living"
PICTURES = {SHOWN: "slack-card", "message-possible-approval": "slack-approval"}
PAGE = """
import React from "react";
import { createRoot } from "react-dom/client";
import { Message } from "slack-blocks-to-jsx";
import "slack-blocks-to-jsx/dist/style.css";
const LOGO = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const NAMES = { U0KAI: "Kai" };
class Fence extends React.Component {
  state = {};
  static getDerivedStateFromError(error) { return { error }; }
  render() { return this.state.error ? <pre>BROKEN {String(this.state.error)}</pre> : this.props.children; }
}
const Card = ({ name, blocks }) => <div data-card={name} style={{ padding: 12, background: "#fff" }}><Fence>
  <Message blocks={blocks} time={new Date(1795545735000)} name="T-Minus" logo={LOGO} theme="light"
    hooks={{ user: (one) => <b>@{NAMES[one.id || one] ?? (one.id || one)}</b> }} /></Fence></div>;
createRoot(document.getElementById("root")).render(
  <div style={{ width: 720 }}>
    {Object.entries(CARDS).map(([name, blocks]) => <Card key={name} name={name} blocks={blocks} />)}
  </div>);
"""


def bundled(folder: Path) -> Path:
    """One page that holds all of them."""
    files = sorted(GOLDEN.glob("*.json"))
    # A form's inputs are drawn as blocks as well; the frame of a modal is not.
    cards = {file.stem: json.loads(file.read_text())["blocks"] for file in files}
    (folder / "page.jsx").write_text(f"const CARDS = {json.dumps(cards)};\n{PAGE}")
    (folder / "node_modules").symlink_to(MODULES)
    options = ["--bundle", "--outfile=page.js", "--jsx=automatic", "--log-level=error"]
    command = [str(MODULES / ".bin" / "esbuild"), "page.jsx", *options, '--define:process.env.NODE_ENV="production"']
    subprocess.run(command, cwd=folder, check=True)
    page = folder / "page.html"
    page.write_text(
        "<!doctype html><meta charset=utf-8><link rel=stylesheet href=page.css><div id=root></div><script src=page.js></script>"
    )
    return page


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
async def test_every_card_of_slack_is_drawn_with_every_word(browser: Browser, tmp_path: Path) -> None:
    page = await browser.new_page(viewport={"width": 760, "height": 1000}, device_scale_factor=2)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    await page.goto(bundled(tmp_path).as_uri())
    await page.wait_for_selector(f'[data-card="{SHOWN}"] button')
    for card in await page.query_selector_all("[data-card]"):
        name = await card.get_attribute("data-card")
        shown = await card.inner_text()
        assert "BROKEN" not in shown, name
        assert len(shown.split()) > 20, name
    text = await page.inner_text(f'[data-card="{SHOWN}"]')
    for words in ("NO-GO UNTIL VERIFIED", "PRECONDITIONS", "ROLLBACK", "Full plan of payments 2.4.1"):
        assert words in text
    folder = ROOT / "docs" / "images" if os.environ.get("UPDATE_PICTURES") else tmp_path
    for drawn, picture in PICTURES.items():
        await page.locator(f'[data-card="{drawn}"]').screenshot(path=folder / f"{picture}.png")
    if os.environ.get("UPDATE_PICTURES"):
        await page.screenshot(path=tmp_path.parent / "all-cards.png", full_page=True)
    await page.close()
    assert wrong == []
