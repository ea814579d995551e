"""What a person brings is that person's word, whatever the command says of it (G24). Only sources verify."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain import events as e
from bot.domain.evidence import Evidence, Kind, Standing, worst_standing
from bot.domain.facts import Facts
from bot.domain.people import Actor
from bot.domain.release import Release

NOT_FOR_PEOPLE = frozenset({Kind.APPROVALS, Kind.OWNERS, Kind.WINDOW, Kind.HEALTH, Kind.ROLLOUT})
"""Judged from the release, the calendar or the watch itself; they cannot be attested."""

TRIED_OUT = frozenset({Kind.ROLLBACK, Kind.MIGRATION, Kind.CAPACITY, Kind.GAME_DAY, Kind.SECURITY})
"""Items that are tried out on a day: their link and their day may be said one after the other."""

_OUTCOMES = ("tested", "dry_run")
_TWO = 2


def vouched(item: Evidence, actor: Actor, facts: Facts, now: datetime) -> Evidence:
    """The item as the word of who gives it, now: attested at best. Bad news stays bad, and a day to come is no date.

    From when it is stale is what the policy says (G12), not what the command says.
    """
    dated = item.dated if item.dated is not None and item.dated <= now else None
    fresh = facts.policy.freshness.get(item.kind)
    return replace(
        item,
        standing=worst_standing((item.standing, Standing.ATTESTED)),
        source="person",
        by=actor.person,
        observed_at=now,
        dated=dated,
        stale_after=(dated or now) + fresh if fresh else None,
        demo=False,
    )


def recorded(
    claims: Iterable[Evidence], actor: Actor, release: Release | None, facts: Facts, now: datetime
) -> list[e.Event]:
    """The events of what a person claims; items that nobody can vouch for are left out."""
    told = (item for item in claims if item.kind not in NOT_FOR_PEOPLE)
    return [
        e.EvidenceRecorded(at=now, evidence=joined(vouched(one, actor, facts, now), release, facts)) for one in told
    ]


def joined(item: Evidence, release: Release | None, facts: Facts) -> Evidence:
    """What a person says now, with what is already known of the same link (G3, G8).

    What the new words say holds. What they leave open is not taken back: who gives a link again without a date does not make
    its drill undone, and who gives the day of a drill need not repeat the link. Whoever said what still counts goes on vouching
    for it (G24). Another link, or another way, is another way back: nothing is known of that.
    """
    before = known_of(item, release, facts)
    outcome = [item.facts[name] for name in _OUTCOMES if name in item.facts]
    if before is None or (item.url is None and False in outcome):
        return item  # a flat "not tested" says nothing of where or how: what it leaves open takes the worst (P6)
    told = {k: v for k, v in before.facts.items() if k not in _OUTCOMES}
    url = before.url or item.url
    if item.dated is not None or False in outcome:
        return replace(item, url=url, facts={**told, **item.facts})
    if outcome and False in [before.facts.get(name) for name in _OUTCOMES]:
        return replace(item, url=url, facts={**told, **item.facts})
    if before.dated is None and not any(name in before.facts for name in _OUTCOMES):
        return replace(item, url=url, facts={**told, **item.facts})
    added = item.text if item.text and item.text not in before.text else ""
    text = "; ".join(t for t in (before.text, added) if t)[:500]
    return replace(before, url=url, text=text, facts={**before.facts, **item.facts})


def known_of(item: Evidence, release: Release | None, facts: Facts) -> Evidence | None:
    """What people last said of the same link, or, where the words name none, of the item that stands there; else None."""
    everything = (*facts.earlier, *(release.evidence if release is not None else ()))
    said = [one for one in everything if one.kind is item.kind and one.by != "bot"]
    if item.kind not in TRIED_OUT or not said:
        return None
    same = [one for one in said if item.url is None or one.url is None or _page(one.url) == _page(item.url)]
    found = same[-1] if same and (item.url is not None or same[-1] is said[-1]) else None
    ways = {one.facts["way"] for one in (item, found) if one is not None and "way" in one.facts}
    return found if len(ways) < _TWO else None


def _page(url: str) -> str:
    return url.rstrip("/")
