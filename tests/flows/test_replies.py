"""From a step or a decision to the answer."""

from bot.decide.result import Decided, Refused
from bot.messages import forms
from bot.messages.heard import Errors, Open, Quiet, Say
from bot.messages.tokens import Token
from flows.dialog import Ask, Done, GiveUp, Reply
from flows.replies import of_decision, of_step
from tests.flows.given import asked, filled, pressed, release, seen, typed

VIEW = seen(release())
FORM = forms.reason(VIEW, "go", required=False)


def done() -> Done:
    step = typed("go", release(), "lena")
    assert isinstance(step, Done)
    return step


def test_a_press_that_needs_one_more_field_opens_the_form_and_says_why() -> None:
    refusal = Refused("overrule_needs_reason", {"who": "Kai"})
    opened = of_decision(refusal, VIEW, pressed(Token("go", "R-1", 1), "lena"), done(), ())
    assert isinstance(opened, Open)
    assert "Kai" in repr(opened.form.intro)
    typed_answer = of_decision(refusal, VIEW, asked("go", "lena"), done(), ())
    assert isinstance(typed_answer, Say)
    stayed = of_decision(refusal, VIEW, filled(FORM.token, {"note": "fine"}, "lena"), done(), ())
    assert isinstance(stayed, Errors)
    assert stayed.form.fields[0].value == "fine"


def test_notes_come_first_whatever_the_answer_is() -> None:
    note = "Rotate it now."
    said = of_decision(Decided((), "voted_go"), VIEW, asked("go", "lena"), done(), (note,))
    assert isinstance(said, Say)
    assert said.message.text.startswith(note)
    opened = of_step(Ask("reason", form=FORM), VIEW, (note,))
    assert isinstance(opened, Open)
    assert note in repr(opened.form.intro)
    stayed = of_step(Reply(form=FORM, errors={"note": "short"}), VIEW, (note,))
    assert isinstance(stayed, Errors)
    assert note in repr(stayed.form.intro)


def test_a_question_has_its_choices_as_buttons() -> None:
    said = of_step(Ask("answer", "nothing_recorded", ("dont_know", "kai"), "type_this"), VIEW, ())
    assert isinstance(said, Say)
    assert [b.id for b in said.message.buttons] == ["dont_know", "kai"]
    bare = of_step(Ask("answer", "nothing_recorded"), None, ())
    assert isinstance(bare, Say)
    assert bare.message.buttons == ()


def test_giving_up_hands_over_a_form_or_says_what_to_do() -> None:
    assert isinstance(of_step(GiveUp("budget", FORM), VIEW, ()), Open)
    said = of_step(GiveUp("question_open"), VIEW, ())
    assert isinstance(said, Say)
    assert "Answer it first" in said.message.text


def test_nothing_to_say_is_quiet() -> None:
    assert of_step(Reply(), VIEW, ()) == Quiet()
