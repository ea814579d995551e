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
    """What stands behind an account. Only a human can give a consent (G18); guests see nothing.

    UNSURE: an account that the catalogue names, of which the platform did not say just now what it is. In doubt it gives no
    consent; it does whatever else its person may, since a hold does not wait.
    """

    HUMAN = "human"
    BOT = "bot"
    GUEST = "guest"
    SYSTEM = "system"
    UNSURE = "unsure"


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
    """One human being (or a bot account). `directory_id`, `email` and `accounts` decide who is the same person (G7).

    `accounts` is who the person is on each platform: platform name -> account id. `direct` is where each platform reaches
    that person alone: platform name -> Place id. `formerly`: ids that the person had before, under which the record knows them.
    """

    id: str
    name: str
    email: str | None = None
    directory_id: str | None = None
    title: str = ""
    kind: ActorKind = ActorKind.HUMAN
    direct: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """All persons that may do anything, by id. Who is not in it does nothing (G27).

    `humans` numbers the human beings behind the entries: entries that share an id (in any case), a directory id, an account
    or an e-mail are one, also by way of a third entry (G7). Ids that somebody had formerly are in it too.
    """

    people: Mapping[str, Person] = field(default_factory=dict)
    humans: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find out who is one human being, once for each roster."""
        object.__setattr__(self, "humans", _humans(self.people))

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
        human = self.humans.get(one)
        if human is not None and human == self.humans.get(other):
            return True
        return one.casefold() == other.casefold()

    def recalling(self, left: Mapping[str, str]) -> "Roster":
        """The same, in which ids that are gone are the human beings of ids of today (id of then -> id of now)."""
        roster = Roster(self.people)
        again = {then: roster.humans[now] for then, now in left.items() if now in roster.humans}
        object.__setattr__(roster, "humans", {**again, **roster.humans})
        return roster


def _humans(people: Mapping[str, Person]) -> Mapping[str, int]:
    """Each entry with the number of its human being."""
    number: dict[str, int] = {}
    members: dict[int, list[str]] = {}
    by_sign: dict[str, int] = {}
    for n, (who, person) in enumerate(people.items()):
        signs = [f"id:{name.casefold()}" for name in (who, *person.formerly)]
        # An account id may be the directory id itself, so both are signs of one kind.
        signs += [f"account:{sign.casefold()}" for sign in (person.directory_id, *person.accounts.values()) if sign]
        signs += [f"email:{person.email.casefold()}"] if person.email else []
        members[n] = [who]
        number[who] = n
        for same in {by_sign[s] for s in signs if s in by_sign}:
            # The smaller group joins the larger one, so that a long roster stays quick.
            kept, gone = sorted((number[who], same), key=lambda g: -len(members[g]))
            for one in members[gone]:
                number[one] = kept
            members[kept] += members.pop(gone)
            by_sign.update({s: kept for s, g in by_sign.items() if g == gone})
        by_sign.update(dict.fromkeys(signs, number[who]))
    former = {old: number[who] for who, person in people.items() for old in person.formerly if old not in number}
    return {**number, **former}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, through which account, and where (A1). The person is resolved before a command is made."""

    person: str
    platform: str
    account: str
    place: str
    kind: ActorKind = ActorKind.HUMAN


SYSTEM = Actor(person="t-minus", platform="system", account="t-minus", place="", kind=ActorKind.SYSTEM)
