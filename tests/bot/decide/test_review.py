"""The review that an emergency owes, and the next emergency that it blocks (G16)."""

from dataclasses import replace
from datetime import timedelta

from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.emergency import Owed
from bot.domain.finding import Result
from bot.domain.people import SYSTEM
from bot.domain.release import Phase
from bot.policy.emergency import reviewers
from tests.bot.decide.emergencies import DECLARE, FINE, REVIEW, codes, confirmed, declared, over
from tests.driver import Driver
from tests.world import NOW, actor, facts


def test_the_next_one_is_blocked_until_the_last_is_reviewed() -> None:
    owed = facts(reviews_owed=(Owed("R-0", NOW),))
    assert Driver(facts=owed).refused(DECLARE) == "review_owed"
    d = declared()
    d.facts = owed
    d.do(c.Judge(SYSTEM))
    d.sign("lena", FINE)
    assert "breakglass_review" in codes(d, Result.BLOCKED)
    assert d.phase() is Phase.PLANNED
    d.facts = facts()
    d.do(c.Judge(SYSTEM))
    assert d.phase() is Phase.CLEARED


def test_the_review_is_due_a_day_after_the_end_and_written_by_another() -> None:
    d = confirmed()
    assert d.refused(REVIEW) == "review_none"
    d.do(c.Start(actor("ana")))
    assert d.refused(REVIEW) == "review_early"
    assert (d.state.review_open, d.state.review_due_at) == (True, None)
    d.do(c.Finish(actor("ana")))
    assert d.state.review_due_at == d.now + timedelta(hours=24)
    assert reviewers(d.state, d.facts)[0] == "lena"
    assert d.refused(replace(REVIEW, actor=actor("ana"))) == "review_own"
    assert d.refused(replace(REVIEW, actor=actor("sam"))) == "not_team"
    for part in ("happened", "skipped", "change"):
        assert d.refused(replace(REVIEW, **{part: "ok"})) == f"review_{part}"  # type: ignore[arg-type]  # names a field
    assert d.refused(REVIEW) == ""
    assert not d.state.review_open
    assert d.refused(REVIEW) == "review_done"
    assert Driver().live().refused(REVIEW) == "review_none"


def test_reminders_come_and_then_it_is_said_aloud_until_it_is_written() -> None:
    d = over(confirmed())
    d.do(c.RemindReview(SYSTEM, 1))
    reminded = d.events[-1]
    assert isinstance(reminded, e.Reminded)
    assert (reminded.code, reminded.of[0]) == ("review", "lena")
    d.do(c.RemindReview(SYSTEM, 3))
    assert d.state.review_overdue
    d.do(REVIEW)
    last = d.do(c.RemindReview(SYSTEM, 3))
    assert isinstance(last, Decided)
    assert last.events == ()


def test_after_a_rollback_the_review_is_owed_too_and_without_a_start_none_is() -> None:
    d = confirmed()
    d.do(c.Start(actor("ana")))
    d.do(c.DeclareRollback(actor("kai"), "error rate"))
    d.do(c.FinishRollback(actor("kai")))
    assert d.state.review_due_at == d.now + timedelta(hours=24)
    d = confirmed()
    d.do(c.Cancel(actor("ana"), "the certificate was renewed by its issuer"))
    assert not d.state.review_open
    assert d.refused(REVIEW) == "review_none"
