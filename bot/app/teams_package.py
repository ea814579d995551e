"""`python -m bot teams-package`: the app package of Teams, made from deploy/teams and the operator's settings."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bot.app.house import ROOT
from bot.domain.errors import BadFile

FOLDER: Final = ROOT / "deploy" / "teams"
_ICONS: Final = ("color.png", "outline.png")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip knows: the same settings give the same bytes."""


def manifest(app_id: str, public_url: str, *, slash: bool = False) -> Mapping[str, Any]:
    """The manifest of a registration. `slash`: commands also begin with a slash, and are seen by the bot alone.

    Raises BadFile where there is no https address: Teams shows it as the app's website.
    """
    host = urlsplit(public_url).hostname
    if not public_url.startswith("https://") or not host:
        msg = "T_MINUS_PUBLIC_URL: an https address is needed; Teams shows it as the website of the app"
        raise BadFile(msg)
    text = (FOLDER / "manifest.json").read_text(encoding="utf-8")
    made: dict[str, Any] = json.loads(text.replace("{{app_id}}", app_id).replace("{{public_url}}", public_url))
    made["validDomains"] = [host]
    if slash:
        bot = made["bots"][0]
        bot["supportsTargetedMessages"] = True
        for listed in bot["commandLists"]:
            listed["triggers"] = ["mention", "slash"]
    return made


def write_package(file: Path, app_id: str | None, public_url: str | None, *, slash: bool = False) -> None:
    """Write the zip. Raises BadFile where a setting is missing or the file cannot be written."""
    if not app_id:
        msg = "T_MINUS_TEAMS_APP_ID: the application id of the bot's registration is needed"
        raise BadFile(msg)
    made = json.dumps(manifest(app_id, (public_url or "").rstrip("/"), slash=slash), indent=2, ensure_ascii=False)
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(zipfile.ZipInfo("manifest.json", _EPOCH), made)
            for name in _ICONS:
                package.writestr(zipfile.ZipInfo(name, _EPOCH), (FOLDER / name).read_bytes())
    except OSError as error:
        msg = f"{file}: cannot be written ({error.strerror})"
        raise BadFile(msg) from error
