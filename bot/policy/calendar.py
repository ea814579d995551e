"""Freezes, clashes and affected services around the planned start (G10, G11). Instants are UTC."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from bot.domain.facts import Facts, Neighbour, Window
from bot.domain.people import Role, Roster
from bot.domain.release import Phase, Release
from bot.domain.service import Service
from bot.policy.people import holders, is_human
from bot.policy.recurring import expanded, timezone_of

NEAR = timedelta(hours=2)
"""Two starts closer than this clash."""

FREEZING = (Role.SERVICE_OWNER, Role.DECISION_MAKER, Role.ENGINEERING_LEAD)
"""Whose holders may enter a freeze of their service's scope (G11)."""

PRESENCE = timedelta(minutes=30)
"""Owner and rollback owner are present from T=0 to T+30: nobody can be at two releases then."""


def local_start(release: Release, facts: Facts) -> datetime | None:
    """The planned start on the wall clock of the service (else of the release); None where no start is known."""
    if release.start_at is None:
        return None
    return release.start_at.astimezone(timezone_of(facts.service.time_zone if facts.service else release.time_zone))


def freezes(release: Release, facts: Facts) -> tuple[Window, ...]:
    """The freezes and blackouts that cover some of T=0 to T+30."""
    return tuple(w for w in _windows(release, facts) if touches(w.scope, release) and covers(w, release.start_at))


def dependency_freezes(release: Release, facts: Facts) -> tuple[Window, ...]:
    """Freezes of a service that this one needs, or that needs it (G10)."""
    affected = affected_services(release, facts)
    return tuple(w for w in _windows(release, facts) if w.scope in affected and covers(w, release.start_at))


def affected_services(release: Release, facts: Facts) -> tuple[str, ...]:
    """The services that this one needs, then those that need it."""
    needs = facts.service.depends_on if facts.service else ()
    needed_by = (s.id for s in facts.services.values() if release.service in s.depends_on)
    return tuple(dict.fromkeys(name for name in (*needs, *needed_by) if name != release.service))


def clashes(release: Release, facts: Facts) -> tuple[Neighbour, ...]:
    """Open releases of this service or of its dependencies that stand in the way: the clash of the rubric."""
    return (*own_clashes(release, facts), *dependency_clashes(release, facts))


def own_clashes(release: Release, facts: Facts) -> tuple[Neighbour, ...]:
    """Open releases of the same service and environment that stand in the way (G11)."""
    return tuple(n for n in facts.neighbours if _same_target(n, release) and _in_the_way(n, release))


def people_clashes(release: Release, facts: Facts) -> tuple[Neighbour, ...]:
    """Earlier releases that need the owner or the rollback owner of this one at the same time (G11)."""
    return tuple(n for n in facts.neighbours if same_people(n, release, facts.roster))


def dependency_clashes(release: Release, facts: Facts) -> tuple[Neighbour, ...]:
    """Open releases of services that this one needs or that need it, in the same environment (G10)."""
    affected = affected_services(release, facts)
    return tuple(
        n
        for n in facts.neighbours
        if n.service in affected and n.environment == release.environment and _in_the_way(n, release)
    )


def same_people(n: Neighbour, release: Release, roster: Roster) -> bool:
    """True if an earlier release needs its owner or rollback owner while this one needs them too."""
    if n.start_at is None or release.start_at is None or abs(n.start_at - release.start_at) >= PRESENCE:
        return False
    if not earlier(n.id, release.id):
        return False
    theirs = [p for p in (n.owner, n.rollback_owner) if p]
    ours = [p for p in (release.owner, release.rollback_owner) if p]
    return any(roster.same(a, b) for a in theirs for b in ours)


def earlier(one: str, other: str) -> bool:
    """True if the release with id `one` came before `other`: R-9 before R-142. The later one yields."""
    return _number(one) < _number(other)


def touches(scope: str, release: Release) -> bool:
    """True if a freeze of that scope is about this release."""
    return scope in {"*", release.service, release.environment}


def covers(window: Window, start: datetime | None) -> bool:
    """True if the window covers some of T=0 to T+30 of a release with that start."""
    return start is not None and window.starts_at < start + PRESENCE and window.ends_at > start


def in_scope(scope: str, services: Mapping[str, Service]) -> tuple[Service, ...]:
    """The services that a freeze of that scope is about: one, those of an environment, or all."""
    if scope in services:
        return (services[scope],)
    return tuple(s for s in services.values() if scope in {"*", s.environment})


def may_freeze(scope: str, facts: Facts) -> tuple[str, ...]:
    """Who may freeze it: service owner, decision maker and engineering lead of any service in the scope (G11).

    One of them is enough also for an environment or for everything: a freeze errs to the safe side.
    """
    about = in_scope(scope, facts.services) or tuple(facts.services.values())
    named = (p for role in FREEZING for s in about for p in holders(s, role))
    return tuple(p for p in dict.fromkeys(named) if is_human(facts.roster, p))


def judged_anew(window: Window, open_now: Iterable[Neighbour], services: Mapping[str, Service]) -> tuple[str, ...]:
    """The open releases for which that freeze makes a difference: their own, or one on a service beside them (G10, G11)."""
    near = {other.id for s in in_scope(window.scope, services) for other in services.values() if _beside(s, other)}
    return tuple(
        n.id
        for n in open_now
        if covers(window, n.start_at)
        and (window.scope in {"*", n.service, n.environment} or (window.scope in services and n.service in near))
    )


def _beside(one: Service, other: Service) -> bool:
    return one.id in other.depends_on or other.id in one.depends_on


def _windows(release: Release, facts: Facts) -> Iterator[Window]:
    yield from facts.policy.freezes
    yield from facts.calendar
    if release.start_at is not None:
        yield from expanded(facts.policy.recurring, release.start_at, release.start_at + PRESENCE)


def _same_target(n: Neighbour, release: Release) -> bool:
    return n.service == release.service and n.environment == release.environment


def _in_the_way(n: Neighbour, release: Release) -> bool:
    """Under way: always. Planned: if it came first and starts within two hours of this one."""
    if n.started or n.phase in {Phase.LIVE, Phase.ROLLING_BACK}:
        return True
    if n.start_at is None or release.start_at is None or abs(n.start_at - release.start_at) >= NEAR:
        return False
    return earlier(n.id, release.id)


@lru_cache(maxsize=4096)
def _number(release: str) -> tuple[int, str]:
    digits = release.rpartition("-")[2]
    return (int(digits), "") if digits.isdecimal() else (0, release)
