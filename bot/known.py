"""What is known of a service when something is decided or drawn: the catalogue's part, and what was recorded here."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.facts import Facts, Neighbour
from bot.domain.people import Actor
from bot.domain.release import Release
from bot.domain.service import Outcome, Service
from bot.policy.budget import services_of_team
from bot.policy.people import recalled
from bot.ports import Catalog, Reads, Unit

MOST_HISTORY = 20
"""Earlier releases that count."""


async def known(
    source: Unit | Reads,
    catalog: Catalog,
    service: str,
    release: Release | None,
    now: datetime,
    neighbours: Sequence[Neighbour] | None = None,
    actor: Actor | None = None,
) -> Facts:
    """The facts of that service, for that release at that time. `neighbours`: not read again where they were.

    `actor`: whose command is decided by them (G7).
    """
    if neighbours is None:
        neighbours = await source.neighbours(release.id if release else None)
    entry = catalog.services.get(service)
    orders = await source.orders()
    return Facts(
        service=entry,
        services=catalog.services,
        roster=recalled(catalog.roster, release, actor),
        policy=catalog.policy,
        rubric=catalog.rubric,
        calendar=tuple(await source.freezes()),
        neighbours=tuple(neighbours),
        history=await history(source, service, entry) if service else (),
        earlier=tuple(await source.established(service)) if service else (),
        accepted=await accepted(source, catalog, entry, now),
        reviews_owed=tuple(await source.reviews_owed(service)) if service else (),
        owners=catalog.owners,
        delegations=orders.delegations,
        subscriptions=orders.subscriptions,
    )


async def history(source: Unit | Reads, service: str, entry: Service | None) -> tuple[Outcome, ...]:
    """How earlier releases ended: what was recorded here, newest first, then what the catalogue brought."""
    return (*await source.history(service), *(entry.history if entry else ()))[:MOST_HISTORY]


async def accepted(source: Unit | Reads, catalog: Catalog, entry: Service | None, now: datetime) -> Mapping[str, int]:
    """G21: what the team accepted of late, over all its services."""
    if entry is None:
        return {}
    since = now - catalog.policy.accepted_within
    return await source.accepted(services_of_team(entry, catalog.services), since)
