"""Who sees which releases: the rule of bot.policy.visible over what the platforms know of their private places.

Everything that shows a release to somebody asks here: conversations, Home, board, panel, and each post to a place that
subscribed. Other posts need not: they go to the release's own places.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.people import ActorKind, Place
from bot.domain.release import Release
from bot.domain.service import Audience, Service
from bot.messages.view import View
from bot.policy.visible import Standpoint, may_look, may_see, may_see_service, rooms_of, rooms_of_service
from bot.ports import Catalog, CatalogReader, Rooms


class Seeing:
    """A place of a platform that is not joined counts as private, and nobody as inside it: in doubt nothing is shown."""

    def __init__(self, catalog: CatalogReader) -> None:
        """No platform is joined yet."""
        self._catalog = catalog
        self._rooms: dict[str, Rooms] = {}
        self._private: tuple[Catalog, frozenset[Place]] | None = None

    def join(self, platform: str, rooms: Rooms) -> None:
        """From now on that platform is asked about its places."""
        self._rooms[platform] = rooms

    async def views(self, views: Iterable[View], person: str | None, place: Place | None = None) -> tuple[View, ...]:
        """Those of them which that person may see. `person`, `place`: as in Standpoint."""
        found = tuple(views)
        at = await self._standpoint((r for v in found for r in self._rooms_of(v.release)), person, place)
        return tuple(v for v in found if may_look(v.release, v.facts, v.now, at))

    async def releases(
        self, releases: Iterable[Release], person: str | None, place: Place | None = None
    ) -> tuple[Release, ...]:
        """The same of bare releases; who is only asked for a consent of one does not find it this way."""
        found, services = tuple(releases), self._catalog().services
        at = await self._standpoint((r for one in found for r in self._rooms_of(one)), person, place)
        return tuple(one for one in found if may_see(one, services.get(one.service), at))

    async def sees(self, view: View, person: str | None, place: Place | None = None) -> bool:
        """True where that person may see it."""
        return bool(await self.views((view,), person, place))

    async def hears(self, view: View, place: Place) -> bool:
        """True where a post to stakeholders may still go there. A place that subscribed is asked about again for each post.

        The catalogue's own places hear what it gives them; who subscribed for themselves alone hears what they may see.
        """
        service = view.facts.service
        channels = service.channels if service is not None else {}
        if place in (*channels.get(Audience.TEAM, ()), *channels.get(Audience.STAKEHOLDERS, ()), view.release.home):
            return True
        own = [
            s for s in view.facts.subscriptions if s.place == place and s.service == view.release.service and s.direct
        ]
        return bool(await self.releases((view.release,), own[0].by if own else None, None if own else place))

    async def service(self, service: Service, person: str | None, place: Place | None = None) -> bool:
        """True where that person may see what the service releases, and its entry."""
        return may_see_service(service, await self.of_service(service, person, place))

    async def catalogue(self, catalog: Catalog, person: str | None, place: Place | None = None) -> Catalog:
        """The catalogue as that person knows it: without the services that the operator calls private, and their freezes.

        The names of these are told to nobody outside; what is private only by its channels is no secret, but its releases are.
        """
        private = [s for s in catalog.services.values() if s.private]
        veiled = {s.id for s in private if not await self.service(s, person, place)}
        if not veiled:
            return catalog
        policy = catalog.policy
        freezes = tuple(w for w in policy.freezes if w.scope not in veiled)
        recurring = tuple(w for w in policy.recurring if w.scope not in veiled)
        services = {name: s for name, s in catalog.services.items() if name not in veiled}
        return replace(catalog, services=services, policy=replace(policy, freezes=freezes, recurring=recurring))

    async def of_service(self, service: Service | None, person: str | None, place: Place | None = None) -> Standpoint:
        """What that person may see, as far as it matters for one service."""
        return await self._standpoint(rooms_of_service(service), person, place)

    def _rooms_of(self, release: Release) -> Sequence[Place]:
        return rooms_of(release, self._catalog().services.get(release.service))

    async def _standpoint(self, rooms: Iterable[Place], person: str | None, place: Place | None) -> Standpoint:
        """Each place is asked about once. Who is not in the roster any more, or a guest of it, is nobody (G27)."""
        if person and not self._belongs(person):
            person = ""
        private = self._private_rooms()
        closed: set[Place] = set()
        inside: set[Place] = set()
        for room in dict.fromkeys(rooms):
            known = self._rooms.get(room.platform)
            if known is None:
                closed.add(room)
            elif room in private or await known.private(room):
                closed.add(room)
                if person and await known.inside(room, person):
                    inside.add(room)
        return Standpoint(person, place, frozenset(closed), frozenset(inside))

    def _private_rooms(self) -> frozenset[Place]:
        """The rooms of services that the operator calls private; gathered once for each catalogue."""
        catalog = self._catalog()
        if self._private is None or self._private[0] is not catalog:
            services = catalog.services.values()
            self._private = (catalog, frozenset(p for s in services if s.private for p in rooms_of_service(s)))
        return self._private[1]

    def _belongs(self, person: str) -> bool:
        found = self._catalog().roster.person(person)
        return found is not None and found.kind is not ActorKind.GUEST
