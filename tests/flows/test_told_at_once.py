"""What the person who acted reads at once is true then: who is asked, what became void, what does not count, what comes next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.decide.result import Decided
from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.finding import Result
from bot.domain.people import SYSTEM, Roster
from bot.messages import forms
from bot.messages.cards.changes import verdict_changed
from bot.messages.cards.index import render
from bot.messages.cards.reading import next_line, way_back
from bot.messages.cards.state import open_consents, revision_line
from bot.messages.heard import Say
from bot.messages.model import Bullets
from bot.messages.view import View
from bot.policy import judge
from flows.dialog import Done
from flows.replies import of_decision
from tests.driver import Driver
from tests.flows.given import asked
from tests.golden import releases as r
from tests.golden.plain import visible
from tests.world import HOME, actor, drilled_rollback, facts, good_observations, roster, service


def view(d: Driver) -> View:
    return View(d.state, d.facts, judge(d.state, d.facts, d.now), d.now, HOME)


def told(d: Driver) -> str:
    """What the last act is answered with."""
    assert isinstance(d.last, Decided)
    said = of_decision(d.last, view(d), asked("status R-1"), Done(c.AskNext(SYSTEM)), ())
    assert isinstance(said, Say)
    return f"{said.message.text} {said.message.blocks!r}"


def alone() -> Facts:
    """No source is configured for the service: everything has to come from people."""
    bare = replace(service(), sources={})
    return facts(service=bare, services={"payments": bare})


def test_a_plan_without_sources_names_nobody_before_its_first_question_is_chosen() -> None:
    d = Driver(facts=alone()).plan()
    said = told(d)
    assert "The first question, or the verdict, follows in the release's thread." in said
    assert "close the gap" not in said
    d.do(c.AskNext(SYSTEM))
    assert next_line(view(d)).startswith("Ana: answer question 1")


def test_a_link_that_could_be_anything_is_said_to_prove_nothing_and_one_that_is_known_is_not() -> None:
    d = Driver(facts=alone()).plan(links=("https://ci.acme.example/runs/91",))
    assert "nothing tells what it proves: https://ci.acme.example/runs/91." in told(d)
    known = replace(good_observations(d.now)[0], url="https://ci.acme.example/runs/91")
    d = Driver(facts=alone()).plan(links=("https://ci.acme.example/runs/91",), claims=(known,))
    assert "nothing tells what it proves" not in told(d)


@pytest.mark.parametrize("reached", [True, False])
def test_who_does_not_know_is_told_who_is_asked_or_that_nobody_can_be_reached(*, reached: bool) -> None:
    people = {who: one if reached else replace(one, direct={}) for who, one in roster().people.items()}
    d = Driver(facts=facts(roster=Roster(people))).plan().sources()
    assert d.state.open_question
    d.answer(how="dont_know")
    assert ("Kai is asked for it (tested rollback)" in told(d)) is reached
    assert ("Kai could supply it (tested rollback), but has no account here: tell them" in told(d)) is not reached


def test_no_data_change_is_whole_without_a_link_and_other_words_are_not() -> None:
    d = Driver().plan().sources().answer_all()
    claim = d.state.evidence[0]
    words = replace(claim, kind=Kind.MIGRATION, url=None, dated=None, text="no data change", by="kai", source="person")
    assert d.do(c.AddEvidence(actor("kai"), words, data_change="none")).code == "data_none"
    assert not d.state.evidence[-1].text, "no item without a proof is kept for it"
    assert d.do(c.AddEvidence(actor("kai"), replace(words, kind=Kind.SECURITY, text="enough"))).code == "evidence_thin"


def test_who_moves_a_signed_release_is_told_that_what_was_given_is_void() -> None:
    d = Driver().signed()
    later = d.state.start_at
    assert later is not None
    d.now += timedelta(minutes=5)
    d.do(c.Move(actor("ana"), later + timedelta(days=1), "15:00", "Europe/Berlin", "support asks for a day more"))
    assert "Approvals given before that no longer count: " in told(d)
    assert "last change: moved by Ana" in revision_line(view(d))
    d.sign("kai")
    assert "void now" not in told(d)


def test_the_revision_line_names_an_answer_and_a_hold() -> None:
    d = Driver().plan().sources()
    d.now += timedelta(minutes=1)
    d.answer(how="dont_know")
    assert "last change: question answered by Ana" in revision_line(view(d))
    d.answer_all()
    d.now += timedelta(minutes=1)
    d.do(c.Hold(actor("kai"), "the drill failed today"))
    assert "last change: held by Kai" in revision_line(view(d))


def test_a_test_that_does_not_count_for_this_change_is_not_shown_as_a_way_back() -> None:
    d = Driver().plan().sources().answer_all()
    assert way_back(view(d)).endswith("tested 2026-11-03")
    d.do(c.Amend(actor("ana"), "data_change", "contract"))
    assert way_back(view(d)).endswith("tested 2026-11-03: does not count for this change, see what is missing")


def test_who_confirms_the_tests_does_not_accept_that_nobody_did() -> None:
    d = Driver().plan()
    seen = [
        replace(x, facts={k: v for k, v in x.facts.items() if k != "test_report"}) for x in good_observations(d.now)
    ]
    d.sources(*seen).answer_all()
    lists = [b for b in forms.approve(view(d), "qa:qa").intro if isinstance(b, Bullets)]
    assert (lists[0].label, lists[0].items) == ("You give", ("QA confirmation",))
    d.do(c.Amend(actor("ana"), "data_change", "contract"))
    lists = [b for b in forms.approve(view(d), "risk:migration").intro if isinstance(b, Bullets)]
    assert lists[0].label == "You accept"
    assert any("cannot be taken back" in line for line in lists[0].items)


def test_against_a_clash_another_time_is_offered_and_against_a_gap_evidence() -> None:
    for subject, offered in (("clash", "move"), ("ci", "add_evidence")):
        blocked = r.judged(r.finding(f"{subject}_blocked", Result.BLOCKED, subject))
        card = verdict_changed(r.view(r.possible(), blocked))
        assert [b.id for b in card.buttons] == [offered, "hold", "full_plan"]


def test_the_form_of_an_answer_repeats_its_question_and_that_of_a_new_time_the_old_one() -> None:
    d = Driver().plan().sources()
    asked_now = d.state.open_question
    assert asked_now is not None
    for choice in ("add_link", "type_it"):
        assert "Question 1 of at most 3." in repr(forms.answer(view(d), asked_now.number, choice).intro)
    assert "14:00 UTC (15:00 Europe/Berlin)" in repr(forms.move(view(d)).intro)


def test_a_point_of_no_return_asks_for_approval_until_it_was_accepted() -> None:
    d = Driver().ready()
    d.do(c.Amend(actor("ana"), "data_change", "contract"))
    wanted = {"wanted": ",".join(w.name for w in open_consents(view(d)))}
    assert "⚠ REQUIRES APPROVAL: point of no return" in visible(render("approval", replace(view(d), params=wanted)))
    d.do(c.AddEvidence(actor("kai"), replace(drilled_rollback(d.now, way="restore"), dated=d.now)))
    assert d.sign("lena", kind=ConsentKind.RISK, subject="migration").code == "approved"
    card = visible(render("approval", replace(view(d), params=wanted)))
    assert "ACCEPTED: point of no return" in card
    assert "⚠ REQUIRES APPROVAL" not in card


def test_five_minutes_before_the_start_the_owner_is_called_and_can_report_it_there() -> None:
    d = Driver().cleared()
    start = d.state.start_at
    assert start is not None
    for mark, minutes, called in (("T-30", 30, ()), ("T-5", 5, ("ana",))):
        d.now = start - timedelta(minutes=minutes)
        card = render("mark", replace(view(d), params={"mark": mark}))
        assert card.mentions == called
        assert any(b.id == "start" for b in card.buttons) is (mark == "T-5")


def test_no_data_change_said_as_evidence_answers_the_question_that_is_open() -> None:
    d = Driver(facts=alone()).plan()
    d.do(c.AskNext(SYSTEM))
    assert d.state.open_question is not None
    assert d.state.open_question.slot == "migration"
    bare = replace(good_observations(d.now)[0], kind=Kind.MIGRATION, url=None, dated=None, source="person", by="ana")
    d.do(c.AddEvidence(actor("ana"), bare, data_change="none"))
    assert [q.answer for q in d.state.questions if q.slot == "migration"] == ["moot"]
    assert not [f for f in judge(d.state, d.facts, d.now).findings if f.subject == Kind.MIGRATION and f.open]


def test_the_card_points_at_the_verdict_in_the_thread_only_where_one_was_posted() -> None:
    d = Driver(facts=alone()).plan()
    planning = visible(render("living", view(d)))
    assert "How for the others: press Full plan." in planning
    assert "see the verdict in the thread" not in planning
    d.do(c.AskNext(SYSTEM))
    while d.state.open_question is not None:
        d.answer(how="dont_know", who="lena")
    assert "press Full plan, or see the verdict in the thread." in visible(render("living", view(d)))
