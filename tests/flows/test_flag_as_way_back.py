"""Asked for the way back: a flag that was switched off in a test is one; what is said of the flags themselves is none (G3)."""

import pytest

from bot.domain.evidence import Evidence, Kind
from flows.answer_evidence import read_evidence
from flows.claim_words import facts_of
from flows.readings import Beside, Given
from tests.flows.given import ANA

LINK = "https://wiki.acme.example/checkout-flag"
DAY = "2026-11-20"


def the_one(text: str, how: type[Given | Beside]) -> Evidence:
    read = read_evidence(Kind.ROLLBACK, text, ANA)
    assert isinstance(read, how)
    (one,) = read.claims
    return one


@pytest.mark.parametrize(
    "text",
    [
        f"flag off, tested on {DAY} {LINK}",
        f"flag off tested {DAY} {LINK}",
        f"we turn the flag off {LINK} tested on {DAY}",
        f"disable the checkout flag, rehearsed on {DAY}, {LINK}",
        f"kill switch, tested on {DAY} {LINK}",
        f"by feature flag, drilled on {DAY} {LINK}",
    ],
)
def test_a_flag_that_was_switched_off_in_a_test_is_the_way_back(text: str) -> None:
    one = the_one(text, Given)
    assert (one.kind, one.facts["way"], one.facts["tested"], one.url) == (Kind.ROLLBACK, "flag", True, LINK)
    assert one.dated is not None
    assert one.dated.date().isoformat() == DAY


@pytest.mark.parametrize(
    "text",
    [
        f"flags ok, tested on {DAY} {LINK}",
        f"flags tested on {DAY} {LINK}",
        f"the flag is off by default, tested on {DAY} {LINK}",
        f"flag new_checkout default off, tested {DAY} {LINK}",
        f"the flag works, tested on {DAY} {LINK}",
        f"flag off {LINK}",
        f"flags ok {LINK}",
    ],
)
def test_what_is_said_of_the_flags_stays_theirs_and_the_way_back_stays_open(text: str) -> None:
    assert the_one(text, Beside).kind is Kind.FLAGS


@pytest.mark.parametrize(
    ("text", "tested"),
    [
        (f"flag off, not tested {LINK}", False),
        (f"flag off, tested on {DAY} but it failed {LINK}", False),
        (f"flag off, will be tested on {DAY} {LINK}", None),
    ],
)
def test_a_flag_that_nobody_switched_off_yet_is_no_tested_way_back(text: str, *, tested: bool | None) -> None:
    assert the_one(text, Given).facts.get("tested") is tested


def test_flags_that_are_spoken_of_beside_another_way_back_do_not_name_the_way() -> None:
    assert facts_of(Kind.ROLLBACK, f"redeploy the version before, flags are off, tested on {DAY}")["way"] == "redeploy"
    assert "way" not in facts_of(Kind.ROLLBACK, f"no flags, rollback tested on {DAY}")
    assert facts_of(Kind.ROLLBACK, f"rollback by flag, tested on {DAY}")["way"] == "flag"
