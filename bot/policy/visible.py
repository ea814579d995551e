"""Who may see a release: those of its channels, and those who have a part in it. In doubt nobody (quality.md, Security)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.orders import Subscription
from bot.domain.people import Place
from bot.domain.release import Release
from bot.domain.service import Audience, Service
from bot.policy.consents import wanted
from bot.policy.people import team


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Who wants to look, and from where. `person`: an id; "" for somebody whom the roster does not name; None for the public.

    `place`: where it is asked, which the platform vouches for; None: nowhere. `closed`: places that are private, or of which
    nobody can say; `inside`: those of them that the person is in.
    """

    person: str | None
    place: Place | None = None
    closed: frozenset[Place] = field(default_factory=frozenset)
    inside: frozenset[Place] = field(default_factory=frozenset)


def rooms_of(release: Release, service: Service | None) -> tuple[Place, ...]:
    """Whose release it is: the team's channels; where the catalogue names none, the place where planning was asked for."""
    return rooms_of_service(service) or (release.home,)


def rooms_of_service(service: Service | None) -> tuple[Place, ...]:
    """The team's channels."""
    return service.channels.get(Audience.TEAM, ()) if service is not None else ()


def may_see(release: Release, service: Service | None, at: Standpoint) -> bool:
    """True for who has a part in it, for who asks in a place where its card stands, and where one of its rooms is open to them.

    Who is not in the roster sees nothing, wherever they ask.
    """
    if at.person == "":
        return False
    if at.place == release.home or _open(rooms_of(release, service), service, at):
        return True
    return at.person is not None and at.person in _people(release, service)


def may_look(release: Release, facts: Facts, now: datetime, at: Standpoint) -> bool:
    """The same with all facts: also for who is asked for a consent of it now, such as the owner of a freeze."""
    if may_see(release, facts.service, at):
        return True
    return bool(at.person) and any(at.person in one.people for one in wanted(release, facts, now))


def may_see_service(service: Service, at: Standpoint) -> bool:
    """True for who may see what the service releases, and so its entry. One without channels is no secret."""
    if at.person == "":
        return False
    if at.person is not None and at.person in team(service):
        return True
    rooms = rooms_of_service(service)
    return _open(rooms, service, at) if rooms else not service.private


def may_hear(service: Service, place: Place, at: Standpoint) -> bool:
    """True where that channel may be told of what the service releases: it is one of its own, or the service is open to all."""
    rooms = rooms_of_service(service)
    return place in rooms or _open(rooms, service, replace(at, person=None, place=None, inside=frozenset()))


def subscribed(service: Service | None, orders: Iterable[Subscription]) -> tuple[Place, ...]:
    """Where the marks of a service go by subscription. One that was made private since then tells its own channels alone."""
    if service is None:
        return ()
    return tuple(s.place for s in orders if s.service == service.id and not service.private)


def _open(rooms: Iterable[Place], service: Service | None, at: Standpoint) -> bool:
    private = service is not None and service.private
    return any(room == at.place or room in at.inside or (room not in at.closed and not private) for room in rooms)


def _people(release: Release, service: Service | None) -> frozenset[str]:
    """By the catalogue, by the release itself, and by what they were asked for or gave."""
    named = {release.requested_by, release.owner, release.rollback_owner}
    named |= {person for _, person in release.asked_of}
    named |= {person for one in release.consents for person in (one.by, one.owner, one.requested_by)}
    emergency = {release.emergency.by} if release.emergency else set()
    everybody = (*named, *emergency, *(team(service) if service is not None else ()))
    return frozenset(person for person in everybody if person)
