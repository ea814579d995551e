"""T8: after downtime the bot says from when to when it was away, what went out late, and what was withdrawn.

The heartbeat is civil time: simulated time that stood still while the process was down was no absence. An absence is kept
until it has been told, and told under keys made from its beginning: once, whatever crashes in between.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.people import Place
from bot.domain.release import Release
from bot.messages import keys
from bot.messages.effects import Post
from bot.outbox.wiring import Parts
from bot.ports import Announcement

HEARTBEAT = "heartbeat"
ABSENCE = "absence"

OCCASION = "DOWNTIME"
USEFUL = timedelta(hours=12)
_UNTOLD = frozenset({"CARD", OCCASION})
_OPEN = frozenset({"pending", "sending", "unknown"})
_TOLD_AS = {"late": "late", "merged": "merged", "skipped": "withdrawn", "superseded": "withdrawn"}


@dataclass(frozen=True, slots=True)
class Absence:
    """From when to when the bot was away, UTC, and the keys of the posts that fell due meanwhile."""

    since: datetime
    until: datetime
    missed: frozenset[str]


async def beat(parts: Parts) -> None:
    """Say that the bot is here; every 30 s or so."""
    await parts.memory.set_meta(HEARTBEAT, parts.clock.now().isoformat())


async def noticed(parts: Parts) -> Absence | None:
    """The absence that is still to be told: one that was kept, or the one that ends now. Call it before the first beat."""
    kept = await parts.memory.get_meta(ABSENCE)
    if kept:
        body = json.loads(kept)
        since, until = (datetime.fromisoformat(body[name]) for name in ("since", "until"))
        return Absence(since, until, frozenset(body["missed"]))
    last = await parts.memory.get_meta(HEARTBEAT)
    now = parts.clock.now()
    if not last or now - datetime.fromisoformat(last) < parts.settings.away_after:
        return None
    return await begun(parts, datetime.fromisoformat(last), now)


async def begun(parts: Parts, since: datetime, until: datetime) -> Absence:
    """The absence from then to then, with what it missed; remembered until it has been told. Call it before the drain."""
    missed: set[str] = set()
    for release in await parts.reads.releases():
        posts = await parts.reads.announcements(release.id)
        missed.update(a.key for a in posts if since < a.due_at <= until and a.state in _OPEN and _matters(a))
    body = {"since": since.isoformat(), "until": until.isoformat(), "missed": sorted(missed)}
    await parts.memory.set_meta(ABSENCE, json.dumps(body))
    return Absence(since, until, frozenset(missed))


async def tell(parts: Parts, absence: Absence) -> int:
    """Write one post for each place that missed something, and forget the absence. Gives how many posts. Safe to repeat."""
    posts: list[Post] = []
    for release in await parts.reads.releases() if absence.missed else ():
        announced = await parts.reads.announcements(release.id)
        missed = [a for a in announced if a.key in absence.missed and a.state in _TOLD_AS]
        posts += _posts(release, missed, absence, parts.clock.now())
    if posts:
        await parts.enqueue(posts)
    await parts.memory.set_meta(ABSENCE, "")
    return len(posts)


def _matters(post: Announcement) -> bool:
    return post.occasion not in _UNTOLD and post.audience != "direct"


def _posts(release: Release, missed: Sequence[Announcement], absence: Absence, now: datetime) -> list[Post]:
    def where(post: Announcement) -> tuple[str, str, str]:
        return post.audience, post.platform, post.place

    posts = []
    for (audience, platform, place), group in groupby(sorted(missed, key=where), key=where):
        told = sorted(group, key=lambda a: a.due_at)
        lists = {name: _named(told, name) for name in dict.fromkeys(_TOLD_AS.values())}
        n = int(absence.since.timestamp())
        posts.append(
            Post(
                key=keys.post(release.id, 0, OCCASION, n, audience, Place(platform, place)),
                release=release.id,
                occasion=OCCASION,
                audience=audience,
                place=Place(platform, place),
                due_at=now,
                card="downtime",
                useful_until=now + USEFUL,
                params={
                    "from": absence.since.isoformat(),
                    "until": absence.until.isoformat(),
                    "audience": audience,
                    **lists,
                },
                n=n,
            )
        )
    return posts


def _named(posts: Sequence[Announcement], told_as: str) -> str:
    return ",".join(dict.fromkeys(p.occasion for p in posts if _TOLD_AS[p.state] == told_as))
