"""One item that a source saw: by the bot, now, bound to what it speaks of; and what stands where nothing could be seen."""

from collections.abc import Mapping
from datetime import datetime

from adapters.http.answers import Unavailable
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry

LONGEST = 2000
"""Characters of one text of an item."""

LONGEST_FACT = 20_000
"""Characters of one fact: the authors of all commits that GitHub tells are one."""

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
    """The item. `subject`: the commit, digest or version that it is bound to; `dated`: when the thing itself was.

    What others wrote (the name of a check, a title) is cleaned and cut: it is kept for ever, and half a character or a
    megabyte in it would keep the whole item from being written down.
    """
    return Evidence(
        kind=kind,
        standing=standing,
        source=source,
        by="bot",
        observed_at=asked.now,
        url=plain(url, LONGEST) if url is not None else None,
        subject=plain(subject, LONGEST) if subject is not None else None,
        dated=dated,
        text=plain(text, LONGEST),
        facts={
            name: plain(said, LONGEST_FACT) if isinstance(said, str) else said for name, said in (facts or {}).items()
        },
    )


def plain(said: str, most: int) -> str:
    """On one line, without control characters, half characters and marks that turn the direction of reading."""
    cut = said if len(said) <= most else f"{said[: most - 1]}…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else " " for c in cut)


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
