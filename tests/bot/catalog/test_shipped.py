"""The files in deploy/ are what the demo and the shipped rules need."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog.file import CatalogFile
from bot.domain.evidence import Kind
from bot.domain.people import ActorKind, Role
from bot.domain.service import Audience, Service, Strategy
from bot.policy.defaults import POLICY, RUBRIC
from bot.policy.people import holders

SERVICES = ("payments", "ledger", "web", "search")
UNREACHABLE = {"ana", "ben"}
"""Requester and author of the tour: they sign nothing."""


def fresh(service: Service, kind: Kind, today: date) -> bool:
    limit = POLICY.freshness.get(kind, timedelta(days=365))
    return any(one.kind is kind and today - one.dated < limit for one in service.standing)


def test_the_shipped_policy_and_rubric_are_the_defaults_written_out(shipped: CatalogFile) -> None:
    assert shipped().policy == POLICY
    assert shipped().rubric == RUBRIC


def test_the_demo_has_its_services_and_people(shipped: CatalogFile) -> None:
    catalog = shipped()
    assert tuple(catalog.services) == SERVICES
    people = "ana kai lena priya quinn mia sam ben release-bot"
    assert set(catalog.roster.people) == set(people.split())
    assert catalog.roster.people["release-bot"].kind is ActorKind.BOT
    assert all(p.direct == {"sandbox": f"@{p.id}"} for p in catalog.roster.people.values())
    assert [s.strategy for s in catalog.services.values()] == [
        Strategy.CANARY,
        Strategy.BLUE_GREEN,
        Strategy.FEATURE_FLAG,
        Strategy.ROLLING,
    ]
    assert catalog.services["payments"].depends_on == ("ledger",)


def test_the_demo_has_no_gate_that_hangs_on_one_person(shipped: CatalogFile) -> None:
    shipped()
    assert shipped.warnings == ()


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("role", list(Role))
def test_each_sign_off_has_two_reachable_people_beside_requester_and_author(
    shipped: CatalogFile, name: str, role: Role
) -> None:
    able = set(holders(shipped().services[name], role)) - UNREACHABLE
    assert len(able) >= 2


@pytest.mark.parametrize("name", SERVICES)
def test_each_demo_service_knows_its_channels_sources_and_decision_maker(shipped: CatalogFile, name: str) -> None:
    service = shipped().services[name]
    assert [str(p) for p in service.channels[Audience.TEAM]] == [f"sandbox:#{name}"]
    assert [str(p) for p in service.channels[Audience.STAKEHOLDERS]] == ["sandbox:#releases"]
    assert set(service.sources.values()) == {
        "demo-ci",
        "demo-scm",
        "demo-prometheus",
        "demo-rollout",
        "demo-registry",
        "demo-incidents",
    }
    assert holders(service, Role.DECISION_MAKER) == ("lena", "mia")
    assert "ana" in service.roles[Role.SERVICE_OWNER]
    assert (service.thresholds[0].limit, service.thresholds[0].unit) == (1.0, "%")
    assert (service.thresholds[1].limit, service.thresholds[1].unit) == (400.0, "ms")


def test_payments_lacks_only_a_fresh_rollback_drill(shipped: CatalogFile) -> None:
    payments, today = shipped().services["payments"], date(2026, 11, 24)
    wanted = (Kind.RUNBOOK, Kind.MONITORING, Kind.ON_CALL, Kind.CAPACITY)
    assert all(fresh(payments, kind, today) for kind in wanted)
    assert not fresh(payments, Kind.ROLLBACK, today)


def test_search_is_kept_in_order_and_low_by_nature(shipped: CatalogFile) -> None:
    search, today = shipped().services["search"], date(2026, 11, 24)
    assert all(fresh(search, one.kind, today) for one in search.standing)
    assert fresh(search, Kind.ROLLBACK, today)
    assert len(search.history) >= 5
    assert {outcome.result for outcome in search.history} == {"success"}


def test_the_demo_is_as_fresh_in_a_year_as_today(root: Path) -> None:
    later = datetime(2028, 2, 29, 9, tzinfo=UTC)
    catalog = CatalogFile(root / "deploy" / "catalogue" / "demo.yaml", lambda: later)()
    assert fresh(catalog.services["search"], Kind.ROLLBACK, later.date())
    assert all(outcome.ended_at < later for outcome in catalog.services["search"].history)


def test_nothing_answered_scores_a_hundred_by_the_shipped_rubric() -> None:
    assert sum(factor.worst for factor in RUBRIC.factors) == 60
    assert RUBRIC.must_cap + RUBRIC.should_cap + RUBRIC.stale_cap == 40
