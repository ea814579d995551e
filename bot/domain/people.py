"""Persons, their chat accounts and their roles. Persons come from the roster, never from a chat platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """A right that a service gives to named persons (G27); each has a deputy."""

    PEER = "peer"
    SERVICE_OWNER = "service_owner"
    ON_CALL = "on_call"
    ENGINEERING_LEAD = "engineering_lead"
    PRODUCT_OWNER = "product_owner"
    QA_LEAD = "qa_lead"
    DECISION_MAKER = "decision_maker"


class ActorKind(StrEnum):
    """What stands behind an account. Only a human can give a consent (G18); guests see nothing."""

    HUMAN = "human"
    BOT = "bot"
    GUEST = "guest"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a message can stand: a channel or a direct conversation of one platform.

    `id` is the platform's own name for it; only that platform's adapter reads meaning into it.
    """

    platform: str
    id: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True)
class Person:
    """One human being (or a bot account). `directory_id` and `email` decide who is the same person (G7).

    `direct` is where each platform reaches that person alone: platform name -> Place id.
    """

    id: str
    name: str
    email: str | None = None
    directory_id: str | None = None
    title: str = ""
    kind: ActorKind = ActorKind.HUMAN
    direct: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """All persons that may do anything, by id. Who is not in it does nothing (G27)."""

    people: Mapping[str, Person] = field(default_factory=dict)

    def person(self, who: str) -> Person | None:
        """The person with that id, or None."""
        return self.people.get(who)

    def name(self, who: str | None) -> str:
        """A name to print; the id itself where the roster does not know it; UNKNOWN for nobody."""
        if who is None:
            return "UNKNOWN"
        person = self.people.get(who)
        return person.name if person else who

    def same(self, one: str, other: str) -> bool:
        """True if both ids are, or may be, one human being (G7: in doubt the same)."""
        if one.casefold() == other.casefold():
            return True
        a, b = self.people.get(one), self.people.get(other)
        if a is None or b is None:
            return False
        if a.directory_id and b.directory_id and a.directory_id == b.directory_id:
            return True
        return bool(a.email and b.email and a.email.casefold() == b.email.casefold())


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, through which account, and where (A1). The person is resolved before a command is made."""

    person: str
    platform: str
    account: str
    place: str
    kind: ActorKind = ActorKind.HUMAN


SYSTEM = Actor(person="t-minus", platform="system", account="t-minus", place="", kind=ActorKind.SYSTEM)
