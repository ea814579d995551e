"""A foreign server on loopback that records what reaches it, and sites that lead to it by name."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from tempfile import NamedTemporaryFile

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from adapters.http.fetch import Remote, Transport
from adapters.http.sites import Site
from bot.clock import machine_time

TOKEN = "s3cret-token-of-the-source"  # noqa: S105 - made up, to look for it where it must not be
LOOPBACK = "127.0.0.1"
INET = 2

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Recording:
    """What arrived: (method, path with query, headers)."""

    port: int = 0
    heard: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)

    @property
    def methods(self) -> set[str]:
        return {method for method, _, _ in self.heard}

    def base(self, name: str = "source.test") -> str:
        return f"http://{name}:{self.port}"


@asynccontextmanager
async def serving(handler: Handler, trust: ssl.SSLContext | None = None) -> AsyncIterator[Recording]:
    """The handler answers every request, on a free port; with a certificate where `trust` brings one."""
    recording = Recording()

    async def answer(request: web.Request) -> web.StreamResponse:
        recording.heard.append((request.method, request.raw_path, dict(request.headers)))
        return await handler(request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, 0, ssl_context=trust).start()
    recording.port = int(runner.addresses[0][1])
    try:
        yield recording
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw(*chunks: bytes, pause_s: float = 0.0, forever: bool = False) -> AsyncIterator[int]:
    """A server below HTTP: it sends those bytes as they are. Gives its port."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.read(4096)
            for chunk in chunks:
                writer.write(chunk)
                await writer.drain()
                await asyncio.sleep(pause_s)
            while forever:
                writer.write(chunks[-1])
                await writer.drain()
                await asyncio.sleep(pause_s)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, LOOPBACK, 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()


async def leads_home(_: str, __: int) -> list[tuple[int, str]]:
    """Every name leads to loopback."""
    return [(INET, LOOPBACK)]


def site(base: str, *, private: bool = True, **more: object) -> Site:
    """A site with a token."""
    made: Site = Site("the-source", base, lambda: {"Authorization": f"Bearer {TOKEN}"}, private, **more)  # type: ignore[arg-type]  # the limits that a test wants
    return made


@asynccontextmanager
async def remote(base: str, *, private: bool = True, **more: object) -> AsyncIterator[Remote]:
    """The door to that base, through a transport of its own."""
    async with Transport(leads_home) as transport:
        yield transport.remote(site(base, private=private, **more))


def certificate(name: str, until_days: int = 1) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate of that name that signs itself: (who trusts it, who shows it). It ends in so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(machine_time() - 3 * day)
        .not_valid_after(machine_time() + until_days * day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with NamedTemporaryFile(suffix=".pem") as file:
        file.write(pem + secret)
        file.flush()
        theirs.load_cert_chain(file.name)
    return ssl.create_default_context(cadata=pem.decode()), theirs
