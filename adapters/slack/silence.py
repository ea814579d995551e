"""What is told while no line of Socket Mode stands: since when, what was tried, and what to do. For health and doctor."""

from typing import Final

import aiohttp

from adapters.slack.api import Refused, TooFast, Unsure
from bot.messages.times import clock as o_clock
from bot.messages.words import say
from bot.ports import Check, Clock

GRACE_S: Final = 30.0
"""A line that stood before is missed only after that time: one that breaks is back within seconds."""
STOOD_S: Final = 10.0
"""A line that stood for less than that was none: the silence before it goes on."""
_OFF: Final = frozenset({"link_disabled"})
"""Slack's words for an app that has Socket Mode switched off: as a farewell, and as an answer."""
_FULL: Final = frozenset({"too_many_websockets"})
_AWAY: Final = (TooFast, Unsure, aiohttp.ClientError, TimeoutError, OSError)


class Silence:
    """Begins with the process: until the first line stands, nothing that people do is heard."""

    def __init__(self, clock: Clock) -> None:
        """Silent from now on."""
        self._clock = clock
        self._since, self._at = clock.real(), clock.monotonic()
        self._stood_at: float | None = None
        self._silent = self._first = True
        self._tries = 0
        self._why = ""
        self._fix = "away"

    def begins(self) -> None:
        """The last line is gone."""
        now = self._clock.monotonic()
        if self._stood_at is not None and now - self._stood_at >= STOOD_S:
            self._since, self._at, self._tries, self._first = self._clock.real(), now, 0, False
        self._silent = True

    def ends(self) -> None:
        """A line stands."""
        self._stood_at, self._silent = self._clock.monotonic(), False

    def farewell(self, reason: str) -> None:
        """Slack said why it closes a line."""
        self._why = reason
        self._fix = "off" if reason in _OFF else "full" if reason in _FULL else "away"

    def failed(self, error: Exception) -> str:
        """One more was tried, and this came of it. Gives the reason in a few words, without the address, which is a secret."""
        self._tries += 1
        self._why = _reason(error)
        if isinstance(error, Refused):
            self._fix = "off" if error.code in _OFF else "token"
        elif isinstance(error, _AWAY):
            self._fix = "away"
        return self._why

    @property
    def told(self) -> Check | None:
        """None while a line stands, or stood a moment ago."""
        if not self._silent or (not self._first and self._clock.monotonic() - self._at < GRACE_S):
            return None
        why = self._why or say("check.slack_socket_down_first")
        values = {"since": o_clock(self._since, self._clock.real()), "tries": str(self._tries), "why": why}
        remedy = say(f"check.slack_socket_down_fix_{self._fix}")
        return Check("slack_socket_down", ok=False, sentence=say("check.slack_socket_down_bad", values), remedy=remedy)


def _reason(error: Exception) -> str:
    if isinstance(error, aiohttp.WSServerHandshakeError):
        return f"{type(error).__name__} status {error.status}"
    if isinstance(error, Refused | TooFast | Unsure | aiohttp.ClientConnectorError):
        return f"{type(error).__name__} {error}"[:200]
    return type(error).__name__
