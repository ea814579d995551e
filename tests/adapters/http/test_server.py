"""The one HTTP server: it binds loopback, gives up on slow bodies, and stops though somebody still listens."""

import asyncio
import gzip
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from adapters.http import server
from adapters.http.server import STOPPING, Fault, Server, application, json_body


async def _echo(request: web.Request) -> web.Response:
    return web.json_response(dict(await json_body(request)))


async def _refuse(_: web.Request) -> web.Response:
    raise Fault(409, "taken", "It is taken.")


async def _endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await request.app[STOPPING].wait()
    return response


async def _moved(_: web.Request) -> web.Response:
    raise web.HTTPFound(location="/echo")


@pytest.fixture
async def running(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Server, str]]:
    """It waits long for a body; a parameter says for how many seconds."""
    app = application(body_bytes=1000, body_seconds=getattr(request, "param", 60.0))
    app.router.add_post("/echo", _echo)
    app.router.add_get("/refuse", _refuse)
    app.router.add_get("/endless", _endless)
    app.router.add_get("/moved", _moved)
    found = Server(app, 0)
    port = await found.start()
    yield found, f"http://127.0.0.1:{port}"
    await found.stop()


async def test_a_fault_is_json_with_a_code_and_a_sentence(running: tuple[Server, str]) -> None:
    async with aiohttp.ClientSession(running[1]) as http:
        async with http.get("/refuse") as answer:
            assert (answer.status, await answer.json()) == (409, {"error": "taken", "message": "It is taken."})
        async with http.get("/echo") as answer:
            assert (answer.status, (await answer.json())["error"]) == (405, "method_not_allowed")
        async with http.post("/echo", json={"text": "x" * 2000}) as answer:
            assert answer.status == 413
        async with http.get("/moved", allow_redirects=False) as answer:
            assert answer.status == 302
        async with http.post("/echo", json={"text": "x"}) as answer:
            assert (answer.status, await answer.json()) == (200, {"text": "x"})


@pytest.mark.parametrize("running", [0.2], indirect=True)
async def test_a_body_that_does_not_come_is_given_up(running: tuple[Server, str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(running[1].rsplit(":", 1)[1]))
    head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    writer.write(head.encode() + b'{"te')
    await writer.drain()
    answer = await asyncio.wait_for(reader.readline(), 20)
    assert b"408" in answer
    writer.close()
    await writer.wait_closed()


async def test_a_body_that_breaks_off_is_a_bad_request_and_no_stack_trace(
    running: tuple[Server, str], caplog: pytest.LogCaptureFixture
) -> None:
    async with aiohttp.ClientSession(running[1]) as http:
        head = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        async with http.post("/echo", data=b"SECRETWORDS", headers=head) as answer:
            assert (answer.status, (await answer.json())["error"]) == (400, "unreadable")
        assert not [r for r in caplog.records if r.exc_info]
        async with http.post("/echo", data=gzip.compress(b'{"text": "x"}'), headers=head) as answer:
            assert (answer.status, await answer.json()) == (200, {"text": "x"})


async def test_it_stops_at_once_though_somebody_listens(running: tuple[Server, str]) -> None:
    server_, base = running
    async with aiohttp.ClientSession(base) as http, http.get("/endless") as answer:
        began = time.monotonic()
        await server_.stop()
        assert time.monotonic() - began < server.GRACE_SECONDS
        assert await answer.read() == b""


async def test_a_port_that_is_taken_is_an_error(running: tuple[Server, str]) -> None:
    second = Server(application(), int(running[1].rsplit(":", 1)[1]))
    with pytest.raises(OSError, match="address already in use"):
        await second.start()
    await second.stop()
