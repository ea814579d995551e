"""Which channels of Slack are private, and who is in them: asked seldom, kept for minutes, and in doubt a channel is private."""

import logging
from collections.abc import Callable
from typing import Any, Final

from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.directory import SlackDirectory
from adapters.slack.installations import Installation, Installations
from bot.domain.people import Place

KIND_S: Final = 600.0
"""So long a channel is taken for public or private as it was read."""
MEMBERS_S: Final = 300.0
"""So long the members of a private channel are taken as they were read: who left it longer ago sees nothing of it."""
STALE_S: Final = 3600.0
"""Where Slack does not answer, what was read before counts for so long; then nobody knows."""
_PAGE: Final = 200
_MOST_PAGES: Final = 25
log = logging.getLogger(__name__)


class SlackRooms:
    """ports.Rooms."""

    def __init__(
        self, api: Api, installations: Installations, directory: SlackDirectory, now: Callable[[], float]
    ) -> None:
        """`now`: monotonic seconds."""
        self._api = api
        self._installations = installations
        self._directory = directory
        self._now = now
        self._kinds: dict[str, tuple[bool, float]] = {}
        self._members: dict[str, tuple[frozenset[str], float]] = {}

    async def private(self, place: Place) -> bool:
        """See ports.Rooms. Conversations that are no channel are private."""
        if place.id[:1] not in {"C", "G"}:
            return True
        kept = self._kinds.get(place.id)
        if kept is not None and self._now() - kept[1] < KIND_S:
            return kept[0]
        home = await self._home(place)
        answer = await self._asked(home, "conversations.info", place.id, "") if home is not None else None
        found = answer.get("channel") if answer is not None else None
        if not isinstance(found, dict):
            return kept[0] if kept is not None and self._now() - kept[1] < STALE_S else True
        private = any(found.get(sign) for sign in ("is_private", "is_im", "is_mpim"))
        self._kinds[place.id] = (private, self._now())
        return private

    async def inside(self, place: Place, person: str) -> bool:
        """See ports.Rooms."""
        home = await self._home(place)
        if home is None:
            return False
        account = (await self._directory.accounts((person,), home)).get(person)
        return account is not None and account in await self._in(place.id, home)

    async def _home(self, place: Place) -> Installation | None:
        try:
            return await self._installations.of_place(place.id)
        except (TooFast, Unsure) as error:
            log.info("no workspace says that it has a channel: %s", error)
            return None

    async def _in(self, channel: str, home: Installation) -> frozenset[str]:
        kept = self._members.get(channel)
        if kept is not None and self._now() - kept[1] < MEMBERS_S:
            return kept[0]
        found: set[str] = set()
        cursor = ""
        for _ in range(_MOST_PAGES):
            answer = await self._asked(home, "conversations.members", channel, cursor)
            users = answer.get("members") if answer is not None else None
            if not isinstance(users, list):
                return kept[0] if kept is not None and self._now() - kept[1] < STALE_S else frozenset()
            found.update(str(user) for user in users)
            more = (answer or {}).get("response_metadata")
            cursor = str(more.get("next_cursor") or "") if isinstance(more, dict) else ""
            if not cursor:
                break
        self._members[channel] = (frozenset(found), self._now())
        return self._members[channel][0]

    async def _asked(self, home: Installation, method: str, channel: str, cursor: str) -> dict[str, Any] | None:
        paged: dict[str, Any] = {"limit": _PAGE, **({"cursor": cursor} if cursor else {})}
        try:
            answer = await self._api.call(
                home.token, method, channel=channel, **(paged if method.endswith("members") else {})
            )
        except Refused as error:
            log.info("%s of a channel was refused: %s", method, error)
            self._kinds.pop(channel, None)
            self._members.pop(channel, None)
            return None
        except (TooFast, Unsure) as error:
            log.info("%s of a channel could not be asked: %s", method, error)
            return None
        return dict(answer)
