"""What was read of releases since the committed state got its name: read once for each, until something is committed.

A reading counts for whoever came when the state had that name, and is at least as new: it was begun after the state was named.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.release import Release
from bot.known import accepted, known
from bot.ports import Catalog, CatalogReader, Clock, Reads

_MOST = 500


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

    async def of(self, release: str, mark: str = "") -> Stand | None:
        """As it stands; None: there is no such release. `mark`: as in ports.Delivery, read by who asks; "": it is read anew."""
        catalog, now = self._catalog(), self._clock.now()
        kept = self._kept(release, mark, catalog)
        if kept is None:
            return await self._anew(release, mark, catalog, now)
        if not kept.facts.accepted:
            return kept  # nothing was accepted within so many days, so nothing was within the days until now
        return replace(
            kept, facts=replace(kept.facts, accepted=await accepted(self._reads, catalog, kept.facts.service, now))
        )

    async def _anew(self, release: str, mark: str, catalog: Catalog, now: datetime) -> Stand | None:
        async with self._reads.together():
            loaded = await self._reads.release(release)
            if loaded is None:
                return None
            facts = await known(self._reads, catalog, loaded.release.service, loaded.release, now)
            head = await self._reads.head(f"release:{release}")
        found = Stand(loaded.release, facts, head)
        if mark and self._of is not None and self._of[0] == mark and self._of[1] is catalog:
            self._read[release] = found
            while len(self._read) > _MOST:
                self._read.popitem(last=False)
        return found

    def _kept(self, release: str, mark: str, catalog: Catalog) -> Stand | None:
        if not mark:
            return None
        if self._of is None or self._of[0] != mark or self._of[1] is not catalog:
            self._of = (mark, catalog)
            self._read.clear()
        kept = self._read.get(release)
        if kept is not None:
            self._read.move_to_end(release)
        return kept
