"""From chat accounts to persons of the roster (decision 15): by account or directory id, else by e-mail on verified domains.

In doubt nobody is entitled: where what is known of an account points to different human beings, it is nobody's.
"""

from collections.abc import Collection, Iterator

from bot.domain.people import Actor, ActorKind, Person, Place, Roster
from bot.ports import CatalogReader


class RosterLinker:
    """ports.Linker over the catalogue in force: whoever was taken out of it a moment ago acts no more."""

    def __init__(self, catalog: CatalogReader, verified: Collection[str] = ()) -> None:
        """`verified`: e-mail domains on which single sign-on vouches for the address, such as "acme.example"."""
        self._catalog = catalog
        self._verified = frozenset(domain.casefold().removeprefix("@") for domain in verified)

    async def actor(
        self,
        platform: str,
        account: str,
        place: Place,
        *,
        email: str | None = None,
        directory_id: str | None = None,
        kind: ActorKind = ActorKind.HUMAN,
    ) -> Actor | None:
        """See ports.Linker."""
        roster = self._catalog().roster
        by_id = (*_by_account(roster, platform, account), *_by_directory(roster, directory_id))
        by_mail = tuple(_by_mail(roster, email)) if self._vouched_for(email) else ()
        person = _sure(roster, platform, by_id, by_mail)
        if person is None and kind is ActorKind.HUMAN:
            return None
        # The roster's word that somebody is a bot, and the platform's that somebody is a guest, both stand.
        seen = kind if person is None or kind is not ActorKind.HUMAN else person.kind
        return Actor(person.id if person else "", platform, account, place.id, seen)

    def _vouched_for(self, email: str | None) -> bool:
        return email is not None and email.rpartition("@")[2].casefold() in self._verified


def _sure(roster: Roster, platform: str, by_id: tuple[Person, ...], by_mail: tuple[Person, ...]) -> Person | None:
    """The one person meant. An address does not make a second account of somebody whose account there the roster names."""
    if by_id:
        doubt = any(not roster.same(by_id[0].id, other.id) for other in (*by_id, *by_mail))
        return None if doubt else by_id[0]
    alone = len(by_mail) == 1 and platform not in by_mail[0].accounts
    return by_mail[0] if alone else None


def _by_account(roster: Roster, platform: str, account: str) -> Iterator[Person]:
    for person in roster.people.values():
        if person.accounts.get(platform, "").casefold() == account.casefold() != "":
            yield person


def _by_directory(roster: Roster, directory_id: str | None) -> Iterator[Person]:
    if directory_id:
        wanted = directory_id.casefold()
        yield from (p for p in roster.people.values() if p.directory_id and p.directory_id.casefold() == wanted)


def _by_mail(roster: Roster, email: str | None) -> Iterator[Person]:
    if email:
        yield from (p for p in roster.people.values() if p.email and p.email.casefold() == email.casefold())
