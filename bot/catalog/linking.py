"""From chat accounts to persons of the roster (decision 15): by account or directory id, else by e-mail on verified domains.

In doubt nobody is entitled: where what is known of an account points to different human beings, it is nobody's.
"""

from collections.abc import Collection

from bot.domain.people import Actor, ActorKind, Person, Place, Roster
from bot.ports import CatalogReader

_DIRECTORY, _MAIL = "directory id", "e-mail"
"""Kinds of signs beside the platforms, none of which has a space or a hyphen in its name."""


class RosterLinker:
    """ports.Linker over the catalogue in force: whoever was taken out of it a moment ago acts no more."""

    def __init__(self, catalog: CatalogReader, verified: Collection[str] = ()) -> None:
        """`verified`: e-mail domains on which single sign-on vouches for the address, such as "acme.example"."""
        self._catalog = catalog
        self._verified = frozenset(domain.casefold().removeprefix("@") for domain in verified)
        self._signs: tuple[Roster, _Signs] | None = None

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
        signs = self._signs_of(roster)
        by_id = (*signs.by_account(platform, account), *signs.by_directory(directory_id))
        by_mail = signs.by_mail(email) if self._vouched_for(email) else ()
        person = _sure(roster, platform, by_id, by_mail)
        if person is None and kind is ActorKind.HUMAN:
            return None
        # The roster's word that somebody is a bot, and the platform's that somebody is a guest, both stand.
        seen = kind if person is None or kind is not ActorKind.HUMAN else person.kind
        return Actor(person.id if person else "", platform, account, place.id, seen)

    def _signs_of(self, roster: Roster) -> "_Signs":
        """Sorted once for each roster: it is asked for everything that anybody says or presses."""
        if self._signs is None or self._signs[0] is not roster:
            self._signs = (roster, _Signs(roster))
        return self._signs[1]

    def _vouched_for(self, email: str | None) -> bool:
        return email is not None and email.rpartition("@")[2].casefold() in self._verified


def _sure(roster: Roster, platform: str, by_id: tuple[Person, ...], by_mail: tuple[Person, ...]) -> Person | None:
    """The one person meant. An address does not make a second account of somebody whose account there the roster names."""
    if by_id:
        doubt = any(not roster.same(by_id[0].id, other.id) for other in (*by_id, *by_mail))
        return None if doubt else by_id[0]
    alone = len(by_mail) == 1 and platform not in by_mail[0].accounts
    return by_mail[0] if alone else None


class _Signs:
    """Persons by what a platform knows of them, in any case; each sign may be of several entries."""

    def __init__(self, roster: Roster) -> None:
        self._of: dict[tuple[str, str], tuple[Person, ...]] = {}
        for person in roster.people.values():
            signs = {*person.accounts.items(), (_DIRECTORY, person.directory_id), (_MAIL, person.email)}
            for key in {(kind, sign.casefold()) for kind, sign in signs if sign}:
                self._of[key] = (*self._of.get(key, ()), person)

    def by_account(self, platform: str, account: str) -> tuple[Person, ...]:
        return self._of.get((platform, account.casefold()), ())

    def by_directory(self, directory_id: str | None) -> tuple[Person, ...]:
        return self._of.get((_DIRECTORY, directory_id.casefold()), ()) if directory_id else ()

    def by_mail(self, email: str | None) -> tuple[Person, ...]:
        return self._of.get((_MAIL, email.casefold()), ()) if email else ()
