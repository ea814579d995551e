"""The demo sources: healthy unless told otherwise, never green when down, and the same after a restart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.evidence.demo import demo_sources
from adapters.evidence.demo_file import DemoFile
from adapters.evidence.demo_keys import KEYS, ROLES
from adapters.evidence.demo_words import DemoRefused
from bot.domain.errors import BadFile
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.people import Place
from bot.domain.release import Phase, Release
from bot.domain.service import Service, Threshold
from bot.ports import Inquiry
from tests.adapters.sandbox_world import catalog

NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
PAYMENTS = Service(
    "payments", "Payments", 1, "Europe/Berlin", ("ana",), {}, data_store="PostgreSQL", depends_on=("ledger",)
)
SEARCH = Service("search", "Search", 3, "Europe/Berlin", ("ana",), {}, uses_flags=False)
RELEASE = Release(
    id="R-1",
    service="payments",
    environment="production",
    version="2.4.1",
    phase=Phase.PLANNING,
    requested_by="ana",
    owner="ana",
    home=Place("sandbox", "#payments"),
    created_at=NOW,
    time_zone="Europe/Berlin",
    steps=(10, 50, 100),
)


@pytest.fixture
def file(tmp_path: Path) -> DemoFile:
    return DemoFile(tmp_path / "demo.json")


async def ask(
    file: DemoFile, role: str, purpose: str = "plan", service: Service = PAYMENTS, release: Release = RELEASE
) -> dict[Kind, Evidence]:
    source = demo_sources(file)[f"demo-{role}"]
    items = await source.gather(Inquiry(release, service, role, purpose, NOW))
    assert all(item.demo and item.source == f"demo-{role}" and item.by == "bot" for item in items)
    return {item.kind: item for item in items}


async def test_by_default_everything_is_healthy(file: DemoFile) -> None:
    ci = (await ask(file, "ci"))[Kind.CI]
    assert ci.standing is Standing.VERIFIED
    assert {ci.facts[c] for c in ("tests", "coverage", "code_analysis", "security_scan")} == {"passed"}
    assert str(ci.facts["test_report"]).startswith("https://")
    scm = await ask(file, "scm")
    assert scm[Kind.ARTIFACT].facts["commit"] == ci.subject
    assert scm[Kind.ARTIFACT].facts["authors"] == "ben"
    assert scm[Kind.CHANGE].url
    assert scm[Kind.NOTES].url
    assert (await ask(file, "prometheus"))[Kind.MONITORING].facts == {"has_data": True, "firing": False}
    health = (await ask(file, "prometheus", "watch"))[Kind.HEALTH]
    assert (health.standing, health.facts["healthy"]) == (Standing.VERIFIED, True)
    target = (await ask(file, "registry"))[Kind.ROLLBACK_TARGET]
    assert target.facts == {"target": "2.4.0", "installable": True}
    assert (await ask(file, "incidents"))[Kind.DEPENDENCIES].facts["open_incident"] == ""
    assert (await ask(file, "rollout"))[Kind.ROLLOUT].facts == {"state": "not_started", "percent": 0}


async def test_models_changed_where_there_is_a_data_store_and_nowhere_else(file: DemoFile) -> None:
    migration = (await ask(file, "scm"))[Kind.MIGRATION]
    assert (migration.standing, migration.facts["models_changed"]) == (Standing.MISSING, True)
    assert Kind.MIGRATION not in await ask(file, "scm", "recheck")
    calm = await ask(file, "scm", service=SEARCH)
    assert (calm[Kind.MIGRATION].standing, calm[Kind.FLAGS].facts) == (Standing.VERIFIED, {"flags_used": False})


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("purpose", ["plan", "recheck", "watch"])
async def test_a_source_that_is_down_is_unavailable_never_green_and_comes_back(
    file: DemoFile, role: str, purpose: str
) -> None:
    file.apply(role, {"available": False})
    items = await ask(file, role, purpose)
    assert items
    assert {item.standing for item in items.values()} == {Standing.UNAVAILABLE}
    file.apply(role, {})
    assert Standing.UNAVAILABLE not in {item.standing for item in (await ask(file, role, purpose)).values()}


@pytest.mark.parametrize("given", [{"has_data": False}, {"metrics": None}, {"data": False}, {"status": "no data"}])
async def test_no_samples_are_never_verified(file: DemoFile, given: dict[str, object]) -> None:
    file.apply("prometheus", given)
    assert (await ask(file, "prometheus"))[Kind.MONITORING].standing is Standing.MISSING
    assert (await ask(file, "prometheus", "watch"))[Kind.HEALTH].standing is Standing.INCONCLUSIVE
    file.apply("prometheus", {"error_rate": "0.3 %"})
    assert (await ask(file, "prometheus", "watch"))[Kind.HEALTH].standing is Standing.VERIFIED


@pytest.mark.parametrize(
    ("given", "standing"),
    [
        ({"status": "failed"}, Standing.FAILED),
        ({"conclusion": "failure"}, Standing.FAILED),
        ({"result": "RED"}, Standing.FAILED),
        ({"passed": False}, Standing.FAILED),
        ({"state": "in progress"}, Standing.PENDING),
        ({"status": "unavailable"}, Standing.UNAVAILABLE),
        ({"status": "none"}, Standing.MISSING),
        ({"security": "failed"}, Standing.FAILED),
        ({"checks": {"tests": "failure"}}, Standing.FAILED),
        ({"status": "success"}, Standing.VERIFIED),
    ],
)
async def test_ci_understands_many_words(file: DemoFile, given: dict[str, object], standing: Standing) -> None:
    file.apply("demo-ci", given)
    ci = (await ask(file, "ci"))[Kind.CI]
    assert ci.standing is standing
    if standing is Standing.FAILED:
        assert "failed" in ci.facts.values()
    file.apply("ci", {"status": "passed", "checks": {"tests": "passed", "security_scan": "passed"}})
    assert (await ask(file, "ci"))[Kind.CI].standing is Standing.VERIFIED


async def test_an_absent_check_is_absent_though_the_run_passed(file: DemoFile) -> None:
    file.apply("ci", {"security_scan": "absent", "test_report": False})
    ci = (await ask(file, "ci"))[Kind.CI]
    assert (ci.standing, ci.facts["security_scan"], "test_report" in ci.facts) == (Standing.VERIFIED, "absent", False)


async def test_an_override_holds_for_its_service_only(file: DemoFile) -> None:
    file.apply("ci", {"status": "failed", "service": "search"})
    assert (await ask(file, "ci", service=SEARCH))[Kind.CI].standing is Standing.FAILED
    assert (await ask(file, "ci"))[Kind.CI].standing is Standing.VERIFIED
    file.apply("ci", {"status": "pending"})
    assert (await ask(file, "ci", service=SEARCH))[Kind.CI].standing is Standing.FAILED
    file.apply("ci", {"service": "search"})
    assert (await ask(file, "ci", service=SEARCH))[Kind.CI].standing is Standing.PENDING


async def test_health_is_measured_against_the_thresholds_of_the_service(file: DemoFile) -> None:
    strict = replace(PAYMENTS, thresholds=(Threshold("error rate", 0.5, "%"),))
    file.apply("prometheus", {"error_rate": 1})
    assert (await ask(file, "prometheus", "watch", strict))[Kind.HEALTH].facts["healthy"] is False
    assert (await ask(file, "prometheus", "watch"))[Kind.HEALTH].facts["healthy"] is True
    file.apply("prometheus", {"error_rate": 0.2, "firing": "PaymentsDown"})
    health = (await ask(file, "prometheus", "watch"))[Kind.HEALTH]
    assert (health.standing, health.facts["alert"]) == (Standing.FAILED, "PaymentsDown")
    assert (await ask(file, "prometheus"))[Kind.MONITORING].standing is Standing.FAILED


async def test_the_rollout_tool_never_runs_ahead_of_people_unless_it_is_told_to(file: DemoFile) -> None:
    live = replace(RELEASE, started_at=NOW)
    assert (await ask(file, "rollout", release=live))[Kind.ROLLOUT].facts == {"state": "progressing", "percent": 10}
    done = replace(live, done_at=NOW)
    assert (await ask(file, "rollout", release=done))[Kind.ROLLOUT].facts == {"state": "completed", "percent": 100}
    file.apply("rollout", {"weight": 50})
    assert (await ask(file, "rollout"))[Kind.ROLLOUT].facts == {"state": "progressing", "percent": 50}
    file.apply("rollout", {"phase": "Degraded"})
    assert (await ask(file, "rollout"))[Kind.ROLLOUT].standing is Standing.FAILED
    file.apply("rollout", {"percent": 100})
    assert (await ask(file, "rollout"))[Kind.ROLLOUT].facts["state"] == "completed"


async def test_an_incident_counts_on_the_service_and_its_neighbours_only(file: DemoFile) -> None:
    file.apply("incidents", {"open_incident": {"id": "INC-9", "severity": "sev-1", "service": "ledger"}})
    assert (await ask(file, "incidents"))[Kind.DEPENDENCIES].facts == {
        "open_incident": "INC-9",
        "severity": "SEV1",
        "on": "ledger",
    }
    assert (await ask(file, "incidents", service=SEARCH))[Kind.DEPENDENCIES].standing is Standing.VERIFIED
    file.apply("incidents", {"service": "search", "open_incident": "INC-3"})
    assert (await ask(file, "incidents", service=SEARCH))[Kind.DEPENDENCIES].facts["on"] == "search"
    file.apply("incidents", {"open_incident": None})
    assert (await ask(file, "incidents", service=SEARCH))[Kind.DEPENDENCIES].standing is Standing.VERIFIED


async def test_an_incident_counts_for_what_is_needed_by_the_broken_service(file: DemoFile) -> None:
    entries = catalog()
    needing = replace(entries.services["search"], depends_on=("payments",))
    found = replace(entries, services={**entries.services, "search": needing})
    file.apply("incidents", {"open_incident": {"id": "INC-9", "service": "search"}})
    source = demo_sources(file, lambda: found)["demo-incidents"]
    (item,) = await source.gather(Inquiry(RELEASE, PAYMENTS, "incidents", "plan", NOW))
    assert item.facts["open_incident"] == "INC-9"


async def test_without_a_version_nothing_can_be_looked_up(file: DemoFile) -> None:
    empty = replace(RELEASE, version=None)
    for role in ("ci", "scm"):
        items = await ask(file, role, release=empty)
        assert {item.standing for item in items.values()} == {Standing.MISSING}


async def test_a_healthy_pipeline_is_never_stale_and_an_old_run_is_dated(file: DemoFile) -> None:
    old = replace(RELEASE, created_at=NOW - timedelta(days=9))
    dated = (await ask(file, "ci", release=old))[Kind.CI].dated
    assert dated is not None
    assert NOW - timedelta(hours=5) < dated < NOW
    file.apply("ci", {"age_hours": 30})
    assert (await ask(file, "ci"))[Kind.CI].dated == NOW - timedelta(hours=30)


async def test_what_was_set_survives_a_restart_and_an_empty_set_resets(tmp_path: Path) -> None:
    DemoFile(tmp_path / "demo.json").apply("ci", {"status": "failed"})
    again = DemoFile(tmp_path / "demo.json")
    assert (await ask(again, "ci"))[Kind.CI].standing is Standing.FAILED
    again.apply("ci", {})
    assert (await ask(DemoFile(tmp_path / "demo.json"), "ci"))[Kind.CI].standing is Standing.VERIFIED


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadFile, match="remove it"):
        DemoFile(tmp_path / "demo.json")


@pytest.mark.parametrize(
    ("source", "given", "says"),
    [
        ("jenkins", {"status": "failed"}, "one of ci, scm, prometheus"),
        ("ci", {"colour": "red"}, "it takes: service, status"),
        ("ci", {"status": "purple"}, "one of failed, missing, passed"),
        ("prometheus", {"error_rate": "many"}, "no number"),
        ("prometheus", {"error_rate": True}, "no number"),
        ("rollout", {"percent": 101}, "more than 100"),
        ("scm", {"models_changed": "perhaps"}, "neither true nor false"),
        ("scm", {"merge_request": "javascript:alert(1)"}, "http or https"),
        ("incidents", {"open_incident": {"colour": "red"}}, "id, severity, service"),
        ("ci", {"finished_at": "soon"}, "a time like"),
        ("ci", {"commit": "x" * 999}, "at most 300"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_is_allowed(
    file: DemoFile, source: str, given: dict[str, object], says: str
) -> None:
    with pytest.raises(DemoRefused, match=says):
        file.apply(source, given)
    assert file.apply("ci", {"status": "failed"})["set"] == {"*": {"status": "failed"}}


def test_an_override_names_a_service_of_the_catalogue(tmp_path: Path) -> None:
    file = DemoFile(tmp_path / "demo.json", ("payments",))
    with pytest.raises(DemoRefused, match="one of payments"):
        file.apply("ci", {"status": "failed"}, "paymets")
    file.apply("ci", {"status": "failed"}, "payments")


@pytest.mark.parametrize("role", ROLES)
def test_every_documented_key_can_be_set_and_taken_back(file: DemoFile, role: str) -> None:
    assert set(file.describe()) == set(ROLES)
    for key in KEYS[role]:
        if key not in {"checks", "status", "available"}:
            file.apply(role, {key: None})


async def test_no_digest_is_made_up_where_a_real_registry_knows_it(file: DemoFile) -> None:
    for registry, made_up in (("hub", False), ("demo-registry", True)):
        service = replace(PAYMENTS, sources={"registry": registry})
        artifact = (await ask(file, "scm", service=service))[Kind.ARTIFACT]
        assert (artifact.standing, "digest" in artifact.facts) == (Standing.VERIFIED, made_up)
        pinned = (await ask(file, "scm", service=service, release=replace(RELEASE, digest="sha256:aa")))[Kind.ARTIFACT]
        assert pinned.facts["digest"] == "sha256:aa"
