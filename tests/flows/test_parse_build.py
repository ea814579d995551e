"""A build is named by a version, a digest, both, or a link; what was named is never asked for again (Q4)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.builds import named_build
from bot.domain.commands import Amend, AnswerQuestion, DeclareEmergency, StartPlan
from flows.parse import PlanWords, read_plan
from flows.parse_build import find_build, linked_build
from tests.flows.given import ANA, CATALOG, asking, release, typed
from tests.flows.steps import command, reply

DIGEST = "sha256:" + "a1b2c3d4" * 8
OTHER = "sha256:" + "0f" * 32


def read(text: str, here: str = "payments") -> PlanWords:
    return read_plan(text, CATALOG, CATALOG.services.get(here), ANA)


@pytest.mark.parametrize(
    ("text", "service", "version"),
    [
        (f"payments {DIGEST}", "payments", DIGEST),
        (f"payments {DIGEST.upper()}", "payments", DIGEST),
        (f"payments@{DIGEST}", "payments", DIGEST),
        (f"payments version {DIGEST}", "payments", DIGEST),
        (f"payments by digest: {DIGEST}", "payments", DIGEST),
        (f"payments 2.4.1 {DIGEST}", "payments", f"2.4.1@{DIGEST}"),
        (f"payments:2.4.1@{DIGEST}", "payments", f"2.4.1@{DIGEST}"),
        (f"payments r.acme.example/acme/payments@{DIGEST}", "payments", DIGEST),
        (f"r.acme.example/acme/search:2.4.1@{DIGEST}", "search", f"2.4.1@{DIGEST}"),
        ("payments r.acme.example/acme/payments:v2.4.1", "payments", "2.4.1"),
        ("r.acme.example:5000/acme/search:2.4.1-rc.1", "search", "2.4.1-rc.1"),
        ("@acme/search@2.4.1", "search", "2.4.1"),
        ("acme/search:2.4.1", "search", "2.4.1"),
        ("search/v2.4.1", "search", "2.4.1"),
        ("`search` `v2.4.1`", "search", "2.4.1"),
        ("\u201csearch\u201d \u201c2.4.1\u201d", "search", "2.4.1"),
        ('{"service": "search", "version": "2.4.1"}', "search", "2.4.1"),
        ("*search* *2.4.1-rc.1*", "search", "2.4.1-rc.1"),
        ("search version '91fe2cab'", "search", "91fe2cab"),
        ("https://github.com/acme/mono/releases/tag/search%2Fv2.4.1", "search", "2.4.1"),
        ("https://github.com/acme/mono/releases/tag/@acme/search@2.4.1-rc.2", "search", "2.4.1-rc.2"),
        ("https://github.com/acme/search/releases/tag/v2.4.1+build.7", "search", "2.4.1+build.7"),
        ("https://gitlab.com/acme/search/-/releases/v2.4.1", "search", "2.4.1"),
        ("payments https://github.com/acme/payments/releases/tag/payments-v2.4.1", "payments", "2.4.1"),
        ("payments 2.5.0 https://github.com/acme/payments/releases/tag/v2.4.1", "payments", "2.5.0"),
    ],
)
def test_whatever_names_the_build_is_read(text: str, service: str, version: str) -> None:
    found = read(f"{text} to production at 15:00")
    assert (found.service, found.version, found.environment, found.troubles) == (service, version, "production", ())
    assert found.when is not None


@pytest.mark.parametrize(
    "text",
    [
        "payments r.acme.example/acme/search:2.4.1",
        "payments https://github.com/acme/search/releases/tag/v2.4.1",
        "payments https://github.com/acme/payments/releases/tag/v2.4.1 https://github.com/acme/payments/releases/tag/v2.4.0",
        "payments https://github.com/acme/payments/releases/tag/nightly",
        "payments r.acme.example/acme/payments:latest",
        "payments https://wiki.acme.example/Category:2.4.1?x=1",
    ],
)
def test_a_link_that_does_not_tell_the_build_for_sure_leaves_it_open(text: str) -> None:
    assert read(f"{text} at 15:00").version is None


def test_a_part_of_a_digest_and_two_digests_name_no_build() -> None:
    for text, code in ((f"payments {DIGEST[:19]}", "digest_short"), (f"payments {DIGEST} {OTHER}", "two_versions")):
        assert read(text).troubles[0][0] == code
    assert f"“{DIGEST[:19]}” is only a part" in reply(typed(f"plan payments {DIGEST[:19]}")).text
    assert command(typed(f"plan payments {DIGEST} {DIGEST}"), StartPlan).version == DIGEST


def test_two_services_side_by_side_are_not_chosen_between() -> None:
    assert read("payments search/v2.4.1").troubles[0][0] == "two_services"
    assert read("search 2.4.1 for the refunds of payments").service == "search"


def test_the_answer_amend_and_breakglass_take_a_digest_too() -> None:
    answered = command(typed(f"answer it is {DIGEST}", asking("version", version=None)), AnswerQuestion)
    assert answered.details == {"version": DIGEST}
    linked = command(
        typed(f"answer r.acme.example/acme/payments:2.4.2@{DIGEST}", asking("version", version=None)), AnswerQuestion
    )
    assert linked.details == {"version": f"2.4.2@{DIGEST}"}
    for text, value in (
        (f"version {DIGEST}", f"2.4.1@{DIGEST}"),
        (f"digest {DIGEST}", f"2.4.1@{DIGEST}"),
        (f"version 2.4.2 {DIGEST}", f"2.4.2@{DIGEST}"),
        (f"image r.acme.example/acme/payments:2.4.2@{DIGEST}", f"2.4.2@{DIGEST}"),
    ):
        assert command(typed(f"amend {text}", release()), Amend).value == value
    assert "only a part" in reply(typed(f"amend version {DIGEST[:19]}", release())).text
    urgent = command(typed(f"breakglass payments {DIGEST} INC-7 the queue of refunds is stuck"), DeclareEmergency)
    assert urgent.version == DIGEST
    assert "only a part" in reply(typed(f"breakglass payments {DIGEST[:19]} INC-7 the queue is stuck")).text


@given(
    st.sampled_from(["", "2.4.1", "v2.4.1-rc.1", "2026.11.24"]), st.text("0123456789abcdef", min_size=64, max_size=64)
)
def test_what_is_read_is_what_the_core_splits(version: str, digits: str) -> None:
    said = f"{version}@sha256:{digits}" if version else f"sha256:{digits}"
    name, digest = named_build(find_build(f"go with {said} please").value)
    assert (name, digest) == (version.removeprefix("v") or f"sha256:{digits[:12]}", f"sha256:{digits}")
    assert named_build(version or None) == (version or None, None)


@pytest.mark.parametrize("word", ["prod-eu", "production-us-east-1", "staging-2", "Prod_EU", "uat-apac"])
def test_one_of_several_environments_is_never_taken_for_the_one_whose_name_it_begins_with(word: str) -> None:
    for words in (f"payments 2.4.1 {word}", f"payments 2.4.1 to {word}"):
        found = read(f"{words} at 15:00")
        assert (found.environment, found.troubles[0][0], found.troubles[0][1]["word"]) == (
            None,
            "environment_unknown",
            word,
        )
    assert read("payments 2.4.1 to production at 15:00").environment == "production"


def test_an_environment_that_the_catalogue_names_is_one() -> None:
    far = replace(CATALOG.services["payments"], environment="prod-eu")
    catalog = replace(CATALOG, services={**CATALOG.services, "payments": far})
    assert read_plan("payments 2.4.1 to prod-eu at 15:00", catalog, None, ANA).environment == "prod-eu"
    for words in ("we are prod-ready", "tested on prod-eu", "the prod-like load was fine"):
        assert read(f"payments 2.4.1 {words}").environment is None


def test_who_takes_it_back_may_be_named_by_a_mention_and_another_owner_is_told_how() -> None:
    found = read("payments 2.4.1 at 15:00 owner @kai rollback @lena")
    assert (found.rollback_owner, found.owner) == ("lena", "kai")
    step = typed("plan payments 2.4.1 at 15:00 owner @kai rollback: @lena")
    assert command(step, StartPlan).rollback_owner == "lena"
    assert "/release owner R-… @kai" in str(step)


def test_words_that_name_two_versions_beside_a_digest_or_a_part_of_one_name_no_build() -> None:
    assert find_build(f"2.4.1 or 2.4.2 {DIGEST}").trouble == "two_versions"
    assert named_build("2.4.1@sha256:a1b2") == ("2.4.1@sha256:a1b2", None)
    assert named_build(f"2.4.1@{DIGEST}") == ("2.4.1", DIGEST)


def test_the_link_of_a_build_counts_for_the_service_whose_builds_stand_there() -> None:
    payments = CATALOG.services["payments"]
    there = replace(payments, repository="acme/pay")
    for service, link, value in (
        (payments, "https://github.com/acme/pay-svc/releases/tag/v2.4.1", "2.4.1"),
        (there, "https://github.com/acme/pay/releases/tag/v2.4.1", "2.4.1"),
        (there, "https://github.com/acme/web/releases/tag/v2.4.1", ""),
        (None, "https://github.com/acme/pay-svc/releases/tag/v2.4.1", ""),
    ):
        assert linked_build([link], service, None, CATALOG.services, CATALOG.owners).value == value
