"""The fate of a post that is due (T1-T4, T10): what is said is true, late is said to be late, too late is not said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Place
from bot.domain.release import Phase, Question, Release
from bot.timeline.late import (
    TOLERANCE,
    Due,
    LaterMark,
    Merge,
    Send,
    SendLate,
    Skip,
    Supersede,
    fate,
)
from bot.timeline.marks import GRACE, MARKS, T_0, T_5, T_15, T_30, T_30_AFTER, due_marks

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
PLANNED = Release(
    id="R-1",
    service="payments",
    environment="production",
    version="2.4.1",
    phase=Phase.PLANNED,
    requested_by="ana",
    owner="ana",
    home=Place("sandbox", "#payments"),
    created_at=START - timedelta(hours=3),
    time_zone="Europe/Berlin",
    start_at=START,
)
LIVE = replace(PLANNED, phase=Phase.LIVE, started_at=START)


def mark(name: str, revision: int = 1) -> Due:
    """That mark, with its grace."""
    due = START + MARKS[name]
    return Due(name, due, due + GRACE[name], revision)


def later(*names: str) -> tuple[LaterMark, ...]:
    """Those marks are still to be sent."""
    return tuple(LaterMark(n, START + MARKS[n]) for n in names)


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_is_on_time_up_to_a_minute_then_late_within_its_grace(name: str) -> None:
    due = mark(name)
    release = PLANNED if name in {T_30, T_5} else LIVE
    assert fate(due, release, due.due_at) == Send()
    assert fate(due, release, due.due_at + TOLERANCE) == Send()
    assert fate(due, release, due.due_at + timedelta(seconds=61)) == SendLate(61)
    assert due.useful_until
    assert fate(due, release, due.useful_until) == SendLate(int(GRACE[name].total_seconds()))


def test_past_its_grace_a_mark_is_merged_into_the_next_one_though_that_is_still_to_come() -> None:
    at_t_minus_15 = START - timedelta(minutes=15)
    assert fate(mark(T_30), PLANNED, at_t_minus_15, later(T_5, T_0)) == Merge(T_5)


def test_past_its_grace_a_mark_without_a_next_one_is_skipped() -> None:
    late = START + timedelta(minutes=61)
    assert fate(mark(T_30_AFTER), LIVE, late) == Skip("past_grace")
    assert fate(mark(T_30_AFTER), LIVE, late - timedelta(minutes=2)) == SendLate(29 * 60)


def test_a_late_mark_gives_way_to_a_later_one_that_is_due_already_even_within_its_grace() -> None:
    generous = replace(mark(T_30), useful_until=START)
    now = START - timedelta(minutes=4)
    assert fate(generous, PLANNED, now, later(T_5)) == Merge(T_5)
    assert fate(generous, PLANNED, now) == SendLate(26 * 60)


def test_after_hours_of_downtime_only_the_last_mark_speaks() -> None:
    now = START + timedelta(minutes=32)
    order = [T_0, T_15, T_30_AFTER]
    fates = [fate(mark(n), LIVE, now, later(*order[i + 1 :])) for i, n in enumerate(order)]
    assert fates == [Merge(T_15), Merge(T_30_AFTER), SendLate(120)]


@pytest.mark.parametrize("phase", [Phase.HELD, Phase.CANCELLED, Phase.ROLLING_BACK, Phase.ROLLED_BACK])
def test_hold_cancel_and_rollback_supersede_a_mark_that_was_claimed_already(phase: Phase) -> None:
    assert fate(mark(T_0), replace(PLANNED, phase=phase), START) == Supersede(phase.value)
    assert fate(mark(T_0), PLANNED, START) == Send()


def test_a_mark_of_an_earlier_schedule_is_superseded_and_that_of_the_new_one_is_sent() -> None:
    moved = replace(PLANNED, schedule_revision=2)
    assert fate(mark(T_5), moved, START - timedelta(minutes=5)) == Supersede("schedule_over")
    assert fate(mark(T_5, revision=2), moved, START - timedelta(minutes=5)) == Send()


@pytest.mark.parametrize("name", [T_30, T_5])
def test_nothing_speaks_of_a_final_decision_once_it_has_started(name: str) -> None:
    assert fate(mark(name), LIVE, START + MARKS[name]) == Supersede("already_started")
    assert fate(mark(T_0), LIVE, START) == Send()


@pytest.mark.parametrize("name", [T_0, T_15, T_30_AFTER])
def test_done_before_the_end_keeps_the_marks_that_follow(name: str) -> None:
    assert fate(mark(name), replace(LIVE, phase=Phase.CLOSED), START + MARKS[name]) == Send()


def test_a_hold_that_was_lifted_before_it_could_be_told_is_not_told() -> None:
    hold = Due("HOLD", START, schedule_revision=1)
    assert fate(hold, replace(PLANNED, phase=Phase.HELD), START) == Send()
    assert fate(hold, PLANNED, START) == Supersede("planned")


def test_a_rollback_is_told_also_late_and_also_when_it_is_over() -> None:
    rollback = Due("ROLLBACK", START)
    assert fate(rollback, replace(LIVE, phase=Phase.ROLLED_BACK), START + timedelta(hours=2)) == SendLate(7200)


def test_a_question_is_sent_only_while_it_is_open() -> None:
    asked = replace(PLANNED, questions=(Question(2, "ci", "ci", core=True, because="ci"),))
    due = Due("QUESTION", START, n=2)
    assert fate(due, asked, START) == Send()
    answered = replace(asked, questions=(replace(asked.questions[0], answer="given"),))
    assert fate(due, answered, START) == Supersede("question_over")


def test_a_request_for_consent_to_an_earlier_plan_is_not_sent_any_more() -> None:
    assert fate(Due("APPROVAL", START, plan_revision=PLANNED.plan_revision), PLANNED, START) == Send()
    changed = replace(PLANNED, plan_revision=PLANNED.plan_revision + 1)
    assert fate(Due("APPROVAL", START, plan_revision=PLANNED.plan_revision), changed, START) == Supersede(
        "plan_changed"
    )


@pytest.mark.parametrize("occasion", ["APPROVAL", "SUPPLY", "REMINDER", "OUTCOME"])
def test_nobody_is_asked_for_anything_once_the_release_has_ended(occasion: str) -> None:
    due = Due(occasion, START)
    assert fate(due, PLANNED, START) == Send()
    assert fate(due, replace(LIVE, phase=Phase.CLOSED), START) == Supersede("closed")


def test_nobody_is_reminded_of_a_release_that_is_held_until_it_is_resumed() -> None:
    due = Due("REMINDER", START)
    assert fate(due, replace(PLANNED, phase=Phase.HELD), START) == Supersede("held")
    assert fate(due, PLANNED, START) == Send()


def test_a_post_that_is_no_longer_useful_is_skipped_and_the_living_card_is_never_late() -> None:
    until = START + timedelta(minutes=5)
    assert fate(Due("FLIP", START, until), PLANNED, until) == SendLate(300)
    assert fate(Due("FLIP", START, until), PLANNED, until + timedelta(seconds=1)) == Skip("no_longer_useful")
    assert fate(Due("CARD", START), PLANNED, START + timedelta(days=1)) == Send()


@given(
    seconds=st.integers(-3600, 14400),
    name=st.sampled_from(list(MARKS)),
    phase=st.sampled_from(list(Phase)),
    started=st.booleans(),
    open_marks=st.sets(st.sampled_from(list(MARKS))),
)
def test_no_mark_is_ever_sent_as_if_on_time_when_it_is_not(
    *, seconds: int, name: str, phase: Phase, started: bool, open_marks: set[str]
) -> None:
    due = mark(name)
    release = replace(PLANNED, phase=phase, started_at=START if started else None)
    now = due.due_at + timedelta(seconds=seconds)
    told = fate(due, release, now, later(*open_marks))
    if isinstance(told, Send):
        assert seconds <= TOLERANCE.total_seconds()
    if isinstance(told, SendLate):
        assert told.seconds == seconds
        assert TOLERANCE < timedelta(seconds=seconds) <= GRACE[name]
    if isinstance(told, Merge):
        assert MARKS[told.into] > MARKS[name]
        assert told.into in open_marks


def test_marks_already_past_at_planning_time_are_not_created() -> None:
    made = {m.mark for m in due_marks(START, START - timedelta(minutes=12))}
    assert made == {T_5, T_0, T_15, T_30_AFTER}


def test_a_mark_that_an_earlier_schedule_said_for_the_same_instant_is_not_said_again_and_a_new_one_is() -> None:
    again = replace(mark(T_30, revision=2), said=True)
    resumed = replace(PLANNED, schedule_revision=2)
    assert fate(again, resumed, again.due_at) == Supersede("already_said")
    assert fate(mark(T_5, revision=2), resumed, START + MARKS[T_5]) == Send()
