"""Forms and long texts open as windows, while the trigger of the press lives: three seconds, and for one window."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Final

from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.blocks import Json
from adapters.slack.installations import Installation
from adapters.slack.outbound import house_word
from bot.messages.words import say

OPEN_S: Final = 2.0
"""So long opening may take: what is left of Slack's three seconds."""
_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"})
"""The trigger's time is over, or another press of the same one took it."""
_GONE: Final = frozenset({"not_found", "view_not_found", "hash_conflict"})
"""The window in which the button stood was closed, or shows something else by now."""
_RIGHTS: Final = frozenset({"revoked", "missing_scope"})
log = logging.getLogger(__name__)


class Windows:
    """Opens them; above the window in which a button was pressed, where it was one."""

    def __init__(self, api: Api) -> None:
        """On the shared session."""
        self._api = api

    async def open(self, home: Installation, body: Mapping[str, Any], view: Json) -> str:
        """Nothing where it stands; else the sentence that says why not, and what to do."""
        trigger = body.get("trigger_id")
        if not isinstance(trigger, str) or not trigger:
            return say("chat.no_form_late")
        try:
            async with asyncio.timeout(OPEN_S):
                await self._opened(home.token, trigger, body.get("view"), view)
        except (Refused, TooFast, Unsure, TimeoutError) as error:
            log.warning("a form could not be opened: %s %s", type(error).__name__, error)
            return _why(error)
        return ""

    async def _opened(self, token: str, trigger: str, pressed: object, view: Json) -> None:
        """Slack stacks three windows; the answer to a press in the third takes its place."""
        under = pressed if isinstance(pressed, Mapping) and pressed.get("type") == "modal" else None
        if under is None:
            await self._api.call(token, "views.open", trigger_id=trigger, view=view)
            return
        try:
            await self._api.call(token, "views.push", trigger_id=trigger, view=view)
        except Refused as error:
            if error.code != "push_limit_reached":
                raise
            await self._api.call(token, "views.update", view_id=under.get("id"), hash=under.get("hash"), view=view)


def _why(error: Refused | TooFast | Unsure | TimeoutError) -> str:
    """Which of them it was: the time, the pace, the rights, or the form itself."""
    if isinstance(error, TooFast):
        return say("chat.no_form_fast", {"seconds": f"{error.seconds:.0f}"})
    if not isinstance(error, Refused):
        return say("chat.no_form_unsure")
    if error.code in _LATE:
        return say("chat.no_form_late")
    if error.code in _GONE:
        return say("chat.no_form_gone")
    if house_word(error.code) in _RIGHTS:
        return say("chat.no_form_rights", {"why": error.code})
    return say("chat.no_form_refused", {"why": error.code})
