"""From Slack's users to persons of the roster, and back. Guests, users of other companies and bots have no rights."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.inbound import PLATFORM, Spot
from adapters.slack.installations import Installation
from bot.domain.people import Actor, ActorKind, Person
from bot.ports import CatalogReader, Linker, stranger

KEPT_S: Final = 600.0
"""So long a user's profile is taken as it was read."""
PRESS_S: Final = 60.0
"""For a press or a form: who was made a guest a minute ago approves nothing."""
STALE_S: Final = 3600.0
"""Where Slack does not answer, a full member counts as one for so long; then nobody knows, and in doubt gives no consent."""
PATIENCE_S: Final = 1.0
"""So long who speaks waits for Slack, which waits three seconds for us. What it says later counts for the next time."""
AGAIN_S: Final = 10.0
"""Where Slack did not say who has an address, it is asked again so soon."""
_NO_MEMBER: Final = frozenset({"user_not_found", "user_not_visible"})
"""A clear no: this workspace has no such member."""
_MOST: Final = 10_000
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Profile:
    """What Slack says of a user; `at`: monotonic seconds. `team`: the user's own workspace, "" where it is not said."""

    kind: ActorKind
    email: str | None
    at: float


class SlackDirectory:
    """Asks Slack seldom: profiles are cached, and the catalogue is read with every question."""

    def __init__(self, api: Api, linker: Linker, catalog: CatalogReader, now: Callable[[], float]) -> None:
        """`now`: monotonic seconds."""
        self._api = api
        self._linker = linker
        self._catalog = catalog
        self._now = now
        self._profiles: dict[tuple[str, str], _Profile] = {}
        self._asking: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._account_of: dict[str, str] = {}
        self._looked_up: dict[str, tuple[str | None, float]] = {}

    async def actor(self, spot: Spot, home: Installation, *, fresh: bool = False) -> Actor:
        """Who did it; a stranger where the roster names nobody. `fresh`: for a press or a form."""
        if spot.user_team and spot.user_team != home.team:
            kind, email = ActorKind.GUEST, None
        else:
            profile = await self._profile(home, spot.user, PRESS_S if fresh else KEPT_S)
            kind, email = (profile.kind, profile.email) if profile else (ActorKind.UNSURE, None)
        found = await self._linker.actor(PLATFORM, spot.user, spot.place, email=email, kind=kind)
        if found is None:
            return stranger(PLATFORM, spot.user, spot.place, kind)
        if found.person and kind is ActorKind.HUMAN:
            self._account_of[found.person] = spot.user
        return found

    async def people(self, users: Iterable[str], home: Installation) -> Mapping[str, str]:
        """Person ids of those users whom the roster names; all are asked for at once, since who spoke waits for it."""
        wanted = list(dict.fromkeys(users))
        actors = await asyncio.gather(*(self.actor(Spot(home.team, user, "", ""), home) for user in wanted))
        return {user: actor.person for user, actor in zip(wanted, actors, strict=True) if actor.person}

    async def accounts(self, people: Iterable[str], home: Installation) -> Mapping[str, str]:
        """Slack's user ids of persons: by the catalogue, by who was seen, else by the e-mail of the roster.

        A post waits for this: all e-mails are asked for at once, and none for longer than PATIENCE_S.
        """
        wanted = list(dict.fromkeys(people))
        found = await asyncio.gather(*(self._account(who, home) for who in wanted))
        return {who: account for who, account in zip(wanted, found, strict=True) if account}

    async def _account(self, who: str, home: Installation) -> str | None:
        person = self._catalog().roster.person(who)
        known = self._named(person) or self._account_of.get(who)
        if known is None and person is not None and person.email:
            return await self._by_mail(home, person.email)
        return known

    def name(self, who: str) -> str:
        """What the roster calls that person; UNKNOWN for nobody of it."""
        return self._catalog().roster.name(who)

    def _named(self, person: Person | None) -> str | None:
        return (person.accounts.get(PLATFORM) or None) if person is not None else None

    async def _by_mail(self, home: Installation, email: str) -> str | None:
        key = email.casefold()
        kept = self._looked_up.get(key)
        if kept is not None and self._now() - kept[1] < KEPT_S:
            return kept[0]
        try:
            async with asyncio.timeout(PATIENCE_S):
                user = (await self._api.call(home.token, "users.lookupByEmail", email=email)).get("user")
        except Refused as error:
            log.info("nobody could be found by e-mail: %s", error)
            user = None
        except (TooFast, Unsure, TimeoutError) as error:
            log.info("nobody could be looked for by e-mail: %s %s", type(error).__name__, error)
            before = kept[0] if kept is not None else None
            self._looked_up[key] = (before, self._now() - KEPT_S + AGAIN_S)
            return before
        found = str(user["id"]) if isinstance(user, Mapping) and user.get("id") else None
        self._looked_up[key] = (found, self._now())
        return found

    async def _profile(self, home: Installation, user: str, max_age_s: float) -> _Profile | None:
        """None where Slack does not say and did not lately: then only the catalogue's own word on the account counts."""
        key = (home.team, user)
        kept = self._profiles.get(key)
        if kept is not None and self._now() - kept.at < max_age_s:
            return kept
        asking = self._asking.get(key)
        if asking is None:
            asking = asyncio.get_running_loop().create_task(self._ask(home, user), name="reading a profile")
            self._asking[key] = asking
            asking.add_done_callback(lambda _: self._asking.pop(key, None))
        await asyncio.wait({asking}, timeout=PATIENCE_S)
        known = self._profiles.get(key)
        if known is not None and known.kind is ActorKind.HUMAN and self._now() - known.at >= STALE_S:
            return None
        return known

    async def _ask(self, home: Installation, user: str) -> None:
        """Keeps what Slack says; what it does not say leaves what was kept."""
        try:
            found = (await self._api.call(home.token, "users.info", user=user)).get("user")
        except (Refused, TooFast, Unsure) as error:
            log.info("a profile could not be read: %s", error)
            if not isinstance(error, Refused) or error.code not in _NO_MEMBER:
                return
            found = {"is_stranger": True}
        if len(self._profiles) >= _MOST:
            self._profiles.clear()
        read = _read(found if isinstance(found, Mapping) else {}, home.team, self._now())
        self._profiles[home.team, user] = read


def _read(user: Mapping[str, Any], team: str, at: float) -> _Profile:
    """A restricted user, or one of another workspace, is a guest; an app or Slack's own bot is a bot."""
    if user.get("is_bot") or user.get("id") == "USLACKBOT" or user.get("is_workflow_bot"):
        return _Profile(ActorKind.BOT, None, at)
    limited = any(user.get(name) for name in ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted"))
    group = user.get("enterprise_user")
    teams = group.get("teams") if isinstance(group, Mapping) else None
    ours = user.get("team_id") in {None, "", team} or (isinstance(teams, list) and team in teams)
    if limited or not ours:
        return _Profile(ActorKind.GUEST, None, at)
    details = user.get("profile")
    email = details.get("email") if isinstance(details, Mapping) else None
    confirmed = user.get("is_email_confirmed", True)
    return _Profile(ActorKind.HUMAN, email if isinstance(email, str) and email and confirmed else None, at)
