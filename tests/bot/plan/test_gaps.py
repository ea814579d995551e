"""What is missing, with who, how and by when; and the cheapest way to GO (G1)."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Window
from bot.domain.finding import Level, Verdict
from bot.domain.plan import Gap
from bot.domain.release import Band, Judgement
from bot.messages.words import say
from bot.plan.gaps import cheapest_way, deadline, gaps
from bot.policy import judge
from bot.policy.people import is_human
from tests.bot.plan.situations import Situation, situations
from tests.bot.plan.taken import taken
from tests.bot.policy.releases import BLANK, attested, having, ready, serviced, without
from tests.world import NOW, START, facts, good_observations, observed


def test_every_open_finding_is_a_gap_with_who_how_and_by_when() -> None:
    release = without(ready(), Kind.ROLLBACK, Kind.CHANGE)
    judged = judge(release, facts(), NOW)
    found = gaps(release, facts(), judged, NOW)
    assert len(found) == sum(f.open for f in judged.findings)
    levels = [g.level for g in found]
    assert levels == sorted(levels, key=list(Level).index)
    first = found[0]
    assert (first.kind, first.code, first.how, first.by) == (
        Kind.CHANGE,
        "change_missing",
        "add_change",
        START - timedelta(minutes=30),
    )
    rollback = next(g for g in found if g.kind is Kind.ROLLBACK)
    assert rollback.who == "kai"


def test_the_deadline_moves_on_to_the_next_mark() -> None:
    assert deadline(ready(), START - timedelta(minutes=30)) == START - timedelta(minutes=5)
    assert deadline(ready(), START - timedelta(minutes=5)) == START
    assert deadline(ready(), START) is None
    assert deadline(BLANK, NOW) is None


def test_the_cheapest_way_names_what_closes_every_gap() -> None:
    release = without(ready(), Kind.ROLLBACK, Kind.CHANGE)
    way = cheapest_way(release, facts(), judge(release, facts(), NOW), NOW)
    assert way is not None
    assert (way.kinds, way.reaches, way.band) == ((Kind.CHANGE, Kind.ROLLBACK), Verdict.GO, Band.LOW)


def test_one_link_fills_rollback_and_runbook() -> None:
    bare = serviced(
        facts(), standing=tuple(s for s in facts().services["payments"].standing if s.kind is not Kind.RUNBOOK)
    )
    release = without(ready(), Kind.ROLLBACK)
    way = cheapest_way(release, bare, judge(release, bare, NOW), NOW)
    assert way is not None
    assert way.kinds == (Kind.ROLLBACK,)


def test_a_lower_band_asks_for_less() -> None:
    release = replace(without(ready(), *(e.kind for e in good_observations(NOW)), Kind.ROLLBACK), strategy="rolling")
    judged = judge(release, facts(), NOW)
    assert any(f.code == "strategy_not_staged" for f in judged.findings)
    way = cheapest_way(release, facts(), judged, NOW)
    assert way is not None
    assert Kind.STRATEGY not in way.kinds
    assert way.reaches is Verdict.GO


def test_there_is_no_way_to_show_where_only_consents_are_open() -> None:
    release = replace(ready(), consents=())
    assert cheapest_way(release, facts(), judge(release, facts(), NOW), NOW) is None


def test_what_no_item_lifts_is_said() -> None:
    frozen = facts(calendar=(Window("f", "*", START, START + timedelta(hours=1), "year-end closing", "lena"),))
    way = cheapest_way(ready(), frozen, judge(ready(), frozen, NOW), NOW)
    assert way is not None
    assert way.reaches is Verdict.NO_GO
    failed = having(ready(), observed(Kind.CI, NOW, Standing.FAILED))
    fixed = cheapest_way(failed, facts(), judge(failed, facts(), NOW), NOW)
    assert fixed is not None
    assert (fixed.kinds, fixed.reaches) == ((Kind.CI,), Verdict.GO)


def test_supposing_changes_nothing() -> None:
    release = having(without(ready(), Kind.ROLLBACK), attested(Kind.CHANGE))
    before = replace(release)
    cheapest_way(release, facts(), judge(release, facts(), NOW), NOW)
    assert release == before


@settings(max_examples=150, deadline=None)
@given(situations())
def test_every_gap_names_a_way_that_closes_it_when_it_is_taken(situation: Situation) -> None:
    release, around = situation
    judged = judge(release, around, NOW)
    found = gaps(release, around, judged, NOW)
    assert len(found) == sum(f.open for f in judged.findings)
    for gap in found:
        assert gap.who is not None
        assert is_human(around.roster, gap.who)
        assert say(f"how.{gap.how}", gap.params)
        assert (gap.by is None) is (release.start_at is None)
        after = judge(*taken(gap, situation), NOW).findings
        assert _about(gap, gaps(*situation, Judgement(judged.verdict, after, judged.score), NOW)) < _about(gap, found)


def _about(gap: Gap, found: tuple[Gap, ...]) -> int:
    """How many gaps of that code there are: people, roles and other releases may each give one."""
    return sum((g.kind, g.code) == (gap.kind, gap.code) for g in found)


def test_a_source_that_is_down_before_a_start_is_known_leaves_a_way() -> None:
    down = tuple(observed(kind, NOW, Standing.UNAVAILABLE) for kind in (Kind.CHANGE, Kind.NOTES))
    release = replace(having(ready(), *down), start_at=None)
    found = [
        g for g in gaps(release, facts(), judge(release, facts(), NOW), NOW) if g.kind in {Kind.CHANGE, Kind.NOTES}
    ]
    assert [(g.who, g.how, g.by) for g in found] == [("ana", "source_back_or_add_unscheduled", None)] * 2
    text = say(f"how.{found[0].how}", found[0].params)
    assert "`/release evidence R-142 change <link>`" in text
    assert "`/release move R-142 <time> <reason>`" in text
    planned = replace(release, start_at=START)
    after = gaps(planned, facts(), judge(planned, facts(), NOW), NOW)
    assert {g.how for g in after if g.kind is Kind.CHANGE} == {"source_back_or_add"}
