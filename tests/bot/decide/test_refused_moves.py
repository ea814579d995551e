"""What does not fit the moment is refused, changes nothing, and what does fit is taken: clock, rollout, rollback, plan."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain.release import Phase
from tests.driver import REASON, Driver
from tests.world import START, actor

ZONE = "Europe/Berlin"
LATER = START + timedelta(hours=3)


def live() -> Driver:
    return Driver().live()


def held() -> Driver:
    d = Driver().ready()
    d.do(c.Hold(actor("kai"), "the alert is flapping"))
    return d


def rolling_back() -> Driver:
    d = Driver().live()
    d.do(c.DeclareRollback(actor("kai"), "errors at 4 %"))
    return d


def ready() -> Driver:
    return Driver().ready()


def move(to: int) -> c.Move:
    """To so many hours after the planned start."""
    return c.Move(actor("ana"), START + timedelta(hours=to), f"{15 + to}:00", ZONE, "the window is crowded")


def amend(field: str, value: str) -> c.Amend:
    return c.Amend(actor("ana"), field, value)


@pytest.mark.parametrize(
    ("begin", "refused", "code", "taken"),
    [
        (live, c.Start(actor("ana")), "already_started", c.Finish(actor("ana"))),
        (rolling_back, c.Start(actor("ana")), "already_started", c.FinishRollback(actor("kai"))),
        (ready, c.ReportStep(actor("ana"), 50), "not_live", c.Start(actor("ana"))),
        (live, c.ReportStep(actor("ana"), 0), "percent", c.ReportStep(actor("ana"), 1)),
        (live, c.ReportStep(actor("ana"), 101), "percent", c.ReportStep(actor("ana"), 100)),
        (ready, c.ReportHealth(actor("kai"), ok=True, metric=""), "not_live", c.Start(actor("ana"))),
        (
            live,
            c.ReportHealth(actor("kai"), ok=False, metric=" "),
            "health_metric",
            c.ReportHealth(actor("kai"), ok=False, metric="errors at 4 %"),
        ),
        (rolling_back, c.Finish(actor("ana")), "not_live", c.FinishRollback(actor("kai"))),
        (rolling_back, c.DeclareRollback(actor("kai"), ""), "already_rolling_back", c.FinishRollback(actor("kai"))),
        (ready, c.DeclareRollback(actor("kai"), ""), "rollback_not_started", c.Hold(actor("kai"), "")),
        (held, c.DeclareRollback(actor("kai"), ""), "rollback_not_started", c.Resume(actor("lena"))),
        (live, c.FinishRollback(actor("kai")), "not_rolling_back", c.DeclareRollback(actor("kai"), "")),
        (live, c.RecordLesson(actor("ana"), "  "), "lesson_empty", c.RecordLesson(actor("ana"), "Drills pay off.")),
        (held, c.Hold(actor("lena"), ""), "already_held", c.Resume(actor("lena"))),
        (rolling_back, c.Hold(actor("kai"), ""), "wrong_phase", c.FinishRollback(actor("kai"))),
        (ready, c.Resume(actor("lena")), "not_held", c.Hold(actor("lena"), "")),
        (live, move(3), "wrong_phase", c.Hold(actor("lena"), "")),
        (ready, move(-9), "time_past", move(-1)),
        (ready, move(0), "same_time", move(1)),
        (live, amend("version", "2.4.2"), "amend_after_start", c.Finish(actor("ana"))),
        (rolling_back, amend("version", "2.4.2"), "amend_after_start", c.FinishRollback(actor("kai"))),
        (ready, amend("verdict", "GO"), "amend_field", amend("version", "2.4.2")),
        (ready, amend("version", "  "), "amend_field", amend("version", "2.4.2")),
        (ready, amend("version", "2.4.1"), "amend_same", amend("version", "2.4.2")),
        (ready, amend("steps", "some"), "amend_steps", amend("steps", "5 %, 25 %, 100 %")),
        (ready, amend("steps", "50, 10, 100"), "amend_steps", amend("steps", "10, 100")),
        (ready, amend("steps", "10, 50"), "amend_steps", amend("steps", "100")),
        (ready, amend("steps", "0, 100"), "amend_steps", amend("steps", "1, 100")),
        (ready, amend("strategy", "yolo"), "amend_strategy", amend("strategy", "blue-green")),
        (ready, amend("data_change", "tiny"), "amend_data_change", amend("data_change", "expand")),
        (ready, amend("owner", "nobody"), "person_unknown", amend("owner", "kai")),
        (ready, amend("rollback_owner", "release-bot"), "person_unknown", amend("rollback_owner", "lena")),
    ],
)
def test_what_does_not_fit_the_moment_is_refused_and_what_fits_is_taken(
    begin: Callable[[], Driver], refused: c.Command, code: str, taken: c.Command
) -> None:
    d = begin()
    before = d.state
    assert d.refused(refused) == code
    assert d.state == before
    assert isinstance(d.do(taken), Decided), d.last
    assert d.state != before


def test_a_held_release_resumes_with_a_time_that_is_still_to_come_only() -> None:
    d = held()
    d.now = START
    assert d.refused(c.Resume(actor("lena"))) == "resume_needs_time"
    assert d.refused(c.Resume(actor("lena"), START)) == "resume_needs_time"
    assert isinstance(d.do(c.Resume(actor("lena"), START + timedelta(minutes=1), "15:01", ZONE)), Decided)
    assert (d.phase(), d.state.start_at) == (Phase.PLANNED, START + timedelta(minutes=1))


def test_a_hold_after_the_start_resumes_live_and_its_posts_are_planned_anew() -> None:
    d = live()
    revision = d.state.schedule_revision
    d.do(c.Hold(actor("kai"), "the alert is flapping"))
    assert d.phase() is Phase.HELD
    assert isinstance(d.do(c.Resume(actor("lena"))), Decided)
    assert (d.phase(), d.state.held_by, d.state.held_reason) == (Phase.LIVE, None, "")
    assert d.state.schedule_revision == revision + 1
    assert isinstance(d.do(c.Finish(actor("ana"))), Decided)


def test_a_held_release_may_be_moved_and_a_hold_after_the_start_may_be_rolled_back() -> None:
    d = held()
    assert isinstance(d.do(move(3)), Decided)
    assert (d.phase(), d.state.start_at) == (Phase.HELD, LATER)
    started = live()
    started.do(c.Hold(actor("kai"), ""))
    assert isinstance(started.do(c.DeclareRollback(actor("kai"), "")), Decided)
    assert started.phase() is Phase.ROLLING_BACK


def test_each_new_time_and_each_resume_is_one_generation_of_the_schedule() -> None:
    d = ready()
    first = d.state.schedule_revision
    d.do(move(1))
    assert d.state.schedule_revision == first + 1
    d.do(c.Hold(actor("kai"), ""))
    assert d.state.schedule_revision == first + 1
    d.do(c.Resume(actor("lena")))
    assert d.state.schedule_revision == first + 2


def test_of_a_release_that_is_not_there_nothing_is_taken_but_its_plan() -> None:
    d = Driver()
    for command in (c.Hold(actor("kai"), ""), c.Vote(actor("lena"), "go"), c.Approve(actor("kai"), REASON)):
        assert d.refused(command) == "no_release"
    assert d.release is None
    assert Driver().plan().phase() is Phase.PLANNING


def test_the_no_go_of_the_decision_maker_takes_the_clearance_back_until_they_say_go() -> None:
    d = Driver().cleared()
    assert isinstance(d.do(c.Vote(actor("kai"), "no-go", "support is not staffed tonight")), Decided)
    assert d.phase() is Phase.CLEARED
    d = Driver().cleared()
    assert isinstance(d.do(c.Vote(actor("lena"), "no-go", "support is not staffed tonight")), Decided)
    assert d.phase() is Phase.PLANNED
    d.do(c.Withdraw(actor("lena"), "support is staffed now"))
    assert isinstance(d.go(), Decided)
    assert d.phase() is Phase.CLEARED


def test_a_go_that_is_withdrawn_clears_no_more_and_another_does() -> None:
    d = Driver().cleared()
    assert isinstance(d.do(c.Withdraw(actor("lena"), "I looked at the wrong build")), Decided)
    assert d.phase() is Phase.PLANNED
    assert isinstance(d.go("mia"), Decided)
    d.now = START
    assert d.refused(c.Withdraw(actor("mia"), "too late for this")) == "withdraw_late"
