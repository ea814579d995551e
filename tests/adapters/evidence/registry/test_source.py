"""A real registry: a digest behind each tag, what can be installed, and tokens that go nowhere else."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp import web

from adapters.evidence.registry.source import MOST, RegistrySource
from adapters.http.fetch import Transport
from adapters.http.sites import Site
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.people import Place
from bot.domain.release import Phase, Release
from bot.domain.service import Service
from bot.ports import Inquiry
from tests.adapters.evidence.registry.servers import OCI, Pusher
from tests.adapters.http.site import serving

NOW = datetime(2026, 11, 24, 15, 15, tzinfo=UTC)
RELEASE = Release(
    id="R-1", service="shop", environment="production", version="2.4.1", phase=Phase.PLANNING, requested_by="ana",
    owner="ana", home=Place("sandbox", "#x"), created_at=NOW, time_zone="UTC",
)  # fmt: skip
DIGEST = "sha256:" + "a" * 64


def service(image: str, previous: str | None = "2.4.0") -> Service:
    return Service("shop", "Shop", 1, "UTC", ("ana",), {}, names={"image": image}, previous_version=previous)


async def ask(
    source: RegistrySource, image: str, previous: str | None = "2.4.0", release: Release = RELEASE
) -> dict[Kind, Evidence]:
    found = await source.gather(Inquiry(release, service(image, previous), "registry", "plan", NOW))
    return {one.kind: one for one in found}


async def test_a_tag_becomes_its_digest_and_the_version_before_can_be_installed(
    source: RegistrySource, pusher: Pusher
) -> None:
    now = await pusher.image("team/shop", "v2.4.1", b"new")
    before = await pusher.image("team/shop", "2.4.0", b"one", b"two")
    found = await ask(source, f"{pusher.url.removeprefix('http://')}/team/shop:latest")
    artifact, target = found[Kind.ARTIFACT], found[Kind.ROLLBACK_TARGET]
    assert (artifact.standing, artifact.subject, artifact.facts["digest"]) == (Standing.VERIFIED, now, now)
    assert (target.standing, target.subject) == (Standing.VERIFIED, before)
    assert target.facts == {"target": "2.4.0", "installable": True, "digest": before}


async def test_an_image_that_a_plain_question_does_not_see_is_there(source: RegistrySource, pusher: Pusher) -> None:
    """This registry answers 404 to whoever does not name the type of the manifest."""
    await pusher.image("team/hidden", "2.4.0", b"one")
    async with (
        aiohttp.ClientSession() as session,
        session.head(f"{pusher.url}/v2/team/hidden/manifests/2.4.0") as plain,
    ):
        assert plain.status == 404
    assert (await ask(source, "team/hidden"))[Kind.ROLLBACK_TARGET].standing is Standing.VERIFIED


async def test_a_target_that_is_not_there_is_gone_until_it_is_built_again(
    source: RegistrySource, pusher: Pusher
) -> None:
    gone = (await ask(source, "team/gone"))[Kind.ROLLBACK_TARGET]
    assert (gone.standing, gone.facts["installable"]) == (Standing.FAILED, False)
    await pusher.image("team/gone", "2.4.0", b"one")
    again = await ask(source, "team/gone")
    assert again[Kind.ROLLBACK_TARGET].standing is Standing.VERIFIED
    assert again[Kind.ARTIFACT].standing is Standing.MISSING


async def test_a_manifest_that_was_deleted_is_gone_though_the_registry_calls_it_unchanged(
    source: RegistrySource, pusher: Pusher
) -> None:
    """This registry compares the digest of the condition before it looks, so that it says 304 of what is not there."""
    digest = await pusher.image("team/cleaned", "child", b"one")
    await pusher.index("team/cleaned", "2.4.0", {"amd64": digest})
    assert (await ask(source, "team/cleaned"))[Kind.ROLLBACK_TARGET].standing is Standing.VERIFIED
    await pusher.delete("team/cleaned", "manifests", digest)
    condition = {"If-None-Match": f'"{digest}"', "Accept": OCI}
    url = f"{pusher.url}/v2/team/cleaned/manifests/{digest}"
    async with aiohttp.ClientSession() as session, session.get(url, headers=condition) as plain:
        assert plain.status == 304
    target = (await ask(source, "team/cleaned"))[Kind.ROLLBACK_TARGET]
    assert (target.standing, digest[:19] in target.text) == (Standing.FAILED, True)
    await pusher.image("team/cleaned", "child", b"one")
    assert (await ask(source, "team/cleaned"))[Kind.ROLLBACK_TARGET].standing is Standing.VERIFIED


async def test_a_manifest_without_one_of_its_layers_is_no_image(source: RegistrySource, pusher: Pusher) -> None:
    await pusher.image("team/holes", "2.4.0", b"kept", b"lost")
    lost = (await pusher.blob("team/holes", b"lost"))["digest"]
    await pusher.delete("team/holes", "blobs", lost)
    target = (await ask(source, "team/holes"))[Kind.ROLLBACK_TARGET]
    assert (target.standing, target.facts["installable"]) == (Standing.FAILED, False)
    assert lost[:19] in target.text
    await pusher.blob("team/holes", b"lost")
    assert (await ask(source, "team/holes"))[Kind.ROLLBACK_TARGET].standing is Standing.VERIFIED


async def test_an_index_is_whole_only_if_each_of_its_images_is(source: RegistrySource, pusher: Pusher) -> None:
    amd = await pusher.image("team/both", "amd", b"amd")
    arm = await pusher.image("team/both", "arm", b"arm")
    signed = await pusher.image("team/both", "signed", b"signed")
    await pusher.index("team/both", "2.4.0", {"amd64": amd, "arm64": arm, "unknown": signed})
    assert (await ask(source, "team/both"))[Kind.ROLLBACK_TARGET].standing is Standing.VERIFIED
    await pusher.delete("team/both", "manifests", signed)  # an attestation is installed by nobody
    assert (await ask(source, "team/both"))[Kind.ROLLBACK_TARGET].standing is Standing.VERIFIED
    await pusher.delete("team/both", "manifests", arm)
    target = (await ask(source, "team/both"))[Kind.ROLLBACK_TARGET]
    assert (target.standing, arm[:19] in target.text) == (Standing.FAILED, True)


async def test_a_tag_that_was_moved_is_another_artifact(source: RegistrySource, pusher: Pusher) -> None:
    first = await pusher.image("team/moved", "2.4.1", b"first")
    pinned = replace(RELEASE, digest=first)
    assert (await ask(source, "team/moved", release=pinned))[Kind.ARTIFACT].standing is Standing.VERIFIED
    await pusher.image("team/moved", "2.4.1", b"second")
    moved = (await ask(source, "team/moved", release=pinned))[Kind.ARTIFACT]
    assert (moved.standing, " now, and the release is about " in moved.text) == (Standing.FAILED, True)
    assert "digest" not in moved.facts


async def test_a_release_named_by_its_digest_is_that_image(source: RegistrySource, pusher: Pusher) -> None:
    digest = await pusher.image("team/digest", "nightly", b"one")
    named = replace(RELEASE, version=digest[:19], digest=DIGEST)
    assert (await ask(source, "team/digest", release=named))[Kind.ARTIFACT].standing is Standing.MISSING
    there = (await ask(source, "team/digest", release=replace(named, digest=digest)))[Kind.ARTIFACT]
    assert (there.standing, there.subject, "nightly" in there.text) == (Standing.VERIFIED, digest, False)


@pytest.mark.parametrize(
    "image",
    ["", "other.example/team/shop", "Team/Shop", "../v2/secret", "team/shop?x=1", "team//shop", "x.example:port/shop"],
)
async def test_what_is_no_image_of_this_registry_is_not_asked_for(image: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({})

    async with serving(answer) as recording, Transport() as transport:
        one = RegistrySource(
            "images", transport.remote(Site("images", f"http://127.0.0.1:{recording.port}", allow_private=True))
        )
        found = await ask(one, image)
        assert {e.standing for e in found.values()} == {Standing.MISSING}
        assert not recording.heard


async def test_without_an_earlier_version_there_is_no_target(source: RegistrySource) -> None:
    assert (await ask(source, "team/shop", None))[Kind.ROLLBACK_TARGET].standing is Standing.MISSING


async def test_a_registry_that_is_down_tells_nothing() -> None:
    async with Transport() as transport:
        dead = RegistrySource("images", transport.remote(Site("images", "http://127.0.0.1:1", allow_private=True)))
        assert {e.standing for e in (await ask(dead, "team/shop")).values()} == {Standing.UNAVAILABLE}


async def test_a_manifest_that_is_not_what_its_digest_says_is_not_believed() -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/v2/":
            return web.json_response({})
        layer = {"digest": DIGEST}
        body = json.dumps({"config": layer, "layers": [layer]})
        return web.Response(text=body, content_type=OCI, headers={"Docker-Content-Digest": DIGEST})

    async with serving(answer) as recording, Transport() as transport:
        one = RegistrySource(
            "images", transport.remote(Site("images", f"http://127.0.0.1:{recording.port}", allow_private=True))
        )
        found = await ask(one, "team/shop")
        assert {e.facts["unavailable"] for e in found.values()} == {"malformed"}
        assert recording.methods <= {"GET", "HEAD"}


async def _fake(answers: Mapping[str, tuple[int, object]]) -> dict[Kind, Evidence]:
    """A registry that answers these paths below /v2/team/shop, and 404 else."""

    async def answer(request: web.Request) -> web.Response:
        status, body = answers.get(request.path.removeprefix("/v2/team/shop/"), (404, {}))
        if request.path == "/v2/":
            status, body = 200, {}
        return web.Response(text=json.dumps(body), status=status, content_type=OCI)

    async with serving(answer) as recording, Transport() as transport:
        site = Site("images", f"http://127.0.0.1:{recording.port}", allow_private=True)
        return await ask(RegistrySource("images", transport.remote(site)), "team/shop")


def _image(*layers: str) -> object:
    return {"config": {"digest": DIGEST}, "layers": [{"digest": one} for one in layers]}


MANY = [f"sha256:{n:064x}" for n in range(MOST + 1)]


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        ({"manifests/2.4.0": (200, _image(*MANY))}, Standing.INCONCLUSIVE),
        ({"manifests/2.4.0": (200, _image(DIGEST)), f"blobs/{DIGEST}": (403, {})}, Standing.UNAVAILABLE),
        ({"manifests/2.4.0": (200, _image(DIGEST)), f"blobs/{DIGEST}": (307, {})}, Standing.VERIFIED),
        (
            {"manifests/2.4.0": (200, {"manifests": [{"digest": DIGEST}]}), f"manifests/{DIGEST}": (500, {})},
            Standing.UNAVAILABLE,
        ),
        ({"manifests/2.4.0": (200, {"manifests": []})}, Standing.UNAVAILABLE),
        ({"manifests/2.4.0": (200, {"layers": [{"digest": "sha256:short"}]})}, Standing.UNAVAILABLE),
        ({"manifests/2.4.0": (200, [])}, Standing.UNAVAILABLE),
        ({"manifests/2.4.0": (200, {"schemaVersion": 1})}, Standing.UNAVAILABLE),
    ],
    ids=str,
)
async def test_what_cannot_be_looked_at_whole_is_not_called_installable(
    answers: Mapping[str, tuple[int, object]], standing: Standing
) -> None:
    target = (await _fake(answers))[Kind.ROLLBACK_TARGET]
    assert target.standing is standing, target.text
    assert target.facts.get("installable") is (True if standing is Standing.VERIFIED else None)


async def test_without_a_version_there_is_no_artifact(source: RegistrySource) -> None:
    found = await ask(source, "team/shop", release=replace(RELEASE, version=None))
    assert found[Kind.ARTIFACT].standing is Standing.MISSING


@pytest.mark.parametrize("realm", ["not an address", "ftp://127.0.0.1/token", ""])
async def test_a_realm_that_is_no_address_is_asked_for_nothing(realm: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({}, status=401, headers={"WWW-Authenticate": f'Bearer realm="{realm}",service="x"'})

    async with serving(answer) as recording, Transport() as transport:
        site = Site("images", f"http://127.0.0.1:{recording.port}", allow_private=True)
        found = await ask(RegistrySource("images", transport.remote(site)), "team/shop")
        assert {e.facts["unavailable"] for e in found.values()} == {"link_elsewhere"}
        assert {path for _, path, _ in recording.heard} == {"/v2/"}


@pytest.mark.parametrize("said", [{}, [], {"token": ""}, {"token": "a\nb"}], ids=str)
async def test_a_token_that_is_none_is_not_used(said: object) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/token":
            return web.json_response(said)
        realm = f"http://127.0.0.1:{recording.port}/token"
        return web.json_response({}, status=401, headers={"WWW-Authenticate": f'Bearer realm="{realm}"'})

    async with serving(answer) as recording, Transport() as transport:
        site = Site("images", f"http://127.0.0.1:{recording.port}", allow_private=True)
        found = await ask(RegistrySource("images", transport.remote(site)), "team/shop")
        assert {e.facts["unavailable"] for e in found.values()} == {"unauthorised"}
