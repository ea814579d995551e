"""What can be set, in the many ways people write it, and what the source answers then."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.evidence.demo import demo_sources
from adapters.evidence.demo_file import DemoFile
from bot.domain.errors import BadFile
from bot.domain.evidence import Kind, Standing
from bot.domain.people import Place
from bot.domain.release import Phase, Release
from bot.domain.service import Service, Threshold
from bot.ports import Inquiry

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
SERVICE = Service(
    "payments",
    "Payments",
    1,
    "UTC",
    ("ana",),
    {},
    data_store="PostgreSQL",
    thresholds=(Threshold("checkout errors", 2, "%"), Threshold("saturation", 90, "%")),
)


def release(version: str = "2.4.1", started_at: datetime | None = None, rollback_at: datetime | None = None) -> Release:
    return Release(
        "R-1",
        "payments",
        "production",
        version,
        Phase.PLANNING,
        "ana",
        "ana",
        Place("sandbox", "#payments"),
        NOW,
        "UTC",
        started_at=started_at,
        rollback_at=rollback_at,
    )


FAIL, GOOD, DOWN, GONE = Standing.FAILED, Standing.VERIFIED, Standing.UNAVAILABLE, Standing.MISSING
Facts = Mapping[str, object]


@pytest.mark.parametrize(
    ("role", "purpose", "given", "kind", "standing", "facts"),
    [
        ("scm", "plan", {"status": "missing"}, Kind.ARTIFACT, GONE, {}),
        ("scm", "plan", {"pull_request": False}, Kind.CHANGE, GONE, {}),
        ("scm", "plan", {"notes": "none"}, Kind.NOTES, GONE, {}),
        ("scm", "plan", {"notes": "https://notes.example/1"}, Kind.NOTES, GOOD, {}),
        (
            "scm",
            "plan",
            {"authors": ["ben", "ana"], "sha": "abc"},
            Kind.ARTIFACT,
            GOOD,
            {"authors": "ben,ana", "commit": "abc"},
        ),
        ("scm", "plan", {"models_changed": "no"}, Kind.MIGRATION, GOOD, {"data_change": "none"}),
        (
            "scm",
            "plan",
            {"data_change": "contract"},
            Kind.MIGRATION,
            GONE,
            {"data_change": "contract", "models_changed": True},
        ),
        ("scm", "plan", {"data_change": "none"}, Kind.MIGRATION, GOOD, {"models_changed": False}),
        ("scm", "plan", {"flags": True, "default": "off"}, Kind.FLAGS, GOOD, {"flags_used": True, "default": "off"}),
        ("scm", "plan", {"status": "down"}, Kind.ARTIFACT, DOWN, {}),
        ("ci", "plan", {"tests": "running"}, Kind.CI, Standing.PENDING, {"tests": "pending"}),
        ("ci", "plan", {"finished_at": "2026-11-20T10:00:00+01:00"}, Kind.CI, GOOD, {}),
        ("ci", "plan", {"available": "no"}, Kind.CI, DOWN, {}),
        ("prometheus", "watch", {"healthy": False}, Kind.HEALTH, FAIL, {"healthy": False, "error_rate": 7.5}),
        ("prometheus", "watch", {"status": "degraded"}, Kind.HEALTH, FAIL, {"healthy": False}),
        ("prometheus", "watch", {"status": "success"}, Kind.HEALTH, GOOD, {"healthy": True}),
        ("prometheus", "watch", {"state": "down"}, Kind.HEALTH, DOWN, {}),
        (
            "prometheus",
            "watch",
            {"metrics": {"error_rate": "4.2%", "p95": "90 ms"}},
            Kind.HEALTH,
            FAIL,
            {"error_rate": 4.2},
        ),
        ("prometheus", "plan", {"status": "firing", "alert": "Down"}, Kind.MONITORING, FAIL, {"alert": "Down"}),
        ("prometheus", "plan", {"alerts": ["Slow"]}, Kind.MONITORING, FAIL, {"firing": True, "alert": "Slow"}),
        ("prometheus", "plan", {"alerts": []}, Kind.MONITORING, GOOD, {"firing": False}),
        (
            "rollout",
            "watch",
            {"status": "paused", "percent": 25},
            Kind.ROLLOUT,
            GOOD,
            {"state": "paused", "percent": 25},
        ),
        ("rollout", "watch", {"percent": 0}, Kind.ROLLOUT, GOOD, {"state": "not_started", "percent": 0}),
        ("rollout", "watch", {"state": "unavailable"}, Kind.ROLLOUT, DOWN, {}),
        ("rollout", "watch", {"available": False}, Kind.ROLLOUT, DOWN, {}),
        ("registry", "plan", {"installable": False}, Kind.ROLLBACK_TARGET, FAIL, {"installable": False}),
        ("registry", "plan", {"status": "missing"}, Kind.ROLLBACK_TARGET, FAIL, {"installable": False}),
        ("registry", "plan", {"version": "2.3.9"}, Kind.ROLLBACK_TARGET, GOOD, {"target": "2.3.9"}),
        (
            "incidents",
            "plan",
            {"incident": True, "severity": "P1"},
            Kind.DEPENDENCIES,
            FAIL,
            {"severity": "SEV1", "on": "payments"},
        ),
        (
            "incidents",
            "plan",
            {"incidents": [{"id": "INC-1"}]},
            Kind.DEPENDENCIES,
            FAIL,
            {"open_incident": "INC-1", "severity": "SEV2"},
        ),
        ("incidents", "plan", {"status": "down"}, Kind.DEPENDENCIES, DOWN, {}),
        ("incidents", "plan", {"status": "none"}, Kind.DEPENDENCIES, GOOD, {"open_incident": ""}),
        (
            "incidents",
            "plan",
            {"service": "payments", "open_incident": {"id": "INC-2"}},
            Kind.DEPENDENCIES,
            FAIL,
            {"on": "payments"},
        ),
    ],
)
async def test_a_set_changes_what_is_answered_and_an_empty_set_takes_it_back(
    tmp_path: Path, role: str, purpose: str, given: dict[str, object], kind: Kind, standing: Standing, facts: Facts
) -> None:
    file = DemoFile(tmp_path / "demo.json")
    source = demo_sources(file)[f"demo-{role}"]
    asked = Inquiry(release(), SERVICE, role, purpose, NOW)
    before = await source.gather(asked)
    file.apply(role, given)
    found = {item.kind: item for item in await source.gather(asked)}[kind]
    assert found.standing is standing
    assert {key: found.facts[key] for key in facts} == facts
    file.apply(role, {})
    assert await source.gather(asked) == before


async def test_a_first_version_has_nothing_to_go_back_to(tmp_path: Path) -> None:
    source = demo_sources(DemoFile(tmp_path / "demo.json"))["demo-registry"]
    (item,) = await source.gather(Inquiry(release("0.0.0"), SERVICE, "registry", "plan", NOW))
    assert item.standing is Standing.MISSING
    (item,) = await source.gather(Inquiry(release("3.0.0"), SERVICE, "registry", "plan", NOW))
    assert item.facts["target"] == "2.0.0"


async def test_a_rollback_shows_as_an_aborted_rollout(tmp_path: Path) -> None:
    source = demo_sources(DemoFile(tmp_path / "demo.json"))["demo-rollout"]
    (item,) = await source.gather(Inquiry(release(started_at=NOW, rollback_at=NOW), SERVICE, "rollout", "watch", NOW))
    assert (item.standing, item.facts["state"]) == (Standing.FAILED, "aborted")


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text("[]", encoding="utf-8")
    with pytest.raises(BadFile, match="an object"):
        DemoFile(tmp_path / "demo.json")
