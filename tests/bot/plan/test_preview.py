"""Past releases under another rubric: as they stood when they were decided on, with the facts of that moment (P6)."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.facts import Rubric
from bot.domain.finding import Verdict
from bot.domain.release import Band
from bot.domain.service import Outcome
from bot.plan.preview import Past, compared, facts_of, past_of
from bot.policy.defaults import POLICY, RUBRIC
from tests.driver import Driver
from tests.world import NOW, START, actor, facts

STRICTER = replace(RUBRIC, version="2", bands=(1, 60, 80))


def past(driver: Driver) -> Past:
    found = past_of(driver.events)
    assert found is not None
    return found


def test_a_release_is_looked_at_as_it_was_at_its_go() -> None:
    driver = Driver().live()
    driver.do(c.Finish(actor("ana")))
    found = past(driver)
    assert (found.occasion, found.at) == ("go", NOW)
    assert found.release.phase == "cleared"
    assert not found.release.started
    assert found.last.phase == "closed"


def test_without_a_go_its_start_counts_then_t_zero_then_its_last_verdict() -> None:
    started = Driver().ready()
    started.now = START + timedelta(minutes=3)
    started.do(c.Start(actor("ana")))
    assert (past(started).occasion, past(started).at) == ("start", started.now)
    held = Driver().ready()
    held.now = START + timedelta(minutes=1)
    held.do(c.Hold(actor("ana"), "Nobody gave the go in time."))
    assert (past(held).occasion, past(held).at) == ("T=0", START)
    assert past(held).release.phase == "planned"
    assert past(Driver().ready()).occasion == "verdict"
    assert past_of(()) is None
    assert past_of(Driver().plan().events[:1]) is None


def test_with_the_rules_in_force_the_ledger_is_met_and_nothing_differs() -> None:
    driver = Driver().cleared()
    row = compared(past(driver), driver.facts, POLICY, RUBRIC)
    assert row.was == row.recorded == row.would
    assert (row.was.verdict, row.was.band, row.differs) == (Verdict.GO, Band.LOW, False)


def test_stricter_bands_would_have_asked_for_more() -> None:
    driver = Driver().cleared()
    row = compared(past(driver), driver.facts, POLICY, STRICTER)
    assert row.differs
    assert (row.was.score, row.was.band) == (row.would.score, Band.LOW)
    assert (row.would.band, row.would.verdict) == (Band.MEDIUM, Verdict.UNVERIFIED)


@settings(max_examples=40, deadline=None)
@given(st.tuples(st.integers(1, 40), st.integers(41, 70), st.integers(71, 100)))
def test_a_rubric_that_only_moves_bands_moves_no_score(bands: tuple[int, int, int]) -> None:
    driver = Driver().ready()
    tried: Rubric = replace(RUBRIC, bands=bands)
    row = compared(past(driver), driver.facts, POLICY, tried)
    assert row.was.score == row.would.score
    assert row.differs == ((row.was.band, row.was.verdict) != (row.would.band, row.would.verdict))


def test_history_and_neighbours_are_those_of_the_moment() -> None:
    one = Driver().cleared()
    later = Driver()
    later.now = NOW + timedelta(days=3)
    later.plan(start_at=START + timedelta(days=3))
    other = Driver().plan(release="R-9")
    ended = (
        Outcome("R-0", "2.4.0", NOW - timedelta(days=1), "success"),
        Outcome("R-7", "2.5.0", NOW + timedelta(days=1), "failed"),
    )
    there = past_of(other.sources().events)
    after = past_of(later.sources().events)
    assert there is not None
    assert after is not None
    found = facts_of(past(one), facts(), [past(one), there, replace(after, last=replace(after.last, id="R-10"))], ended)
    assert next(o.release for o in found.history) == "R-0"
    assert "R-7" not in {o.release for o in found.history}
    assert [n.id for n in found.neighbours] == ["R-9"]
    given_up = Driver().plan(release="R-8")
    given_up.sources().do(c.Cancel(actor("ana"), "the change is not needed any more"))
    cancelled = past_of(given_up.events)
    assert cancelled is not None
    assert facts_of(past(one), facts(), [cancelled, there], ()).neighbours == found.neighbours
    assert found.service is not None
    assert found.service.id == "payments"
