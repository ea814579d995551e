"""A source of images that asks the real registry of the tests."""

from collections.abc import AsyncIterator

import pytest

from adapters.evidence.registry.source import RegistrySource
from adapters.http.fetch import Transport
from adapters.http.sites import Site
from tests.adapters.evidence.registry.servers import Pusher


@pytest.fixture
async def source(pusher: Pusher) -> AsyncIterator[RegistrySource]:
    async with Transport() as transport:
        yield RegistrySource("images", transport.remote(Site("images", pusher.url, allow_private=True)))
