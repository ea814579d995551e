"""Which gates have two people who can pass them: in the roster, human, with an account that the bot knows, and to be reached."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.people import Person, Role, Roster
from bot.domain.service import Service
from bot.policy.people import holders, is_human

NEEDED = 2
"""One person alone is ill one day, on holiday the next, and the author of the change on the third."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A role of a service. `able`: who could pass it now; `unable`: who holds it, and is not known or not reached."""

    service: str
    role: Role
    able: tuple[str, ...]
    unable: tuple[str, ...]

    @property
    def open(self) -> bool:
        """True where one absence does not close it."""
        return len(self.able) >= NEEDED


def gates(services: Mapping[str, Service], roster: Roster, knows: Callable[[Person], bool]) -> Iterator[Gate]:
    """Every role of every service. `knows`: whether the bot can tell that person's account and reach it."""
    for name, service in services.items():
        for role in Role:
            able: list[str] = []
            unable: list[str] = []
            for who in holders(service, role):
                person = roster.person(who)
                if person is None or not is_human(roster, who):
                    continue
                known = knows(person)
                if known and not any(roster.same(who, other) for other in able):
                    able.append(who)
                elif not known:
                    unable.append(who)
            yield Gate(name, role, tuple(able), tuple(unable))


def linked(person: Person, platforms: Collection[str], verified: Collection[str]) -> bool:
    """True where an account of one of the platforms is, or will be by its address, taken for that person."""
    domain = (person.email or "").rpartition("@")[2].casefold()
    return any(p in person.accounts for p in platforms) or domain in {v.casefold().removeprefix("@") for v in verified}


def reached(person: Person, platforms: Collection[str]) -> bool:
    """True where one of the platforms has a direct way to that person."""
    return any(p in person.direct for p in platforms)
