"""The platform between Microsoft's servers on loopback and a scripted door."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.teams_world import World, teams_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with teams_world(tmp_path) as made:
        yield made
