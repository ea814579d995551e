"""Cards drawn by Microsoft's own renderer, in the measures of Teams: what it warns of, and what is seen."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "teams"
MODULES = ROOT / "tests" / "counterparts" / "node_modules"
DESKTOP, PHONE = 700, 360
"""Pixels of the window. Teams draws a card of full width about so wide on a desk and on a phone."""

# Where Segoe UI is not installed its place is taken by DejaVu Condensed, a size smaller: letters of the same width.
LETTERS = {
    "fontSizes": {"small": 11, "default": 13, "medium": 15, "large": 18, "extraLarge": 26},
    "fontWeights": {"lighter": 300, "default": 400, "bolder": 600},
}
LOOK = {
    "spacing": {"small": 8, "default": 12, "medium": 16, "large": 20, "extraLarge": 24, "padding": 16},
    "separator": {"lineThickness": 1, "lineColor": "#E0E0E0"},
    "fontTypes": {
        "default": {"fontFamily": "'Segoe UI', 'DejaVu Sans Condensed', sans-serif", **LETTERS},
        "monospace": {"fontFamily": "'Cascadia Mono', 'DejaVu Sans Mono', monospace", **LETTERS},
    },
    "supportsInteractivity": True,
    "containerStyles": {
        "default": {
            "backgroundColor": "#FFFFFF",
            "foregroundColors": {
                "default": {"default": "#242424", "subtle": "#616161"},
                "accent": {"default": "#5B5FC7", "subtle": "#5B5FC7"},
                "attention": {"default": "#C4314B", "subtle": "#C4314B"},
            },
        }
    },
    "actions": {
        "maxActions": 6, "spacing": "default", "buttonSpacing": 8, "actionsOrientation": "horizontal",
        "actionAlignment": "left",
    },
    "textBlock": {"headingLevel": 2},
    "table": {"cellSpacing": 8},
    "inputs": {
        "label": {
            "inputSpacing": "small",
            "requiredInputs": {"weight": "bolder", "suffix": " *", "suffixColor": "attention"},
            "optionalInputs": {"weight": "bolder"},
        },
        "errorMessage": {"color": "attention", "spacing": "small"},
    },
}  # fmt: skip
"""A host configuration in the measures of Teams' light theme."""

PAGE = """
import * as AC from "adaptivecards";
import MarkdownIt from "markdown-it";
import "adaptivecards/dist/adaptivecards.css";
AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  // A mention is the host's affair: the renderer would show its tag.
  result.outputHtml = new MarkdownIt().render(text.replace(/<at>(.*?)<\\/at>/g, "**$1**"));
  result.didProcess = true;
};
window.tables = AC.Table;  // its module registers it, and is left out of the bundle where nobody names it
window.seen = {};
window.pressed = [];
for (const [name, json] of Object.entries(CARDS)) {
  const card = new AC.AdaptiveCard(), context = new AC.SerializationContext(), told = [];
  card.hostConfig = new AC.HostConfig(LOOK);
  card.onExecuteAction = (action) => window.pressed.push([name, action.getJsonTypeName(), action.verb, action.data]);
  card.parse(json, context);
  for (let n = 0; n < context.eventCount; n++) told.push(context.getEventAt(n).message);
  for (const one of card.validateProperties().validationEvents) told.push(one.message);
  const box = document.createElement("div");
  box.dataset.card = name;
  box.appendChild(card.render());
  document.getElementById("root").appendChild(box);
  window.seen[name] = told;
}
window.done = true;
"""
STYLE = """
body { margin: 0; background: #f5f5f5; overflow-wrap: anywhere; }
[data-card] { background: #fff; border: 1px solid #e0e0e0; border-radius: 8px; margin: 12px; }
.ac-pushButton { font: 600 12px 'DejaVu Sans Condensed', sans-serif; min-height: 32px; padding: 5px 12px;
  border: 1px solid #d1d1d1; border-radius: 4px; background: #fff; color: #242424; }
.ac-pushButton.style-positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff; }
.ac-input { font: 14px 'Segoe UI', 'DejaVu Sans Condensed', sans-serif; border: 1px solid #d1d1d1; border-radius: 4px;
  padding: 6px 10px; background: #fff; box-sizing: border-box; }
textarea.ac-input { min-height: 64px; width: 100%; }
"""


def golden() -> Mapping[str, Any]:
    """Every card that people have read, by its file's name; of a dialog, the card in it."""
    found = {}
    for file in sorted(GOLDEN.glob("*.json")):
        made = json.loads(file.read_text())
        found[file.stem] = made["value"]["card"]["content"] if made.get("type") == "continue" else made
    return found


def bundled(folder: Path, cards: Mapping[str, Any]) -> Path:
    """One page that draws all of them."""
    (folder / "page.js").write_text(f"const CARDS = {json.dumps(cards)}, LOOK = {json.dumps(LOOK)};\n{PAGE}")
    (folder / "node_modules").symlink_to(MODULES)
    options = ["--bundle", "--outfile=bundle.js", "--log-level=error"]
    subprocess.run([str(MODULES / ".bin" / "esbuild"), "page.js", *options], cwd=folder, check=True, timeout=60)
    page = folder / "page.html"
    styles, script = f"<link rel=stylesheet href=bundle.css><style>{STYLE}</style>", "<script src=bundle.js></script>"
    page.write_text(f"<!doctype html><meta charset=utf-8>{styles}<div id=root></div>{script}")
    return page


async def drawn(browser: Browser, page: Path, wrong: list[str]) -> Page:
    """The page in a window of its own; `wrong` collects what the browser complains of."""
    shown = await browser.new_page(viewport={"width": DESKTOP, "height": 1000}, device_scale_factor=2)
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    await shown.goto(page.as_uri())
    assert await shown.evaluate("window.done") is True, wrong
    return shown
