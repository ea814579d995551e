"""Services, versions, environments, percentages, strategies and people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.words import say
from flows.parse_service import find_service, split_joined
from flows.parse_words import (
    find_environment,
    find_person,
    find_rollback_owner,
    find_strategy,
    find_version,
    people_in,
)
from flows.shares import find_percent
from tests.flows.given import CATALOG
from tests.world import roster

SERVICES = CATALOG.services


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("payments 2.4.1", "2.4.1"),
        ("v2.4.1", "2.4.1"),
        ("2.4.1-rc.1", "2.4.1-rc.1"),
        ("2.4.1+build.5", "2.4.1+build.5"),
        ("2026.11.24", "2026.11.24"),
        ("v3 please", "3"),
        ("version 7", "7"),
        ("version release-2026-11", "release-2026-11"),
        ("commit 91fe2c0", "91fe2c0"),
        ("91fe2c0a5b7d3e1f91fe2c0a5b7d3e1f91fe2c0a", "91fe2c0a5b7d3e1f91fe2c0a5b7d3e1f91fe2c0a"),
        ("it is 2.4.1.", "2.4.1"),
        ("from 2.4.0 to 2.4.1", "2.4.1"),
        ("2.4.1, roll back to 2.4.0", "2.4.1"),
        ("effaced defaced", ""),
        ("canary 1.5 hours", ""),
        ("", ""),
    ],
)
def test_a_version_is_read(text: str, version: str) -> None:
    assert find_version(text).value == version


def test_two_versions_are_not_chosen_between_and_one_is_taken() -> None:
    found = find_version("2.4.1 or 2.4.2")
    assert found.trouble == "two_versions"
    assert say(f"talk.{found.trouble}", found.params)
    assert find_version("2.4.2").value == "2.4.2"


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        ("to production", "production"),
        ("to prod", "production"),
        ("in staging", "staging"),
        ("payments 2.4.1 prod", "production"),
        ("to the staging environment", "staging"),
        ("from staging to production", "production"),
        ("tested in staging, to prod", "production"),
        ("dry-run in staging", ""),
        ("to pre-prod", "preproduction"),
        ("product owner", ""),
        ("prod-like data", ""),
    ],
)
def test_an_environment_is_read(text: str, environment: str) -> None:
    assert find_environment(text).value == environment


def test_two_environments_are_not_chosen_between() -> None:
    found = find_environment("to staging and to production")
    assert found.trouble == "two_environments"
    assert say(f"talk.{found.trouble}", found.params)
    assert find_environment("to production").value == "production"


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("canary 10%", "10"),
        ("10% canary", "10"),
        ("with a 10% canary", "10"),
        ("canary of 5 percent", "5"),
        ("canary at 25", "25"),
        ("canary", ""),
        ("10 % first", "10"),
        ("canary 15:00", ""),
    ],
)
def test_a_canary_percentage_is_read(text: str, percent: str) -> None:
    assert find_percent(text).value == percent


@pytest.mark.parametrize("text", ["canary 0%", "canary 100%", "canary 150%", "canary -5%", "canary 2.5%"])
def test_a_percentage_out_of_range_is_refused_and_one_within_is_taken(text: str) -> None:
    found = find_percent(text)
    assert found.trouble == "percent_range"
    assert say(f"talk.{found.trouble}", found.params)
    assert find_percent("canary 5%").value == "5"


def test_two_percentages_are_not_chosen_between() -> None:
    found = find_percent("canary 10% or canary 20%")
    assert found.trouble == "two_percents"
    assert say(f"talk.{found.trouble}", found.params)


@pytest.mark.parametrize(
    ("text", "strategy"),
    [
        ("canary first", "canary"),
        ("blue-green", "blue-green"),
        ("behind a feature flag", "feature flag"),
        ("staged rollout", "staged"),
        ("rolling update", "rolling"),
        ("all at once", "all-at-once"),
        ("rolling back", ""),
        ("no feature flag", ""),
        ("without canary", ""),
        ("", ""),
    ],
)
def test_a_strategy_is_read(text: str, strategy: str) -> None:
    assert find_strategy(text).value == strategy


@pytest.mark.parametrize(
    "text",
    [
        "rollback owner kai",
        "rollback owner: @kai",
        "rollback owner is Kai",
        "kai owns the rollback",
        "@kai is rollback owner",
    ],
)
def test_the_rollback_owner_is_read(text: str) -> None:
    assert find_rollback_owner(text, roster()).value == "kai"


def test_an_unknown_rollback_owner_is_refused_and_a_known_one_is_taken() -> None:
    found = find_rollback_owner("rollback owner zed", roster())
    assert found.trouble == "person_unknown"
    assert say(f"talk.{found.trouble}", found.params)
    assert find_rollback_owner("nobody said", roster()).value == ""


def test_people_are_found_by_id_name_and_mail() -> None:
    assert [p.id for p in people_in("ask @kai or Lena, not zed", roster())] == ["kai", "lena"]
    person = find_person("KAI@acme.example", roster())
    assert person is not None
    assert person.id == "kai"
    assert find_person("", roster()) is None


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("payments 2.4.1", "payments"),
        ("2.4.1 of Payments please", "payments"),
        ("#payments 2.4.1", "payments"),
        ("payments 2.4.1, needs ledger up", "payments"),
        ("ledger first, then payments 2.4.1", "payments"),
    ],
)
def test_a_service_is_read(text: str, service: str) -> None:
    assert find_service(text, SERVICES, None).value == service


@pytest.mark.parametrize("text", ["paymnts 2.4.1", "please plan paymnts", "plan the paymnts 2.4.1 release"])
def test_a_name_that_is_nearly_right_is_offered_and_never_taken(text: str) -> None:
    found = find_service(text, SERVICES, SERVICES["search"])
    assert found.trouble == "service_unknown"
    assert found.params == {"service": "paymnts", "near": "payments"}
    assert find_service(text.replace("paymnts", "payments"), SERVICES, SERVICES["search"]).value == "payments"


def test_an_unknown_name_is_never_taken_for_the_channels_own_service() -> None:
    assert find_service("billing 2.4.1", SERVICES, SERVICES["payments"]).trouble == "service_unknown"
    assert find_service("2.4.1 tomorrow", SERVICES, SERVICES["payments"]).value == "payments"
    assert find_service("2.4.1 tomorrow", SERVICES, None).value == ""


def test_two_services_are_not_chosen_between() -> None:
    found = find_service("payments and ledger 2.4.1", SERVICES, None)
    assert found.trouble == "two_services"
    assert say(f"talk.{found.trouble}", found.params)


@pytest.mark.parametrize("joined", ["payments@2.4.1", "payments:2.4.1", "payments-2.4.1", "payments/v2.4.1"])
def test_a_service_and_its_version_in_one_word(joined: str) -> None:
    apart = split_joined(joined, SERVICES)
    assert find_service(apart, SERVICES, None).value == "payments"
    assert find_version(apart).value == "2.4.1"


@given(st.text(max_size=150))
def test_no_text_makes_a_reader_fail(text: str) -> None:
    for read in (find_version, find_environment, find_percent, find_strategy):
        found = read(text)
        assert all(0 <= a <= b <= len(text) for a, b in found.spans)
    find_rollback_owner(text, roster())
    people_in(text, roster())
    find_service(text, SERVICES, SERVICES["payments"])


@given(st.lists(st.integers(0, 999), min_size=2, max_size=4), st.sampled_from(["", "-rc.1", "-beta"]), st.booleans())
def test_a_version_goes_out_and_comes_back(parts: list[int], suffix: str, prefixed: bool) -> None:  # noqa: FBT001 - drawn
    version = ".".join(map(str, parts)) + suffix
    assert find_version(f"payments {'v' if prefixed else ''}{version} please").value == version
