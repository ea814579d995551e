"""One item of a demo source: seen by the bot, now, and marked as demo."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry

Facts = dict[str, str | int | float | bool]


def item(  # noqa: PLR0913 — an item has as many columns
    name: str,
    asked: Inquiry,
    kind: Kind,
    standing: Standing,
    *,
    url: str | None = None,
    subject: str | None = None,
    dated: datetime | None = None,
    text: str = "",
    facts: Mapping[str, str | int | float | bool] | None = None,
) -> Evidence:
    """The item; `url` and `subject` are None where there is none."""
    return Evidence(
        kind=kind,
        standing=standing,
        source=name,
        by="bot",
        observed_at=asked.now,
        url=url or None,
        subject=subject,
        dated=dated,
        text=text,
        demo=True,
        facts=facts or {},
    )
