"""The door of the HTTP side: nothing is parsed, and nothing is logged, before Slack's signature of the raw bytes was checked.

A request that was delivered twice passes twice: the receipt recognises it, and the stored answer is given again.
"""

import asyncio
import hashlib
import hmac
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from aiohttp import web

BODY_BYTES: Final = 1024 * 1024
"""The largest payload is a view of 250 kB with what was typed into it, percent-encoded."""
BODY_SECONDS: Final = 5.0
WINDOW_S: Final = 300
"""So old, or so far ahead, a signature may be."""
_STAMP: Final = re.compile(r"[0-9]{1,12}")
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")
_TYPES: Final = frozenset({"application/json", "application/x-www-form-urlencoded"})
"""What Slack sends; never compressed, and a body that is unpacked on the way would not be the bytes that were signed."""
_UNREADABLE: Final = (web.HTTPException, web.RequestPayloadError, ConnectionError, ValueError)
"""A body that breaks off, or whose chunks are none."""


class Front:
    """`read` gives the raw body of a request that Slack signed, or the answer to one that it did not."""

    def __init__(self, signing_secret: str, now: Callable[[], float], patience_s: float = BODY_SECONDS) -> None:
        """`now`: the machine's own time, in seconds since 1970."""
        self._secret = signing_secret.encode()
        self._now = now
        self._patience_s = patience_s

    async def read(self, request: web.Request) -> bytes | web.Response:
        """Every refusal is short and says nothing of what came in."""
        stamp, signature = _one(request, "X-Slack-Request-Timestamp"), _one(request, "X-Slack-Signature")
        if not self._fresh(stamp) or not _SIGNATURE.fullmatch(signature):
            return _no(HTTPStatus.UNAUTHORIZED)
        if request.content_type not in _TYPES or "Content-Encoding" in request.headers:
            return _no(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, last=True)
        if (request.content_length or 0) > BODY_BYTES:
            return _no(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            async with asyncio.timeout(self._patience_s):
                raw = await _read(request)
        except TimeoutError:
            return _no(HTTPStatus.REQUEST_TIMEOUT)
        except _UNREADABLE:
            return _no(HTTPStatus.BAD_REQUEST, last=True)
        if raw is None:
            return _no(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        made = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(f"v0={made}", signature):
            return _no(HTTPStatus.UNAUTHORIZED)
        return raw

    def _fresh(self, stamp: str) -> bool:
        return _STAMP.fullmatch(stamp) is not None and abs(self._now() - int(stamp)) <= WINDOW_S


def _one(request: web.Request, name: str) -> str:
    """The header, or "" where it is not there exactly once: of two copies a proxy may have looked at the other one."""
    found = request.headers.getall(name, ())
    return found[0] if len(found) == 1 else ""


async def _read(request: web.Request) -> bytes | None:
    """The body, or None where it is too large: no more than the cap is ever held."""
    parts: list[bytes] = []
    held = 0
    async for part in request.content.iter_chunked(64 * 1024):
        held += len(part)
        if held > BODY_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


def _no(status: HTTPStatus, *, last: bool = False) -> web.Response:
    """`last`: where the rest of the body may be anything, a proxy is told to send nothing more on this connection."""
    answer = web.Response(status=status, text=status.phrase)
    if last:
        answer.force_close()
    return answer
