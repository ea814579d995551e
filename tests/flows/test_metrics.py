"""The figures of delivery are counted from releases that started, and say so where there is nothing to count (A5)."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.people import Role
from bot.domain.release import Phase, Release
from bot.plan.delivery import SPAN, delivery
from tests.flows.given import NOW, release, typed
from tests.flows.steps import reply, written

HOUR = timedelta(hours=1)


def done(ident: str, hours: float = 2, **more: object) -> Release:
    """Planned four hours before its start, started so many hours ago, and done within the hour."""
    began = NOW - hours * HOUR
    base = release(Phase.CLOSED, id=ident, created_at=began - 4 * HOUR, started_at=began, done_at=began + HOUR)
    return replace(base, **more)  # type: ignore[arg-type]  # each names a field


def rolled_back(ident: str, minutes: int) -> Release:
    began = NOW - 3 * HOUR
    back = {"rollback_at": began, "rolled_back_at": began + timedelta(minutes=minutes), "done_at": None}
    return done(ident, 3, phase=Phase.ROLLED_BACK, **back)


def test_failures_are_those_that_were_rolled_back_of_those_that_ended() -> None:
    found = delivery([done("R-1"), done("R-2"), rolled_back("R-3", 10), rolled_back("R-4", 30), release()], NOW)
    assert (len(found.started), found.ended, found.failed) == (4, 4, 2)
    assert found.recovery == timedelta(minutes=20)
    assert found.lead == 4 * HOUR


def test_what_started_before_the_span_is_not_counted() -> None:
    days = SPAN / timedelta(hours=1)
    assert delivery([done("R-1", days + 1)], NOW).started == ()
    assert len(delivery([done("R-1", days - 1)], NOW).started) == 1


def test_approval_latency_ends_with_the_decision_makers_go() -> None:
    go = Consent(
        "c1",
        ConsentKind.VOTE,
        "",
        ConsentState.VALID,
        role=Role.DECISION_MAKER,
        by="lena",
        vote="go",
        at=NOW - 3 * HOUR,
    )
    assert delivery([done("R-1", consents=(go,))], NOW).approval == 3 * HOUR
    assert delivery([done("R-1")], NOW).approval is None


def test_the_answer_names_each_figure_with_what_it_was_counted_from() -> None:
    message = reply(typed("metrics payments", releases=(done("R-1"), rolled_back("R-2", 6))))
    text = written(message)
    assert "2 started" in text
    assert "1 of 2" in text
    assert "6 min" in text
    assert "R-2" in message.attachments[0][1]


def test_without_a_start_nothing_is_counted_and_an_unknown_service_offers_names() -> None:
    assert "nothing to count" in written(reply(typed("metrics")))
    assert "Near it: payments" in written(reply(typed("metrics paymnts")))
    all_names = written(reply(typed("metrics banana")))
    assert "payments" in all_names
    assert "plan" not in all_names


@given(st.lists(st.booleans(), max_size=8))
def test_no_figure_ever_counts_more_failures_than_ends(backs: list[bool]) -> None:
    found = delivery([rolled_back(f"R-{n}", 5) if back else done(f"R-{n}") for n, back in enumerate(backs)], NOW)
    assert 0 <= found.failed <= found.ended == len(backs)
    assert (found.recovery is None) == (not any(backs))
