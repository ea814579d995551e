"""One item of a demo source: seen by the bot, now, and marked as demo."""

from dataclasses import replace
from typing import Any

from adapters.evidence import item as seen
from adapters.evidence.item import Facts
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry

__all__ = ["Facts", "item"]


def item(name: str, asked: Inquiry, kind: Kind, standing: Standing, **told: Any) -> Evidence:  # noqa: ANN401 - as item.item has it
    """The item; `url` and `subject` are None where there is none."""
    found = seen.item(asked, name, kind, standing, **told)
    return replace(found, url=found.url or None, demo=True)
