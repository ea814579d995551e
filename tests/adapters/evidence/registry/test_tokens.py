"""The tokens of a registry: where they are asked for, and what doctor can tell of what they may do."""

from dataclasses import replace
from pathlib import Path

from aiohttp import web

from adapters.evidence.registry.source import RegistrySource, registry
from adapters.http.fetch import Transport
from adapters.http.sites import Site
from bot.domain.evidence import Kind, Standing
from bot.messages.words import say
from bot.ports.sources import Secret, SourceSettings
from tests.adapters.evidence.asked import entry
from tests.adapters.evidence.registry.servers import begin, tokens
from tests.adapters.evidence.registry.test_source import ask
from tests.adapters.http.site import serving


async def test_a_token_is_asked_for_at_the_configured_realm_and_nowhere_else(tmp_path: Path) -> None:
    async with tokens() as server, Transport() as transport:
        (tmp_path / "tokens.pem").write_bytes(server.certificate)
        auth = {"token": {"realm": f"{server.url}/token", "service": "images", "issuer": "tokens",
                          "rootcertbundle": str(tmp_path / "tokens.pem")}}  # fmt: skip
        process, url = begin(tmp_path, auth)
        try:
            settings = SourceSettings(
                "images", "registry", url, (), Secret(lambda: "password"), "bot", allow_private=True
            )
            bare = await ask(registry(settings, transport), "team/shop")
            assert {e.facts["unavailable"] for e in bare.values()} == {"link_elsewhere"}
            assert server.asked == []  # the registry named it; the operator did not
            named = replace(settings, options={"realm": server.url})
            found = await ask(registry(named, transport), "team/shop")
            # The token lets us pull: the registry says that there is no such image, and no longer 401.
            assert found[Kind.ARTIFACT].standing is Standing.MISSING
            assert found[Kind.ROLLBACK_TARGET].facts["installable"] is False
            assert {scope for scope, _ in server.asked} == {"repository:team/shop:pull"}
            shop = entry(evidence={"image": "team/shop"})
            (told,) = await registry(named, transport).checks([shop])
            assert told.sentence == say("check.source_pulls", {"source": "images"})
            server.more = ("push",)  # given without being asked for
            (told,) = await registry(named, transport).checks([shop])
            assert (told.ok, told.sentence.endswith("the registry: push.")) == (False, True)
            wrong = replace(named, token=Secret(lambda: "guess"))
            refused = await ask(registry(wrong, transport), "team/shop")
            assert {e.standing for e in refused.values()} == {Standing.UNAVAILABLE}
        finally:
            process.kill()
            process.wait()


async def test_a_credential_that_is_not_accepted_tells_nothing() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({}, status=401, headers={"WWW-Authenticate": 'Basic realm="x"'})

    async with serving(answer) as recording, Transport() as transport:
        one = RegistrySource(
            "images", transport.remote(Site("images", f"http://127.0.0.1:{recording.port}", allow_private=True))
        )
        assert {e.facts["unavailable"] for e in (await ask(one, "team/shop")).values()} == {"unauthorised"}
