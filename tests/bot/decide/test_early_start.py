"""The GO is for the planned time: a start at another one is judged for when it began (G11, G23)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain.evidence import Kind
from bot.domain.facts import Window
from bot.domain.people import SYSTEM
from tests.driver import Driver
from tests.world import NOW, START, actor, observed

FREEZE = Window("F-1", "payments", NOW - timedelta(hours=1), START - timedelta(minutes=30), "stock taking", "mia")
LATE_FREEZE = Window("F-2", "payments", START + timedelta(hours=3), START + timedelta(hours=9), "stock taking", "mia")


def beside(*windows: Window) -> Driver:
    """A release that is cleared for a start which no freeze touches."""
    d = Driver()
    d.facts = replace(d.facts, calendar=windows)
    return d.cleared()


@pytest.mark.parametrize(("window", "hours"), [(FREEZE, 0), (LATE_FREEZE, 6)])
def test_a_start_within_a_freeze_is_without_go_though_the_planned_time_is_free(window: Window, hours: int) -> None:
    d = beside(window).later(hours=hours)
    # The sources are asked again, so that only the freeze is left to stand in the way.
    d.sources(purpose="recheck")
    decision = d.do(c.Start(actor("ana")))
    assert isinstance(decision, Decided)
    assert (decision.code, d.state.started_without_go) == ("started_without_go", True)
    free = beside(window)
    free.now = START
    free.do(c.Start(actor("ana")))
    assert free.state.started
    assert not free.state.started_without_go


def test_a_start_that_the_tool_shows_within_a_freeze_is_without_go_too() -> None:
    d = beside(FREEZE)
    d.do(c.RecordObservations(SYSTEM, "none", "demo", (observed(Kind.ROLLOUT, d.now, state="progressing"),), "recheck"))
    assert d.state.started_without_go
    free = beside(FREEZE)
    free.now = START
    seen = observed(Kind.ROLLOUT, free.now, state="progressing")
    free.do(c.RecordObservations(SYSTEM, "none", "demo", (seen,), "recheck"))
    assert free.state.started
    assert not free.state.started_without_go


def test_an_early_start_is_recorded_and_said_to_be_early() -> None:
    d = beside()
    early = d.do(c.Start(actor("ana")))
    assert isinstance(early, Decided)
    assert (early.code, early.params) == ("started_early", {"planned": "2026-11-24 14:00 UTC"})
    assert not d.state.started_without_go
    punctual = beside()
    punctual.now = START
    decision = punctual.do(c.Start(actor("ana")))
    assert isinstance(decision, Decided)
    assert decision.code == "started"


def test_a_start_that_is_still_to_come_is_refused_and_the_same_start_is_taken_when_it_happened() -> None:
    d = Driver().cleared().later(hours=0)
    assert d.refused(c.Start(actor("ana"), d.now + timedelta(seconds=1))) == "start_future"
    assert not d.state.started
    d.do(c.Start(actor("ana"), d.now))
    assert d.state.started_at == d.now
