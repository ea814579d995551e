"""The sandbox as one web application: its API, its stream of changes, and the browser chat."""

from pathlib import Path
from typing import Final

from aiohttp import web

from adapters.http.page import Page
from adapters.http.server import Handler, application
from adapters.sandbox.api import Api
from adapters.sandbox.book import Book
from adapters.sandbox.directory import SandboxDirectory
from adapters.sandbox.events import Events
from adapters.sandbox.guard import only_here
from adapters.sandbox.outbound import SandboxChat
from adapters.sandbox.parts import ClockControl, DemoControl, ReleaseReader, SandboxParts

__all__ = [
    "Book",
    "ClockControl",
    "DemoControl",
    "Page",
    "ReleaseReader",
    "SandboxChat",
    "SandboxDirectory",
    "SandboxParts",
    "sandbox_application",
]

_STATIC: Final = Path(__file__).parent / "static"
_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def sandbox_application(parts: SandboxParts) -> web.Application:
    """The application; adapters.http.server.Server listens with it, on loopback."""
    app = application(middlewares=(only_here,))
    Api(parts).add_to(app)
    app.router.add_get("/api/events", Events(parts).stream)
    for file in sorted(_STATIC.iterdir()):
        path = "/" if file.name == "index.html" else f"/static/{file.name}"
        app.router.add_get(path, _page(file))
    return app


def _page(file: Path) -> Handler:
    """Answers with one file of the browser chat, read once."""
    text = file.read_text(encoding="utf-8")
    headers = {"Content-Security-Policy": _POLICY}

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(text=text, content_type=_TYPES[file.suffix], charset="utf-8", headers=headers)

    return answer
