"""Questions: counted, with a reason and known answers (Q1, Q3, Q6)."""

from dataclasses import replace

from bot.domain.release import Phase
from bot.messages.cards.index import render
from bot.messages.tokens import unpack
from tests.golden import releases as r
from tests.golden.plain import visible

ASKED = replace(r.unknown(), questions=(r.question(),))


def test_the_question_says_its_number_the_limit_and_why_it_is_asked() -> None:
    shown = visible(render("question", r.view(ASKED, params={"number": "1"})))
    assert "Question 1 of at most 3. Is there a data migration, and was it dry-run in staging?" in shown
    assert "because: " in shown


def test_known_answers_are_buttons_and_not_knowing_is_one_of_them() -> None:
    buttons = render("question", r.view(ASKED)).buttons
    assert [b.id for b in buttons] == ["no_data_change", "tested", "not_tested", "dont_know"]
    assert unpack(buttons[0].token).subject == "1"
    assert unpack(buttons[0].token).choice == "no_data_change"


def test_persons_are_offered_by_name() -> None:
    who = replace(r.question(("kai", "lena")), slot="who:ci", code="who", params={"item": "CI result"})
    buttons = render("question", r.view(replace(ASKED, questions=(who,)))).buttons
    assert [(b.id, b.label) for b in buttons] == [("kai", "Kai"), ("lena", "Lena"), ("dont_know", "I don't know")]


def test_an_answered_question_shows_its_answer_and_no_button() -> None:
    over = replace(r.question(), answer="given", answered_by="ana", text="no data change")
    card = render("question", r.view(replace(ASKED, questions=(over,)), params={"number": "1"}))
    assert card.buttons == ()
    assert "Answer: Ana: no data change" in visible(card)


def test_a_vague_claim_is_quoted_back() -> None:
    over = replace(r.question(), answer="vague", answered_by="ana", text="should be ok")
    card = render("question", r.view(replace(ASKED, questions=(over,))))
    assert "“should be ok” is no evidence" in visible(card)


def test_a_question_of_an_ended_release_asks_nothing_any_more() -> None:
    assert render("question", r.view(replace(ASKED, phase=Phase.CANCELLED))).buttons == ()


def test_without_any_question_the_state_is_told() -> None:
    assert visible(render("question", r.view(r.possible()))).startswith("## GO POSSIBLE")
