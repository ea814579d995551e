"""What the migrations between two versions do to the data, as evidence: read from the repository, run by nobody (G19)."""

import asyncio
from collections.abc import Sequence

from adapters.evidence.changed import Changed, ChangedFile, data_items
from adapters.evidence.item import Facts, item
from adapters.evidence.migrations import files
from adapters.evidence.migrations.reading import Change, Reading, together, unknown
from adapters.evidence.repository import Repository
from adapters.http.answers import Unavailable
from bot.domain.evidence import Evidence, Kind, Standing
from bot.ports import Inquiry

MOST = 40
"""Files that are read; of more nobody knows what they do together."""

_SHOWN = 3


async def migration_items(
    asked: Inquiry, source: str, changed: Changed, repository: Repository
) -> tuple[Evidence, ...]:
    """The class of the data change, by the texts of the migrations. Without any, whether models changed is all that is told.

    It stands as missing, as long as nobody says that it was rehearsed: what a file does is read, whether it was tried is not.
    """
    listed = [f for f in (*changed.files, *_moved_out(changed, asked)) if _may_be(f.path, asked)]
    if not listed:
        return data_items(asked, source, changed)
    if len(listed) > MOST:
        reading = Reading((unknown(f"{len(listed)} files may be migrations; more than {MOST} are read by nobody"),))
    else:
        texts = await asyncio.gather(*(_texts(repository, f, changed) for f in listed))
        unread = next((t for t in texts if isinstance(t, Unavailable)), None)
        if unread is not None and unread.code == "not_found":
            return data_items(asked, source, changed)
        if unread is not None:
            return _unread(asked, source, changed, unread)
        read = [t for t in texts if isinstance(t, files.Changed)]
        # In a thread: a long text is read for seconds, and nobody waits for that.
        reading = await asyncio.to_thread(files.read_changes, read, [f.path for f in changed.files])
    if not reading.files and not reading.steps:
        return data_items(asked, source, changed)
    if not changed.whole:
        reading = together([reading, Reading((unknown("the list of changes is cut short"),))])
    return (_item(asked, source, changed, reading),)


def _may_be(path: str, asked: Inquiry) -> bool:
    """True for what has to be read, in the folder that the catalogue names, where it names one."""
    folder = asked.service.evidence.get("migrations", "").strip("/")
    inside = not folder or path == folder or path.startswith(f"{folder}/")
    return inside and files.may_be_migration(path)


def _moved_out(changed: Changed, asked: Inquiry) -> list[ChangedFile]:
    """A migration that was moved to where no tool finds it was taken away."""
    return [ChangedFile(f.was, "removed") for f in changed.files if f.was and not _may_be(f.path, asked)]


async def _texts(repository: Repository, file: ChangedFile, changed: Changed) -> files.Changed | Unavailable:
    """The file after and before; a renamed one is new under its name, and what it did before is read from the base."""
    after, before = await asyncio.gather(
        _text(repository, file.path, changed.head, there=file.status != "removed"),
        _text(repository, file.path, changed.base, there=file.status not in {"added", "copied"}),
    )
    if isinstance(after, Unavailable):
        return after
    if after is None and file.status != "removed":
        return Unavailable("not_found", f"{file.path} is not at {changed.head}")
    if isinstance(before, Unavailable):
        return before
    return files.Changed(file.path, after, before)


async def _text(repository: Repository, path: str, ref: str, *, there: bool) -> str | Unavailable | None:
    if not there:
        return None
    found = await repository.file(path, ref)
    return None if isinstance(found, Unavailable) and found.code == "not_found" else found


def _unread(asked: Inquiry, source: str, changed: Changed, why: Unavailable) -> tuple[Evidence, ...]:
    facts: Facts = {"models_changed": True, "unavailable": why.code}
    text = f"migrations changed since {changed.base}, and cannot be read: {why.detail}"
    return (
        item(asked, source, Kind.MIGRATION, Standing.UNAVAILABLE,
             url=changed.url, subject=changed.head, text=text, facts=facts),
    )  # fmt: skip


def _item(asked: Inquiry, source: str, changed: Changed, reading: Reading) -> Evidence:
    nothing = reading.change is Change.NONE
    facts: Facts = {"models_changed": not nothing, "data_change": reading.change.value, "files": len(reading.files)}
    if reading.way_back is not None:
        facts["way_back"] = reading.way_back
    if reading.verify:
        facts["verify"] = _some(reading.verify)
    said = _some(reading.verify or reading.reasons) or "nothing is changed"
    text = f"{reading.change.value} since {changed.base}: {said}"
    standing = Standing.VERIFIED if nothing else Standing.MISSING
    return item(
        asked, source, Kind.MIGRATION, standing, url=changed.url, subject=changed.head, text=text[:400], facts=facts
    )


def _some(said: Sequence[str]) -> str:
    more = f" and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    return f"{'; '.join(said[:_SHOWN])}{more}"[:300]
