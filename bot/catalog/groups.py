"""Roles that are held by the members of a chat group: the catalogue names the group, its platform tells who is in it now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.service import Service
from bot.ports import Catalog, CatalogReader


class GroupMembers:
    """ports.Groups. Before its platform has told, a group has nobody: in doubt nobody is entitled (decision 15)."""

    def __init__(self, catalog: CatalogReader) -> None:
        """`catalog`: as it is written, with groups."""
        self._catalog = catalog
        self._members: Mapping[str, tuple[str, ...]] = {}

    def named(self, platform: str) -> Sequence[str]:
        """See ports.Groups."""
        found = (
            group.partition(":")[2]
            for service in self._catalog().services.values()
            for groups in service.groups.values()
            for group in groups
            if group.startswith(f"{platform}:")
        )
        return tuple(dict.fromkeys(found))

    def put(self, platform: str, group: str, people: Sequence[str]) -> None:
        """See ports.Groups."""
        name, told = f"{platform}:{group}", tuple(dict.fromkeys(people))
        if self._members.get(name) != told:
            self._members = {**self._members, name: told}

    @property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Persons of each group that was told of. The mapping is another one after each change."""
        return self._members


class WithGroups:
    """A CatalogReader in which the members of a role's groups hold that role, after those whom the catalogue names."""

    def __init__(self, catalog: CatalogReader, groups: GroupMembers) -> None:
        """Read anew only where the file, or a group, has changed."""
        self._catalog = catalog
        self._groups = groups
        self._seen: tuple[Catalog, Mapping[str, tuple[str, ...]], Catalog] | None = None

    def __call__(self) -> Catalog:
        """The catalogue in force."""
        written, members = self._catalog(), self._groups.members
        if self._seen is None or self._seen[0] is not written or self._seen[1] is not members:
            services = {name: _joined(one, members, written) for name, one in written.services.items()}
            self._seen = (written, members, replace(written, services=services))
        return self._seen[2]


def _joined(service: Service, members: Mapping[str, tuple[str, ...]], catalog: Catalog) -> Service:
    if not service.groups:
        return service
    roles = dict(service.roles)
    for role, groups in service.groups.items():
        people = (who for group in groups for who in members.get(group, ()) if catalog.roster.person(who) is not None)
        roles[role] = tuple(dict.fromkeys((*roles.get(role, ()), *people)))
    return replace(service, roles=roles)
