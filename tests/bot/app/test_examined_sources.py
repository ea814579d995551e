"""Doctor, and the log at the start, say what was verified of the sources: that they answer, and that a credential only reads."""

import logging
from pathlib import Path

import pytest
import yaml

from bot.app.serve import serving
from tests.adapters.evidence.kubernetes.cluster import NAMESPACE, READER, Cluster, clusters
from tests.bot.app.local import local
from tests.bot.app.test_doctor import catalogue, examine, lacks
from tests.bot.app.test_serve import settings


def _sources(folder: Path, cluster: Cluster, token: str = READER) -> Path:
    (folder / "token").write_text(token)
    prod = {"kind": "kubernetes", "url": cluster.url, "token_file": "token", "allow_private": True}
    (folder / "sources.yaml").write_text(
        yaml.safe_dump({"schema": 1, "sources": {"prod": {**prod, "options": {"namespace": NAMESPACE}}}})
    )
    return folder / "sources.yaml"


async def test_doctor_verifies_that_the_credential_of_a_cluster_only_reads(tmp_path: Path) -> None:
    async with clusters() as cluster:
        given = settings(tmp_path, catalogue=catalogue(tmp_path), sources=_sources(tmp_path, cluster))
        assert "prod: verified that its credential cannot change shop-prod." in (await examine(given, tmp_path)).text()
        cluster.may = {"delete pods"}
        found = lacks(await examine(given, tmp_path))
        assert "delete pods" in found["source_reads"]
        _sources(tmp_path, cluster, "guess")
        assert "source_rights" in lacks(await examine(given, tmp_path))


async def test_the_start_waits_for_no_source_and_tells_what_it_verified(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.app.looking")
    async with clusters() as cluster:
        given = settings(tmp_path, catalogue=catalogue(tmp_path), sources=_sources(tmp_path, cluster))
        async with serving(given, [local(tmp_path)]) as served:
            assert served.port
            for _ in range(200):
                if any("prod: verified" in line for line in caplog.messages):
                    break
                await served.outbox.beat()
    assert any("prod: verified that its credential cannot change shop-prod." in line for line in caplog.messages)
