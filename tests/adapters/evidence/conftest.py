"""One Prometheus with its Alertmanager and one docker-registry, for all tests of sources."""

from collections.abc import Iterator

import pytest

from tests.adapters.evidence.prometheus.servers import (
    LOOPBACK,
    Monitoring,
    backfill,
    configure,
    free_port,
    ready,
    scraped,
    start,
    wait,
)
from tests.adapters.evidence.registry.servers import Pusher, begin


@pytest.fixture(scope="session")
def pusher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pusher]:
    process, url = begin(tmp_path_factory.mktemp("registry"))
    try:
        yield Pusher(url)
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def monitoring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Monitoring]:
    folder = tmp_path_factory.mktemp("monitoring")
    shown, server = scraped()
    ports = free_port(), free_port()
    where = Monitoring(f"http://{LOOPBACK}:{ports[0]}", f"http://{LOOPBACK}:{ports[1]}", shown)
    configure(folder, shown.port, ports[1])
    backfill(folder)
    listen = [f"--web.listen-address={LOOPBACK}:{port}" for port in ports]
    processes = [
        start(folder, "prometheus", "--config.file=prom.yml", "--storage.tsdb.path=data", listen[0],
              "--query.lookback-delta=30m"),  # a slow run would outlive the five minutes for which old samples are shown
        start(folder, "prometheus-alertmanager", "--config.file=am.yml", "--storage.path=am",
              "--cluster.listen-address=", listen[1]),
    ]  # fmt: skip
    try:
        wait(lambda: ready(f"{where.prometheus}/-/ready") and ready(f"{where.alertmanager}/-/ready"))
        where.until("sum(up)", lambda found: bool(found) and float(found[0]["value"][1]) >= len(shown.says))
        wait(lambda: all(rule["health"] != "unknown" for rule in where.rules()))
        yield where
    finally:
        for process in processes:
            process.kill()
            process.wait()
        server.shutdown()
        server.server_close()
