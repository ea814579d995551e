"""User groups whose members hold roles: read at the start, every few minutes, and before a press where that is a while ago."""

import asyncio
import logging
from contextlib import suppress
from typing import Final

from adapters.http.platform import Given
from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.directory import SlackDirectory
from adapters.slack.inbound import PLATFORM, Spot
from adapters.slack.installations import Installation, Installations
from bot.domain.people import ActorKind

EVERY_S: Final = 300.0
PRESS_S: Final = 60.0
"""A press takes members as they were read within that time; who left the group longer ago approves nothing."""
AGAIN_S: Final = 5.0
"""After a reading that failed a press tries again so soon."""
STALE_S: Final = 3600.0
"""Where Slack does not answer, what was read before counts for so long; then the group has nobody (decision 15)."""
PATIENCE_S: Final = 1.0
"""So long a press waits for Slack; then what was read before counts."""
_NO_GROUP: Final = frozenset({"no_such_subteam", "subteam_not_found"})
log = logging.getLogger(__name__)


class UserGroups:
    """Keeps given.groups up to date."""

    def __init__(self, given: Given, api: Api, installations: Installations, directory: SlackDirectory) -> None:
        """Nothing is read before `start`."""
        self._given = given
        self._api = api
        self._installations = installations
        self._directory = directory
        self._read_at: float | None = None
        self._known_at: dict[str, float] = {}
        self._changed = asyncio.Event()
        self._lock = asyncio.Lock()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Read them now and every few minutes."""
        if self._given.groups is not None:
            self._loop = asyncio.get_running_loop().create_task(self._forever(), name="reading user groups")

    async def stop(self) -> None:
        """Read no more."""
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)

    def changed(self) -> None:
        """Slack says that a group is another one now: it is read at once, and a press does not take it as it was."""
        self._read_at = None
        self._changed.set()

    def stale(self) -> bool:
        """Whether a press has to read them first: that is a while ago."""
        groups = self._given.groups
        if groups is None or not groups.named(PLATFORM):
            return False
        return self._read_at is None or self._given.clock.monotonic() - self._read_at > PRESS_S

    async def fresh(self) -> None:
        """Before a press: read them where they are stale."""
        if self.stale():
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self.read()
            except TimeoutError:
                log.warning("user groups could not be read in time for a press")
                self._read_at = self._given.clock.monotonic() - PRESS_S + AGAIN_S

    async def read(self) -> None:
        """Every group that the catalogue names. One that cannot be read keeps its members for an hour, and has nobody then."""
        groups = self._given.groups
        if groups is None:
            return
        async with self._lock:
            self._changed.clear()
            began = self._given.clock.monotonic()
            whole = True
            for group in groups.named(PLATFORM):
                found = await self._found(group)
                if found is not None:
                    self._known_at[group] = began
                    groups.put(PLATFORM, group, found)
                    continue
                whole = False
                if began - self._known_at.get(group, -STALE_S) >= STALE_S:
                    groups.put(PLATFORM, group, ())
            if not self._changed.is_set():
                self._read_at = began if whole else began - PRESS_S + AGAIN_S

    async def _found(self, group: str) -> tuple[str, ...] | None:
        """Its members in the workspace that has it; nobody where every workspace says that it is not there; else None."""
        absent = bool(self._installations.all())
        for home in self._installations.all():
            try:
                return await self._members(group, home)
            except (Refused, TooFast, Unsure) as error:
                log.warning("the user group %s could not be read: %s", group, error)
                absent = absent and isinstance(error, Refused) and error.code in _NO_GROUP
        return () if absent else None

    async def _members(self, group: str, home: Installation) -> tuple[str, ...]:
        answer = await self._api.call(home.token, "usergroups.users.list", usergroup=group)
        return await members(answer.get("users"), home, self._directory)

    async def _forever(self) -> None:
        while True:
            try:
                await self.read()
            except Exception:
                log.exception("user groups could not be read")
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY_S):
                    await self._changed.wait()


async def members(users: object, home: Installation, directory: SlackDirectory) -> tuple[str, ...]:
    """Persons of the roster among those users: no guests, no bots. Of whom Slack does not say it, the press will ask again."""
    people = []
    for user in users if isinstance(users, list) else ():
        actor = await directory.actor(Spot(home.team, str(user), "", ""), home)
        if actor.person and actor.kind in {ActorKind.HUMAN, ActorKind.UNSURE}:
            people.append(actor.person)
    return tuple(people)
