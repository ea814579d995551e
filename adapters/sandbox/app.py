"""The sandbox as one web application: its API, its stream of changes, and the browser chat."""

import hashlib
from http import HTTPStatus
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
from adapters.sandbox.page_api import PageApi
from adapters.sandbox.parts import ClockControl, DemoControl, ReleaseReader, SandboxParts

__all__ = [
    "STATIC",
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

STATIC: Final = Path(__file__).parent / "static"
_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def sandbox_application(parts: SandboxParts) -> web.Application:
    """The application; adapters.http.server.Server listens with it, on loopback."""
    app = application(middlewares=(only_here,))
    Api(parts).add_to(app)
    PageApi(parts).add_to(app)
    app.router.add_get("/api/events", Events(parts).stream)
    for file in sorted(STATIC.rglob("*")):
        if file.suffix in _TYPES:
            name = file.relative_to(STATIC).as_posix()
            app.router.add_get("/" if name == "index.html" else f"/static/{name}", _page(file))
    return app


def _page(file: Path) -> Handler:
    """Answers with one file of the browser chat, read once; a browser asks each time whether its copy is still good."""
    content = file.read_bytes()
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache", "ETag": tag}
    charset = None if file.suffix == ".woff2" else "utf-8"

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        return web.Response(body=content, content_type=_TYPES[file.suffix], charset=charset, headers=headers)

    return answer
