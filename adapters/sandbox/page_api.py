"""What the page of the chat reads beside the API: words to complete, a message as another platform shows it, the risk's parts."""

from http import HTTPStatus

from aiohttp import web

from adapters.http.server import Fault
from adapters.sandbox.api import sound
from adapters.sandbox.book import Kept
from adapters.sandbox.calls import visible
from adapters.sandbox.outbound import message_number
from adapters.sandbox.parts import SandboxParts
from adapters.sandbox.reading import message_of
from adapters.sandbox.render import block_json


class PageApi:
    """The handlers; everything they know comes from the parts."""

    def __init__(self, parts: SandboxParts) -> None:
        self._parts = parts

    def add_to(self, app: web.Application) -> None:
        """Adds the routes."""
        app.router.add_get("/api/words", self._words)
        app.router.add_get("/api/panels", self._panels)
        app.router.add_get("/api/messages/{message}/as/{platform}", self._shown_as)
        app.router.add_get("/api/releases/{release}/risk", self._risk)

    async def _words(self, _: web.Request) -> web.Response:
        """What can be typed and pressed, and as which platforms a message can be shown."""
        return web.json_response({"platforms": list(self._parts.renderers), **self._parts.words()})

    async def _panels(self, request: web.Request) -> web.Response:
        found = list(await self._parts.releases.panels())
        seen = await self._parts.seen(request.query.get("person"), [str(r["id"]) for r in found])
        return web.json_response([r for r in found if r["id"] in seen])

    async def _shown_as(self, request: web.Request) -> web.Response:
        """What the bot would send to that platform: its own JSON."""
        platform = request.match_info["platform"]
        renderer = self._parts.renderers.get(platform)
        if renderer is None:
            names = ", ".join(self._parts.renderers) or "none"
            message = f"There is no renderer for {platform[:40]!r} here; there is: {names}."
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_platform", message)
        kept = await self._message(request)
        return web.json_response({"platform": platform, "payload": renderer(message_of(kept))})

    async def _message(self, request: web.Request) -> Kept:
        asked, person = request.match_info["message"], request.query.get("person")
        kept = await self._parts.book.message(message_number(asked) or 0)
        if kept is None or not visible(self._parts, kept, person):
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_message", f"There is no message {asked[:20]!r} to be seen.")
        return kept

    async def _risk(self, request: web.Request) -> web.Response:
        """The score part by part (P6), as blocks of the neutral model."""
        release = request.match_info["release"].upper()[:40]
        seen = await self._parts.seen(request.query.get("person"), [release])
        blocks = await sound(self._parts.releases.arithmetic(release)) if seen else None
        if blocks is None:
            raise Fault(HTTPStatus.NOT_FOUND, "unknown_release", f"There is no release {release!r}.")
        return web.json_response([block_json(block) for block in blocks])
