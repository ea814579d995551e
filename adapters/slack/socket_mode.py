"""Socket Mode: an open line to Slack, another one when Slack asks for it or the line is gone, and answers in the order of work.

The line is ours and not the SDK's: the SDK tries an address that Slack gave once for ever, which lives half a minute, and
closes a line before what was heard on it is answered.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

import aiohttp
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from adapters.http.tasks import Tasks
from adapters.slack.api import Api, Refused, TooFast, Unsure
from adapters.slack.silence import Silence
from bot.ports import Check, Clock

CONNECT_S: Final = 15.0
"""So long an address of a socket is tried; then another one is asked for."""
AGAIN_S: Final = 1.0
"""So soon a line that did not hold is tried again; then twice as late each time, but no later than LONGEST_S or as Slack asks."""
LONGEST_S: Final = 10.0
HEARTBEAT_S: Final = 10.0
"""So often the line is tried; where half of that passes without a sign, it is gone."""
HELD_S: Final = 10.0
"""A line that held so long was a good one: the next is opened at once."""

Taken = Callable[[AsyncBoltRequest], Awaitable[BoltResponse | None]]
"""What a request is answered with; None where it was not taken, and Slack should bring it again."""
Line = aiohttp.ClientWebSocketResponse
log = logging.getLogger(__name__)
_FAILED: Final = (Refused, TooFast, Unsure, aiohttp.ClientError, TimeoutError, ValueError, OSError)


class SocketMode:
    """Keeps a line open. One that Slack is about to close is read on until it is, beside the new one."""

    def __init__(self, api: Api, app_token: str, take: Taken, clock: Clock) -> None:
        """Nothing is connected before `start`."""
        self._api = api
        self._token = app_token
        self._take = take
        self._now = clock.monotonic
        self._silence = Silence(clock)
        self._ending = False
        self._lines: list[Line] = []
        self._reading = Tasks()
        self._answering = Tasks()
        self._holding: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """Whether a line is open."""
        return any(not line.closed for line in self._lines)

    @property
    def deaf(self) -> Check | None:
        """See Platform.deaf."""
        return self._silence.told

    def start(self) -> None:
        """Connect, and stay so."""
        self._holding = asyncio.get_running_loop().create_task(self._hold(), name="holding the socket")

    async def stop(self, grace_s: float) -> None:
        """Take nothing new, which Slack then gives to another line; send the answers that are being worked out; close."""
        self._ending = True
        if self._holding is not None:
            self._holding.cancel()
            await asyncio.gather(self._holding, return_exceptions=True)
        await self._answering.finish(grace_s)
        for line in tuple(self._lines):
            with suppress(
                aiohttp.ClientError, ConnectionError
            ):  # it may be gone already, and closing it is all that is wanted
                await line.close()
        await self._reading.finish(1.0)

    # ---- the line -----------------------------------------------------------------------------------------------------

    async def _hold(self) -> None:
        wait = AGAIN_S
        while True:
            began, asked_to_wait = self._now(), 0.0
            try:
                line = await self._connected()
            except _FAILED as error:
                log.warning("the socket is not connected, and is tried again: %s", self._silence.failed(error))
                asked_to_wait = error.seconds if isinstance(error, TooFast) else 0.0
            except Exception as error:
                log.exception("the socket is not connected, and is tried again")
                self._silence.failed(error)
            else:
                log.info("the socket is connected")
                over = asyncio.Event()
                self._lines.append(line)
                self._silence.ends()
                self._reading.start(self._read(line, over), "reading the socket")
                await over.wait()
                if self._now() - began >= HELD_S:
                    wait = AGAIN_S
                    continue
            await asyncio.sleep(max(wait, asked_to_wait))
            wait = min(wait * 2, LONGEST_S)

    async def _connected(self) -> Line:
        found = await self._api.call(self._token, "apps.connections.open")
        async with asyncio.timeout(CONNECT_S):
            return await self._api.session.ws_connect(
                str(found.get("url") or ""), heartbeat=HEARTBEAT_S, timeout=aiohttp.ClientWSTimeout(ws_close=1.0)
            )

    async def _read(self, line: Line, over: asyncio.Event) -> None:
        """Until it is closed. `over`: another one is wanted, since this one is gone or will be soon."""
        try:
            async for message in line:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._heard(line, message.data, over)
        finally:
            self._lines.remove(line)
            if not self.connected:
                self._silence.begins()
            over.set()

    def _heard(self, line: Line, text: str, over: asyncio.Event) -> None:
        try:
            found = json.loads(text)
            request = SocketModeRequest.from_dict(found) if isinstance(found, dict) else None
        except (ValueError, RecursionError):
            return
        if isinstance(found, dict) and found.get("type") == "disconnect":
            reason = str(found.get("reason"))[:40].encode("unicode_escape").decode()
            log.info("Slack closes the socket soon: %s", reason)
            self._silence.farewell(reason)
            over.set()
        elif request is not None and not self._ending:
            self._answering.start(self._answer(line, request), "answering over the socket")

    # ---- answers ------------------------------------------------------------------------------------------------------

    async def _answer(self, line: Line, request: SocketModeRequest) -> None:
        asked = AsyncBoltRequest(mode="socket_mode", body=request.payload, headers=build_headers(request))
        answer = await self._take(asked)
        if answer is None:
            return
        told = SocketModeResponse(request.envelope_id, _payload(answer)).to_dict()
        for one in (line, *reversed(self._lines)):
            if not one.closed:
                with suppress(aiohttp.ClientError, ConnectionError):  # it broke off just now: another one may stand
                    await one.send_json(told)
                    return
        log.warning("an answer found no open line to Slack")


def _payload(answer: BoltResponse) -> dict[str, Any] | None:
    """What the acknowledgement carries: all that the listeners answer is an object, or nothing."""
    found = json.loads(answer.body) if answer.body else None
    return found if isinstance(found, dict) else None
