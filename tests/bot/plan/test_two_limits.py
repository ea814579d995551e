"""Success and abort thresholds are two sets (G4); where the catalogue gives one, the plan says that it serves for both."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from bot.catalog.entries import ThresholdEntry
from bot.domain.service import Threshold
from bot.messages.telling import line_text
from bot.plan.hash import plan_hash
from bot.plan.steps import limits
from bot.plan.verification import stop_conditions, verification
from bot.policy.case import Case, case_of
from tests.bot.policy.releases import ready
from tests.world import NOW, facts, service

ONE = Threshold("error rate", 1.0, "%")
TWO = replace(ONE, success=0.2)


def case(*thresholds: Threshold) -> Case:
    return case_of(ready(), facts(service=replace(service(), thresholds=thresholds)), NOW)


def told(of: Case) -> str:
    return " | ".join(line_text(line) for line in (*verification(of), *stop_conditions(of), limits(of)))


def test_each_set_is_used_where_it_is_meant() -> None:
    said = told(case(TWO))
    assert "error rate ≤ 0.2 % for 5 min" in said
    assert "error rate > 1 %" in said
    assert "serves for both" not in said


def test_one_set_serves_for_both_and_the_plan_says_so() -> None:
    said = told(case(ONE))
    assert "error rate ≤ 1 % for 5 min" in said
    assert "error rate > 1 %" in said
    assert "No success limit of its own for error rate in the catalogue" in said


def test_a_success_limit_is_part_of_what_people_commit_to() -> None:
    one, two = (facts(service=replace(service(), thresholds=(t,))) for t in (ONE, TWO))
    assert plan_hash(ready(), one, NOW) != plan_hash(ready(), two, NOW)


def test_a_success_limit_beyond_the_stop_limit_is_refused() -> None:
    for above, good in ((True, 2.0), (False, 0.5)):
        with pytest.raises(ValidationError, match="good side"):
            ThresholdEntry(metric="error rate", limit=1.0, unit="%", above=above, success=good)
    assert ThresholdEntry(metric="error rate", limit=1.0, unit="%", success=1.0).success == 1.0
