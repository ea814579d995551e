"""What only the whole catalogue shows: names that point nowhere are errors, gates that hang on one person are warnings."""

from collections.abc import Iterator

from bot.catalog.entries import CatalogueFile, ServiceEntry
from bot.catalog.lines import Read
from bot.catalog.trouble import Trouble, nearest
from bot.domain.people import ActorKind, Role
from bot.domain.service import Audience

FALLS_TO = {Role.DECISION_MAKER: Role.SERVICE_OWNER}
"""A role that nobody holds is held by the holders of the other one (G26)."""

_Path = tuple[str | int, ...]


def troubles(file: CatalogueFile, source: Read) -> Iterator[Trouble]:
    """Names that nobody knows, accounts of two persons (G7), roles that are given to a bot (G18), a team out of reach."""
    yield from _shared_accounts(file, source)
    humans = {who for who, person in file.people.items() if person.kind is ActorKind.HUMAN}
    for name, service in file.services.items():
        at: _Path = ("services", name)
        for path, who in _named(service):
            if who not in file.people:
                yield _trouble(source, (*at, *path), f'a person of "people", found "{who}"{nearest(who, file.people)}')
            elif who not in humans:
                yield _trouble(
                    source, (*at, *path), f'a human being (G18), but "{who}" is a {file.people[who].kind.value}'
                )
        for n, other in enumerate(service.depends_on):
            if other == name:
                yield _trouble(source, (*at, "depends_on", n), "another service than itself")
            elif other not in file.services:
                what = f'a service of this file, found "{other}"{nearest(other, file.services)}'
                yield _trouble(source, (*at, "depends_on", n), what)
        if not service.channels.get(Audience.TEAM):
            yield _trouble(source, (*at, "channels"), "at least one channel for the team")
        if not service.roles.get(Role.SERVICE_OWNER):
            yield _trouble(source, (*at, "roles"), "at least one service_owner")


def _shared_accounts(file: CatalogueFile, source: Read) -> Iterator[Trouble]:
    """An account that is linked to two persons would act as either of them."""
    owners: dict[tuple[str, str], str] = {}
    for who, person in file.people.items():
        for platform, account in person.accounts.items():
            first = owners.setdefault((platform, account.casefold()), who)
            if first != who:
                what = f'an account of one person (G7), but "{account}" is also the account of "{first}"'
                yield _trouble(source, ("people", who, "accounts", platform), what)


def warnings(file: CatalogueFile) -> Iterator[str]:
    """Gates that one absence would close, and audiences that nobody can tell: the bot runs, doctor lists them."""
    for name, service in file.services.items():
        for role in Role:
            held = _holders(service, role)
            if service.groups.get(role):
                continue  # who is in a group is seen only while the bot runs
            if not held:
                yield f"{name}: nobody holds the role {role.value}"
            elif len(held) == 1:
                yield f"{name}: {role.value} hangs on {held[0]} alone; name a deputy"
        if not service.channels.get(Audience.STAKEHOLDERS):
            yield f"{name}: no channel for stakeholders; they will hear nothing"
        if service.rollback_owner is None:
            yield f"{name}: no rollback_owner; each plan will have to name one"
        unreachable = {who for _, who in _named(service) if not (file.people[who].direct or file.people[who].accounts)}
        for who in sorted(unreachable):
            yield f"{name}: {who} cannot be reached directly on any platform"


def _holders(service: ServiceEntry, role: Role) -> tuple[str, ...]:
    own = (*service.roles.get(role, ()), *service.deputies.get(role, ()))
    if role is Role.PEER:
        own = (*own, *service.team)
    if not own and role in FALLS_TO:
        return _holders(service, FALLS_TO[role])
    return tuple(dict.fromkeys(own))


def _named(service: ServiceEntry) -> Iterator[tuple[_Path, str]]:
    yield from ((("team", n), who) for n, who in enumerate(service.team))
    for key, table in (("roles", service.roles), ("deputies", service.deputies)):
        for role, people in table.items():
            yield from (((key, role.value, n), who) for n, who in enumerate(people))
    yield from ((("suppliers", kind.value), who) for kind, who in service.suppliers.items())
    yield from ((("standing", n, "by"), one.by) for n, one in enumerate(service.standing))
    if service.rollback_owner is not None:
        yield ("rollback_owner",), service.rollback_owner


def _trouble(source: Read, path: _Path, expected: str) -> Trouble:
    return Trouble(source.file, source.line_of(path), ".".join(map(str, path)), expected)
