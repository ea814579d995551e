"""The platform between a Slack of our own and a scripted door."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack_world import World, slack_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with slack_world(tmp_path) as made:
        yield made
