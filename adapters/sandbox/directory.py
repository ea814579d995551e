"""Who and where: accounts are the persons of the roster, a bot account and a guest; places are the catalogue's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.people import Actor, ActorKind, Place
from bot.domain.service import Audience, Service
from bot.ports import Catalog, CatalogReader

PLATFORM = "sandbox"
BOT_ACCOUNT = "release-bot"
GUEST_ACCOUNT = "guest"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can be played in the sandbox."""

    id: str
    name: str
    title: str
    kind: ActorKind
    roles: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Each role with the services where the account holds it, as a holder or a deputy."""


class SandboxDirectory:
    """ports.Directory of the sandbox. It reads the catalogue in force with every question, so a new person is there at once."""

    def __init__(self, catalog: CatalogReader, channels: Sequence[str] = ()) -> None:
        """`channels`: further channels ("#general") that no service names."""
        self._catalog = catalog
        self._channels = tuple(channels)

    def accounts(self) -> Mapping[str, Account]:
        """Everybody, by id: the roster first, then the bot account and the guest, whom nobody's roster needs."""
        catalog = self._catalog()
        people = catalog.roster.people.values()
        found = {p.id: Account(p.id, p.name, p.title, p.kind, _roles(p.id, catalog)) for p in people}
        found.setdefault(BOT_ACCOUNT, Account(BOT_ACCOUNT, "Release Bot", "a bot account", ActorKind.BOT))
        found.setdefault(GUEST_ACCOUNT, Account(GUEST_ACCOUNT, "Guest", "not in the roster", ActorKind.GUEST))
        return found

    def channels(self) -> Sequence[str]:
        """The channels that the catalogue names on this platform, in its order, each once."""
        named = (
            place.id
            for service in self._catalog().services.values()
            for places in service.channels.values()
            for place in places
            if place.platform == PLATFORM
        )
        return tuple(dict.fromkeys((*named, *self._channels)))

    def knows_place(self, place: str) -> bool:
        """True for a channel, and for the direct conversation of somebody."""
        return place in self.channels() or self.owner_of(place) is not None

    def owner_of(self, place: str) -> str | None:
        """Whose direct conversation that is; None for a channel."""
        owner = place.removeprefix("@")
        return owner if place.startswith("@") and owner in self.accounts() else None

    def closed(self, place: str) -> bool:
        """True for a channel that only services talk in which the catalogue calls private."""
        talking = [s for s in self._catalog().services.values() if Place(PLATFORM, place) in _rooms(s)]
        return bool(talking) and all(s.private for s in talking)

    def may_enter(self, place: str, person: str | None) -> bool:
        """Channels are open, but for private ones; a direct conversation is its person's alone. None: the public."""
        owner = self.owner_of(place)
        if owner is not None:
            return owner == person
        return not self.closed(place) or (person is not None and self._part_of(place, person))

    async def private(self, place: Place) -> bool:
        """See ports.Rooms."""
        return place.id.startswith("@") or self.closed(place.id)

    async def inside(self, place: Place, person: str) -> bool:
        """See ports.Rooms: whom a service names is in its private channels."""
        return self.owner_of(place.id) == person or self._part_of(place.id, person)

    def _part_of(self, place: str, person: str) -> bool:
        there = (s for s in self._catalog().services.values() if Place(PLATFORM, place) in _rooms(s))
        return any(person in _named(s) for s in there)

    async def actor(self, account: str, place: Place) -> Actor | None:
        """Who acts; a guest is a guest, whatever it calls itself. None: no such account."""
        found = self.accounts().get(account)
        if found is None:
            return None
        return Actor(person=found.id, platform=PLATFORM, account=account, place=place.id, kind=found.kind)


def _rooms(service: Service) -> tuple[Place, ...]:
    return service.channels.get(Audience.TEAM, ())


def _named(service: Service) -> frozenset[str]:
    holders = (*service.roles.values(), *service.deputies.values(), service.team)
    return frozenset(person for people in holders for person in people)


def _roles(person: str, catalog: Catalog) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The roles of a person, those of most services first."""
    held: dict[str, list[str]] = {}
    for service in catalog.services.values():
        for holders, word in ((service.roles, "{}"), (service.deputies, "deputy {}")):
            for role, people in holders.items():
                if person in people:
                    held.setdefault(word.format(role.value.replace("_", " ")), []).append(service.id)
    return tuple((role, tuple(services)) for role, services in held.items())
