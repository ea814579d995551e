"""What a chat platform needs from the bot beside its door: who an account is, a place for small notes, and lines for doctor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.domain.people import Actor, ActorKind, Place


class Linker(Protocol):
    """From an account of a platform to the person of the roster (decision 15)."""

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
        """Who acts there. None: a human being whom the roster does not name, or of whom it is in doubt who that is.

        `email` and `directory_id` are given only where the platform itself vouches for them (its own API, a checked token);
        an e-mail counts on the domains alone that the operator's settings name as verified. A bot, or a guest of another
        company, is always an Actor of that kind, who may be linked and never has rights (G18).
        """


def stranger(platform: str, account: str, place: Place, kind: ActorKind = ActorKind.HUMAN) -> Actor:
    """The actor of an account that is nobody's: it may ask and read what its channel may see, and is refused the rest (G27)."""
    return Actor(person="", platform=platform, account=account, place=place.id, kind=kind)


class Groups(Protocol):
    """Chat groups that hold roles of services (G27): the catalogue names them, their platform says who is in them."""

    def named(self, platform: str) -> Sequence[str]:
        """The ids of the groups of that platform which the catalogue names now."""

    def put(self, platform: str, group: str, people: Sequence[str]) -> None:
        """Those persons of the roster are in it, from now on."""


class Rooms(Protocol):
    """Which conversations of a platform are private, and who is in them: facts for bot.policy.visible, minutes old at most."""

    async def private(self, place: Place) -> bool:
        """True for what not every member of the company may enter; also where nobody can say."""

    async def inside(self, place: Place, person: str) -> bool:
        """True where that person of the roster is in it. False also where nobody can say."""


class Notebook(Protocol):
    """Small JSON values by book and key, in the database: conversation references, installations. Each call is one transaction.

    A platform begins its books' names with its own name. What is secret is encrypted by who writes it.
    """

    async def get(self, book: str, key: str) -> Mapping[str, Any] | None:
        """The value, or None."""

    async def put(self, book: str, key: str, value: Mapping[str, Any]) -> None:
        """Keep it, in the place of what was there. Raises ValueError where it is no JSON, or larger than MOST_NOTED."""

    async def remove(self, book: str, key: str) -> bool:
        """Take it out; False where there was none."""

    async def all(self, book: str) -> Mapping[str, Mapping[str, Any]]:
        """Everything in that book, by key, in the order of the keys."""


MOST_NOTED = 64 * 1024
"""The most that one note may take, in bytes of JSON."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of doctor. `code` is stable; `sentence` says what is, and `remedy` what to do where it is not ok."""

    code: str
    ok: bool
    sentence: str
    remedy: str = ""
