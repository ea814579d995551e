"""From Teams' users to persons of the roster, and back. Guests, strangers and bots have no rights."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Final

from adapters.teams.connector import Connector, NoToken, Refused, TooFast, Unsure
from adapters.teams.inbound import PLATFORM, Spot, text
from adapters.teams.options import TeamsOptions
from adapters.teams.references import Reference, References
from bot.domain.errors import Unwritable
from bot.domain.people import Actor, ActorKind, Person
from bot.ports import CatalogReader, Linker, stranger

KEPT_S: Final = 600.0
"""So long what Teams says of a user is taken as it was read."""
PRESS_S: Final = 60.0
"""For a press or a form: who was made a guest a minute ago approves nothing."""
STALE_S: Final = 3600.0
"""Where Teams does not answer, a full member counts as one for so long; then nobody knows, and in doubt gives no consent."""
DOUBT_S: Final = 5.0
"""Who may not be read is asked for again no sooner."""
PATIENCE_S: Final = 2.0
"""So long who speaks waits for Teams' word on them. What it says later counts for the next time."""
_NO_MEMBER: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""That conversation has no such member, although one was read before."""
_MOST: Final = 10_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Member:
    """What Teams says of a user; `at`: monotonic seconds."""

    kind: ActorKind
    email: str | None
    at: float


class TeamsDirectory:
    """Asks Teams seldom: members are cached, and the catalogue is read with every question."""

    def __init__(
        self,
        options: TeamsOptions,
        connector: Connector,
        references: References,
        linker: Linker,
        catalog: CatalogReader,
        now: Callable[[], float],
    ) -> None:
        """`now`: monotonic seconds."""
        self._options = options
        self._connector = connector
        self._references = references
        self._linker = linker
        self._catalog = catalog
        self._now = now
        self._members: dict[str, _Member] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}

    async def actor(self, spot: Spot, *, fresh: bool = False) -> Actor:
        """Who did it; a stranger where the roster names nobody. `fresh`: for a press or a form.

        Of whom Teams says nothing now, nor did lately, it is in doubt whether they are a guest: they give no consent (G18).
        """
        account = spot.directory or spot.user
        if spot.bot or not spot.directory:
            kind = ActorKind.BOT if spot.bot else ActorKind.GUEST
            return stranger(PLATFORM, account, spot.place, kind)
        member = await self._member(spot, PRESS_S if fresh else KEPT_S)
        kind, email = member.kind, member.email
        found = await self._linker.actor(
            PLATFORM, account, spot.place, email=email, directory_id=spot.directory, kind=kind
        )
        return found if found is not None else stranger(PLATFORM, account, spot.place, kind)

    async def people(self, mentioned: Iterable[tuple[str, str]], spot: Spot) -> Mapping[str, str]:
        """Person ids by the user ids of who is mentioned."""
        found: dict[str, str] = {}
        for user, directory in mentioned:
            if directory:
                actor = await self._linker.actor(PLATFORM, directory, spot.place, directory_id=directory)
                if actor is not None and actor.person:
                    found[user] = actor.person
        return found

    async def accounts(self, people: Iterable[str]) -> Mapping[str, tuple[str, str]]:
        """(Teams id, name) of persons: the connector's own id where the person was heard, else the Entra object id.

        The id is empty where neither is known: such a person can be named, and not called.
        """
        found: dict[str, tuple[str, str]] = {}
        for who in people:
            person = self._catalog().roster.person(who)
            directory = directory_of(person)
            if person is not None:
                seen = await self._seen(directory) if directory else None
                found[who] = (seen.user if seen and seen.user else directory, person.name)
        return found

    async def _seen(self, directory: str) -> Reference | None:
        """Where the database is away, a person is called by the directory's id: an answer does not wait for it."""
        try:
            return await self._references.person(directory)
        except Unwritable:
            return None

    async def _member(self, spot: Spot, max_age_s: float) -> _Member:
        """In doubt where Teams does not say and did not lately: then the catalogue says who it is, and nobody what they are."""
        kept = self._members.get(spot.user)
        age_s = DOUBT_S if kept is not None and kept.kind is ActorKind.UNSURE else max_age_s
        if kept is not None and self._now() - kept.at < age_s:
            return kept
        asking = self._asking.get(spot.user)
        if asking is None:
            asking = asyncio.get_running_loop().create_task(self._ask(spot), name="reading a member")
            self._asking[spot.user] = asking
            asking.add_done_callback(lambda _: self._asking.pop(spot.user, None))
        await asyncio.wait({asking}, timeout=PATIENCE_S)
        known = self._members.get(spot.user) or _Member(ActorKind.UNSURE, None, self._now())
        if known.kind is ActorKind.HUMAN and self._now() - known.at >= STALE_S:
            return replace(known, kind=ActorKind.UNSURE)
        return known

    async def _ask(self, spot: Spot) -> None:
        """Keeps what Teams says. What it does not say leaves what was kept; where it has no such member, nothing is left."""
        try:
            member = self._read(await self._connector.member(spot.service_url, spot.channel, spot.user), spot)
        except (TooFast, Unsure, NoToken) as error:
            _log.info("a member could not be read: %s", error)
            return
        except Refused as error:
            _log.info("a member may not be read: %s", error)
            kept = self._members.get(spot.user)
            holds = (ActorKind.GUEST, *(() if error.status in _NO_MEMBER else (ActorKind.HUMAN,)))
            if kept is not None and kept.kind in holds:
                return
            member = _Member(ActorKind.UNSURE, kept.email if kept else None, self._now())
        if len(self._members) >= _MOST:
            self._members.clear()
        self._members[spot.user] = member

    def _read(self, found: Mapping[str, Any], spot: Spot) -> _Member:
        """Raises Unsure for an answer that names nobody."""
        if not text(found, "id"):
            msg = "the answer names nobody"
            raise Unsure(msg)
        role, name = text(found, "userRole").casefold(), text(found, "userPrincipalName")
        home = text(found, "tenantId").casefold()
        elsewhere = home not in {"", spot.tenant, *self._options.heard_tenants}
        if role not in {"", "user", "owner"} or "#ext#" in name.casefold() or elsewhere:
            return _Member(ActorKind.GUEST, None, self._now())
        return _Member(ActorKind.HUMAN, text(found, "email") or None, self._now())


def directory_of(person: Person | None) -> str:
    """The Entra object id of a person of the roster, or ""."""
    if person is None:
        return ""
    return (person.accounts.get(PLATFORM) or person.directory_id or person.direct.get(PLATFORM) or "").casefold()
