"""What follows from a standing order: rows for what is open already, the rows of digests, and the word to a delegate.

Posts of no release have `release` "": bot.outbox draws them by what wiring calls a bulletin.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.orders import Delegation, Subscription
from bot.domain.people import Place, Roster
from bot.domain.release import Release
from bot.messages.effects import Effect, Post, Supersede
from bot.messages.schedule import ahead
from bot.timeline.daily import GRACE, day_of, next_at

DIGEST, DELEGATED = "DIGEST", "DELEGATED"


def digest_row(one: Subscription, after: datetime) -> Post:
    """The next digest of that subscription after that instant. Its key is its day: once, however often it is planned (T2)."""
    due = next_at(one.clock, one.time_zone, after)
    key = f"digest:{one.id}:{day_of(due, one.time_zone).isoformat()}"
    return Post(
        key=key,
        release="",
        occasion=DIGEST,
        audience="digest",
        place=one.place,
        due_at=due,
        card="digest",
        useful_until=due + GRACE,
        params={"order": one.id},
    )


def told_delegate(one: Delegation, roster: Roster, now: datetime) -> tuple[Effect, ...]:
    """To the delegate alone, on every platform that reaches them."""
    person = roster.person(one.to)
    places = [Place(platform, name) for platform, name in person.direct.items()] if person is not None else []
    return tuple(
        Post(
            key=f"delegated:{one.id}:{place}",
            release="",
            occasion=DELEGATED,
            audience="direct",
            place=place,
            due_at=now,
            card="delegated",
            useful_until=one.until,
            params={"order": one.id, "person": one.to},
        )
        for place in places
    )


def begun(release: Release, one: Subscription, facts: Facts, now: datetime) -> Iterator[Effect]:
    """The marks that are still to come of a release that is open already."""
    yield from ahead(release, one.place, facts, now)


def ended(release: Release, one: Subscription) -> Iterator[Effect]:
    """What was still to come is not sent there."""
    yield Supersede(release.id, release.schedule_revision + 1, "unsubscribed", place=one.place)
