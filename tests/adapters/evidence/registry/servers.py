"""A real docker-registry on loopback, what pushes images into it, and a server that gives tokens for it."""

import base64
import hashlib
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import jwt
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from bot.clock import machine_time
from tests.adapters.evidence.prometheus.servers import LOOPBACK, free_port, ready, wait

OCI = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"


@dataclass(frozen=True)
class Pusher:
    """Whoever builds images. `url`: of the registry."""

    url: str

    async def blob(self, repository: str, content: bytes) -> dict[str, Any]:
        """Upload it; gives its descriptor."""
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{self.url}/v2/{repository}/blobs/uploads/") as begun:
                place = begun.headers["Location"]
            joined = "&" if "?" in place else "?"
            async with session.put(f"{place}{joined}digest={digest}", data=content) as done:
                assert done.status == 201, await done.text()
        return {"mediaType": "application/octet-stream", "digest": digest, "size": len(content)}

    async def image(self, repository: str, tag: str, *layers: bytes) -> str:
        """Push an image; gives its digest."""
        config = await self.blob(
            repository, b'{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}'
        )
        config["mediaType"] = "application/vnd.oci.image.config.v1+json"
        pushed = [
            {**await self.blob(repository, one), "mediaType": "application/vnd.oci.image.layer.v1.tar"}
            for one in layers
        ]
        body = {"schemaVersion": 2, "mediaType": OCI, "config": config, "layers": pushed}
        return await self.manifest(repository, tag, body, OCI)

    async def index(self, repository: str, tag: str, children: Mapping[str, str]) -> str:
        """Push an index of images by architecture; gives its digest."""
        listed = [
            {"mediaType": OCI, "digest": d, "size": 1, "platform": {"architecture": a, "os": "linux"}}
            for a, d in children.items()
        ]
        return await self.manifest(
            repository, tag, {"schemaVersion": 2, "mediaType": INDEX, "manifests": listed}, INDEX
        )

    async def manifest(self, repository: str, reference: str, body: Mapping[str, Any], kind: str) -> str:
        raw = json.dumps(body).encode()
        async with aiohttp.ClientSession() as session:
            url = f"{self.url}/v2/{repository}/manifests/{reference}"
            async with session.put(url, data=raw, headers={"Content-Type": kind}) as done:
                assert done.status == 201, await done.text()
        return f"sha256:{hashlib.sha256(raw).hexdigest()}"

    async def delete(self, repository: str, kind: str, digest: str) -> None:
        """Throw away a blob or a manifest, as a clean-up job does."""
        async with (
            aiohttp.ClientSession() as session,
            session.delete(f"{self.url}/v2/{repository}/{kind}/{digest}") as done,
        ):
            assert done.status == 202, await done.text()


def begin(folder: Path, auth: Mapping[str, Any] | None = None) -> tuple[subprocess.Popen[bytes], str]:
    """Start a registry; gives its process and address."""
    port = free_port()
    config: dict[str, Any] = {
        "version": "0.1",
        "storage": {"filesystem": {"rootdirectory": str(folder / "images")}, "delete": {"enabled": True}},
        "http": {"addr": f"{LOOPBACK}:{port}", "secret": "of-a-test"},
    }
    if auth is not None:
        config["auth"] = auth
    (folder / "registry.yml").write_text(json.dumps(config))
    found = shutil.which("docker-registry")
    assert found, "docker-registry is missing: .ci/system installs it"
    with (folder / "registry.log").open("wb") as log:
        process = subprocess.Popen([found, "serve", "registry.yml"], cwd=folder, stdout=log, stderr=log)
    wait(lambda: ready(f"http://{LOOPBACK}:{port}/"))
    return process, f"http://{LOOPBACK}:{port}"


@dataclass
class Tokens:
    """A server that gives tokens to whoever knows the password. `asked`: (scope, Authorization) of each question.

    `more`: actions that it grants though nobody asked for them.
    """

    url: str = ""
    certificate: bytes = b""
    asked: list[tuple[str, str]] = field(default_factory=list)
    more: tuple[str, ...] = ()


@asynccontextmanager
async def tokens() -> AsyncIterator[Tokens]:
    """Start it; its certificate is for the registry."""
    key = rsa.generate_private_key(65537, 2048)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tokens")])
    now = machine_time()
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    der = base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()
    server = Tokens(certificate=made.public_bytes(serialization.Encoding.PEM))

    async def give(request: web.Request) -> web.Response:
        scope, said = request.query.get("scope", ""), request.headers.get("Authorization", "")
        server.asked.append((scope, said))
        if said != f"Basic {base64.b64encode(b'bot:password').decode()}":
            return web.json_response({"errors": []}, status=401)
        kind, name, actions = scope.split(":")
        at = int(machine_time().timestamp())
        claims = {
            "iss": "tokens", "sub": "bot", "aud": request.query["service"], "exp": at + 300, "nbf": at - 10, "iat": at,
            "jti": "1", "access": [{"type": kind, "name": name, "actions": [*actions.split(","), *server.more]}],
        }  # fmt: skip
        return web.json_response({"token": jwt.encode(claims, key, "RS256", headers={"x5c": [der]})})

    app = web.Application()
    app.router.add_get("/token", give)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, 0).start()
    server.url = f"http://{LOOPBACK}:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
