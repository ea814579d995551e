"""The properties of the risk score, by generated cases (risk.md)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts
from bot.domain.release import Band, Release
from bot.domain.service import Outcome, Service
from bot.policy import assess
from bot.policy.defaults import RUBRIC
from bot.policy.score import CONSENTS, DESTRUCTIVE, band_of
from tests.bot.policy.releases import BLANK, having, nothing_known, ready, serviced, without
from tests.world import NOW, START, drilled_rollback, facts

ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "version": st.just("2.4.1"),
    "start_at": st.integers(1, 24 * 14).map(lambda h: NOW + timedelta(hours=h)),
    "rollback_owner": st.sampled_from(["kai", "lena", "ana"]),
    "strategy": st.sampled_from(["canary", "feature flag", "staged", "rolling", "blue-green", "all-at-once"]),
    "data_change": st.sampled_from(["none", "expand", "locking", "contract", "irreversible"]),
}
OF_SERVICE: dict[str, st.SearchStrategy[Any]] = {
    "novelty": st.sampled_from(["regularly", "rarely", "never"]),
    "span": st.sampled_from(["one", "few", "many"]),
    "criticality": st.sampled_from(["none", "not_critical", "critical"]),
    "uses_flags": st.booleans(),
    "outage_visible": st.booleans(),
}
FOUND = st.fixed_dictionaries(
    {},
    optional={
        "tested": st.booleans(),
        "way": st.sampled_from(["flag", "redeploy", "restore"]),
        "installable": st.booleans(),
        "has_data": st.booleans(),
        "dry_run": st.booleans(),
    },
)


def _history(results: list[tuple[str, str | None]]) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(f"H-{n}", "1.0", NOW - timedelta(days=n), result, incident)
        for n, (result, incident) in enumerate(results)
    )


histories = st.lists(
    st.tuples(st.sampled_from(["success", "issues", "failed"]), st.sampled_from([None, "P1", "P2", "P3"])), max_size=25
).map(_history)
items = st.builds(
    lambda kind, standing, age, found, dated: Evidence(
        kind,
        standing,
        "person",
        "kai",
        NOW,
        url="https://x.example",
        dated=NOW - timedelta(days=age) if dated else None,
        facts=found,
    ),
    st.sampled_from([k for k in Kind if k not in CONSENTS]),
    st.sampled_from(list(Standing)),
    st.integers(0, 400),
    FOUND,
    st.booleans(),
)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Release, Facts]:
    """Any part of the answers, and any evidence of other kinds than the ones that a test adds."""
    base = nothing_known(facts())
    assert base.service is not None
    service: Service = base.service
    release = BLANK
    for name, answers in ANSWERS.items():
        if draw(st.booleans()):
            release = replace(release, **{name: draw(answers)})
    for name, answers in OF_SERVICE.items():
        if draw(st.booleans()):
            service = replace(service, **{name: draw(answers)})
    service = replace(service, history=draw(histories), regulated=draw(st.booleans()))
    for item in draw(st.lists(items, max_size=12, unique_by=lambda e: e.kind)):
        release = having(release, item)
    return release, replace(base, service=service)


def test_nothing_answered_scores_100() -> None:
    score = assess(BLANK, nothing_known(facts()), NOW)
    assert (score.score, score.band, score.inherent, score.gap) == (100, Band.CRITICAL, 60, 40)


@given(situations(), st.data())
def test_answering_an_unknown_of_the_release_never_raises_the_score(
    situation: tuple[Release, Facts], data: st.DataObject
) -> None:
    release, around = situation
    before = assess(release, around, NOW)
    for name in [n for n in ANSWERS if getattr(release, n) is None]:
        answered = replace(release, **{name: data.draw(ANSWERS[name])})
        after = assess(answered, around, NOW)
        assert after.score <= before.score, name
        assert after.band.rank <= before.band.rank, name


@given(situations(), st.data())
def test_answering_an_unknown_of_the_service_never_raises_the_score(
    situation: tuple[Release, Facts], data: st.DataObject
) -> None:
    release, around = situation
    before = assess(release, around, NOW).score
    for name in [n for n in OF_SERVICE if getattr(around.service, n) is None]:
        assert assess(release, serviced(around, **{name: data.draw(OF_SERVICE[name])}), NOW).score <= before, name


@given(situations(), items)
def test_adding_evidence_even_stale_to_an_empty_item_never_raises_the_score(
    situation: tuple[Release, Facts], item: Evidence
) -> None:
    release, around = situation
    release = without(release, item.kind)
    before = assess(release, around, NOW)
    for stale_after in (None, NOW - timedelta(days=1), NOW + timedelta(days=1)):
        assert assess(having(release, replace(item, stale_after=stale_after)), around, NOW).score <= before.score


@given(situations())
def test_the_sum_of_the_printed_parts_is_the_score(situation: tuple[Release, Facts]) -> None:
    score = assess(*situation, NOW)
    assert sum(p.points for p in score.parts) == score.score == score.inherent + score.gap
    assert 0 <= score.inherent <= 60
    assert 0 <= score.gap <= 40
    assert len({p.factor for p in score.parts}) == len(score.parts)


@given(situations())
def test_same_input_gives_the_same_score(situation: tuple[Release, Facts]) -> None:
    assert assess(*situation, NOW) == assess(*situation, NOW)


def test_the_band_is_monotone_in_the_score() -> None:
    ranks = [band_of(score, RUBRIC).rank for score in range(101)]
    assert ranks == sorted(ranks)
    assert [band_of(s, RUBRIC) for s in (29, 30, 59, 60, 79, 80)] == [
        Band.LOW, Band.MEDIUM, Band.MEDIUM, Band.HIGH, Band.HIGH, Band.CRITICAL,
    ]  # fmt: skip


@given(situations())
@settings(max_examples=50)
def test_consents_never_change_the_score(situation: tuple[Release, Facts]) -> None:
    release, around = situation
    assert assess(replace(release, consents=ready().consents), around, NOW) == assess(release, around, NOW)


@pytest.mark.parametrize("change", ["contract", "irreversible", None])
def test_destructive_or_unknown_data_is_at_least_high(change: str | None) -> None:
    release = replace(without(ready(), Kind.MIGRATION), data_change=change)
    score = assess(release, facts(), NOW)
    assert score.band is Band.HIGH
    assert score.floor == DESTRUCTIVE
    assert assess(ready(), facts(), NOW).band is Band.LOW


def test_two_missing_should_items_weigh_ten() -> None:
    score = assess(ready(), facts(), NOW)
    assert {p.factor: p.points for p in score.parts if p.factor.endswith("missing")} == {
        "must_missing": 0,
        "should_missing": 6,
        "stale_or_missing": 4,
    }


def test_failed_pending_and_unavailable_count_as_missing_and_stale_does_not() -> None:
    def gap(standing: Standing) -> int:
        return assess(
            having(ready(), replace(drilled_rollback(NOW), kind=Kind.CHANGE, standing=standing)), facts(), NOW
        ).gap

    missing = assess(without(ready(), Kind.CHANGE), facts(), NOW).gap
    for standing in (Standing.FAILED, Standing.PENDING, Standing.INCONCLUSIVE, Standing.UNAVAILABLE):
        assert gap(standing) == missing
    assert gap(Standing.STALE) < missing
    assert gap(Standing.ATTESTED) == gap(Standing.VERIFIED) < gap(Standing.STALE) + 1


@pytest.mark.parametrize(
    ("when", "answer"),
    [
        (START, "core"),
        (START + timedelta(hours=8), "off"),
        (START + timedelta(days=3), "eve"),
        (START + timedelta(days=4), "off"),
        (START + timedelta(days=29), "eve"),
        (None, "unknown"),
    ],
)
def test_the_window_is_judged_on_the_clock_of_the_service(when: datetime | None, answer: str) -> None:
    base = facts()
    base = replace(base, policy=replace(base.policy, holidays=("12-24",)))
    release = replace(ready(), start_at=when)
    assert next(p.answer for p in assess(release, base, NOW).parts if p.factor == "window") == answer


@pytest.mark.parametrize(
    ("results", "answer"),
    [
        ([], "poor"),
        ([("success", None)], "good"),
        ([("success", None)] * 4 + [("issues", None)], "good"),
        ([("success", None), ("issues", None)], "mixed"),
        ([("success", None), ("failed", None)], "poor"),
        ([("success", "P1")], "poor"),
        ([("success", None)] * 20 + [("failed", "P1")] * 50, "good"),
    ],
)
def test_the_track_record_is_the_average_of_the_last_twenty(results: list[tuple[str, str | None]], answer: str) -> None:
    around = serviced(facts(), history=_history(results))
    assert next(p.answer for p in assess(ready(), around, NOW).parts if p.factor == "track_record") == answer


def test_a_release_that_the_catalogue_and_the_record_both_know_counts_once() -> None:
    bad, good = _history([("failed", "P1")]), replace(_history([("success", None)])[0], version="2.0.0")
    twice = replace(serviced(facts(), history=bad), history=(*bad, good))
    once = replace(serviced(facts(), history=()), history=(*bad, good))
    assert assess(ready(), twice, NOW).parts == assess(ready(), once, NOW).parts
