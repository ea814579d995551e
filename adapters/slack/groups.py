"""User groups whose members hold roles: read at the start, every few minutes, and before a press where that is a while ago."""

import asyncio
import logging
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
PATIENCE_S: Final = 1.0
"""So long a press waits for Slack; then what was read before counts."""
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

    async def fresh(self) -> None:
        """Before a press: read them where that is a while ago."""
        groups = self._given.groups
        if groups is None or not groups.named(PLATFORM):
            return
        age = None if self._read_at is None else self._given.clock.monotonic() - self._read_at
        if age is None or age > PRESS_S:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self.read()
            except TimeoutError:
                log.warning("user groups could not be read in time for a press")

    async def read(self) -> None:
        """Every group that the catalogue names. One that cannot be read keeps the members that were read last."""
        async with self._lock:
            groups = self._given.groups
            for group in groups.named(PLATFORM) if groups is not None else ():
                for home in self._installations.all():
                    found = await self._members(group, home)
                    if found is not None and groups is not None:
                        groups.put(PLATFORM, group, found)
                        break
            self._read_at = self._given.clock.monotonic()

    async def _members(self, group: str, home: Installation) -> tuple[str, ...] | None:
        try:
            answer = await self._api.call(home.token, "usergroups.users.list", usergroup=group)
        except (Refused, TooFast, Unsure) as error:
            log.warning("the user group %s could not be read: %s", group, error)
            return () if isinstance(error, Refused) and error.code in {"no_such_subteam", "subteam_not_found"} else None
        users = answer.get("users")
        people = []
        for user in users if isinstance(users, list) else ():
            actor = await self._directory.actor(Spot(home.team, str(user), "", ""), home)
            if actor.person and actor.kind is ActorKind.HUMAN:
                people.append(actor.person)
        return tuple(people)

    async def _forever(self) -> None:
        while True:
            try:
                await self.read()
            except Exception:
                log.exception("user groups could not be read")
            await asyncio.sleep(EVERY_S)
