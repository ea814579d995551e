"""What must be true of every world, whatever struck it. Each check gives sentences; none: all is well."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.events import Event
from bot.domain.evolve import fold
from bot.domain.release import QUESTION_BUDGET, Phase, Release
from bot.domain.service import Audience
from bot.messages import keys
from bot.messages.routes import routes
from bot.messages.words import say
from bot.ports import Announcement
from bot.store.audit import verify
from bot.store.codec import read_event
from bot.store.outbox_table import outbox
from bot.timeline.late import STOPPED
from bot.timeline.marks import MARKS, T_30_AFTER, due_marks
from bot.watch import FRESH
from tests.simulation.world import World
from tests.world import facts

IN_FLIGHT = timedelta(seconds=45)
"""From drawing a post to its being seen: the lease's guard, a time-out, and what lands after it."""

_RESUMING = frozenset({"ResumedPlanned", "ResumedLive"})


async def faults(world: World) -> list[str]:
    """Everything that is wrong with that world."""
    found = [*_doubled(world), *_untrue_green(world)]
    found += [f"{d.receipt} was never handled" for d in world.inbox]
    found += [f"{key} is still to be done" async for key in _left_over(world)]
    report = await verify(world.store)
    found += [f"ledger: {broken}" for broken in report.broken]
    for release in await world.store.releases():
        posts = await world.store.announcements(release.id)
        if len(release.questions) > QUESTION_BUDGET:
            found.append(f"{release.id} was asked {len(release.questions)} questions")
        found += _unexplained(world, release, posts)
        found += [f"{key} is missing from the schedule" async for key in _missing(world, release, posts)]
    return found


def _doubled(world: World) -> Iterator[str]:
    """At most once at the receiver; where it cannot be looked for, it is left alone and told."""
    for key, count in Counter(kept.key for kept in world.chat.log).items():
        if count > 1:
            yield f"{key} was posted {count} times"


def _untrue_green(world: World) -> Iterator[str]:
    """No T+30 post says green without a fresh sample that was good (T1, G20)."""
    words = (say("mark.complete_green"), say("mark.complete_green_amber"))
    for kept in world.chat.log:
        release, occasion = kept.key.split(":")[0], kept.key.split(":")[2]
        if occasion != T_30_AFTER or not any(word in repr(kept.message) for word in words):
            continue
        world.nature.seen["green"] += 1
        if not world.source.saw_health(release, kept.at, FRESH + IN_FLIGHT):
            yield f"{kept.key} says green without health data"


async def _left_over(world: World) -> AsyncIterator[str]:
    """No row whose time is over is still pending, and none is being sent."""
    query = sa.select(outbox.c.key, outbox.c.state).where(
        outbox.c.wake_at.isnot(None), sa.or_(outbox.c.wake_at <= world.nature.wall, outbox.c.state == "sending")
    )
    async with world.store.snapshot() as connection:
        for key, state in (await connection.execute(query)).all():
            yield f"{key} ({state})"


def _unexplained(world: World, release: Release, posts: Sequence[Announcement]) -> Iterator[str]:
    """What the row says of itself is what the receiver saw, or there is a reason why not."""
    seen = {kept.key: kept for kept in world.chat.log}
    by_key = {post.key: post for post in posts}
    for key in seen:
        if key.split(":")[0] == release.id and key not in by_key:
            yield f"{key} was posted without a row"
    for post in posts:
        if post.occasion in MARKS:
            world.nature.seen[f"mark {post.state}"] += 1
        why = _fault(world, release, post, by_key, shown=post.key in seen)
        if why:
            yield f"{post.key} is {post.state} ({post.outcome}), {why}"


def _fault(world: World, release: Release, post: Announcement, by_key: dict[str, Announcement], *, shown: bool) -> str:
    told = any(key.startswith(f"{post.key}#told") for key in by_key)
    match post.state:
        case "sent" | "late":
            return "" if shown else "but nobody saw it"
        case "unknown":
            return (
                _silent(world, post, told=told) if post.key in world.chat.blinded else "though it could be looked for"
            )
        case "failed":
            gone = post.place in world.nature.chances.gone and post.key in world.chat.refused
            return _silent(world, post, told=told) if gone else "for no reason"
        case "merged":
            into = any(p.occasion == post.outcome and p.place == post.place for p in by_key.values())
            return "but seen" if shown else ("" if into else "into nothing")
        case "skipped":
            return "but seen" if shown else _silent(world, post, told=told)
        case "superseded":
            return "but seen" if shown else _not_over(release, post)
        case "pending":
            return "" if post.due_at > world.nature.wall else "though its time is over"
    return "which is no end"


def _silent(world: World, post: Announcement, *, told: bool) -> str:
    """A note about a note is not written; everything else is told to the owner."""
    del world
    return "" if told or "#told" in post.key else "and nobody was told"


def _not_over(release: Release, post: Announcement) -> str:
    if post.occasion not in MARKS:
        return ""
    old = post.schedule_revision != release.schedule_revision
    over = old or release.phase in STOPPED or release.started or release.held_reason or release.cancelled_by
    return "" if over else "though its schedule holds"


async def _missing(world: World, release: Release, posts: Sequence[Announcement]) -> AsyncIterator[str]:
    """Each mark of the schedule in force has its row for each audience and place."""
    at = await _scheduled_at(world, release)
    if at is None or release.start_at is None:
        return
    known = {post.key for post in posts}
    ways = routes(release, facts(service=facts().services[release.service]))
    for mark in due_marks(release.start_at, at):
        stakeholders = mark.audience is Audience.STAKEHOLDERS
        places = ways.stakeholders if stakeholders else tuple(dict.fromkeys((*ways.team, release.home)))
        for place in places:
            key = keys.post(release.id, release.schedule_revision, mark.mark, 1, mark.audience.value, place)
            if key not in known:
                yield key


async def _scheduled_at(world: World, release: Release) -> datetime | None:
    """When the schedule in force was made; None where there is none."""
    at: datetime | None = None
    state: Release | None = None
    for row in await world.store.ledger(f"release:{release.id}"):
        if row.what != "event":
            continue
        before, events = state, [read_event(row.body)]
        state = _folded(events, before)
        if state is None or state.start_at is None:
            continue
        fresh = before is None or (before.start_at, before.schedule_revision) != (
            state.start_at,
            state.schedule_revision,
        )
        if fresh or row.name in _RESUMING:
            at = None if state.phase in {Phase.HELD, Phase.ROLLING_BACK} else row.at
    return at


def _folded(events: Sequence[Event], before: Release | None) -> Release | None:
    return fold(events, before)
