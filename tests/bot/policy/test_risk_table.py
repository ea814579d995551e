"""Every row, cap, band, floor and level of the specification of the risk score, one by one, as it stands there (risk.md)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts, Neighbour, Window
from bot.domain.finding import Level, Result, Verdict
from bot.domain.people import Role
from bot.domain.release import Band, Phase, Release
from bot.domain.service import Outcome
from bot.policy import assess, judge
from bot.policy.defaults import POLICY, RUBRIC
from bot.policy.people import required_sign_offs
from bot.policy.score import CONSENTS, band_of
from tests.bot.policy.releases import BLANK, bare_of, having, nothing_known, ready, serviced, without
from tests.world import NOW, START, drilled_rollback, facts, observed

Situation = tuple[Release, Facts]


def of_service(**changes: object) -> Callable[[], Situation]:
    return lambda: (ready(), serviced(facts(), **changes))


def of_release(**changes: object) -> Callable[[], Situation]:
    return lambda: (replace(without(ready(), Kind.MIGRATION), **changes), facts())  # type: ignore[arg-type]  # fields of Release


def way(name: str | None, *, tested: bool = True) -> Callable[[], Situation]:
    found: dict[str, str | bool] = {"tested": tested, **({"way": name} if name else {})}
    return lambda: (having(ready(), replace(drilled_rollback(NOW), facts=found)), facts())


def history(*results: tuple[str, str | None]) -> Callable[[], Situation]:
    told = tuple(
        Outcome(f"H-{n}", "1.0", NOW - timedelta(days=n), result, incident)
        for n, (result, incident) in enumerate(results)
    )
    return of_service(history=told)


def frozen() -> Situation:
    return ready(), facts(calendar=(Window("f", "payments", START, START + timedelta(hours=1), "closing", "lena"),))


def clashing() -> Situation:
    other = Neighbour("R-9", "payments", "production", "2.4.2", Phase.PLANNED, START, "mia", "ben")
    return ready(), facts(neighbours=(other,))


def holiday() -> Situation:
    around = facts()
    return ready(), replace(around, policy=replace(around.policy, holidays=("11-25",)))


ROWS: tuple[tuple[str, Callable[[], Situation], int], ...] = (
    ("novelty", of_service(novelty="regularly"), 0),
    ("novelty", of_service(novelty="rarely"), 4),
    ("novelty", of_service(novelty="never"), 8),
    ("novelty", of_service(novelty=None), 8),
    ("span", of_service(span="one"), 0),
    ("span", of_service(span="few"), 4),
    ("span", of_service(span="many"), 8),
    ("span", of_service(span=None), 8),
    ("criticality", of_service(criticality="none"), 0),
    ("criticality", of_service(criticality="not_critical"), 5),
    ("criticality", of_service(criticality="critical"), 10),
    ("criticality", of_service(criticality=None), 10),
    ("data_change", of_release(data_change="none"), 0),
    ("data_change", of_release(data_change="expand"), 4),
    ("data_change", of_release(data_change="locking"), 7),
    ("data_change", of_release(data_change="contract"), 10),
    ("data_change", of_release(data_change="irreversible"), 10),
    ("data_change", of_release(data_change=None), 10),
    ("way_back", way("flag"), 0),
    ("way_back", way("redeploy"), 2),
    ("way_back", way("restore"), 6),
    ("way_back", way(None), 6),
    ("way_back", way("flag", tested=False), 10),
    ("way_back", lambda: (without(ready(), Kind.ROLLBACK), facts()), 10),
    ("exposure", of_release(strategy="ring"), 0),
    ("exposure", of_release(strategy="canary"), 0),
    ("exposure", of_release(strategy="feature flag"), 0),
    ("exposure", of_release(strategy="staged"), 2),
    ("exposure", of_release(strategy="rolling"), 2),
    ("exposure", of_release(strategy="all-at-once"), 6),
    ("exposure", of_release(strategy="blue-green"), 6),
    ("exposure", of_release(strategy=None), 6),
    ("window", of_release(start_at=START), 0),
    ("window", of_release(start_at=START + timedelta(hours=8)), 2),
    ("window", of_release(start_at=START + timedelta(days=3)), 4),
    ("window", holiday, 4),
    ("window", frozen, 6),
    ("window", clashing, 6),
    ("window", of_release(start_at=None), 6),
    ("track_record", history(("success", None), ("success", None), ("success", None)), 0),
    ("track_record", history(("success", None), ("issues", None), ("success", None), ("success", None)), 1),
    ("track_record", history(("success", None), ("issues", None)), 1),
    ("track_record", history(("success", None), ("failed", None)), 2),
    ("track_record", history(("success", "P1"), *[("success", None)] * 3), 1),
    ("track_record", history(("success", "P1"), ("success", None)), 2),
    ("track_record", history(("success", "P2")), 2),
    ("track_record", history(("success", "P3")), 1),
    ("track_record", history(), 2),
)
"""Factor, situation, points: each answer of each row, and what is not known."""


@pytest.mark.parametrize(("factor", "situation", "points"), ROWS)
def test_each_answer_has_its_points(factor: str, situation: Callable[[], Situation], points: int) -> None:
    release, around = situation()
    assert next(p.points for p in assess(release, around, NOW).parts if p.factor == factor) == points


def test_the_rows_are_all_that_the_rubric_has() -> None:
    told = {(factor, points) for factor, _, points in ROWS}
    assert told == {(f.name, points) for f in RUBRIC.factors for points in f.points.values()}
    assert sum(f.worst for f in RUBRIC.factors) == 60


@pytest.mark.parametrize(("gone", "points"), [(1, (8, 2)), (2, (16, 4)), (3, (24, 4)), (4, (24, 4)), (6, (24, 4))])
def test_each_missing_must_weighs_8_to_24_and_is_one_of_those_that_weigh_2_to_4(
    gone: int, points: tuple[int, int]
) -> None:
    musts = (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.CI, Kind.MONITORING, Kind.DEPENDENCIES)
    # Without the SHOULD items that are open in the good release: what is left weighs alone.
    around = serviced(facts(), standing=facts().services["payments"].standing)
    given = having(ready(), *(observed(k, NOW) for k in (Kind.SECURITY, Kind.CUSTOMER_NOTICE)))
    base = {p.factor: p.points for p in assess(given, around, NOW).parts}
    assert (base["must_missing"], base["should_missing"], base["stale_or_missing"]) == (0, 0, 0)
    bare = bare_of(around, *musts[:gone])
    parts = {p.factor: p.points for p in assess(without(given, *musts[:gone]), bare, NOW).parts}
    assert (parts["must_missing"], parts["stale_or_missing"]) == points
    assert parts["should_missing"] == 0


@pytest.mark.parametrize(("gone", "points"), [(0, 0), (1, 3), (2, 6), (3, 9), (4, 12)])
def test_each_missing_should_weighs_3_to_12(gone: int, points: int) -> None:
    shoulds = (Kind.SECURITY, Kind.CUSTOMER_NOTICE, Kind.THIRD_PARTIES, Kind.FAILURE_MODES)
    given = having(ready(), *(observed(k, NOW) for k in shoulds[gone:]))
    parts = {p.factor: p.points for p in assess(given, bare_of(facts(), *shoulds), NOW).parts}
    assert parts["should_missing"] == points


@pytest.mark.parametrize("standing", [Standing.FAILED, Standing.PENDING, Standing.INCONCLUSIVE, Standing.UNAVAILABLE])
def test_what_is_not_there_yet_counts_as_missing_and_attested_as_given(standing: Standing) -> None:
    def must(found: Standing) -> int:
        release = having(ready(), replace(observed(Kind.CHANGE, NOW), standing=found))
        return next(p.points for p in assess(release, facts(), NOW).parts if p.factor == "must_missing")

    assert (must(standing), must(Standing.ATTESTED), must(Standing.STALE)) == (8, 0, 0)


def test_consents_never_enter_the_evidence_gap() -> None:
    assert frozenset({Kind.APPROVALS, Kind.QA}) == CONSENTS
    assert assess(replace(ready(), consents=()), facts(), NOW) == assess(ready(), facts(), NOW)


@pytest.mark.parametrize(
    ("score", "band"),
    [(0, "LOW"), (29, "LOW"), (30, "MEDIUM"), (59, "MEDIUM"), (60, "HIGH"), (79, "HIGH"), (80, "CRITICAL"), (100, "CRITICAL")],
)  # fmt: skip
def test_each_band_begins_where_it_should(score: int, band: str) -> None:
    assert band_of(score, RUBRIC).value == band


@pytest.mark.parametrize("change", ["contract", "irreversible"])
def test_floor_destructive_data_is_at_least_high_and_a_higher_score_stays_higher(change: str) -> None:
    assert assess(replace(ready(), data_change=change), facts(), NOW).band is Band.HIGH
    worst = replace(BLANK, data_change=change)
    assert assess(worst, nothing_known(facts()), NOW).band is Band.CRITICAL


def test_floor_no_tested_way_back_is_never_go() -> None:
    release, around = way("redeploy", tested=False)()
    assert judge(release, around, NOW).verdict is Verdict.UNVERIFIED
    assert judge(ready(), around, NOW).verdict is Verdict.GO


@pytest.mark.parametrize(
    ("severity", "verdict"), [("SEV1", Verdict.NO_GO), ("SEV2", Verdict.NO_GO), ("SEV3", Verdict.GO)]
)
def test_floor_an_open_severe_incident_is_no_go(severity: str, verdict: Verdict) -> None:
    found = observed(Kind.DEPENDENCIES, NOW, Standing.FAILED, open_incident="INC-7", severity=severity, on="payments")
    assert judge(having(ready(), found), facts(), NOW).verdict is verdict


@pytest.mark.parametrize("situation", [frozen, clashing])
def test_floor_a_freeze_or_clash_is_no_go(situation: Callable[[], Situation]) -> None:
    assert judge(*situation(), NOW).verdict is Verdict.NO_GO


@pytest.mark.parametrize("kind", [i.kind for i in POLICY.items if i.level is Level.MUST and i.when == "always"])
def test_floor_any_missing_must_is_no_go_until_verified(kind: Kind) -> None:
    release = replace(without(ready(), kind, Kind.CI) if kind is Kind.QA else without(ready(), kind))
    changes = {
        Kind.OWNERS: {"rollback_owner": None},
        Kind.WINDOW: {"start_at": None},
        Kind.APPROVALS: {"consents": ()},
    }.get(kind, {})
    release = replace(release, **changes)  # type: ignore[arg-type]  # fields of Release
    if kind is Kind.RUNBOOK:
        # A procedure behind a link would be the runbook too.
        release = having(release, replace(drilled_rollback(NOW), url=None))
    judged = judge(release, bare_of(facts(), kind), NOW)
    assert judged.verdict is Verdict.UNVERIFIED
    assert any(f.open and f.subject == kind for f in judged.findings)


@pytest.mark.parametrize(
    ("band", "roles"),
    [
        (Band.LOW, {Role.PEER}),
        (Band.MEDIUM, {Role.SERVICE_OWNER, Role.ON_CALL}),
        (Band.HIGH, {Role.SERVICE_OWNER, Role.ON_CALL, Role.ENGINEERING_LEAD}),
        (Band.CRITICAL, {Role.SERVICE_OWNER, Role.ON_CALL, Role.ENGINEERING_LEAD}),
    ],
)
def test_each_band_asks_for_its_sign_offs(band: Band, roles: set[Role]) -> None:
    assert set(required_sign_offs(band)) == roles


def test_critical_asks_for_a_written_alternative_and_high_does_not() -> None:
    bare = bare_of(facts(), Kind.FAILURE_MODES)
    for bands, wanted in (((1, 2, 3), True), ((1, 2, 100), False)):
        around = replace(bare, rubric=replace(bare.rubric, bands=bands))
        found = [f for f in judge(ready(), around, NOW).findings if f.code == "alternative_missing"]
        assert [(f.level, f.result) for f in found] == ([(Level.MUST, Result.MISSING)] if wanted else [])
