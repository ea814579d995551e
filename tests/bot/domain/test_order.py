"""Standings and verdicts have an order, best to worst, and the worst of them counts; nothing at all is never a pass (G26)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import events as e
from bot.domain.evidence import Standing, worst_standing
from bot.domain.evolve import begun
from bot.domain.finding import Finding, Level, Result, Verdict, verdict_of
from tests.driver import Driver
from tests.world import NOW

FINDINGS = st.builds(
    Finding,
    st.just("x"),
    st.sampled_from(Result),
    st.sampled_from(Level),
    st.just("ci"),
    st.just("G1"),
    consent=st.booleans(),
)


@given(st.lists(st.sampled_from(Standing)))
def test_the_worst_standing_counts_and_no_data_is_missing(standings: list[Standing]) -> None:
    order = list(Standing)
    worst = worst_standing(standings)
    assert worst is (order[max(map(order.index, standings))] if standings else Standing.MISSING)


@given(st.lists(FINDINGS))
def test_the_verdict_is_that_of_the_worst_finding(findings: list[Finding]) -> None:
    blocked = any(f.result is Result.BLOCKED for f in findings)
    unmet = any(f.level is Level.MUST and f.result not in {Result.CLEAR, Result.WARN} for f in findings)
    assert verdict_of(findings) is (Verdict.NO_GO if blocked else Verdict.UNVERIFIED if unmet else Verdict.GO)
    assert verdict_of(findings).rank == max((verdict_of([f]).rank for f in findings), default=0)


def test_a_release_begins_with_its_plan_and_with_nothing_else() -> None:
    d = Driver().plan()
    assert begun(d.events) == d.state
    assert begun((), d.state) == d.state
    with pytest.raises(ValueError, match="nothing begins one"):
        begun(())
    with pytest.raises(ValueError, match="not with PlanStarted"):
        begun([e.Held(at=NOW, by="kai", reason="")])
