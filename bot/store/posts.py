"""Questions about posts, for people."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages.effects import Post
from bot.ports import Announcement
from bot.store.codec import load_effect
from bot.store.outbox_table import outbox
from bot.timeline.marks import MARKS


async def announcements(connection: AsyncConnection, release: str) -> Sequence[Announcement]:
    """All posts of the release, by due time."""
    query = sa.select(outbox).where(outbox.c.release == release, outbox.c.kind == "post")
    rows = (await connection.execute(query.order_by(outbox.c.due_at, outbox.c.id))).all()
    return [_announcement(row, load_effect(row.payload)) for row in rows]


async def announcements_of(connection: AsyncConnection, releases: Sequence[str]) -> dict[str, Sequence[Announcement]]:
    """All posts of each of these releases, by due time."""
    query = sa.select(outbox).where(outbox.c.release.in_(releases), outbox.c.kind == "post")
    found: dict[str, list[Announcement]] = {release: [] for release in releases}
    for row in (await connection.execute(query.order_by(outbox.c.due_at, outbox.c.id))).all():
        found[row.release].append(_announcement(row, load_effect(row.payload)))
    return dict(found)


async def release_of_message(connection: AsyncConnection, place: str, message: str) -> str | None:
    """The release whose post has that platform id in that place."""
    query = sa.select(outbox.c.release).where(outbox.c.message_id == message, outbox.c.place == place).limit(1)
    release: str | None = await connection.scalar(query)
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
