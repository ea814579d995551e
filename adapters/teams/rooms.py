"""Who is in a conversation of Teams. Each is for its members: who is not in the team is not shown what it releases."""

import logging
from collections.abc import Callable
from typing import Final

from adapters.teams.connector import Connector, NoToken, Refused, TooFast, Unsure
from adapters.teams.directory import directory_of
from adapters.teams.inbound import text
from adapters.teams.references import References, is_person
from bot.domain.people import Place
from bot.ports import CatalogReader

KEPT_S: Final = 300.0
"""So long an answer of Teams counts: who left longer ago sees nothing of it."""
_MOST: Final = 10_000
_MEMBERS: Final = frozenset({"", "user", "owner"})
log = logging.getLogger(__name__)


class TeamsRooms:
    """ports.Rooms."""

    def __init__(
        self, connector: Connector, references: References, catalog: CatalogReader, now: Callable[[], float]
    ) -> None:
        """`now`: monotonic seconds."""
        self._connector = connector
        self._references = references
        self._catalog = catalog
        self._now = now
        self._known: dict[tuple[str, str], tuple[bool, float]] = {}

    async def private(self, place: Place) -> bool:
        """Always: Teams has no channel that the whole company may enter without a word of who owns it."""
        del place
        return True

    async def inside(self, place: Place, person: str) -> bool:
        """See ports.Rooms. A guest of the team is not in it for the bot."""
        key = (place.id, person)
        kept = self._known.get(key)
        if kept is not None and self._now() - kept[1] < KEPT_S:
            return kept[0]
        directory = directory_of(self._catalog().roster.person(person))
        if is_person(place.id):
            return bool(directory) and place.id.casefold() == directory
        where = await self._references.place(place.id)
        if not directory or where is None:
            return False
        seen = await self._references.person(directory)
        user = seen.user if seen is not None and seen.user else directory
        try:
            found = await self._connector.member(where.service_url, place.id, user)
        except Refused:
            there = False
        except (TooFast, Unsure, NoToken) as error:
            log.info("it is not known whether somebody is in a conversation: %s", error)
            return False
        else:
            there = bool(found) and text(found, "userRole").casefold() in _MEMBERS
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = (there, self._now())
        return there
