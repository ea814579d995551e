"""One item that a source saw: by the bot, now, bound to what it speaks of; and what stands where nothing could be seen."""

from collections.abc import Mapping
from datetime import datetime

from adapters.http.answers import Unavailable
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry

Facts = dict[str, str | int | float | bool]


def item(  # noqa: PLR0913 - an item has as many columns
    asked: Inquiry,
    source: str,
    kind: Kind,
    standing: Standing,
    *,
    url: str | None = None,
    subject: str | None = None,
    dated: datetime | None = None,
    text: str = "",
    facts: Mapping[str, str | int | float | bool] | None = None,
) -> Evidence:
    """The item. `subject`: the commit, digest or version that it is bound to; `dated`: when the thing itself was."""
    return Evidence(
        kind=kind,
        standing=standing,
        source=source,
        by="bot",
        observed_at=asked.now,
        url=url,
        subject=subject,
        dated=dated,
        text=text,
        facts=facts or {},
    )


def unavailable(asked: Inquiry, source: str, kind: Kind, answer: Unavailable) -> Evidence:
    """What it would have told stands as unavailable, with the reason: never green, never red."""
    facts: Facts = {"unavailable": answer.code}
    return item(asked, source, kind, Standing.UNAVAILABLE, text=answer.detail, facts=facts)


def many(number: int, word: str) -> str:
    """`1 commit`, `2 commits`."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def moment(said: object) -> datetime | None:
    """An ISO 8601 instant with its offset, or None."""
    try:
        found = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
