"""The Home tab: drawn when it is opened, and again after what was heard, for those who looked at it a short while ago."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Final
from weakref import WeakValueDictionary

from adapters.http.platform import Given
from adapters.http.tasks import Tasks
from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.directory import SlackDirectory
from adapters.slack.inbound import Spot
from adapters.slack.installations import Installation
from adapters.slack.render import blocks
from bot.domain.people import ActorKind
from bot.domain.release import TERMINAL
from bot.messages.home import home as home_of
from bot.messages.view import View

LOOKED_S: Final = 900.0
PAUSE_S: Final = 3.0
"""Changes come together: one drawing for all of them."""
_MOST: Final = 30
log = logging.getLogger(__name__)


class Homes:
    """Who looks at Home, and how it is drawn."""

    def __init__(self, given: Given, api: Api, directory: SlackDirectory, tasks: Tasks) -> None:
        """Nobody looks yet."""
        self._given = given
        self._api = api
        self._directory = directory
        self._tasks = tasks
        self._looking: dict[tuple[str, str], tuple[float, Installation]] = {}
        self._hands: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._waiting = False

    def opened(self, spot: Spot, home: Installation) -> None:
        """That person looks at it now."""
        self._looking[spot.team, spot.user] = (self._given.clock.monotonic(), home)
        self._tasks.start(self._draw(spot.user, home), "drawing Home")

    def changed(self) -> None:
        """Something was heard: what is looked at is drawn again, soon."""
        if self._looking and not self._waiting:
            self._waiting = True
            self._tasks.start(self._again(), "drawing Home")

    async def _again(self) -> None:
        await asyncio.sleep(PAUSE_S)
        self._waiting = False
        now = self._given.clock.monotonic()
        self._looking = {k: v for k, v in self._looking.items() if now - v[0] < LOOKED_S}
        for (_, user), (_, home) in list(self._looking.items())[:_MOST]:
            await self._draw(user, home)

    async def _draw(self, user: str, home: Installation) -> None:
        """One after the other for each person: of two drawings at once the older one could arrive last."""
        async with self._hands.setdefault((home.team, user), asyncio.Lock()):
            await self._drawn(user, home)

    async def _drawn(self, user: str, home: Installation) -> None:
        spot = Spot(home.team, user, "", "", direct=True)
        actor = await self._directory.actor(spot, home)
        person = actor.person if actor.kind in {ActorKind.HUMAN, ActorKind.UNSURE} else ""
        now = self._given.clock.now()
        views = await self._given.seen(await self._open(), person, spot.place) if person else ()
        freezes = (*await self._given.reads.freezes(), *self._given.catalog().policy.freezes) if person else ()
        message = home_of(person, views, freezes, tuple(await self._given.problems()), now)
        view = {"type": "home", "blocks": blocks(message, surface="home")}
        try:
            await self._api.call(home.token, "views.publish", user_id=user, view=view)
        except (Refused, TooFast, Unsure) as error:
            log.warning("Home could not be drawn: %s %s", type(error).__name__, error)

    async def _open(self) -> Sequence[View]:
        releases = [r.id for r in await self._given.reads.releases() if r.phase not in TERMINAL]
        found = await self._given.views(releases[:100])
        return [found[r] for r in releases if r in found]
