"""An answer of "I don't know": whoever the catalogue names is asked; else the next question is who does (Q6)."""

from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain.evidence import Kind
from bot.domain.people import SYSTEM
from bot.domain.release import QUESTION_BUDGET
from tests.bot.policy.releases import serviced
from tests.driver import Driver
from tests.world import actor, drilled_rollback, facts


def asking(driver: Driver, slot: str) -> Driver:
    """Planned so far that this question is open."""
    driver.plan().sources()
    question = driver.state.open_question
    assert question is not None
    assert question.slot == slot
    return driver


def dont_know(driver: Driver, who: str) -> Driver:
    question = driver.state.open_question
    assert question is not None
    driver.do(c.AnswerQuestion(actor(who), question.number, "dont_know", "no idea"))
    return driver


def test_the_person_whom_the_catalogue_names_is_asked() -> None:
    driver = dont_know(asking(Driver(), "rollback"), "ana")
    assert driver.state.asked_of == (("rollback", "kai"),)


@pytest.mark.parametrize("supplier", ["kai", "ana"])
def test_nobody_is_sent_a_request_for_what_they_just_said_they_do_not_know(supplier: str) -> None:
    named = serviced(facts(), suppliers={Kind.ROLLBACK: supplier})
    driver = dont_know(asking(Driver(facts=named), "rollback"), supplier)
    assert driver.state.asked_of == ()
    following = driver.state.open_question
    assert following is not None
    assert following.slot == "who:rollback"


def test_an_owner_who_is_named_is_asked_where_somebody_else_did_not_know() -> None:
    named = serviced(facts(), suppliers={Kind.ROLLBACK: "ana"})
    driver = dont_know(asking(Driver(facts=named), "rollback"), "ben")
    assert driver.state.asked_of == (("rollback", "ana"),)


def test_one_answer_fills_two_gaps_and_the_second_is_not_asked() -> None:
    """A tested procedure behind a link is the runbook too (Q4)."""
    around = facts()
    assert around.service is not None
    bare = serviced(around, standing=tuple(s for s in around.service.standing if s.kind is not Kind.RUNBOOK))
    driver = asking(Driver(facts=bare), "rollback")
    driver.answer(drilled_rollback(driver.now))
    assert driver.state.open_question is None
    assert [q.slot for q in driver.state.questions] == ["rollback"]
    without_link = asking(Driver(facts=bare), "rollback")
    without_link.answer(replace(drilled_rollback(without_link.now), url=None))
    following = without_link.state.open_question
    assert following is not None
    assert following.slot == "runbook"


def test_with_the_budget_spent_every_gap_is_still_named_with_its_way() -> None:
    around = serviced(facts(), sources={}, standing=(), suppliers={})
    driver = Driver(facts=around).plan(version=None, start_at=None)
    driver.do(c.AskNext(SYSTEM))
    for _ in range(QUESTION_BUDGET + 2):
        if driver.state.open_question is not None:
            driver.answer(how="dont_know")
    assert len(driver.state.questions) == QUESTION_BUDGET
    assert driver.state.phase == "planned"
    judged = driver.state.judgement
    assert judged is not None
    open_ = [f for f in judged.findings if f.open]
    assert len(open_) > QUESTION_BUDGET
    assert all(f.how and f.who for f in open_)
