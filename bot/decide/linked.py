"""A link to a host that a source owns is looked up there, whoever pasted it (Q4, G24); all others stay what somebody said."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import events as e
from bot.domain.evolve import begun
from bot.domain.facts import Facts
from bot.domain.links import links_of, owner_of
from bot.domain.release import Phase, Release

LINK = "link"
BEFORE_THE_START = frozenset({Phase.PLANNING, Phase.PLANNED, Phase.CLEARED, Phase.HELD})


def look_up_new(before: Release | None, events: Sequence[e.Event], facts: Facts, now: datetime) -> tuple[e.Event, ...]:
    """The sources of the links that these events bring, asked once each; none after the start."""
    after = begun(events, before)
    if after.phase not in BEFORE_THE_START:
        return ()
    known = set(links_of(before)) if before is not None else set()
    return look_up(after, tuple(u for u in links_of(after) if u not in known), facts, now)


def look_up(release: Release, links: Sequence[str], facts: Facts, now: datetime) -> tuple[e.Event, ...]:
    """One request to each source that owns one of the links."""
    owners = dict.fromkeys(owner.source for link in links if (owner := owner_of(link, facts.owners)) is not None)
    keys = tuple(f"{release.id}:gather:{LINK}.{name}:{LINK}:{release.gather_round + 1}" for name in owners)
    return (e.SourcesAsked(at=now, gathers=keys, purpose=LINK),) if keys else ()
