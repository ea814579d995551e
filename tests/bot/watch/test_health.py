"""Health is green only with fresh data on every threshold; no data is UNKNOWN, never green (T1)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.release import HealthReport, Release
from bot.domain.service import Threshold
from bot.messages.words import say
from bot.watch import FRESH, Health, State, health_of
from tests.bot.policy.releases import having, ready
from tests.world import NOW, observed, service

GOOD = {"error_rate": 0.2, "p95_ms": 180.0, "p99_ms": 320.0, "firing": False, "healthy": True}


def live(*items: Evidence) -> Release:
    return replace(having(ready(), *items), started_at=NOW - timedelta(minutes=15))


def sample(standing: Standing = Standing.VERIFIED, **changes: float | bool) -> Evidence:
    return replace(observed(Kind.HEALTH, NOW, standing), facts={**GOOD, **changes})


def health(release: Release) -> Health:
    return health_of(release, service(), NOW)


def codes(found: Health) -> list[str]:
    assert all(say(line.code, line.params) for line in found.lines)
    return [line.code for line in found.lines]


def test_fresh_data_within_every_threshold_is_green() -> None:
    found = health(live(sample()))
    assert found.state is State.GREEN
    assert codes(found) == ["watch.within", "watch.within"]
    assert found.measured_at == NOW


def test_no_data_is_unknown_and_says_how_to_verify() -> None:
    found = health(live())
    assert found.state is State.UNKNOWN
    assert "UNKNOWN — verify: " in say(found.lines[0].code, found.lines[0].params)
    assert health(live(sample())).state is State.GREEN


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"error_rate": 1.1}, "watch.crossed"),
        ({"p95_ms": 401.0}, "watch.crossed"),
        ({"firing": True, "alert": "Errors"}, "watch.firing"),
        ({"healthy": False}, "watch.unhealthy"),
    ],
)
def test_a_crossed_threshold_an_alert_or_a_failed_check_is_bad(
    changes: dict[str, float | bool | str], code: str
) -> None:
    found = health(live(replace(sample(), facts={**GOOD, **changes})))
    assert found.state is State.BAD
    assert code in codes(found)


def test_a_value_at_its_limit_still_holds() -> None:
    assert health(live(sample(error_rate=1.0))).state is State.GREEN


def test_a_sample_that_is_called_failed_is_bad() -> None:
    found = health(live(replace(sample(Standing.FAILED), facts={"error_rate": 0.1, "p95_ms": 1.0})))
    assert found.state is State.BAD
    assert codes(found) == ["watch.failed"]


@pytest.mark.parametrize("standing", [Standing.UNAVAILABLE, Standing.PENDING, Standing.INCONCLUSIVE, Standing.MISSING])
def test_what_could_not_be_measured_is_unknown_whatever_it_says(standing: Standing) -> None:
    assert health(live(sample(standing))).state is State.UNKNOWN


def test_old_samples_and_those_from_before_the_start_say_nothing() -> None:
    old = replace(sample(), observed_at=NOW - FRESH - timedelta(seconds=1))
    assert health(live(old)).state is State.UNKNOWN
    before = replace(live(replace(sample(), observed_at=NOW - timedelta(minutes=1))), started_at=NOW)
    assert health(before).state is State.UNKNOWN


def test_a_threshold_without_a_value_keeps_it_from_green() -> None:
    found = health(live(replace(sample(), facts={"error_rate": 0.1})))
    assert found.state is State.UNKNOWN
    assert codes(found) == ["watch.no_value"]
    assert health(live(sample(p95_ms=float("nan")))).state is State.UNKNOWN


def test_a_service_without_thresholds_is_never_green() -> None:
    bare = replace(service(), thresholds=())
    assert health_of(live(sample()), bare, NOW).state is State.UNKNOWN
    assert health_of(live(sample()), None, NOW).state is State.UNKNOWN
    assert health_of(live(sample(healthy=False)), None, NOW).state is State.BAD


def test_a_lower_bound_is_crossed_from_above() -> None:
    rate = replace(service(), thresholds=(Threshold("success rate", 99.0, "%", above=False),))
    assert health_of(live(sample(success_rate=98.9)), rate, NOW).state is State.BAD
    assert health_of(live(sample(success_rate=99.0)), rate, NOW).state is State.GREEN


def test_the_rollout_tool_can_make_it_bad_and_never_green() -> None:
    broken = replace(observed(Kind.ROLLOUT, NOW, Standing.FAILED), facts={"state": "degraded", "percent": 10})
    assert codes(health(live(sample(), broken))) == ["watch.rollout"]
    going = replace(observed(Kind.ROLLOUT, NOW), facts={"state": "progressing", "percent": 10})
    assert health(live(going)).state is State.UNKNOWN
    assert health(live(sample(), going)).state is State.GREEN


def test_a_person_can_make_it_bad_and_never_green() -> None:
    bad = HealthReport(ok=False, metric="checkout fails", by="kai", at=NOW)
    assert codes(health(replace(live(sample()), health=(bad,)))) == ["watch.reported_bad"]
    fine = replace(bad, ok=True)
    assert health(replace(live(), health=(bad, fine))).state is State.UNKNOWN
    assert codes(health(replace(live(sample()), health=(fine,))))[-1] == "watch.reported_ok"
    old = replace(bad, at=NOW - FRESH - timedelta(seconds=1))
    assert health(replace(live(sample()), health=(old,))).state is State.GREEN


@pytest.mark.parametrize("standing", [s for s in Standing if s not in {Standing.VERIFIED, Standing.FAILED}])
def test_only_what_was_measured_is_green(standing: Standing) -> None:
    assert health(live(sample(standing))).state is State.UNKNOWN
    assert health(live(sample())).state is State.GREEN


def test_what_a_person_attests_can_be_bad_news() -> None:
    said = replace(sample(Standing.ATTESTED), facts={**GOOD, "error_rate": 9.0})
    assert codes(health(live(said))) == ["watch.crossed"]


@given(
    st.sampled_from(list(Standing)),
    st.dictionaries(st.sampled_from(sorted(GOOD)), st.one_of(st.floats(), st.booleans(), st.none())),
    st.integers(-5, 30),
)
def test_green_always_rests_on_a_fresh_value_for_each_threshold(
    standing: Standing, found: dict[str, float | bool | None], age: int
) -> None:
    facts = {k: v for k, v in found.items() if v is not None}
    one = replace(sample(standing), facts=facts, observed_at=NOW - timedelta(minutes=age))
    state = health(live(one)).state
    if state is State.GREEN:
        assert standing is Standing.VERIFIED
        assert 0 <= age <= 5
        assert facts["error_rate"] <= 1.0
        assert facts["p95_ms"] <= 400.0
        assert facts.get("firing") is not True


def test_a_bad_report_stands_until_somebody_says_ok_or_everything_is_measured() -> None:
    bad = HealthReport(ok=False, metric="checkout fails", by="kai", at=NOW - timedelta(minutes=14))
    found = health(replace(live(), health=(bad,)))
    assert (found.state, codes(found)[0]) == (State.BAD, "watch.reported_bad_before")
    assert "kai reported bad at 11:46 UTC" in say(found.lines[0].code, found.lines[0].params)
    fine = replace(bad, ok=True, at=NOW - timedelta(minutes=9))
    assert health(replace(live(), health=(bad, fine))).state is State.UNKNOWN
    assert health(replace(live(sample()), health=(bad,))).state is State.GREEN


def test_between_success_and_stop_it_is_neither_good_nor_bad() -> None:
    two = replace(service(), thresholds=(Threshold("error rate", 1.0, "%", success=0.5),))
    assert health_of(live(sample(error_rate=0.5)), two, NOW).state is State.GREEN
    between = health_of(live(sample(error_rate=0.7)), two, NOW)
    assert (between.state, codes(between)) == (State.UNKNOWN, ["watch.between"])
    assert "success limit 0.5 %" in say(between.lines[0].code, between.lines[0].params)
    assert health_of(live(sample(error_rate=1.1)), two, NOW).state is State.BAD
    lower = replace(service(), thresholds=(Threshold("success rate", 99.0, "%", above=False, success=99.9),))
    assert health_of(live(sample(success_rate=99.5)), lower, NOW).state is State.UNKNOWN
    assert health_of(live(sample(success_rate=99.9)), lower, NOW).state is State.GREEN
