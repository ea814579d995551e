"""The cheapest way to GO is truly the cheapest: compared with trying every set of open items (G1)."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import assume, given, settings

from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.facts import Facts, Item
from bot.domain.finding import Level, Verdict, go_possible
from bot.domain.release import Judgement, Release
from bot.plan.items import kind_of
from bot.plan.suppose import with_evidence
from bot.plan.way import cheapest_way, cost, givable, still_open
from bot.policy import judge
from tests.bot.plan.situations import Situation, situations
from tests.bot.policy.releases import bare_of, consent, ready, serviced, without
from tests.world import NOW, facts

MOST = 8
"""Up to so many open items every set of them is tried."""


def tried(release: Release, around: Facts, kinds: tuple[Kind, ...]) -> Judgement:
    return judge(with_evidence(release, kinds, NOW, facts=around), around, NOW)


def open_items(release: Release, around: Facts) -> tuple[Kind, ...]:
    """Every item that is open, MUST or SHOULD, and that no consent closes."""
    found = judge(release, around, NOW).findings
    kinds = {kind_of(f) for f in found if f.open and not f.consent and f.level is not Level.OPTIONAL}
    return tuple(k for k in Kind if k in kinds and givable(release, k))


def sets_of(kinds: tuple[Kind, ...]) -> Iterator[tuple[Kind, ...]]:
    return chain.from_iterable(combinations(kinds, size) for size in range(len(kinds) + 1))


@settings(max_examples=60, deadline=None)
@given(situations())
def test_no_set_of_open_items_leads_to_go_cheaper(situation: Situation) -> None:
    release, around = situation
    kinds = open_items(release, around)
    assume(len(kinds) <= MOST)
    way = cheapest_way(release, around, judge(release, around, NOW), NOW)
    assume(way is not None)
    assert way is not None
    goal = still_open(tried(release, around, kinds))
    reaching = [s for s in sets_of(kinds) if still_open(tried(release, around, s)) <= goal]
    assert cost(way.kinds, release, around) == min(cost(s, release, around) for s in reaching)
    assert way.kinds in reaching


@settings(max_examples=100, deadline=None)
@given(situations())
def test_taking_the_way_leads_where_it_says(situation: Situation) -> None:
    release, around = situation
    way = cheapest_way(release, around, judge(release, around, NOW), NOW)
    assume(way is not None)
    assert way is not None
    after = tried(release, around, way.kinds)
    assert after.score.band is way.band
    if way.reaches is Verdict.GO:
        assert go_possible(after.findings)
    else:
        assert still_open(after)


def test_a_should_item_is_on_the_way_where_it_saves_a_must() -> None:
    """Two SHOULD items at LOW save an item that is MUST from MEDIUM, but only where that is fewer in all."""
    base = bare_of(facts(), Kind.FAILURE_MODES, Kind.THIRD_PARTIES, Kind.CAPACITY)
    strict = tuple(
        Item(i.kind, Level.MUST, when="medium") if i.kind in {Kind.CAPACITY, Kind.FAILURE_MODES} else i
        for i in base.policy.items
    )
    policy = replace(base.policy, items=strict)
    for medium in range(10, 45):
        around = replace(base, policy=policy, rubric=replace(base.rubric, bands=(medium, 60, 80)))
        way = cheapest_way(ready(), around, judge(ready(), around, NOW), NOW)
        assert way is None or len(way.kinds) <= 2
        if way is not None:
            assert way.reaches is Verdict.GO


@pytest.mark.parametrize("kind", [Kind.QA, Kind.APPROVALS])
def test_what_only_consents_can_close_is_not_on_the_way(kind: Kind) -> None:
    release = replace(without(ready(), Kind.CHANGE), consents=())
    way = cheapest_way(release, facts(), judge(release, facts(), NOW), NOW)
    assert way is not None
    assert kind not in way.kinds
    assert way.kinds == (Kind.CHANGE,)
    nobody = serviced(facts(), roles={}, deputies={}, team=())
    stuck = cheapest_way(release, nobody, judge(release, nobody, NOW), NOW)
    assert stuck is not None
    assert (stuck.kinds, stuck.reaches) == ((Kind.CHANGE,), Verdict.UNVERIFIED)


def test_of_equally_many_items_the_one_that_is_had_soonest_is_cheapest() -> None:
    release = ready()
    assert cost((Kind.STRATEGY,), release, facts()) < cost((Kind.CHANGE,), release, facts())
    one_person = serviced(facts(), suppliers={Kind.CHANGE: "kai", Kind.CAPACITY: "kai"})
    assert cost((Kind.CHANGE,), release, one_person) < cost((Kind.CAPACITY,), release, one_person)
    assert cost((Kind.CAPACITY,), release, facts()) < cost((Kind.CHANGE, Kind.NOTES), release, facts())
    of_ana, of_kai = serviced(facts(), suppliers={}), serviced(facts(), suppliers={Kind.CHANGE: "kai"})
    assert cost((Kind.CHANGE,), release, of_ana) < cost((Kind.CHANGE,), release, of_kai)


def test_an_unnamed_version_is_named_on_the_way() -> None:
    release = replace(ready(), version=None)
    way = cheapest_way(release, facts(), judge(release, facts(), NOW), NOW)
    assert way is not None
    assert (way.kinds, way.reaches) == ((Kind.ARTIFACT,), Verdict.GO)


def test_a_vote_against_it_is_said_and_is_no_item() -> None:
    no = consent(ConsentKind.VOTE, "priya", "roll call", vote="no-go")
    release = replace(ready(), consents=(*ready().consents, no))
    way = cheapest_way(release, facts(), judge(release, facts(), NOW), NOW)
    assert way is not None
    assert (way.kinds, way.reaches) == ((), Verdict.NO_GO)
