"""The door of the sandbox: only this machine, only pages of its own (a foreign page in the same browser is refused)."""

import ipaddress
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from aiohttp import web

from adapters.http.server import Fault

_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@web.middleware
async def only_here(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuses other machines, other names for this one (rebinding), and requests that another page makes."""
    if request.remote and not ipaddress.ip_address(request.remote).is_loopback:
        raise Fault(HTTPStatus.FORBIDDEN, "loopback_only", "The sandbox answers on this machine only.")
    host = request.headers.get("Host", "")
    if _name(f"//{host}") not in _NAMES:
        raise Fault(HTTPStatus.FORBIDDEN, "wrong_host", "The sandbox answers to 127.0.0.1 and localhost only.")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        raise Fault(HTTPStatus.FORBIDDEN, "wrong_origin", "Another page may not use the sandbox.")
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} and request.path.startswith("/api/"):
        raise Fault(HTTPStatus.FORBIDDEN, "wrong_origin", "Another page may not use the sandbox.")
    return await handler(request)


def _name(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
