"""Keys, authority and connector as Microsoft runs them, on loopback, with faults to order."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

APP = "11111111-2222-3333-4444-555555555555"
TENANT = "72f988bf-0000-0000-0000-000000000001"
SECRET = "the-client-secret"  # noqa: S105 - of the tests' own authority
Json = dict[str, Any]


@cache
def signing(name: str) -> rsa.RSAPrivateKey:
    """A key for each name, made once."""
    del name
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def listed(name: str, endorsements: tuple[str, ...] = ("msteams",)) -> Json:
    made: Json = jwt.algorithms.RSAAlgorithm.to_jwk(signing(name).public_key(), as_dict=True)
    return {**made, "kid": name, "use": "sig", "alg": "RS256", "endorsements": list(endorsements)}


@dataclass
class Teams:
    """`posted`: (method, conversation, activity id, activity). `faults`: what the next requests of the connector are answered.

    `faults_at`: the same for a method in a conversation. `members`: what is said of one, of all others that they are users; an
    empty one is none of the conversation. `tells`: not set, who a member is takes its time. `whispers`: the ids of posts that one
    member alone sees. `asked_of`: who was asked for each token: a tenant, a virtual machine's metadata, or a container's
    endpoint. `token_life`: what a token says of its end. `gate`: closed, the list of keys hangs.
    """

    base: str = ""
    posted: list[tuple[str, str, str, Json]] = field(default_factory=list)
    opened: list[Json] = field(default_factory=list)
    faults: list[tuple[int, dict[str, str], Json] | str] = field(default_factory=list)
    members: dict[str, Json] = field(default_factory=dict)
    tokens: int = 0
    token_status: int = 200
    key_reads: int = 0
    reads: int = 0
    bearers: set[str] = field(default_factory=set)
    faults_at: dict[tuple[str, str], list[tuple[int, dict[str, str], Json] | str]] = field(default_factory=dict)
    whispers: list[str] = field(default_factory=list)
    asked_of: list[str] = field(default_factory=list)
    tells: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    token_life: Json = field(default_factory=lambda: {"expires_in": 3600})

    @property
    def service_url(self) -> str:
        return f"{self.base}/connector/"

    def token(self, kid: str | None = "k1", signer: str = "k1", alg: str = "RS256", **over: Any) -> str:  # noqa: ANN401 - claims
        now = int(time.time())
        claims = {
            "iss": "https://api.botframework.com", "aud": APP, "serviceurl": self.service_url,
            "nbf": now - 60, "exp": now + 3600, **over,
        }  # fmt: skip
        kept = {k: v for k, v in claims.items() if v is not None}
        key: Any = signing(signer) if alg == "RS256" else None if alg == "none" else "x" * 40
        return jwt.encode(kept, key, algorithm=alg, headers={"kid": kid} if kid else {})

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/openid", self._openid)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        app.router.add_get("/metadata/identity/oauth2/token", self._metadata)
        app.router.add_get("/msi/token", self._container)
        app.router.add_route("*", "/connector/v3/{path:.*}", self._connector)
        return app

    async def _openid(self, _: web.Request) -> web.Response:
        await self.gate.wait()
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": f"{self.base}/keys"})

    async def _keys(self, _: web.Request) -> web.Response:
        self.key_reads += 1
        return web.json_response({"keys": [listed("k1"), listed("k2", ("webchat",))]})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        good = form["client_secret"] == SECRET and form["scope"] == "https://api.botframework.com/.default"
        return self._given(request.match_info["tenant"], good=good)

    async def _metadata(self, request: web.Request) -> web.Response:
        """As the metadata service of a virtual machine: a header that no forwarded request carries."""
        return self._given(
            "metadata", good=request.headers.get("Metadata") == "true" and self._named(request, "2018-02-01")
        )

    async def _container(self, request: web.Request) -> web.Response:
        """As App Service and Container Apps: a secret of the machine's own."""
        good = request.headers.get("X-IDENTITY-HEADER") == SECRET and self._named(request, "2019-08-01")
        return self._given("container", good=good)

    def _named(self, request: web.Request, version: str) -> bool:
        asked = (request.query["api-version"], request.query["resource"], request.query["client_id"])
        return asked == (version, "https://api.botframework.com", APP)

    def _given(self, who: str, *, good: bool) -> web.Response:
        self.tokens += 1
        self.asked_of.append(who)
        if not good or self.token_status != 200:
            return web.json_response({"error": "invalid_client"}, status=401)
        return web.json_response({"access_token": f"bearer-{self.tokens}", **self.token_life})

    async def _connector(self, request: web.Request) -> web.StreamResponse:
        self.bearers.add(request.headers.get("Authorization", ""))
        path = request.rel_url.raw_path.removeprefix("/connector/v3/").split("/")
        there = self.faults_at.get((request.method, unquote(path[1]).partition(";")[0] if len(path) > 1 else ""), [])
        fault = self.faults.pop(0) if self.faults else there.pop(0) if there else None
        if isinstance(fault, tuple):
            return web.json_response(fault[2], status=fault[0], headers=fault[1])
        answer = await self._done(request)
        if fault == "drop after commit" and request.transport is not None:
            request.transport.abort()
        return answer

    async def _done(self, request: web.Request) -> web.Response:
        path = [unquote(p) for p in request.rel_url.raw_path.removeprefix("/connector/v3/").split("/")]
        if request.method == "GET":
            self.reads += 1
            await self.tells.wait()
            found = self.members.get(path[3], {"userRole": "user"})
            return web.json_response({"id": path[3], **found} if found else {}, status=200 if found else 404)
        body: Json = await request.json()
        if path == ["conversations"]:
            self.opened.append(body)
            return web.json_response({"id": f"a:{body['members'][0]['id']}"}, status=201)
        message = path[3] if len(path) > 3 else str(1000 + len(self.posted))
        if request.query.get("isTargetedActivity") == "true":
            self.whispers.append(message)
        self.posted.append((request.method, path[1], message, body))
        return web.json_response({"id": message}, status=201)


@asynccontextmanager
async def teams_server() -> AsyncIterator[Teams]:
    made = Teams()
    made.gate.set()
    made.tells.set()
    runner = web.AppRunner(made.app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()
