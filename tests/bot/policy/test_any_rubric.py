"""The properties of the risk score hold for every rubric that a team may write, not for the shipped one alone (risk.md)."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.lines import parse
from bot.catalog.rubric_file import rubric_of
from bot.catalog.trouble import BadCatalogue
from bot.domain.evidence import Evidence
from bot.domain.facts import Facts, Rubric
from bot.domain.finding import Level
from bot.domain.release import Band, Release
from bot.policy import assess
from bot.policy.levels import levels
from bot.policy.score import band_of, weigh
from bot.policy.standing import sights
from tests.bot.policy.releases import BLANK, having, nothing_known, serviced, without
from tests.bot.policy.rubrics import rubrics
from tests.bot.policy.test_score import ANSWERS, OF_SERVICE, items, situations
from tests.world import NOW, facts

SHIPPED = (Path(__file__).parents[3] / "deploy" / "policy" / "rubric.yaml").read_text()
Situation = tuple[Release, Facts]


def under(situation: Situation, rubric: Rubric) -> Situation:
    return situation[0], replace(situation[1], rubric=rubric)


@given(rubrics())
def test_nothing_answered_scores_100(rubric: Rubric) -> None:
    score = assess(*under((BLANK, nothing_known(facts())), rubric), NOW)
    assert score.score == 100
    assert score.band.rank >= band_of(100, rubric).rank


@settings(deadline=None)
@given(situations(), rubrics(), st.data())
def test_answering_an_unknown_never_raises_score_or_band(
    situation: Situation, rubric: Rubric, data: st.DataObject
) -> None:
    release, around = under(situation, rubric)
    before = assess(release, around, NOW)
    assert around.service is not None
    for name in [n for n in ANSWERS if getattr(release, n) is None]:
        after = assess(replace(release, **{name: data.draw(ANSWERS[name])}), around, NOW)
        assert (after.score, after.band.rank) <= (before.score, before.band.rank), name
    for name in [n for n in OF_SERVICE if getattr(around.service, n) is None]:
        answered = serviced(around, **{name: data.draw(OF_SERVICE[name])})
        assert assess(release, answered, NOW).score <= before.score, name


@settings(deadline=None)
@given(situations(), rubrics(), items)
def test_evidence_for_an_empty_item_never_raises_it_be_it_stale(
    situation: Situation, rubric: Rubric, item: Evidence
) -> None:
    release, around = under(situation, rubric)
    release = without(release, item.kind)
    before = assess(release, around, NOW)
    for stale_after in (None, NOW - timedelta(days=1), NOW + timedelta(days=1)):
        assert assess(having(release, replace(item, stale_after=stale_after)), around, NOW).score <= before.score


@settings(deadline=None)
@given(situations(), rubrics())
def test_the_printed_parts_add_up_and_the_same_input_gives_the_same(situation: Situation, rubric: Rubric) -> None:
    release, around = under(situation, rubric)
    score = assess(release, around, NOW)
    assert sum(p.points for p in score.parts) == score.score == score.inherent + score.gap
    assert 0 <= score.score <= 100
    assert score == assess(release, around, NOW)
    assert score.rubric == rubric.version
    assert score.band.rank >= band_of(score.score, rubric).rank
    assert (score.band is band_of(score.score, rubric)) or score.floor is not None


@given(rubrics())
def test_the_band_is_monotone_in_the_score_before_floors(rubric: Rubric) -> None:
    ranks = [band_of(score, rubric).rank for score in range(101)]
    assert ranks == sorted(ranks)
    assert set(ranks) <= {b.rank for b in Band}


@settings(deadline=None)
@given(situations(), rubrics())
def test_must_from_medium_is_tried_as_must_first_and_goes_in_no_circle(situation: Situation, rubric: Rubric) -> None:
    """Where the score with the item as MUST reaches MEDIUM it is MUST; where it does not, the score stays below MEDIUM."""
    release, around = under(situation, rubric)
    seen = sights(release, around, NOW)
    weighed = weigh(release, around, NOW, seen)
    if weighed.score.band is Band.LOW and _strict(release, around, NOW).rank < Band.MEDIUM.rank:
        assert band_of(weighed.score.score, rubric) is Band.LOW
    else:
        assert weighed.levels == levels(release, around, seen, medium=True).levels
    conditional = [i.kind for i in around.policy.items if i.when == "medium"]
    if weighed.score.band.rank >= Band.MEDIUM.rank:
        assert all(weighed.levels[kind] is Level.MUST for kind in conditional)


def _strict(release: Release, around: Facts, now: datetime) -> Band:
    """The band where every item that is MUST from MEDIUM is MUST always."""
    always = tuple(replace(i, when="always") if i.when == "medium" else i for i in around.policy.items)
    return assess(release, replace(around, policy=replace(around.policy, items=always)), now).band


@given(rubrics())
def test_each_of_them_can_be_written_into_a_file_and_is_read_as_it_is(rubric: Rubric) -> None:
    assert rubric_of(parse(yaml.safe_dump(_written(rubric)), "rubric.yaml")) == replace(rubric, version="7")


def _written(rubric: Rubric) -> dict[str, Any]:
    low, middle, high = rubric.bands
    gap = {name: getattr(rubric, name) for name in (
        "must_missing", "must_cap", "should_missing", "should_cap", "stale_or_missing", "stale_cap",
    )}  # fmt: skip
    return {
        "version": "7",
        "changes": ["1: as shipped", "7: as drawn"],
        "factors": {f.name: dict(f.points) for f in rubric.factors},
        "evidence_gap": gap,
        "bands": {"MEDIUM": low, "HIGH": middle, "CRITICAL": high},
        "floors": {"destructive_data": rubric.destructive_floor.value},
    }


@pytest.mark.parametrize(
    ("good_part", "bad_part", "said"),
    [
        (
            'version: "1"',
            'version: "2"',
            'line 6, changes.0: expected the last line of the change log to begin with "2:"',
        ),
        ('  - "1: as shipped"', "  []", "changes"),
        (
            "must_missing: 8",
            "must_missing: 1",
            "evidence_gap.must_cap: expected at most 13: 13 items of 1 reach no more",
        ),
        ("should_missing: 3", "should_missing: 1", "evidence_gap.should_cap: expected at most 6"),
        ("should_missing: 3", "should_missing: 9", "evidence_gap.should_missing: expected at most the 8 of a MUST"),
        ("restore: 6, none: 10", "restore: 10, none: 6", "factors.way_back.none: expected 10, the worst of its row"),
        ("mixed: 1, poor: 2", "mixed: 2, poor: 1", "factors.track_record.poor: expected 2, the worst of its row"),
        ("destructive_data: HIGH", "destructive_data: LOW", "floors.destructive_data: expected one of"),
        ("destructive_data: HIGH", "destructive: HIGH", 'no key "destructive"; did you mean "destructive_data"?'),
    ],
)
def test_a_file_that_would_break_a_property_is_refused_with_its_line(good_part: str, bad_part: str, said: str) -> None:
    assert good_part in SHIPPED
    with pytest.raises(BadCatalogue) as caught:
        rubric_of(parse(SHIPPED.replace(good_part, bad_part, 1), "rubric.yaml"))
    assert said in str(caught.value)
    assert "rubric.yaml, line " in str(caught.value)
    assert rubric_of(parse(SHIPPED, "rubric.yaml")).destructive_floor is Band.HIGH
