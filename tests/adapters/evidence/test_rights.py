"""What doctor says of the sources: it is verified, or it says that it could not be."""

from dataclasses import replace

from adapters.evidence.index import evidence_sources
from adapters.evidence.rights import checks_of
from adapters.http.fetch import Transport
from bot.ports import Check, Secret, SourceSettings
from tests.adapters.evidence.asked import catalog, entry
from tests.adapters.evidence.kubernetes.cluster import NAMESPACE, READER, Cluster, clusters
from tests.adapters.evidence.prometheus.servers import Monitoring
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
        (True, "prom: answers."),
        (True, "am: answers."),
        (True, "images: answers."),
    ]
    dead = replace(images, url="http://127.0.0.1:1")
    found = await examined(am, prom, dead)
    assert [line.ok for line in found] == [False, True, True]
    assert "no connection" in found[0].sentence
