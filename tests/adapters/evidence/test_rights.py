"""What doctor says of the sources: it is verified, or it says that it could not be."""

from dataclasses import replace
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.evidence.index import evidence_sources
from adapters.evidence.rights import checks_of
from adapters.http.fetch import Transport
from bot.messages.words import say
from bot.ports import Check, Secret, SourceSettings
from tests.adapters.evidence.asked import catalog, entry
from tests.adapters.evidence.kubernetes.cluster import NAMESPACE, READER, Cluster, clusters
from tests.adapters.evidence.prometheus.servers import LOOPBACK, Monitoring, free_port, ready, start, wait
from tests.adapters.evidence.registry.servers import Pusher

SHOP = entry(
    sources={"rollout": "prod", "prometheus": "prom", "registry": "images"},
    names={"namespace": NAMESPACE},
    evidence={"image": "team/shop"},
)


async def examined(*settings: SourceSettings) -> tuple[Check, ...]:
    async with Transport() as transport:
        named = {one.name: one for one in settings}
        return await checks_of(evidence_sources(named, transport, catalog), [SHOP, replace(SHOP, sources={})])


def cluster_settings(cluster: Cluster, token: str = READER) -> SourceSettings:
    return SourceSettings("prod", "kubernetes", cluster.url, (), Secret(lambda: token), allow_private=True)


async def test_a_credential_that_only_reads_is_verified_and_one_that_may_more_is_told() -> None:
    async with clusters() as cluster:
        (good,) = await examined(cluster_settings(cluster))
        assert (good.code, good.ok) == ("source_reads", True)
        assert NAMESPACE in good.sentence
        cluster.may = {"patch deployments", "get secrets"}
        (strong,) = await examined(cluster_settings(cluster))
        assert (strong.ok, "patch deployments, get secrets" in strong.sentence) == (False, True)
        assert strong.remedy
        for one in ("create pods/exec", "create serviceaccounts/token", "delete rollouts", "list secrets"):
            cluster.may = {one}
            (strong,) = await examined(cluster_settings(cluster))
            assert (strong.ok, strong.sentence.endswith(f": {one}.")) == (False, True)
        (unknown,) = await examined(cluster_settings(cluster, "guess"))
        assert (unknown.code, unknown.ok) == ("source_rights", False)


async def test_each_source_says_whether_it_answers_and_what_is_wrong_comes_first(
    monitoring: Monitoring, pusher: Pusher
) -> None:
    am = SourceSettings("am", "alertmanager", monitoring.alertmanager, (), allow_private=True)
    prom = SourceSettings(
        "prom", "prometheus", monitoring.prometheus, (), allow_private=True, options={"alertmanager": "am"}
    )
    images = SourceSettings("images", "registry", pusher.url, (), allow_private=True)
    found = await examined(am, prom, images)
    assert [(line.ok, line.sentence) for line in found] == [
        (True, say("check.source_doors", {"source": "prom"})),
        (True, say("check.source_open", {"source": "am"})),
        (True, say("check.source_untold", {"source": "images", "place": "the registry"})),
    ]
    dead = replace(images, url="http://127.0.0.1:1")
    found = await examined(am, prom, dead)
    assert [line.ok for line in found] == [False, True, True]
    assert "no connection" in found[0].sentence


async def test_a_prometheus_that_lets_whoever_reaches_it_change_it_is_told_until_its_doors_are_shut(
    monitoring: Monitoring, tmp_path: Path
) -> None:
    (tmp_path / "prom.yml").write_text("{}")
    port = free_port()
    opened = ("--web.enable-admin-api", "--web.enable-lifecycle", "--web.enable-remote-write-receiver")
    listen = f"--web.listen-address={LOOPBACK}:{port}"
    process = start(tmp_path, "prometheus", "--config.file=prom.yml", "--storage.tsdb.path=data", listen, *opened)
    prom = SourceSettings("prom", "prometheus", f"http://{LOOPBACK}:{port}", (), allow_private=True)
    try:
        wait(lambda: ready(f"{prom.url}/-/ready"))
        (found,) = await examined(prom)
    finally:
        process.kill()
        process.wait()
    assert (found.code, found.ok) == ("source_doors", False)
    assert found.sentence.endswith("the admin API (deletes series), reload and shutdown, remote write.")
    assert "proxy" in found.remedy
    (found,) = await examined(replace(prom, url=monitoring.prometheus))
    assert (found.ok, "verified" in found.sentence) == (True, True)


async def test_a_prometheus_behind_a_proxy_that_answers_the_questions_alone_does_not_tell_its_doors(
    monitoring: Monitoring,
) -> None:
    async def only(request: web.Request) -> web.Response:
        async with aiohttp.ClientSession() as session, session.get(f"{monitoring.prometheus}{request.path_qs}") as told:
            return web.json_response(await told.json())

    app = web.Application()
    app.router.add_get("/api/v1/query", only)
    async with TestServer(app) as proxy:
        prom = SourceSettings("prom", "prometheus", str(proxy.make_url("/")), (), allow_private=True)
        (found,) = await examined(prom)
    assert (found.ok, found.sentence) == (True, say("check.source_untold", {"source": "prom", "place": "the server"}))
