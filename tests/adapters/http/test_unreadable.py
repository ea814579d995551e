"""What is no HTTP is answered plainly, and nothing that the sender wrote comes back."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters.http.server import Server, application
from adapters.sandbox.guard import only_here

MARK = b"zebra-crossing"


async def _fine(_: web.Request) -> web.Response:
    return web.json_response({"fine": True})


@pytest.fixture(params=["served", "sandbox"])
async def port(request: pytest.FixtureRequest) -> AsyncIterator[int]:
    """Both doors: the application of the platforms, and that of the sandbox with its guard."""
    app = application(middlewares=(only_here,) if request.param == "sandbox" else ())
    app.router.add_get("/fine", _fine)
    server = Server(app, 0)
    yield await server.start()
    await server.stop()


async def raw(port: int, *pieces: bytes) -> tuple[bytes, bytes]:
    """Head and body of what comes back until the connection ends."""
    async with asyncio.timeout(10):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for piece in pieces:
            writer.write(piece)
        await writer.drain()
        answer = await reader.read()
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    return head, body


@pytest.mark.parametrize(
    "sent",
    [
        b"%s <script>\r\n\r\n" % MARK,
        b"GET /%s HTTP/9.9.9\r\n\r\n" % MARK,
        b"G\x01ET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % MARK,
        b"GET /fine HTTP/1.1\r\nHost: localhost\r\n%s no colon\r\n\r\n" % MARK,
        b"GET /fine HTTP/1.1\r\nHost: localhost\r\nX: %s\x00\r\n\r\n" % MARK,
        b"GET /fine HTTP/1.1\r\nHost: localhost\r\nContent-Length: %s\r\n\r\n" % MARK,
        b"GET /fine HTTP/1.1\r\nHost: localhost\r\nX: " + MARK * 2000 + b"\r\n\r\n",
        b"\x16\x03\x01" + MARK + b"\r\n\r\n",
    ],
    ids=["words", "version", "method", "no-colon", "null", "length", "too-long", "tls"],
)
async def test_the_senders_own_line_is_not_sent_back(port: int, sent: bytes) -> None:
    head, body = await raw(port, sent)
    assert head.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    assert MARK not in head + body
    assert json.loads(body)["error"] == "unreadable"
    assert b"nosniff" in head
    assert b"application/json" in head


async def test_a_request_that_can_be_read_is_answered_on_the_next_connection(port: int) -> None:
    await raw(port, b"%s\r\n\r\n" % MARK)
    head, body = await raw(port, b"GET /fine HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert (head.split()[1], json.loads(body)) == (b"200", {"fine": True})
