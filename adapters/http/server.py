"""The one HTTP server: loopback unless told otherwise, with size caps and time limits; errors are JSON, never a stack trace."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final, cast

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.domain.errors import Unwritable

LOOPBACK: Final = "127.0.0.1"
BODY_BYTES: Final = 256 * 1024
BODY_SECONDS: Final = 10.0
GRACE_SECONDS: Final = 5.0
STOPPING: Final = web.AppKey("stopping", asyncio.Event)
"""Set when the server begins to stop: long answers (event streams) end then."""

_PATIENCE: Final = web.AppKey("patience", float)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_log = logging.getLogger(__name__)
_UNREADABLE: Final = (HttpProcessingError, web.RequestPayloadError)
"""What came in is no HTTP, or its body breaks off."""


_FAILED: Final = "Something failed inside the bot. What was committed is kept; try again, or look at the log."
_PLAIN: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Headers of every answer that has none of its own."""


class _Unreadable(logging.Filter):
    """Of a request that cannot be read no stack trace is kept, and nothing of what it held: one line says that it came."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for such a one."""
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, _UNREADABLE):
            return True
        _log.info("a request that could not be read was refused: %s", type(error).__name__)
        return False


_protocol = logging.getLogger(f"{__name__}.protocol")
_protocol.addFilter(_Unreadable())


class _Protocol(web.RequestHandler):
    """One connection. What cannot be read as HTTP is answered like everything else: with nothing of what came in."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = HTTPStatus.INTERNAL_SERVER_ERROR,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Logged as before; the sender's own lines stay out of the answer. The connection ends."""
        super().handle_error(request, status, exc, message)
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            answer = _answer(status, "unreadable", "That is no HTTP request that can be read.")
        else:
            answer = _answer(status, "internal", _FAILED)
        answer.headers.update(_PLAIN)
        answer.force_close()
        return answer


class Fault(Exception):
    """A request that cannot be served: HTTP `status`, short `code`, and a sentence for the person."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """`status` is 4xx or 503."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def application(
    *, body_bytes: int = BODY_BYTES, body_seconds: float = BODY_SECONDS, middlewares: tuple[Any, ...] = ()
) -> web.Application:
    """An application that answers errors as {"error", "message"}; `middlewares` run inside of that.

    A body may be as large as `body_bytes`, and has to arrive within `body_seconds`.
    """
    app = web.Application(client_max_size=body_bytes, middlewares=(_errors, *middlewares))
    app[STOPPING] = asyncio.Event()
    app[_PATIENCE] = body_seconds
    app.on_shutdown.append(_stopping)
    app.on_response_prepare.append(_headers)
    return app


class Server:
    """One listening application."""

    def __init__(self, app: web.Application, port: int, host: str = LOOPBACK) -> None:
        """`port` 0: any free one."""
        self._runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=GRACE_SECONDS)
        self._host = host
        self._port = port
        self._listening: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen; gives the port. Raises OSError where it is taken."""
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        served = cast("web.Server", self._runner.server)  # there is one since the set-up
        quiet = cast("logging.Logger", None)  # None is no access log, which aiohttp's own types leave out

        def connected() -> _Protocol:
            return _Protocol(served, loop=loop, access_log=quiet, logger=_protocol, keepalive_timeout=30.0)

        self._listening = await loop.create_server(connected, self._host, self._port, backlog=256)
        return int(self._listening.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Take no more connections, let requests under way end within the grace, close."""
        if self._listening is not None:
            self._listening.close()
        await self._runner.cleanup()


async def json_body(request: web.Request) -> Mapping[str, Any]:
    """The JSON object of the body. Raises Fault: no JSON, no object, too slow; 413 where it is too large."""
    if request.content_type != "application/json":
        raise Fault(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "json_only", "The body must be JSON: Content-Type: application/json."
        )
    try:
        async with asyncio.timeout(request.app[_PATIENCE]):
            raw = await request.read()
    except TimeoutError as error:
        raise Fault(HTTPStatus.REQUEST_TIMEOUT, "too_slow", "The body did not arrive in time.") from error
    try:
        found = json.loads(raw or b"{}", parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Fault(HTTPStatus.BAD_REQUEST, "not_json", "The body is not valid JSON.") from error
    if not isinstance(found, dict):
        raise Fault(HTTPStatus.BAD_REQUEST, "not_an_object", "The body must be a JSON object.")
    return found


def _no_constant(name: str) -> float:
    msg = f"{name} is no JSON"
    raise ValueError(msg)


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Fault as fault:
        return _answer(fault.status, fault.code, fault.message)
    except web.RequestPayloadError:
        answer = _answer(HTTPStatus.BAD_REQUEST, "unreadable", "The body could not be read: it breaks off.")
        answer.force_close()
        return answer
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        phrase = HTTPStatus(error.status).phrase
        return _answer(
            error.status, phrase.lower().replace(" ", "_"), f"{phrase}: {request.method} {request.path[:80]}"
        )
    except Unwritable:
        _log.exception("not written: %s %s", request.method, request.path[:80].encode("unicode_escape").decode())
        message = "It cannot be written down, so it was not done: is the disk full, or the database away? Try again in a minute."
        return _answer(HTTPStatus.SERVICE_UNAVAILABLE, "unwritable", message)
    except Exception:  # noqa: BLE001 — the last fence: logged whole, and no stack trace goes out
        _log.exception("request failed: %s %s", request.method, request.path[:80].encode("unicode_escape").decode())
        return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", _FAILED)


def _answer(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"error": code, "message": message}, status=status)


async def _stopping(app: web.Application) -> None:
    app[STOPPING].set()


async def _headers(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in _PLAIN.items():
        response.headers.setdefault(name, value)
