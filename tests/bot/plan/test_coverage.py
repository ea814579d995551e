"""The coverage line counts what was asked, what sources told and what is open, each item once (Q5, Q6)."""

from dataclasses import replace

from hypothesis import given, settings

from bot.domain.evidence import Kind
from bot.domain.finding import Level
from bot.messages.cards.index import render
from bot.messages.view import View
from bot.plan.coverage import Coverage, coverage
from bot.plan.draft import draft
from bot.plan.items import kind_of
from bot.policy import judge
from bot.policy.standing import sights
from tests.bot.plan.situations import Situation, situations
from tests.bot.policy.releases import having, ready, without
from tests.driver import Driver
from tests.golden.plain import visible
from tests.world import HOME, NOW, facts, observed


def counted(situation: Situation) -> Coverage:
    release, around = situation
    return coverage(release, judge(release, around, NOW).findings, sights(release, around, NOW))


@settings(max_examples=100, deadline=None)
@given(situations())
def test_open_and_known_are_what_the_findings_say_and_never_the_same_item(situation: Situation) -> None:
    release, around = situation
    found = counted(situation)
    open_ = {
        kind_of(f)
        for f in judge(release, around, NOW).findings
        if f.open and not f.consent and f.level is not Level.OPTIONAL
    }
    assert set(found.open) == open_
    assert not open_ & set(found.known)
    attested_alone = {
        kind
        for kind, sight in sights(release, around, NOW).items()
        if sight.evidence is not None and sight.evidence.source == "person"
    }
    assert not (set(found.known) - {Kind.QA}) & attested_alone


def test_what_a_source_or_the_catalogue_told_is_known_and_a_persons_word_is_not() -> None:
    found = counted(Situation(ready(), facts()))
    assert {Kind.CI, Kind.CHANGE, Kind.QA, Kind.CAPACITY} <= set(found.known)
    assert Kind.ROLLBACK not in found.known
    verified = having(ready(), observed(Kind.ROLLBACK, NOW, tested=True, way="redeploy"))
    assert Kind.ROLLBACK_TARGET in counted(Situation(without(verified), facts())).known


def test_card_and_plan_print_the_three_figures() -> None:
    driver = Driver().plan().sources().answer_all()
    release, around, now = driver.state, driver.facts, driver.now
    judged = judge(release, around, now)
    figures = coverage(release, judged.findings, sights(release, around, now)).params
    assert figures["asked"] == str(len(release.questions)) == "1"
    line = "Questions asked: {asked} · items known from sources: {known} · open: {open}".format_map(figures)
    assert line in visible(render("verdict", View(release, around, judged, now, HOME)))
    told = next(x for x in draft(release, around, judged, now).preconditions if x.code == "plan.coverage")
    assert dict(told.params) == figures


def test_an_item_with_two_open_findings_counts_once() -> None:
    bare = replace(without(ready(), Kind.CI, Kind.ARTIFACT), version=None)
    assert counted(Situation(bare, facts())).open.count(Kind.ARTIFACT) == 1
