"""The runbook in the repository: that it is there, when it was tested last, and whether it was edited since."""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from adapters.evidence.item import Facts, item, unavailable
from adapters.evidence.repository import Repository
from adapters.http.answers import Unavailable
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry

_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<head>.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEY = re.compile(r"(?im)^(?P<key>[a-z][\w -]{0,40}?)[ \t]*:[ \t]*(?P<value>\S.*?)[ \t]*$")
_LINE = re.compile(r"(?im)^[^a-z0-9\n]{0,20}last[ _-]tested(?:[ \t]+on)?[^a-z0-9\n]{0,20}(?P<day>\d{4}-\d{2}-\d{2})\b")
_WAYS = frozenset({"flag", "redeploy", "restore"})
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the text says of its last test. `way`: flag, redeploy or restore; None where it does not say."""

    on: date | None
    by: str = ""
    way: str | None = None
    minutes: int | None = None


def rehearsal_of(text: str) -> Rehearsal:
    """From front matter (`last_tested: 2026-10-01`), else from a line `Last tested: 2026-10-01`. The newest day counts."""
    front = _FRONT.match(text)
    keys = {_plain(m["key"]): m["value"].strip("'\" ") for m in _KEY.finditer(front["head"] if front else "")}
    days = [keys.get("last_tested", ""), *(m["day"] for m in _LINE.finditer(text[front.end() :] if front else text))]
    found = [day for day in map(_day, days) if day is not None]
    way, minutes = keys.get("way", "").casefold(), keys.get("restore_minutes", "")
    return Rehearsal(
        max(found, default=None),
        keys.get("tested_by", "")[:100],
        way if way in _WAYS else None,
        int(minutes) if minutes.isascii() and minutes.isdigit() else None,
    )


async def runbook_items(asked: Inquiry, source: str, repository: Repository) -> tuple[Evidence, ...]:
    """The runbook on the default branch, and the rehearsal that it speaks of; nothing where the catalogue names none.

    That a procedure was tested is said by whoever wrote it there: attested, and no more.
    """
    path = _path(asked.service.evidence.get("runbook", ""))
    return await runbook_at(asked, source, repository, path) if path else ()


async def runbook_at(
    asked: Inquiry, source: str, repository: Repository, path: str, sha: str | None = None
) -> tuple[Evidence, ...]:
    """The same of any file. `sha`: the commit that it is read at, to which it is bound; None: the default branch.

    An edit counts wherever it was made since: who follows the runbook opens the newest one.
    """
    text, touched = await asyncio.gather(repository.file(path, sha), repository.touched(path))
    if isinstance(text, Unavailable):
        if text.code != "not_found":
            return (unavailable(asked, source, Kind.RUNBOOK, text),)
        return (item(asked, source, Kind.RUNBOOK, Standing.MISSING, text=f"{path} is not in the repository"),)
    url, tested = repository.page(path, sha), rehearsal_of(text)
    edited = touched if isinstance(touched, datetime) else None
    day = datetime.combine(tested.on, _NOON, UTC) if tested.on is not None else None
    if day is not None and day.date() > asked.now.date():
        day = None
    since = day is not None and edited is not None and edited.date() > day.date()
    said = f"{path}, {_told(tested, day)}{f', edited since ({edited:%Y-%m-%d})' if since and edited else ''}"
    facts: Facts = {"path": path, "edited_since_tested": since}
    if edited is not None:
        facts["edited"] = f"{edited:%Y-%m-%d}"
    if day is not None:
        facts["age_days"] = (asked.now.date() - day.date()).days
    dated = max((d for d in (day, edited) if d is not None), default=None)
    book = item(
        asked, source, Kind.RUNBOOK, Standing.VERIFIED, url=url, subject=sha, dated=dated, text=said, facts=facts
    )
    if day is None:
        return (book,)
    if isinstance(touched, Unavailable):
        # Whether it was edited since cannot be told; a drill that may be of other steps is none.
        return (book, unavailable(asked, source, Kind.ROLLBACK, touched))
    more: Facts = {"tested": not since, **({"way": tested.way} if tested.way else {})}
    if tested.minutes is not None:
        more["restore_minutes"] = tested.minutes
    drill = item(
        asked,
        source,
        Kind.ROLLBACK,
        Standing.ATTESTED,
        url=url,
        subject=sha,
        dated=day,
        text=said,
        facts={**facts, **more},
    )
    return (book, drill)


def _told(tested: Rehearsal, day: datetime | None) -> str:
    by = f" by {tested.by}" if tested.by else ""
    return f"last tested {day:%Y-%m-%d}{by}" if day is not None else "which says no day of a test"


def _path(said: str) -> str:
    """A path in the repository; of an address, what stands behind its ref."""
    if "://" not in said:
        return said.strip("/")
    _, _, behind = urlsplit(said).path.partition("/blob/")
    return behind.partition("/")[2]


def _plain(key: str) -> str:
    return re.sub(r"[ -]+", "_", key.strip().casefold())


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None
