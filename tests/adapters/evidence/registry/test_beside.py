"""Signatures and attestations beside an image, in a real registry that knows no referrers: 404 there is not "none"."""

from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web

from adapters.evidence.registry.api import Registry
from adapters.evidence.registry.beside import vouched_for
from adapters.evidence.registry.source import RegistrySource
from adapters.http.answers import Unavailable
from adapters.http.fetch import Transport
from adapters.http.sites import Site
from bot.domain.evidence import Evidence, Kind, Standing
from tests.adapters.evidence.asked import entry, inquiry
from tests.adapters.evidence.registry.servers import INDEX, OCI, Pusher
from tests.adapters.http.site import remote, serving

BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json"
Ask = Callable[[str], Awaitable[Evidence]]


@pytest.fixture
async def ask(pusher: Pusher) -> AsyncIterator[Ask]:
    async with Transport() as transport:
        source = RegistrySource("images", transport.remote(Site("images", pusher.url, allow_private=True)))

        async def asked(image: str) -> Evidence:
            found = await source.gather(inquiry("registry", about=entry(names={"image": image}, evidence={})))
            return next(one for one in found if one.kind is Kind.ARTIFACT)

        yield asked


@pytest.mark.parametrize("ending", [".sig", ".att", ""])
async def test_a_registry_without_referrers_is_asked_by_tag_before_none_is_said(
    ask: Ask, pusher: Pusher, ending: str
) -> None:
    repository = f"team/signed{ending.replace('.', '-')}"
    digest = await pusher.image(repository, "1.2.3", b"layer")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{pusher.url}/v2/{repository}/referrers/{digest}") as plain,
    ):
        assert plain.status == 404
    before = await ask(repository)
    assert (before.standing, before.facts["attestation"]) == (Standing.VERIFIED, False)
    assert before.text.endswith("no signature or attestation lies beside it")
    tag = digest.replace(":", "-") + ending
    signed = await pusher.image(repository, tag if ending else "bundle", b"signature")
    if not ending:
        listed = [{"mediaType": OCI, "digest": signed, "size": 1, "artifactType": BUNDLE}]
        body = {"schemaVersion": 2, "mediaType": INDEX, "manifests": listed}
        await pusher.manifest(repository, tag, body, INDEX)
    after = await ask(repository)
    assert (after.standing, after.facts["attestation"]) == (Standing.VERIFIED, True)
    assert after.text.endswith("which was not verified")


@pytest.mark.parametrize(("kind", "found"), [(BUNDLE, True), ("application/spdx+json", False)])
async def test_referrers_count_where_they_are_signatures_or_attestations(kind: str, *, found: bool) -> None:
    async def knows(request: web.Request) -> web.Response:
        if "/referrers/" in request.path:
            return web.json_response({"manifests": [{"artifactType": kind}]}, content_type=INDEX)
        return web.json_response({}, status=404)

    async with serving(knows) as server, remote(server.base()) as there:
        assert await vouched_for(Registry(there, "team/shop"), f"sha256:{'a' * 64}") is found


async def test_where_one_way_cannot_be_asked_none_is_not_said() -> None:
    async def forbids(request: web.Request) -> web.Response:
        return web.json_response({}, status=403 if "/referrers/" in request.path else 404)

    async with serving(forbids) as server, remote(server.base()) as there:
        assert isinstance(await vouched_for(Registry(there, "team/shop"), f"sha256:{'a' * 64}"), Unavailable)
