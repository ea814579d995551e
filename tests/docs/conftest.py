"""The pages of the documentation."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def pages() -> tuple[Path, ...]:
    return (*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md")))
