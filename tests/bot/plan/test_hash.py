"""The plan hash covers what people commit to, and nothing that is only observed (decision 11, G8)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evidence import Kind
from bot.plan.hash import plan_hash
from bot.policy import judge
from tests.bot.policy.releases import LATER, attested, consent, having, ready, serviced
from tests.world import NOW, START, drilled_rollback, facts, observed

BASE = plan_hash(ready(), facts(), LATER)
EXCEPTION = replace(consent(ConsentKind.EXCEPTION, "lena", "freeze"), expires_at=START, owner="kai")


@pytest.mark.parametrize(
    "change",
    [
        {"version": "2.4.2"},
        {"environment": "staging"},
        {"commit": "0badc0d"},
        {"digest": "sha256:bb"},
        {"window_start": START + timedelta(hours=3)},
        {"owner": "kai"},
        {"rollback_owner": "lena"},
        {"strategy": "feature flag"},
        {"steps": (25, 100)},
        {"data_change": "expand"},
        {"consents": (EXCEPTION,)},
    ],
)
def test_what_people_commit_to_changes_the_hash(change: dict[str, Any]) -> None:
    assert plan_hash(replace(ready(), **change), facts(), LATER) != BASE


def test_thresholds_and_the_way_back_change_the_hash() -> None:
    assert plan_hash(ready(), serviced(facts(), thresholds=()), LATER) != BASE
    flag = replace(drilled_rollback(NOW), facts={"tested": True, "way": "flag"})
    assert plan_hash(having(ready(), flag), facts(), LATER) != BASE


@pytest.mark.parametrize(
    "change",
    [
        {"start_at": START + timedelta(minutes=90)},
        {"summary": "another wording"},
        {"consents": ()},
        {"strategy": "Canary"},
        {"authors": ("mia",)},
        {"schedule_revision": 7},
        {"judgement": judge(ready(), facts(), LATER)},
    ],
)
def test_observations_wording_and_signatures_do_not(change: dict[str, Any]) -> None:
    assert plan_hash(replace(ready(), **change), facts(), LATER) == BASE


def test_evidence_and_its_times_do_not() -> None:
    fresh = replace(drilled_rollback(NOW), dated=NOW, observed_at=NOW + timedelta(hours=1))
    later = having(ready(), fresh, observed(Kind.CI, LATER), attested(Kind.CAPACITY))
    assert plan_hash(later, facts(), NOW + timedelta(hours=2)) == BASE


def test_an_exception_counts_as_requested_whatever_becomes_of_its_signature() -> None:
    def hashed(state: ConsentState) -> str:
        return plan_hash(replace(ready(), consents=(replace(EXCEPTION, state=state),)), facts(), LATER)

    wanted = hashed(ConsentState.REQUESTED)
    assert {hashed(s) for s in (ConsentState.VALID, ConsentState.EXPIRED, ConsentState.DECLINED)} == {wanted}
    assert hashed(ConsentState.WITHDRAWN) == BASE


def test_it_is_64_hexadecimal_digits_and_stays_the_same() -> None:
    assert len(BASE) == 64
    assert int(BASE, 16) > 0
    assert plan_hash(ready(), facts(), LATER) == BASE
