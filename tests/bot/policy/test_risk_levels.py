"""Each readiness item has its level, also under its condition, as the specification has it (risk.md)."""

from dataclasses import replace

import pytest

from bot.domain.evidence import Kind
from bot.domain.facts import Policy
from bot.domain.finding import Level, Verdict
from bot.domain.release import Band
from bot.policy import judge
from bot.policy.case import case_of
from bot.policy.defaults import POLICY, RUBRIC
from bot.policy.levels import levels
from bot.policy.score import weigh
from bot.policy.standing import sights
from tests.bot.policy.releases import bare_of, ready, serviced, without
from tests.world import NOW, facts

ITEMS: dict[str, set[Kind]] = {
    "MUST always": {
        Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.OWNERS, Kind.CI, Kind.QA, Kind.ROLLBACK, Kind.ROLLBACK_TARGET,
        Kind.RUNBOOK, Kind.MONITORING, Kind.ON_CALL, Kind.DEPENDENCIES, Kind.WINDOW, Kind.CAPACITY, Kind.APPROVALS,
    },
    "MUST data": {Kind.MIGRATION},
    "MUST flags": {Kind.FLAGS},
    "MUST medium": {Kind.STRATEGY},
    "MUST regulated": {Kind.SECURITY},
    "MUST outage": {Kind.CUSTOMER_NOTICE},
    "SHOULD always": {Kind.THIRD_PARTIES, Kind.FAILURE_MODES},
    "OPTIONAL always": {Kind.COST_DOCS, Kind.GAME_DAY, Kind.REVIEW},
}  # fmt: skip


def test_each_item_has_the_level_of_the_table() -> None:
    told: dict[str, set[Kind]] = {}
    for item in POLICY.items:
        told.setdefault(f"{item.level.value} {item.when}", set()).add(item.kind)
    assert told == ITEMS
    assert all(i.otherwise is Level.SHOULD for i in POLICY.items)


@pytest.mark.parametrize(
    ("kind", "field", "met", "unmet"),
    [
        (Kind.FLAGS, "uses_flags", True, False),
        (Kind.CUSTOMER_NOTICE, "outage_visible", True, False),
        (Kind.SECURITY, "regulated", True, False),
    ],
)
def test_an_item_under_a_condition_is_must_while_that_is_unknown(
    kind: Kind, field: str, met: object, unmet: object
) -> None:
    release = without(ready(), Kind.FLAGS)

    def level(value: object) -> Level:
        around = serviced(facts(), **{field: value})
        return levels(release, around, sights(release, around, NOW), medium=False).levels[kind]

    assert (level(met), level(unmet)) == (Level.MUST, Level.SHOULD)
    if field != "regulated":
        assert level(None) is Level.MUST


def test_migration_is_must_where_data_changes_and_while_nobody_knows() -> None:
    for change, level in ((None, Level.MUST), ("expand", Level.MUST), ("none", Level.SHOULD)):
        release = replace(without(ready(), Kind.MIGRATION), data_change=change)
        assert case_of(release, facts(), NOW).level(Kind.MIGRATION) is level


def test_must_from_medium_counts_itself_in_first() -> None:
    """As MUST the missing strategy lifts 25 to 33; as SHOULD it would be 28 and LOW: so it is MUST."""
    release = replace(ready(), strategy=None)
    seen = sights(release, facts(), NOW)
    mild = weigh(release, replace(facts(), policy=_otherwise(Level.SHOULD)), NOW, seen).score.score
    strict = weigh(release, facts(), NOW, seen)
    assert strict.score.score > mild
    between = replace(facts(), rubric=replace(RUBRIC, bands=(strict.score.score, 60, 80)))
    assert weigh(release, between, NOW, seen).levels[Kind.STRATEGY] is Level.MUST
    above = replace(facts(), rubric=replace(RUBRIC, bands=(strict.score.score + 1, 60, 80)))
    assert weigh(release, above, NOW, seen).levels[Kind.STRATEGY] is Level.SHOULD
    assert weigh(release, above, NOW, seen).score.score == mild


def _otherwise(level: Level) -> Policy:
    items = tuple(replace(i, level=level, when="always") if i.when == "medium" else i for i in POLICY.items)
    return replace(POLICY, items=items)


def test_should_and_optional_items_never_hold_up_a_low_release() -> None:
    bare = bare_of(facts(), Kind.THIRD_PARTIES, Kind.FAILURE_MODES)
    judged = judge(ready(), bare, NOW)
    assert judged.score.band is Band.LOW
    assert judged.verdict is Verdict.GO
    assert any(f.open and f.level is Level.SHOULD for f in judged.findings)
