"""How much each item matters for this release: conditional levels of risk.md. MUST while the condition is unknown.

The tier of the service can raise a level; nothing lowers one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.evidence import Kind
from bot.domain.facts import Facts, Item
from bot.domain.finding import Level
from bot.domain.release import Release
from bot.policy.standing import Sights, data_change, flags_used

Levels = Mapping[Kind, Level]


@dataclass(frozen=True, slots=True)
class Leveled:
    """`levels` of all items; `unknown` are those which are MUST only because their condition is not known yet."""

    levels: Levels
    unknown: frozenset[Kind]


def levels(release: Release, facts: Facts, seen: Sights, *, medium: bool) -> Leveled:
    """The level of each item of the policy. `medium`: count the items that are MUST from MEDIUM as MUST."""
    out: dict[Kind, Level] = {}
    unknown: set[Kind] = set()
    for item in facts.policy.items:
        met = _met(item, release, facts, seen, medium=medium)
        least = item.tiers.get(facts.service.tier, Level.OPTIONAL) if facts.service else Level.OPTIONAL
        out[item.kind] = _stricter(item.otherwise if met is False else item.level, least)
        if met is None and _stricter(item.otherwise, least) is not out[item.kind]:
            unknown.add(item.kind)
    return Leveled(out, frozenset(unknown))


def _stricter(one: Level, other: Level) -> Level:
    return one if one.rank <= other.rank else other


def depends_on_band(facts: Facts) -> bool:
    """True where the policy has items that are MUST from MEDIUM only."""
    return any(item.when == "medium" for item in facts.policy.items)


def _met(item: Item, release: Release, facts: Facts, seen: Sights, *, medium: bool) -> bool | None:
    """Whether the item's condition is met; None: not known."""
    service = facts.service
    if item.when == "medium":
        return medium
    if item.when == "data":
        change = data_change(release, seen)
        return None if change is None else change != "none"
    if item.when == "flags":
        return flags_used(service, seen)
    if item.when == "outage":
        return service.outage_visible if service else None
    if item.when == "regulated":
        return service.regulated if service else None
    return True
