"""A release day that a real Prometheus and a real registry watch, and a cluster: the posts say what was measured."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from bot.app.house import DEMO_CATALOGUE
from bot.app.options import SandboxOptions
from bot.app.sandbox import sandbox
from tests.adapters.evidence.kubernetes.cluster import NAMESPACE, READER, Cluster, clusters
from tests.adapters.evidence.prometheus.servers import SERIES, Monitoring
from tests.adapters.evidence.registry.servers import Pusher
from tests.bot.app.talk import Talk

OLD, NEW = "acme/payments:2.4.0", "acme/payments:2.4.1"
SICK = SERIES.replace("0.2", "9")


@asynccontextmanager
async def _talking(
    folder: Path, monitoring: Monitoring, pusher: Pusher, cluster: Cluster, job: str
) -> AsyncIterator[Talk]:
    (folder / "token").write_text(READER)
    sources: dict[str, dict[str, Any]] = {
        "prom": {"kind": "prometheus", "url": monitoring.prometheus, "options": {"alertmanager": "am"}},
        "am": {"kind": "alertmanager", "url": monitoring.alertmanager},
        "images": {"kind": "registry", "url": pusher.url},
        "cluster": {"kind": "kubernetes", "url": cluster.url, "token_file": "token"},
    }
    for one in sources.values():
        one["allow_private"] = True
    (folder / "sources.yaml").write_text(yaml.safe_dump({"schema": 1, "sources": sources}))
    catalogue: dict[str, Any] = yaml.safe_load(DEMO_CATALOGUE.read_text())
    payments = catalogue["services"]["payments"]
    payments["sources"] |= {"prometheus": "prom", "registry": "images", "rollout": "cluster"}
    payments["names"] = {"namespace": NAMESPACE, "workload": "shop", "image": "acme/payments"}
    payments["evidence"] = {"scrape_job": job}
    payments["previous_version"] = "2.4.0"
    payments["thresholds"] = [
        {"metric": "error rate", "limit": 5, "unit": "%", "query": f'max(error_ratio{{job="{job}"}})'},
        {"metric": "p95 latency", "limit": 400, "unit": "ms", "query": f'latency_ms{{job="{job}"}}'},
    ]
    (folder / "catalogue.yaml").write_text(yaml.safe_dump(catalogue))
    options = SandboxOptions(
        port=0, data=folder / "var", catalogue=folder / "catalogue.yaml", evidence=folder / "sources.yaml"
    )
    async with sandbox(options) as running, aiohttp.ClientSession() as session:
        yield Talk(session, f"http://127.0.0.1:{running.port}")


async def test_the_posts_of_a_rollout_say_what_prometheus_and_the_cluster_see(
    tmp_path: Path, monitoring: Monitoring, pusher: Pusher
) -> None:
    monitoring.scraped.says["watched"] = SERIES
    monitoring.until('error_ratio{job="watched"} < 1', bool)
    await pusher.image("acme/payments", "2.4.0", b"old")
    digest = await pusher.image("acme/payments", "2.4.1", b"new")
    async with clusters() as cluster, _talking(tmp_path, monitoring, pusher, cluster, "watched") as talk:
        cluster.rollout(OLD)
        await talk.post("/api/demo", {"source": "scm", "set": {"digest": digest}})
        release = await talk.cleared()
        assert (release["phase"], release["verdict"]) == ("cleared", "GO")
        seen = {(one["kind"], one["source"]): one["standing"] for one in release["evidence"]}
        assert (
            seen["monitoring", "prom"] == seen["rollback_target", "images"] == seen["artifact", "images"] == "verified"
        )
        await talk.until(0)
        cluster.apply("rollouts", NEW)
        cluster.observe("rollouts", phase="Paused", currentPodHash="b", stableRS="a", currentStepIndex=1)
        await talk.say("ana", "/release start R-1")
        await talk.until(16)
        said = (await talk.posts("#releases"))[-1]
        assert "Canary (10 %): health normal" in said
        monitoring.scraped.says["watched"] = None  # the canary dies, and with it every alert and every sample
        monitoring.until('up{job="watched"} == 0', bool)
        await talk.until(31)
        said = (await talk.posts("#releases"))[-1]
        assert "UNKNOWN" in said
        assert "monitoring green" not in said
