"""After an absence the bot says so: from when to when, what went out late, what was withdrawn (T8)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.people import Place
from bot.messages.effects import Post
from bot.outbox.wiring import Parts
from bot.ports import Announcement

OCCASION = "DOWNTIME"
HEARTBEAT = "heartbeat"
USEFUL = timedelta(hours=12)


async def beat(parts: Parts) -> None:
    """Remember that the bot is there."""
    await parts.memory.set_meta(HEARTBEAT, parts.clock.now().isoformat())


async def last_beat(parts: Parts) -> datetime | None:
    """When it was last there; None before the first beat."""
    kept = await parts.memory.get_meta(HEARTBEAT)
    return datetime.fromisoformat(kept) if kept else None


async def returned(parts: Parts, since: datetime, until: datetime) -> None:
    """Write one post for each release and place that missed something. Call it when what was due has been done.

    The key names the absence: told once, also when it is told again after a crash.
    """
    for release in await parts.reads.releases():
        missed = [a for a in await parts.reads.announcements(release.id) if a.mark and since < a.due_at <= until]
        places = dict.fromkeys(Place(a.platform, a.place) for a in missed if a.audience != "direct")
        for place in places:
            here = [a for a in missed if (a.platform, a.place) == (place.platform, place.id)]
            if any(a.state in {"late", "merged", "skipped", "superseded"} for a in here):
                await parts.enqueue([_post(release.id, place, here, since, until)])


def _post(release: str, place: Place, missed: Sequence[Announcement], since: datetime, until: datetime) -> Post:
    def marks(*states: str) -> str:
        return ",".join(dict.fromkeys(a.mark for a in missed if a.state in states))

    return Post(
        key=f"{release}:{OCCASION}:{since.isoformat()}:{place}",
        release=release,
        occasion=OCCASION,
        audience=missed[0].audience,
        place=place,
        due_at=until,
        card="downtime",
        useful_until=until + USEFUL,
        params={
            "from": since.isoformat(),
            "until": until.isoformat(),
            "late": marks("late"),
            "merged": marks("merged"),
            "withdrawn": marks("skipped", "superseded"),
            "audience": missed[0].audience,
        },
    )
