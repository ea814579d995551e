"""A small good catalogue that tests break in one place."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.catalog.file import CatalogFile

NOW = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
GOOD = """\
schema: 1
people:
  ana: {name: Ana, direct: {slack: "U1"}}
  kai: {name: Kai, direct: {slack: "U2"}}
  robot: {name: Robot, kind: bot}
services:
  payments:
    tier: 1
    time_zone: Europe/Berlin
    team: [ana, kai]
    roles: {service_owner: [ana, kai]}
    channels: {team: ["slack:C1"]}
  ledger:
    tier: 1
    time_zone: Europe/Berlin
    team: [ana, kai]
    roles: {service_owner: [ana, kai]}
    channels: {team: ["slack:C2"]}
"""


class Desk:
    """Files that are written and written again. Each writing has a later time, however quick the test is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._age = 0

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        self._age += 1
        os.utime(path, ns=(self._age * 1_000_000_000, self._age * 1_000_000_000))
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def good() -> str:
    return GOOD


@pytest.fixture
def now() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture
def root() -> Path:
    return Path(__file__).parents[3]


@pytest.fixture
def shipped(root: Path, now: Callable[[], datetime]) -> CatalogFile:
    deploy = root / "deploy"
    return CatalogFile(
        deploy / "catalogue" / "demo.yaml",
        now,
        policy=deploy / "policy" / "default.yaml",
        rubric=deploy / "policy" / "rubric.yaml",
    )
