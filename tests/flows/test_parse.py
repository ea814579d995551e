"""The words of a plan, in any order and wrapped in small talk."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence import Kind
from flows.parse import PlanWords, read_plan
from flows.parse_time import TimeFound, TimeTrouble
from tests import world
from tests.flows.given import ANA, CATALOG

RUN = "https://github.com/acme/payments/actions/runs/91"


def read(text: str, here: str = "") -> PlanWords:
    return read_plan(text, CATALOG, CATALOG.services.get(here), ANA)


@pytest.mark.parametrize(
    "text",
    [
        f"payments 2.4.1 to production at 15:00 canary 10% {RUN}",
        f"canary 10% payments {RUN} at 3pm v2.4.1 prod",
        f"hey, please plan payments v2.4.1 to prod today at 3pm with a 10% canary, run is <{RUN}|here>, thanks!",
        f"payments@2.4.1 -> to production 2026-11-24 15:00 Europe/Berlin, 10% canary ([run]({RUN}))",
    ],
)
def test_order_and_small_talk_do_not_matter(text: str) -> None:
    found = read(text)
    assert (found.service, found.version, found.environment) == ("payments", "2.4.1", "production")
    assert isinstance(found.when, TimeFound)
    assert found.when.start_at == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert (found.canary_percent, found.strategy) == (10, "canary")
    assert found.links == (RUN,)
    assert [c.kind for c in found.claims] == [Kind.CI]
    assert not found.troubles


def test_everything_in_one_message() -> None:
    found = read(
        "payments 2.4.1 to prod tomorrow 15:00 canary 10%, rollback owner kai, no migration, no flags, rollback tested on "
        "2026-11-03 https://git.acme.example/runbooks/payments-rollback.md, PR https://github.com/acme/payments/pull/7"
    )
    assert found.rollback_owner == "kai"
    assert found.data_change == "none"
    assert {c.kind for c in found.claims} == {Kind.FLAGS, Kind.ROLLBACK, Kind.CHANGE}
    assert isinstance(found.when, TimeFound)
    assert found.when.local_time == "2026-11-25 15:00"


@pytest.mark.parametrize(
    "service", ["drill-rollback", "drill-canary-2", "drill-staging", "feature-flag", "drill-all-at-once"]
)
@pytest.mark.parametrize("more", ["", ", rollback tested on 2026-11-03", ", no flags"])
def test_a_service_is_called_what_it_is_called_and_its_name_means_nothing_else(service: str, more: str) -> None:
    catalog = replace(CATALOG, services={**CATALOG.services, service: world.service(service)})
    plain, named = (
        read_plan(f"{name} 2.4.1 to prod tomorrow 15:00 canary 10%{more}", catalog, None, ANA)
        for name in ("payments", service)
    )
    assert not named.troubles
    assert isinstance(named.when, TimeFound)
    assert named.when.local_time == "2026-11-25 15:00"
    assert named == replace(plain, service=service, when=named.when, without_time=named.without_time)
    assert (named.canary_percent, named.environment, named.version) == (10, "production", "2.4.1")


def test_the_date_of_a_test_is_no_start_time() -> None:
    found = read("payments 2.4.1 at 15:00, rollback tested on 2026-11-03")
    assert isinstance(found.when, TimeFound)
    assert found.when.local_time == "2026-11-24 15:00"


def test_what_is_left_is_what_the_change_is_about() -> None:
    assert read("payments 2.4.1 at 15:00").text == ""
    assert "double charge bug" in read("please deploy payments 2.4.1, it fixes the double charge bug in checkout").text


def test_a_bare_time_is_in_the_services_zone() -> None:
    trouble = read("payments 2.4.1 at 09:00").when
    assert isinstance(trouble, TimeTrouble)
    assert trouble.params["zone"] == "Europe/Berlin"
    assert read("payments 2.4.1 at 09:00").without_time == "payments 2.4.1"


def test_a_vague_claim_is_noticed() -> None:
    assert read("payments 2.4.1 at 15:00 tests look fine").vague == "tests look fine"


def test_the_channels_service_is_not_asked() -> None:
    assert read("2.4.1 at 15:00", here="search").service == "search"


WIDE = "payments 2.4.1 at 15:00".translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


@pytest.mark.parametrize(
    "text",
    [WIDE, "pay\u200bments 2.4.1 at 15:00", "payments\u00a02.4.1\u00a0at\u00a015:00", "payments\u30002.4.1 at 15:00"],
)
def test_wide_letters_and_unseen_ones_are_the_same_release(text: str) -> None:
    found = read(text)
    assert (found.service, found.version) == ("payments", "2.4.1")
    assert isinstance(found.when, TimeFound)


def test_a_digest_behind_the_version_does_not_hide_it() -> None:
    digest = f"sha256:{'5b1f0c9e' * 8}"
    assert read(f"payments 2.4.1@{digest} at 15:00").version == f"2.4.1@{digest}"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("paymnts 2.4.1", "service_unknown"),
        ("payments and ledger 2.4.1", "two_services"),
        ("payments 2.4.1 and 2.4.2", "two_versions"),
        ("payments 2.4.1 canary 150%", "percent_range"),
        ("payments 2.4.1 rollback owner zed", "person_unknown"),
        ("payments 2.4.1 rollback tested on 2027-03-03 https://git.acme.example/rollback.md", "claim_future"),
        ("payments 2.4.1 https://me@github.com/x", "link_refused"),
    ],
)
def test_what_cannot_be_used_is_named(text: str, code: str) -> None:
    assert code in [c for c, _ in read(text).troubles]


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    read(text, "payments")


@given(
    st.permutations(["payments", "v2.4.1", "to production", "at 15:00", "canary 10%", RUN, "rollback owner kai"]),
    st.sampled_from(["", "please", "hey,", "thanks"]),
)
def test_any_order_reads_the_same(parts: list[str], polite: str) -> None:
    found = read(" ".join([polite, *parts, polite]))
    assert (found.service, found.version, found.environment) == ("payments", "2.4.1", "production")
    assert isinstance(found.when, TimeFound)
    assert found.when.local_time == "2026-11-24 15:00"
    assert (found.canary_percent, found.rollback_owner, found.links) == (10, "kai", (RUN,))


def test_a_link_that_a_claim_took_is_no_part_of_what_the_change_is_about() -> None:
    said = (
        "payments 2.4.1 at 15:00, we retry card payments, migration dry run on 2026-11-20 https://jobs.acme.example/5"
    )
    assert read(said).text == "we retry card payments"
