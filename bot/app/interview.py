"""The questions of `python -m bot init`, from a terminal or a script: each answer is checked before the next question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TextIO, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import BadFile
from bot.domain.people import Role
from bot.messages.words import say

T = TypeVar("T")
ASKED_ROLES = tuple(role for role in Role if role is not Role.PEER)
"""Everybody of the team is a peer."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_PLATFORMS = {"slack": ("slack",), "teams": ("teams",), "both": ("slack", "teams")}
_TIERS = frozenset("12345")
_FEWEST_PEOPLE = 2


class BadAnswer(BadFile):
    """An answer of a script cannot be used, or one lacks. Nothing was written."""


class _Wrong(Exception):
    """What was expected instead."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """`accounts`: platform -> account id; e-mail and accounts may be missing."""

    id: str
    name: str
    email: str
    accounts: dict[str, str]


@dataclass(frozen=True, slots=True)
class NewService:
    """`team`, `stakeholders`: places, as platform:id."""

    id: str
    tier: int
    team: str
    stakeholders: str


@dataclass(frozen=True, slots=True)
class Answers:
    """All that is needed for the first files."""

    platforms: tuple[str, ...]
    zone: str
    domains: tuple[str, ...]
    people: tuple[NewPerson, ...]
    roles: dict[Role, tuple[str, ...]]
    services: tuple[NewService, ...]


class Interview:
    """Asks on `out` and reads from `lines`. `patient`: a wrong answer is asked again (a terminal); else it ends all."""

    def __init__(self, lines: TextIO, out: TextIO, *, patient: bool) -> None:
        self._lines = lines
        self._out = out
        self._patient = patient

    def run(self) -> Answers:
        """From the first question to the last. Raises BadAnswer."""
        self._out.write(say("init.hello") + "\n")
        platforms = self._ask(say("init.platform"), _platforms, "slack")
        zone = self._ask(say("init.zone"), _zone, "UTC")
        people = self._people(platforms)
        mails = dict.fromkeys(p.email.rpartition("@")[2] for p in people if p.email)
        domains = self._ask(say("init.domains"), _domains, ", ".join(mails))
        ids = tuple(p.id for p in people)
        roles: dict[Role, tuple[str, ...]] = {
            role: self._ask(
                say("init.role", {"role": role.value.replace("_", " ")}),
                lambda said: _known(said, ids),
                ", ".join(ids[:2]),
            )
            for role in ASKED_ROLES
        }
        return Answers(platforms, zone, domains, people, roles, self._services(platforms))

    def _people(self, platforms: Sequence[str]) -> tuple[NewPerson, ...]:
        question = say("init.person", {"accounts": ", ".join(say(f"init.account_{p}") for p in platforms)})
        found: list[NewPerson] = []

        def read(said: str) -> NewPerson | None:
            if said:
                return _person(said, platforms, found)
            if len(found) < _FEWEST_PEOPLE:
                raise _Wrong(say("init.more_people"))
            return None

        while (person := self._ask(question, read, "")) is not None:
            found.append(person)
        return tuple(found)

    def _services(self, platforms: Sequence[str]) -> tuple[NewService, ...]:
        found: list[NewService] = []

        def read(said: str) -> NewService | None:
            if said:
                return _service(said, platforms, found)
            if not found:
                raise _Wrong(say("init.more_services"))
            return None

        while (service := self._ask(say("init.service"), read, "")) is not None:
            found.append(service)
        return tuple(found)

    def _ask(self, question: str, read: Callable[[str], T], default: str) -> T:
        while True:
            self._out.write(say("init.ask" if default else "init.ask_open", {"question": question, "default": default}))
            self._out.write("" if self._patient else "\n")
            self._out.flush()
            line = self._lines.readline()
            if not line:
                raise BadAnswer(say("init.ended", {"question": question}))
            said = line.strip() or default
            try:
                return read(said)
            except _Wrong as wrong:
                if not self._patient:
                    values = {"question": question, "expected": str(wrong), "found": repr(said[:60])}
                    raise BadAnswer(say("init.at", values)) from None
                self._out.write(say("init.wrong", {"expected": str(wrong)}) + "\n")


def _platforms(said: str) -> tuple[str, ...]:
    found = _PLATFORMS.get(said.lower())
    if found is None:
        raise _Wrong(say("init.one_of", {"options": ", ".join(_PLATFORMS)}))
    return found


def _zone(said: str) -> str:
    try:
        return ZoneInfo(said).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _Wrong(say("init.a_zone")) from None


def _domains(said: str) -> tuple[str, ...]:
    found = tuple(d.lower().removeprefix("@") for d in _split(said) if d)
    if not all(_DOMAIN.fullmatch(d) for d in found):
        raise _Wrong(say("init.a_domain"))
    return found


def _person(said: str, platforms: Sequence[str], before: Sequence[NewPerson]) -> NewPerson:
    who, name, email, *accounts = (*_split(said), "", "", "")[: max(3, len(_split(said)))]
    if not _ID.fullmatch(who) or not name or (email and "@" not in email) or len(accounts) > len(platforms):
        raise _Wrong(say("init.a_person", {"count": str(len(platforms))}))
    given = {platform: account for platform, account in zip(platforms, accounts, strict=False) if account}
    taken = {(p, a.casefold()) for other in before for p, a in other.accounts.items()}
    if who in {p.id for p in before} or taken & {(p, a.casefold()) for p, a in given.items()}:
        raise _Wrong(say("init.new_person"))
    return NewPerson(who, name, email, given)


def _known(said: str, ids: Sequence[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(w for w in _split(said) if w))
    if not found or not set(found) <= set(ids):
        raise _Wrong(say("init.known_people", {"known": ", ".join(ids)}))
    return found


def _service(said: str, platforms: Sequence[str], before: Sequence[NewService]) -> NewService:
    parts = _split(said)
    wanted = 4
    if len(parts) != wanted or not all(parts) or not _ID.fullmatch(parts[0]) or parts[1] not in _TIERS:
        raise _Wrong(say("init.a_service"))
    if parts[0] in {s.id for s in before}:
        raise _Wrong(say("init.new_service"))
    return NewService(parts[0], int(parts[1]), _place(parts[2], platforms), _place(parts[3], platforms))


def _place(said: str, platforms: Sequence[str]) -> str:
    if said.partition(":")[0] in platforms and said.partition(":")[2]:
        return said
    if len(platforms) > 1:
        raise _Wrong(say("init.a_place", {"platforms": " or ".join(platforms)}))
    return f"{platforms[0]}:{said}"


def _split(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in said.split(","))
