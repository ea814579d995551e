"""Questions about posts, for people."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages.effects import Post
from bot.ports import Announcement
from bot.store.codec import load_effect
from bot.store.lists import among
from bot.store.outbox_table import outbox
from bot.timeline.marks import MARKS

_C = outbox.c
_OF = (
    sa.select(
        *(_C[name] for name in ("key", "release", "due_at", "state", "sent_at", "message_id", "outcome", "payload"))
    )
    .where(among(_C.release, "b_releases"), _C.kind == "post")
    .order_by(_C.due_at, _C.id)
)
_OF_MESSAGE = (
    sa.select(_C.release)
    .where(_C.message_id == sa.bindparam("b_message"), _C.place == sa.bindparam("b_place"))
    .limit(1)
)


async def announcements(connection: AsyncConnection, release: str) -> Sequence[Announcement]:
    """All posts of the release, by due time."""
    return (await announcements_of(connection, [release]))[release]


async def announcements_of(connection: AsyncConnection, releases: Sequence[str]) -> dict[str, Sequence[Announcement]]:
    """All posts of each of these releases, by due time."""
    found: dict[str, list[Announcement]] = {release: [] for release in releases}
    for row in (await connection.execute(_OF, {"b_releases": list(releases)})).all():
        found[row.release].append(_announcement(row, load_effect(row.payload)))
    return dict(found)


async def release_of_message(connection: AsyncConnection, place: str, message: str) -> str | None:
    """The release whose post has that platform id in that place."""
    release: str | None = await connection.scalar(_OF_MESSAGE, {"b_message": message, "b_place": place})
    return release


def _announcement(row: sa.Row[tuple[object, ...]], effect: object) -> Announcement:
    if not isinstance(effect, Post):
        msg = f"row {row.key} is a post without a Post"
        raise TypeError(msg)
    return Announcement(
        key=row.key,
        mark=effect.occasion if effect.occasion in {*MARKS, "ROLLBACK"} else "",
        occasion=effect.occasion,
        schedule_revision=effect.schedule_revision,
        n=effect.n,
        audience=effect.audience,
        platform=effect.place.platform,
        place=effect.place.id,
        due_at=row.due_at,
        state=row.state,
        sent_at=row.sent_at,
        message=row.message_id,
        outcome=row.outcome,
    )
