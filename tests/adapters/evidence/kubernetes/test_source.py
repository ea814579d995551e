"""A cluster tells how far this very version is: another version, an old status and a credential too strong are no good news."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.evidence.kubernetes.source import FORBIDDEN, KubernetesSource, kubernetes
from adapters.http.answers import Unavailable
from adapters.http.fetch import Transport
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.people import Place
from bot.domain.release import Phase, Release
from bot.domain.service import Service
from bot.ports import Inquiry
from bot.ports.sources import Secret, SourceSettings
from bot.watch import State, health_of
from tests.adapters.evidence.kubernetes.cluster import NAMESPACE, READER, Cluster, clusters

NOW = datetime(2026, 11, 24, 15, 15, tzinfo=UTC)
RELEASE = Release(
    id="R-1", service="shop", environment="production", version="2.4.1", phase=Phase.LIVE, requested_by="ana",
    owner="ana", home=Place("sandbox", "#x"), created_at=NOW, time_zone="UTC", started_at=NOW,
)  # fmt: skip
SHOP = Service("shop", "Shop", 1, "UTC", ("ana",), {}, tool="argo-rollouts",
               names={"namespace": NAMESPACE, "image": "ghcr.io/acme/shop"})  # fmt: skip
OLD, NEW = "ghcr.io/acme/shop:2.4.0", "ghcr.io/acme/shop:v2.4.1"
DIGEST, OTHER = "sha256:" + "a" * 64, "sha256:" + "b" * 64
HALF = {"phase": "Progressing", "currentPodHash": "b", "stableRS": "a", "currentStepIndex": 2}
FAILED_RUN = {"canary": {"currentStepAnalysisRunStatus": {"name": "errors", "status": "Failed"}}}
PAUSED = {**HALF, "phase": "Paused", "currentStepIndex": 1,
          "pauseConditions": [{"reason": "CanaryPauseStep", "startTime": "2026-11-24T15:00:00Z"}]}  # fmt: skip
WEIGHTS = {"canary": {"weights": {"canary": {"weight": 35}, "stable": {"weight": 65}}}}
LATE = [{"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded", "message": "timed out"}]


@pytest.fixture
async def cluster() -> AsyncIterator[Cluster]:
    async with clusters() as one:
        yield one


@pytest.fixture
async def source(cluster: Cluster) -> AsyncIterator[KubernetesSource]:
    async with Transport() as transport:
        yield made(cluster, transport)


def made(cluster: Cluster, transport: Transport, token: str = READER) -> KubernetesSource:
    return kubernetes(
        SourceSettings("prod", "kubernetes", cluster.url, (), Secret(lambda: token), allow_private=True), transport
    )


async def ask(source: KubernetesSource, service: Service = SHOP, release: Release = RELEASE) -> Evidence:
    (found,) = await source.gather(Inquiry(release, service, "rollout", "watch", NOW))
    assert (found.kind, found.by) == (Kind.ROLLOUT, "bot")
    return found


def told(found: Evidence) -> tuple[Standing, object, object]:
    return found.standing, found.facts.get("state"), found.facts.get("percent")


async def test_a_rollout_is_followed_from_before_its_start_to_its_end(
    cluster: Cluster, source: KubernetesSource
) -> None:
    cluster.rollout(OLD)
    assert told(await ask(source)) == (Standing.VERIFIED, "not_started", 0)
    cluster.apply("rollouts", NEW)
    # The status is still the one of the old version, healthy and done: it says nothing of the new one.
    assert told(await ask(source)) == (Standing.INCONCLUSIVE, None, None)
    cluster.observe("rollouts", **PAUSED)
    assert told(await ask(source)) == (Standing.VERIFIED, "paused", 10)
    cluster.observe("rollouts", **HALF)
    assert told(await ask(source)) == (Standing.VERIFIED, "progressing", 50)
    cluster.observe("rollouts", **WEIGHTS)
    assert told(await ask(source)) == (Standing.VERIFIED, "progressing", 35)
    cluster.observe("rollouts", phase="Healthy", stableRS="a")
    assert (await ask(source)).facts["state"] == "progressing"  # healthy, and not promoted
    cluster.observe("rollouts", phase="Healthy", stableRS="b", currentStepIndex=4)
    found = await ask(source)
    assert (told(found), found.subject) == ((Standing.VERIFIED, "completed", 100), "2.4.1")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ({**HALF, "phase": "Degraded", "message": "ProgressDeadlineExceeded"}, "degraded"),
        ({**HALF, "abort": True, "phase": "Degraded", "message": "RolloutAborted"}, "aborted"),
        ({**HALF, **FAILED_RUN}, "degraded"),
        ({**HALF, "blueGreen": {"postPromotionAnalysisRunStatus": {"name": "p", "status": "Error"}}}, "degraded"),
    ],
)
async def test_a_broken_rollout_is_bad_news(
    cluster: Cluster, source: KubernetesSource, status: dict[str, Any], state: str
) -> None:
    cluster.rollout(NEW, **status)
    found = await ask(source)
    assert (found.standing, found.facts["state"]) == (Standing.FAILED, state)
    assert health_of(replace(RELEASE, evidence=(found,)), SHOP, NOW).state is State.BAD


async def test_a_deployment_is_followed_too(cluster: Cluster, source: KubernetesSource) -> None:
    plain = replace(SHOP, tool="helm")
    cluster.deployment(OLD)
    assert told(await ask(source, plain)) == (Standing.VERIFIED, "not_started", 0)
    cluster.apply("deployments", NEW)
    assert told(await ask(source, plain)) == (Standing.INCONCLUSIVE, None, None)
    cluster.observe("deployments", updatedReplicas=1, availableReplicas=4, replicas=5)
    assert told(await ask(source, plain)) == (Standing.VERIFIED, "progressing", 25)
    cluster.observe("deployments", updatedReplicas=4, availableReplicas=4, replicas=5)
    assert told(await ask(source, plain)) == (Standing.VERIFIED, "progressing", 99)  # an old instance is still there
    cluster.observe("deployments", replicas=4, conditions=LATE)
    assert told(await ask(source, plain)) == (Standing.FAILED, "degraded", 100)
    cluster.observe("deployments", conditions=[{"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate"}])
    assert (await ask(source, plain)).facts["state"] == "degraded"
    cluster.observe("deployments", conditions=[])
    assert told(await ask(source, plain)) == (Standing.VERIFIED, "completed", 100)
    cluster.objects["deployments", "shop"]["spec"]["paused"] = True
    assert (await ask(source, plain)).facts["state"] == "paused"


async def test_no_instance_at_all_is_no_completed_rollout(cluster: Cluster, source: KubernetesSource) -> None:
    cluster.deployment(NEW, replicas=0, updatedReplicas=0, availableReplicas=0)["spec"]["replicas"] = 0
    assert told(await ask(source)) == (Standing.INCONCLUSIVE, None, None)


@pytest.mark.parametrize(
    ("image", "digest", "state", "by"),
    [
        (f"ghcr.io/acme/shop@{DIGEST}", DIGEST, "completed", "digest"),
        (f"ghcr.io/acme/shop:v2.4.1@{OTHER}", DIGEST, "not_started", "digest"),  # the tag says so, the digest does not
        (f"ghcr.io/acme/shop:2.4.1@{OTHER}", None, "completed", "tag"),
        ("ghcr.io/acme/shop:2.4.10", None, "not_started", "tag"),
        ("ghcr.io/acme/shop:latest", None, None, None),
        (f"ghcr.io/acme/shop@{OTHER}", None, None, None),
        ("ghcr.io/acme/shop", None, None, None),
    ],
)
async def test_it_is_bound_to_the_digest_or_the_version_of_the_release(
    cluster: Cluster, source: KubernetesSource, image: str, digest: str | None, state: str | None, by: str | None
) -> None:
    cluster.rollout(image)
    found = await ask(source, release=replace(RELEASE, digest=digest))
    assert (found.facts.get("state"), found.facts.get("compared_by")) == (state, by)
    assert found.standing is (Standing.VERIFIED if state else Standing.INCONCLUSIVE)


async def test_which_container_it_is_has_to_be_known(cluster: Cluster, source: KubernetesSource) -> None:
    cluster.rollout(NEW)
    unsaid = replace(SHOP, names={"namespace": NAMESPACE})
    assert (await ask(source, unsaid)).standing is Standing.INCONCLUSIVE
    assert (await ask(source, replace(unsaid, names={**unsaid.names, "container": "app"}))).facts[
        "state"
    ] == "completed"
    assert (await ask(source, replace(unsaid, names={"namespace": NAMESPACE, "container": "x"}))).facts.get(
        "state"
    ) is None


async def test_what_is_not_there_or_not_named_is_missing(cluster: Cluster, source: KubernetesSource) -> None:
    assert (await ask(source)).standing is Standing.MISSING
    nowhere = replace(SHOP, names={})
    assert "no namespace" in (await ask(source, nowhere)).text
    odd = replace(SHOP, names={"namespace": "../../secrets", "workload": "x/y?z"})
    assert (await ask(source, odd)).standing is Standing.MISSING
    assert all("?" not in path and "/../" not in path for _, path, _ in cluster.recording.heard)
    cluster.rollout(NEW)
    assert (await ask(source)).facts["state"] == "completed"


async def test_a_token_that_is_not_accepted_tells_nothing(cluster: Cluster) -> None:
    cluster.rollout(NEW)
    async with Transport() as transport:
        found = await ask(made(cluster, transport, "guess"))
        assert (found.standing, found.facts["unavailable"]) == (Standing.UNAVAILABLE, "unauthorised")


async def test_a_status_of_another_shape_is_not_taken_for_anything(cluster: Cluster, source: KubernetesSource) -> None:
    odd: tuple[dict[str, str], ...] = ({}, {"observedGeneration": "1"}, {"observedGeneration": "2", "phase": "Healthy"})
    for status in odd:
        cluster.rollout(NEW)["status"] = status
        found = await ask(source)
        assert (found.standing, found.facts.get("state")) == (Standing.INCONCLUSIVE, None)


async def test_it_proves_that_it_may_change_nothing(cluster: Cluster, source: KubernetesSource) -> None:
    assert await source.too_much(NAMESPACE) == ()
    cluster.may = {"patch deployments", "get secrets"}
    assert await source.too_much(NAMESPACE) == ("patch deployments", "get secrets")
    assert {m for m, _, _ in cluster.recording.heard} == {"POST"}
    assert {p for _, p, _ in cluster.recording.heard} == {"/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"}
    assert len(cluster.recording.heard) == 2 * len(FORBIDDEN)


async def test_a_cluster_that_does_not_say_what_we_may_do_proves_nothing(cluster: Cluster) -> None:
    async with Transport() as transport:
        assert isinstance(await made(cluster, transport, "guess").too_much(NAMESPACE), Unavailable)
