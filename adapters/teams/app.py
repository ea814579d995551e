"""Teams, joined: our own route, the checks before anything is believed, the SDK's turn, and a graceful end."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import aiohttp
from aiohttp import web

from adapters.http.platform import Given
from adapters.http.tasks import Tasks
from adapters.teams.adapter import Turns
from adapters.teams.checks import Checks
from adapters.teams.connector import Connector
from adapters.teams.directory import TeamsDirectory
from adapters.teams.hearing import Hearing
from adapters.teams.inbound import PLATFORM, tenant_of, text
from adapters.teams.keys import Forged, InboundKeys
from adapters.teams.options import TeamsOptions
from adapters.teams.outbound import TeamsChat
from adapters.teams.references import References
from adapters.teams.rooms import TeamsRooms
from bot.ports import Chat, Check, Rooms

MESSAGES: Final = "/teams/messages"
"""Where Teams sends everything."""
BODY_BYTES: Final = 256 * 1024
BODY_SECONDS: Final = 5.0
GRACE_S: Final = 8.0
CHANNEL: Final = "msteams"
log = logging.getLogger(__name__)


class TeamsPlatform:
    """adapters.http.platform.Platform."""

    name = PLATFORM

    def __init__(self, options: TeamsOptions, given: Given) -> None:
        """Opens nothing yet."""
        self._options = options
        self._session: aiohttp.ClientSession | None = None
        self._tasks = Tasks()
        now = given.clock.monotonic
        self._keys = InboundKeys(options, self._open, now, self._tasks)
        connector = Connector(options, self._open, given.clock)
        references = References(options, given.notebook)
        directory = TeamsDirectory(options, connector, references, given.linker, given.catalog, now)
        self._rooms = TeamsRooms(connector, references, given.catalog, now)
        self._chat = TeamsChat(connector, references, directory, now)
        hearing = Hearing(given, directory, references, self._chat, self._tasks)
        self._turns = Turns(options, connector, hearing.take)
        self._checks = Checks(options, given, connector, self._keys, references)
        self._taking = False

    @property
    def chat(self) -> Chat:
        """Outward."""
        return self._chat

    @property
    def rooms(self) -> Rooms:
        """Who is in which conversation."""
        return self._rooms

    def routes(self, app: web.Application) -> None:
        """The one address that Teams calls."""
        app.router.add_post(MESSAGES, self._receive)

    async def start(self) -> None:
        """Open the session."""
        self._begin()
        self._taking = True

    async def stop(self) -> None:
        """Take nothing new, finish what is being answered, close."""
        self._taking = False
        await self._tasks.finish(GRACE_S)
        if self._session is not None:
            await self._session.close()

    @property
    def deaf(self) -> Check | None:
        """Never: Teams calls the bot, so nobody here can tell."""
        return None

    async def checks(self) -> Sequence[Check]:
        """What doctor says."""
        self._begin()
        return await self._checks.all()

    def _begin(self) -> None:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=self._options.timeout_s)
            self._session = aiohttp.ClientSession(timeout=timeout, trust_env=False)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            msg = "the session is not open"
            raise aiohttp.ClientConnectionError(msg)
        return self._session

    async def _receive(self, request: web.Request) -> web.Response:
        """One activity. Nothing of it is read before its token is good.

        Every refusal is short, and neither it nor the log says anything of what came in.
        """
        if not self._taking:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "5"})
        try:
            service_url = await self._keys.check(request.headers.get("Authorization", ""))
            body = await _body(request)
            if isinstance(body, web.Response):
                return body
            self._expected(body, service_url)
        except (Forged, _Unexpected) as error:
            log.warning("refused: %s", error)
            return _no(HTTPStatus.UNAUTHORIZED)
        try:
            answer = await self._turns.take(body)
        except ValueError:
            return _no(HTTPStatus.BAD_REQUEST)
        if answer is None:
            return web.Response(status=HTTPStatus.ACCEPTED)
        return web.json_response(answer.body or {}, status=answer.status)

    def _expected(self, body: Mapping[str, Any], service_url: str) -> None:
        """Raises _Unexpected. `service_url`: the one that the token was made for. The SDK lets pass what lacks these."""
        if not text(body, "type") or text(body, "channelId") != CHANNEL:
            msg = "another channel"
            raise _Unexpected(msg)
        if not self._options.trusts(text(body, "serviceUrl")):
            msg = "a service URL that is not Microsoft's"
            raise _Unexpected(msg)
        if text(body, "serviceUrl").rstrip("/").casefold() != service_url.rstrip("/").casefold():
            msg = "made for another service URL"
            raise _Unexpected(msg)
        if tenant_of(body) not in self._options.heard_tenants:
            msg = "another tenant"
            raise _Unexpected(msg)


class _Unexpected(Exception):
    """An activity that is not for us; the text tells nothing of it."""


async def _body(request: web.Request) -> Mapping[str, Any] | web.Response:
    """The JSON object, or the answer to what is none."""
    if request.content_type != "application/json":
        return _no(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if (request.content_length or 0) > BODY_BYTES:
        return _no(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    raw = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.content.iter_chunked(64 * 1024):
                raw += piece
                if len(raw) > BODY_BYTES:
                    return _no(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        found = json.loads(raw)
    except TimeoutError:
        return _no(HTTPStatus.REQUEST_TIMEOUT)
    except (ValueError, RecursionError, ConnectionError):
        return _no(HTTPStatus.BAD_REQUEST)
    return found if isinstance(found, dict) else _no(HTTPStatus.BAD_REQUEST)


def _no(status: HTTPStatus) -> web.Response:
    return web.Response(status=status, text=status.phrase)
