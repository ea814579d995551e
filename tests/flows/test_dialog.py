"""The budget of questions at the last gate (Q1)."""

from dataclasses import replace

from bot.domain.release import QUESTION_BUDGET as BUDGET
from bot.messages import forms
from bot.messages.heard import Say
from flows.dialog import QUESTION_BUDGET, Ask, GiveUp, Reply, advance
from flows.replies import of_step
from tests.flows.given import asking, release, seen


def test_the_budget_is_that_of_the_release() -> None:
    assert QUESTION_BUDGET == BUDGET == 3


def test_a_fourth_question_becomes_a_handover_and_a_form_does_not_count() -> None:
    question = replace(asking("ci").questions[0], answer="given")
    spent = release(questions=tuple(replace(question, number=n) for n in (1, 2, 3)))
    step = advance(Ask("ci", "no_question"), spent)
    assert step == GiveUp("budget")
    assert isinstance(of_step(GiveUp("budget"), seen(spent), ()), Say)
    form = Ask("reason", form=forms.reason(seen(spent), "hold"))
    assert advance(form, spent) is form


def test_one_question_at_a_time() -> None:
    assert advance(Ask("ci", "no_question"), asking("ci")) == GiveUp("question_open")
    fresh = Ask("ci", "no_question")
    assert advance(fresh, release()) is fresh
    assert advance(fresh, None) is fresh
    assert advance(Reply(), asking("ci")) == Reply()
