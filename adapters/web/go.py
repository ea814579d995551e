"""A pipeline asks whether it may deploy: `GET /go/R-142`, or by service, version and environment; 200 is GO, 409 is not (A4).

Who asks shows the bearer token of the settings. A GO comes with a signed record, which says for which build it is; the public
key stands under /go/keys. Nothing here writes.
"""

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Protocol

from aiohttp import web

from adapters.http.server import Fault
from adapters.web.releases import Views
from bot.domain.builds import named_build
from bot.domain.errors import Corrupt
from bot.domain.facts import Neighbour
from bot.messages.clearance import HOLDS, clearance
from bot.messages.words import say


class Opened(Protocol):
    """The releases that are not ended (Reads.neighbours)."""

    async def neighbours(self, besides: str | None) -> Sequence[Neighbour]:
        """All but that one."""


class Signing(Protocol):
    """What makes a record of a GO (signing.Signer; of a sandbox signing.Unsigned)."""

    def sign(self, record: Mapping[str, Any], now: datetime, holds: timedelta) -> str:
        """The record as one text that holds for that long."""

    def keys(self) -> Mapping[str, Any]:
        """The public keys, as a JSON web key set."""


_FIELDS = ("service", "version", "environment")


class GoPages:
    """The three routes."""

    def __init__(self, signer: Signing, token: str, opened: Opened, views: Views) -> None:
        """`token`: who may ask."""
        self._signer = signer
        self._token = token.encode()
        self._opened = opened
        self._views = views

    def routes(self, app: web.Application) -> None:
        """Add them."""
        app.router.add_get("/go/keys", self._keys)
        app.router.add_get("/go/{release}", self._one)
        app.router.add_get("/go", self._found)

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response(self._signer.keys())

    async def _one(self, request: web.Request) -> web.Response:
        self._check(request)
        return await self._answer(request.match_info["release"])

    async def _found(self, request: web.Request) -> web.Response:
        self._check(request)
        wanted = {name: request.query.get(name, "") for name in _FIELDS}
        wanted["version"] = named_build(wanted["version"])[0] or ""
        if not all(wanted.values()):
            raise Fault(HTTPStatus.BAD_REQUEST, "which", say("clearance.which"))
        open_ = await self._opened.neighbours(None)
        found = [n.id for n in open_ if (n.service, n.version or "", n.environment) == tuple(wanted.values())]
        if not found:
            return _told(HTTPStatus.NOT_FOUND, say("clearance.none", wanted))
        if len(found) > 1:
            return _told(HTTPStatus.CONFLICT, say("clearance.several", {**wanted, "releases": ", ".join(found)}))
        return await self._answer(found[0])

    async def _answer(self, release: str) -> web.Response:
        try:
            view = await self._views.view(release)
        except Corrupt:
            return _told(HTTPStatus.CONFLICT, say("talk.corrupt_shown", {"release": release}), release=release)
        if view is None:
            return _told(HTTPStatus.NOT_FOUND, say("clearance.no_release", {"release": release[:40]}))
        found = clearance(view)
        more: dict[str, Any] = {"release": release, "word": found.word}
        if not found.go:
            return _told(HTTPStatus.CONFLICT, found.reason, **more, missing=list(found.missing))
        record = self._signer.sign(found.record, view.now, HOLDS)
        return web.json_response({"go": True, "reason": found.reason, **more, "record": record})

    def _check(self, request: web.Request) -> None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        given = token.strip().encode("utf-8", "surrogateescape")
        if kind.lower() != "bearer" or not hmac.compare_digest(given, self._token):
            raise Fault(HTTPStatus.UNAUTHORIZED, "no_token", say("clearance.no_token"))


def _told(status: HTTPStatus, reason: str, **more: object) -> web.Response:
    body: Mapping[str, object] = {"go": False, "reason": reason, **more}
    return web.json_response(body, status=status)
