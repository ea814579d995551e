"""One docker-registry for all tests here."""

from collections.abc import Iterator

import pytest

from tests.adapters.evidence.registry.servers import Pusher, begin


@pytest.fixture(scope="session")
def pusher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pusher]:
    process, url = begin(tmp_path_factory.mktemp("registry"))
    try:
        yield Pusher(url)
    finally:
        process.kill()
        process.wait()
