"""The transport with servers that mean harm: nothing leaves the site, nothing is held without a limit."""

import asyncio
import gzip
import socket
import ssl
import zlib
from collections.abc import AsyncIterator
from ipaddress import ip_address

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from adapters.http.addresses import allowed
from adapters.http.answers import Paged, Seen, Unavailable
from adapters.http.bodies import bounded
from adapters.http.fetch import Transport
from adapters.http.remembered import Remembered
from tests.adapters.http.site import INET, LOOPBACK, TOKEN, certificate, leads_home, raw, remote, serving, site

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


async def _code(base: str, *, private: bool = True, **more: object) -> str:
    async with remote(base, private=private, **more) as there:
        answer = await there.json("/a")
    assert TOKEN not in repr(answer)
    return answer.code if isinstance(answer, Unavailable) else "seen"


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://evil.test:1/",
        "https://source.test/",
        "//evil.test/a",
        "http://source.test@evil.test/",
        "http://source.test.evil.test/",
        "/\\evil.test/a",
        "ftp://source.test/a",
        "",
    ],
)
async def test_a_redirect_to_another_host_is_not_followed(to: str) -> None:
    async def elsewhere(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": to})

    async with serving(elsewhere) as server:
        assert await _code(server.base()) == "redirect"
        assert len(server.heard) <= 4


async def test_a_redirect_out_of_the_base_or_in_circles_is_not_followed() -> None:
    async def up(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "/admin" if "api" in request.path else "/api/../admin"})

    async def circle(_: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": "/a"})

    async with serving(up) as server:
        assert await _code(f"{server.base()}/api") == "redirect"
        assert await _code(server.base()) == "redirect"
    async with serving(circle) as server:
        assert await _code(server.base()) == "redirect"
        assert len(server.heard) == 4


async def test_a_next_page_on_another_host_is_not_read_and_gets_no_token() -> None:
    async def evil(_: web.Request) -> web.Response:
        return web.json_response([])

    async def paged(_: web.Request) -> web.Response:
        return web.json_response([1], headers={"Link": f'<http://{LOOPBACK}:{other.port}/x?page=2>; rel="next"'})

    async with serving(evil) as other, serving(paged) as server, remote(server.base()) as there:
        answer = await there.pages("/list")
    assert isinstance(answer, Unavailable)
    assert answer.code == "link_elsewhere"
    assert other.heard == []


async def test_a_private_address_is_refused_unless_the_settings_allow_it() -> None:
    async def fine(_: web.Request) -> web.Response:
        return web.json_response({})

    async with serving(fine) as server:
        for base in (server.base(), f"http://{LOOPBACK}:{server.port}", f"http://[::1]:{server.port}"):
            assert await _code(base, private=False) == "private_address"
        assert server.heard == []
        assert await _code(server.base()) == "seen"


async def test_a_name_that_changes_its_address_after_the_check_leads_nowhere_else() -> None:
    async def fine(_: web.Request) -> web.Response:
        return web.json_response({}, headers={"Connection": "close"})

    asked: list[str] = []

    async def rebinding(host: str, _: int) -> list[tuple[int, str]]:
        asked.append(host)
        return [(INET, "169.254.169.254" if len(asked) > 1 else LOOPBACK)]

    async def both(_: str, __: int) -> list[tuple[int, str]]:
        return [(INET, "8.8.8.8"), (INET, "10.0.0.1")]

    async with serving(fine) as server:
        async with Transport(rebinding) as transport:
            there = transport.remote(site(server.base()))
            assert isinstance(await there.json("/a"), Seen)
            # One look-up for one connection: there is no second one between the check and the connection.
            assert asked == ["source.test"]
            changed = await there.json("/a")
        assert isinstance(changed, Unavailable)
        assert changed.code == "private_address"
        assert len(server.heard) == 1
        async with Transport(both) as transport:
            mixed = await transport.remote(site(server.base(), private=False)).json("/a")
        assert isinstance(mixed, Unavailable)
        assert mixed.code == "private_address"


async def test_an_endless_body_ends_at_the_limit() -> None:
    endless = HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    async with raw(*endless, forever=True) as port:
        assert await _code(f"http://source.test:{port}", most_bytes=1_000_000) == "too_large"


async def test_a_small_answer_that_unpacks_to_a_huge_one_ends_at_the_limit() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    head = HEAD + f"Content-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
    async with raw(head + bomb) as port:
        assert await _code(f"http://source.test:{port}", most_bytes=1_000_000) == "too_large"


async def test_a_flood_of_interim_answers_ends_the_call_and_holds_up_nothing_else() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    async with raw(early * 2000, forever=True) as port:
        assert await _code(f"http://source.test:{port}", timeout_s=2.0) == "malformed"
    async with raw(early * 3 + HEAD + b"Content-Length: 2\r\n\r\n{}") as port:
        assert await _code(f"http://source.test:{port}") == "seen"


async def test_a_slow_drip_ends_at_the_time_limit() -> None:
    async with raw(HEAD + b"Content-Length: 100000\r\n\r\n", b" ", pause_s=0.01, forever=True) as port:
        assert await _code(f"http://source.test:{port}", timeout_s=0.15) == "timeout"
    async with raw(b"HTTP/1.1 200 OK\r\nX: ", b"a", pause_s=0.01, forever=True) as port:
        assert await _code(f"http://source.test:{port}", timeout_s=0.15) == "timeout"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n{}", "content_type"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "content_type"),
        (HEAD + b'Content-Length: 5\r\n\r\n{"a":', "malformed"),
        (HEAD + b'Content-Length: 50\r\n\r\n{"a": 1}', "malformed"),
        (HEAD + b"Content-Length: 3\r\n\r\nNaN", "malformed"),
        (HEAD + b"Content-Length: 4\r\n\r\n\xff\xfe\x00\x00", "malformed"),
        (HEAD + b"Content-Length: 5\r\n\r\n\xef\xbb\xbf{}", "seen"),
        (HEAD + b"Content-Length: 200000\r\n\r\n" + b"[" * 200_000, "malformed"),
        (HEAD + b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", "malformed"),
        (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", "malformed"),
        (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n" + gzip.compress(b"{}")[:12], "malformed"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "malformed"),
        (b"", "unreachable"),
    ],
)
async def test_what_cannot_be_read_is_unavailable_and_a_mark_of_its_encoding_is_no_fault(
    answer: bytes, code: str
) -> None:
    async with raw(answer) as port:
        assert await _code(f"http://source.test:{port}") == code


async def test_a_server_that_is_gone_or_unknown_is_unreachable() -> None:
    async def nobody(_: str, __: int) -> list[tuple[int, str]]:
        return []

    async with raw() as port:
        pass
    assert await _code(f"http://source.test:{port}") == "unreachable"
    async with Transport(nobody) as transport:
        answer = await transport.remote(site("http://source.test")).json("/a")
    assert isinstance(answer, Unavailable)
    assert answer.code == "unreachable"


async def test_what_was_seen_of_a_source_that_gave_no_answer_is_said_in_words_to_act_on() -> None:
    async def said(base: str, trust: ssl.SSLContext | None = None) -> str:
        async with remote(base, trust=trust) as there:
            answer = await there.json("/a")
        assert isinstance(answer, Unavailable)
        return answer.detail.removeprefix("the-source: ")

    ours, theirs = certificate("source.test", until_days=-1)
    async with serving(_hello, theirs) as server:
        assert await said(f"https://source.test:{server.port}", trust=ours) == "its certificate has run out"
    async with raw(b"no TLS here\r\n") as port:
        assert await _code(f"https://source.test:{port}") == "tls"
        assert await said(f"https://source.test:{port}") == "no trusted connection: it does not speak TLS as it should"
        assert await said(f"http://source.test:{port}") == "what it answers is no HTTP"
    assert await said(f"http://source.test:{port}") == "no connection, nobody listens at that port"
    async with raw(HEAD + b"Content-Length: 90\r\n\r\n{") as port:
        assert await said(f"http://source.test:{port}") == "its answer breaks off or cannot be unpacked"
    async with raw() as port:
        assert await said(f"http://source.test:{port}") == "the connection was cut before it answered"

    async def unknown(_: str, __: int) -> list[tuple[int, str]]:
        raise socket.gaierror

    async with Transport(unknown) as transport:
        answer = await transport.remote(site("http://no-such-name.invalid")).json("/a")
    assert isinstance(answer, Unavailable)
    assert answer.detail == "the-source: no connection, its name is not known"


async def _hello(_: web.Request) -> web.Response:
    return web.json_response({})


async def test_cookies_are_not_kept() -> None:
    async def sets(_: web.Request) -> web.Response:
        return web.json_response({}, headers={"Set-Cookie": "session=1"})

    async with serving(sets) as server, remote(server.base()) as there:
        for _ in range(2):
            await there.json("/a")
    assert all("Cookie" not in headers for _, _, headers in server.heard)


async def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fine(_: web.Request) -> web.Response:
        return web.json_response({})

    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with serving(fine) as server:
        assert await _code(server.base()) == "seen"


def test_addresses_of_our_own_network_need_the_settings_and_metadata_is_never_asked() -> None:
    public = "8.8.8.8 2001:4860:4860::8888 64:ff9b::808:808"
    own = "10.1.2.3 192.168.1.1 172.16.0.1 127.0.0.1 ::1 fd12::1 100.64.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1::"
    never = (
        "169.254.169.254 169.254.1.1 fe80::1 fe80::1%eth0 fd00:ec2::254 0.0.0.0 :: 224.0.0.1 255.255.255.255 "
        "::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 100.100.100.200 name.example 2130706433 0x7f.1"
    )
    assert all(allowed(a, private=False) and allowed(a, private=True) for a in public.split())
    assert all(allowed(a, private=True) and not allowed(a, private=False) for a in own.split())
    assert not any(allowed(a, private=p) for a in never.split() for p in (True, False))


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_no_address_that_is_not_public_is_allowed_without_the_settings(address: object) -> None:
    found = ip_address(str(address))
    if allowed(str(address), private=False):
        assert found.is_global
        assert not found.is_multicast


@given(st.binary(max_size=3000), st.integers(0, 3000), st.integers(1, 64))
async def test_a_body_is_whole_or_it_is_no_body(body: bytes, most: int, step: int) -> None:
    packed = gzip.compress(body)

    async def cut(data: bytes) -> AsyncIterator[bytes]:
        for at in range(0, len(data), step):
            yield data[at : at + step]

    for data, encoding in ((body, ""), (packed, "gzip")):
        found = await bounded(cut(data), encoding, most)
        assert found == body if len(body) <= most else isinstance(found, Unavailable)
    short = await bounded(cut(packed[:-1]), "gzip", most)
    assert isinstance(short, Unavailable)
    more = await bounded(cut(packed + zlib.compress(b"x")), "gzip", most)
    assert isinstance(more, Unavailable)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 400)), max_size=60))
def test_what_is_remembered_never_outgrows_its_limit(steps: list[tuple[int, int]]) -> None:
    kept = Remembered(most_bytes=1000, most_answers=4)
    for key, size in steps:
        kept.keep((str(key),), b"x" * size, {"etag": str(size)})
        there = [found for k in range(10) if (found := kept.get((str(k),))) is not None]
        assert kept.held == sum(len(one.raw) for one in there) <= 1000
        assert len(there) <= 4


async def test_one_that_hangs_holds_up_no_other() -> None:
    async def fine(_: web.Request) -> web.Response:
        return web.json_response([])

    async with serving(fine) as server, raw(HEAD, b"", pause_s=30) as port, Transport(leads_home) as transport:
        hanging = transport.remote(site(f"http://source.test:{port}", timeout_s=3.0))
        stuck = [asyncio.ensure_future(hanging.json("/a")) for _ in range(20)]
        answer = await transport.remote(site(server.base())).pages("/b")
        assert isinstance(answer, Paged)
        assert not any(one.done() for one in stuck)
        assert {a.code for a in await asyncio.gather(*stuck) if isinstance(a, Unavailable)} == {"timeout"}
