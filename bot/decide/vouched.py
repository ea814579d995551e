"""What a person brings is that person's word, whatever the command says of it (G24). Only sources verify."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain import events as e
from bot.domain.evidence import Evidence, Kind, Standing, worst_standing
from bot.domain.facts import Facts
from bot.domain.people import Actor

NOT_FOR_PEOPLE = frozenset({Kind.APPROVALS, Kind.OWNERS, Kind.WINDOW, Kind.HEALTH, Kind.ROLLOUT})
"""Judged from the release, the calendar or the watch itself; they cannot be attested."""


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


def recorded(claims: Iterable[Evidence], actor: Actor, facts: Facts, now: datetime) -> list[e.Event]:
    """The events of what a person claims; items that nobody can vouch for are left out."""
    told = (item for item in claims if item.kind not in NOT_FOR_PEOPLE)
    return [e.EvidenceRecorded(at=now, evidence=vouched(item, actor, facts, now)) for item in told]
