"""Doctor of a bot that is joined: the platforms' own checks beside those of catalogue, gates, key and health."""

from collections.abc import Awaitable, Callable, Sequence

from adapters.http.platform import Platform
from bot.app.checks import (
    catalogue_check,
    gate_checks,
    health_check,
    key_check,
    place_check,
    platform_check,
    source_checks,
)
from bot.app.house import Rooms
from bot.app.looking import Looking
from bot.domain.people import Person
from bot.health import Health
from bot.policy.reach import linked, reached
from bot.ports import Check
from bot.settings import Settings


async def joined_checks(
    settings: Settings, house: Rooms, platforms: Sequence[Platform], looking: Looking | None
) -> Sequence[Check]:
    """Of platforms, channels, sources (None: their file cannot be used) and gates."""
    names = [p.name for p in platforms]
    catalog = house.catalog()

    def knows(person: Person) -> bool:
        # Without any platform nobody is known; that one line says it, and a hundred others would hide it.
        return not names or (linked(person, names, settings.email_domains) and reached(person, names))

    found = [platform_check(names), *([place_check(catalog, names)] if names else [])]
    if looking is not None:
        found += [*source_checks(catalog, looking.names), *await looking.checks(house.catalog)]
    for platform in platforms:
        found += await platform.checks()
    return (*found, *gate_checks(catalog, knows))


def examination(
    settings: Settings,
    house: Rooms,
    platforms: Sequence[Platform],
    looking: Looking,
    health: Callable[[], Awaitable[Health]],
) -> Callable[[], Awaitable[Sequence[Check]]]:
    """Of a bot that serves, for the verb in chat."""

    async def examine() -> Sequence[Check]:
        first = (catalogue_check(house.catalog), key_check(settings), health_check(await health()))
        return (*first, *await joined_checks(settings, house, platforms, looking))

    return examine


def rehearsal(
    house: Rooms, platform: str, health: Callable[[], Awaitable[Health]]
) -> Callable[[], Awaitable[Sequence[Check]]]:
    """Of a sandbox, where everybody of the roster can be played."""

    async def examine() -> Sequence[Check]:
        catalog = house.catalog()
        gates = gate_checks(catalog, lambda person: platform in person.direct)
        return (catalogue_check(house.catalog), health_check(await health()), place_check(catalog, [platform]), *gates)

    return examine
