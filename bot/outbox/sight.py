"""What the posts of one claim look at: releases and the posts around them, read once for all of them.

Read after the claim and at the first need, so it is newer than the claim; one question for a batch, where a burst of a thousand
posts would otherwise ask thousands.
"""

import asyncio
from collections.abc import Mapping, Sequence

from bot.messages.effects import Post
from bot.messages.view import View
from bot.outbox.wiring import Parts
from bot.ports import Announcement, Row
from bot.timeline.marks import MARKS


class Sight:
    """For the rows of one claim. A read that fails is raised to whoever asked, and tried again by the next."""

    def __init__(self, parts: Parts, rows: Sequence[Row]) -> None:
        self._parts = parts
        posts = [row for row in rows if isinstance(row.effect, Post)]
        self._releases = tuple(dict.fromkeys(row.release for row in posts))
        self._marked = tuple(dict.fromkeys(r.release for r in posts if _is_mark(r)))
        self._homes = {row.release: row.effect.place for row in posts if isinstance(row.effect, Post)}
        self._lock = asyncio.Lock()
        self._views: Mapping[str, View] | None = None
        self._posts: Mapping[str, Sequence[Announcement]] | None = None

    async def view(self, release: str) -> View | None:
        """Committed state of that release, judged now; None where there is no such release."""
        async with self._lock:
            if self._views is None:
                self._views = await self._read_views()
        return self._views.get(release)

    async def posts(self, release: str) -> Sequence[Announcement]:
        """All its posts."""
        async with self._lock:
            if self._posts is None:
                self._posts = await self._parts.reads.announcements_of(self._marked)
        return self._posts.get(release, ())

    async def _read_views(self) -> Mapping[str, View]:
        if self._parts.views is not None:
            return await self._parts.views(self._releases)
        seen = {release: await self._parts.view(release, self._homes[release]) for release in self._releases}
        return {release: view for release, view in seen.items() if view is not None}


def _is_mark(row: Row) -> bool:
    return isinstance(row.effect, Post) and row.effect.occasion in MARKS
