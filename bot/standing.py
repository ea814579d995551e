"""What was read of releases since the committed state got its name: read once for each, until something is committed.

A reading counts for whoever came when the state had that name, and is at least as new: it was begun after the state was named.
What is known of a service is read once for all its releases. So where something is committed in the very moment of reading, a
release may be newer than what stands beside it; nothing is decided on a reading, and the next look has another name.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.facts import Facts, Neighbour
from bot.domain.release import Release
from bot.known import accepted, known
from bot.ports import Catalog, CatalogReader, Clock, Reads

_MOST = 500

_Known = dict[str, tuple[Facts, tuple[Neighbour, ...]]]
"""What is known of a service, and all open releases, by service."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A release, what is known for it, and the head of its ledger."""

    release: Release
    facts: Facts
    head: str


class Standings:
    """The newest readings, the least used of which is forgotten first."""

    def __init__(self, reads: Reads, catalog: CatalogReader, clock: Clock) -> None:
        """Nothing was read yet."""
        self._reads = reads
        self._catalog = catalog
        self._clock = clock
        self._of: tuple[str, Catalog] | None = None
        self._read: OrderedDict[str, Stand] = OrderedDict()
        self._services: _Known = {}

    async def of(self, release: str, mark: str = "") -> Stand | None:
        """As it stands; None: there is no such release. `mark`: as in ports.Delivery, read by who asks; "": it is read anew."""
        catalog, now = self._catalog(), self._clock.now()
        if not mark:
            return await self._anew(release, {}, catalog, now)
        if self._of is None or self._of[0] != mark or self._of[1] is not catalog:
            self._of, self._read, self._services = (mark, catalog), OrderedDict(), {}
        read, services = self._read, self._services
        kept = read.get(release)
        if kept is None:
            found = await self._anew(release, services, catalog, now)
            if found is not None:
                read[release] = found
                while len(read) > _MOST:
                    read.popitem(last=False)
            return found
        read.move_to_end(release)
        facts = await self._until(now, kept.facts, catalog)
        return kept if facts is kept.facts else replace(kept, facts=facts)

    async def _anew(self, release: str, services: _Known, catalog: Catalog, now: datetime) -> Stand | None:
        async with self._reads.together():
            loaded = await self._reads.release(release)
            if loaded is None:
                return None
            service = loaded.release.service
            facts, everybody = services.get(service, (None, ()))
            if facts is None:
                everybody = tuple(await self._reads.neighbours(None))
                facts = await known(self._reads, catalog, service, loaded.release, now, everybody)
                services[service] = (facts, everybody)
            else:
                facts = await self._until(now, facts, catalog)
            head = await self._reads.head(f"release:{release}")
        neighbours = tuple(one for one in everybody if one.id != release)
        return Stand(loaded.release, replace(facts, neighbours=neighbours), head)

    async def _until(self, now: datetime, facts: Facts, catalog: Catalog) -> Facts:
        """Who accepted nothing in so many days has accepted nothing in the days until now; else it is counted again (G21)."""
        if not facts.accepted:
            return facts
        return replace(facts, accepted=await accepted(self._reads, catalog, facts.service, now))
