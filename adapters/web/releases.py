"""Releases as others read them: the public JSON, the full plan as a document, and the ledger."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from adapters.http.page import Page
from bot.domain.errors import Corrupt
from bot.messages.answer_tables import arithmetic
from bot.messages.cards.state import word
from bot.messages.full_plan import full_plan
from bot.messages.model import Block
from bot.messages.public import SCHEMA, public_release
from bot.messages.view import View
from bot.messages.words import say
from bot.ports import Announcement, LedgerRow, Reads

_MEDIA = {"html": "text/html", "md": "text/markdown", "json": "application/json"}


class Views(Protocol):
    """Committed state, judged now (ReleaseService.view)."""

    async def view(self, release: str) -> View | None:
        """None: there is no such release."""


class ReleasePages:
    """Everything is read when it is asked for; nothing is kept."""

    def __init__(self, reads: Reads, views: Views) -> None:
        self._reads = reads
        self._views = views

    async def releases(self) -> Sequence[Mapping[str, Any]]:
        """All, newest first. One whose record is corrupt is shown as such, and hides none of the others."""
        found = []
        for name in await self._reads.release_ids():
            try:
                found.append(await self.release(name))
            except Corrupt as error:
                found.append(corrupt_release(error))
        return [r for r in found if r is not None]

    async def release(self, release: str) -> Mapping[str, Any] | None:
        """One in the public JSON, or None. Raises Corrupt."""
        view = await self._views.view(release)
        return None if view is None else await self._public(view)

    async def panels(self) -> Sequence[Mapping[str, Any]]:
        """All, newest first, as the panel of the sandbox shows them: the public JSON, and beside it `word`, its card's first."""
        found: list[Mapping[str, Any]] = []
        for name in await self._reads.release_ids():
            try:
                view = await self._views.view(name)
            except Corrupt as error:
                found.append(corrupt_release(error))
            else:
                found += [await self._panel(view)] if view is not None else []
        return found

    async def _panel(self, view: View) -> Mapping[str, Any]:
        return {"word": word(view), **await self._public(view)}

    async def _public(self, view: View) -> Mapping[str, Any]:
        release = view.release.id
        rows = await self._reads.ledger(f"release:{release}")
        posts = await self._reads.announcements(release)
        return public_release(
            view.release,
            view.facts,
            view.judgement,
            view.now,
            [p for p in posts if p.audience != "direct"],
            len(rows),
            rows[-1].hash if rows else "",
        )

    async def plan(self, release: str, form: str) -> Page | None:
        """The full plan; `form` is json, md or html. Raises Corrupt."""
        view = await self._views.view(release)
        if view is None:
            return None
        texts = {name.rpartition(".")[2]: text for name, text in full_plan(view).attachments}
        return Page(_MEDIA[form], texts[form])

    async def ledger(self, release: str) -> Sequence[Mapping[str, Any]] | None:
        """Its ledger entries by seq, or None."""
        rows = await self._reads.ledger(f"release:{release}")
        return [_row(row) for row in rows] if rows else None

    async def arithmetic(self, release: str) -> Sequence[Block] | None:
        """The risk score part by part (P6), as the verb `arithmetic` answers it; None: no such release. Raises Corrupt."""
        view = await self._views.view(release)
        return None if view is None else arithmetic(view).blocks

    async def next_mark(self) -> datetime | None:
        """When the next announcement of any release is due, or None."""
        due: list[Announcement] = []
        for release in await self._reads.releases():
            due += [a for a in await self._reads.announcements(release.id) if a.state == "pending" and a.mark]
        return min((a.due_at for a in due), default=None)


def corrupt_release(error: Corrupt) -> Mapping[str, Any]:
    """What is shown of a release whose record does not match its state: that, and nothing that may be wrong."""
    message = say("talk.corrupt_shown", {"release": error.release})
    return {"schema": SCHEMA, "id": error.release, "error": "corrupt", "message": message}


def _row(row: LedgerRow) -> Mapping[str, Any]:
    return {
        "stream": row.stream,
        "seq": row.seq,
        "at": row.at.isoformat().replace("+00:00", "Z"),
        "what": row.what,
        "name": row.name,
        "person": row.person,
        "account": row.account,
        "surface": row.surface,
        "request": row.request,
        "body": dict(row.body),
        "previous": row.previous,
        "hash": row.hash,
    }
