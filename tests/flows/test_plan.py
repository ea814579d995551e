"""`plan`: what it takes, what it refuses, and that every refusal goes on to success."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import StartPlan
from bot.domain.people import Place
from bot.messages.model import Actions
from bot.messages.tokens import Token, unpack
from flows.dialog import Ask, Done, Reply
from tests.flows.given import context, fill, press, run, said, typed
from tests.flows.steps import command, errors, form, reply, written


def test_all_that_the_words_name_is_taken() -> None:
    start = command(typed("plan payments 2.4.1 to prod at 15:00 canary 10% rollback owner kai"), StartPlan)
    assert (start.service, start.version, start.environment) == ("payments", "2.4.1", "production")
    assert (start.local_time, start.time_zone) == ("2026-11-24 15:00", "Europe/Berlin")
    assert (start.canary_percent, start.strategy, start.rollback_owner) == (10, "canary", "kai")
    assert start.home == Place("sandbox", "#payments")
    assert start.actor.person == "ana"


def test_without_words_a_form_opens_and_filling_it_plans() -> None:
    opened = form(typed("plan"))
    assert opened.fields[0].value == "payments"
    values = {"service": "payments", "version": "2.4.1", "environment": "prod", "start_at": "15:00", "canary": "10"}
    start = command(fill(unpack(opened.token), values), StartPlan)
    assert (start.version, start.environment, start.canary_percent) == ("2.4.1", "production", 10)
    assert start.local_time == "2026-11-24 15:00"


def test_a_form_with_errors_stays_open_with_what_was_typed() -> None:
    values = {"service": "payments", "version": "soon", "start_at": "09:00", "canary": "150", "text": "fixes refunds"}
    step = fill(Token("plan"), values)
    assert set(errors(step)) == {"version", "start_at", "canary"}
    assert isinstance(step, Reply)
    assert step.form is not None
    assert {f.name: f.value for f in step.form.fields}["text"] == "fixes refunds"
    better = {**values, "version": "2.4.1", "start_at": "tomorrow 09:00", "canary": "10%"}
    assert command(fill(Token("plan"), better), StartPlan).local_time == "2026-11-25 09:00"


def test_a_form_needs_a_service() -> None:
    assert set(errors(fill(Token("plan"), {"version": "2.4.1"}))) == {"service"}
    assert command(fill(Token("plan"), {"service": "search", "version": "2.4.1"}), StartPlan).service == "search"


def test_an_unknown_service_offers_the_nearest_and_pressing_it_goes_on_with_the_same_words() -> None:
    message = reply(typed("plan paymnts 2.4.1 at 15:00 canary 10%"))
    assert "paymnts" in message.text
    start = command(press(unpack(message.buttons[0].token)), StartPlan)
    assert (start.service, start.version, start.canary_percent) == ("payments", "2.4.1", 10)
    assert start.local_time == "2026-11-24 15:00"


def test_a_time_that_is_over_offers_tomorrow_and_pressing_it_plans_for_tomorrow() -> None:
    message = reply(typed("plan payments 2.4.1 at 09:00 canary 10%"))
    assert "/release plan payments 2.4.1 canary 10% at 2026-11-25 09:00 Europe/Berlin" in written(message)
    start = command(press(unpack(message.buttons[0].token)), StartPlan)
    assert (start.local_time, start.canary_percent) == ("2026-11-25 09:00", 10)


def test_a_time_that_does_not_exist_or_exists_twice_is_refused_with_a_question() -> None:
    for text in ("2027-03-28 02:30", "2027-10-31 02:30"):
        message = reply(typed(f"plan payments 2.4.1 {text}"))
        assert "?" in message.text
        assert command(press(unpack(message.buttons[0].token)), StartPlan).start_at is not None


def test_two_services_are_two_plans() -> None:
    message = reply(typed("plan payments and ledger 2.4.1 at 15:00"))
    start = command(press(unpack(message.buttons[1].token)), StartPlan)
    assert (start.service, start.version) == ("ledger", "2.4.1")


def test_two_versions_are_refused_and_one_is_planned() -> None:
    assert "2.4.2" in reply(typed("plan payments 2.4.1 or 2.4.2")).text
    assert command(typed("plan payments 2.4.2"), StartPlan).version == "2.4.2"


def test_no_service_at_all_opens_the_form_with_what_was_understood() -> None:
    opened = form(typed("plan 2.4.1 at 15:00", here=None))
    assert {f.name: f.value for f in opened.fields}["version"] == "2.4.1"


def test_a_vague_claim_is_quoted_and_not_taken_as_evidence() -> None:
    step = typed("plan payments 2.4.1 at 15:00 tests look fine")
    assert isinstance(step, Done)
    assert "tests look fine" in step.notes[0]
    assert command(step, StartPlan).claims == ()


def test_a_request_to_skip_is_refused_beside_the_plan_and_nothing_is_skipped() -> None:
    step = typed("plan payments 2.4.1 at 15:00 canary 10% and skip the tests")
    assert isinstance(step, Done)
    assert "skip the tests" in step.notes[0]
    assert command(step, StartPlan).canary_percent == 10


def test_a_refused_link_is_said_and_the_plan_goes_on() -> None:
    step = typed("plan payments 2.4.1 https://me@github.com/x")
    assert isinstance(step, Done)
    assert step.notes
    assert command(step, StartPlan).links == ()


def test_words_that_are_too_long_for_a_button_are_left_to_be_typed() -> None:
    message = reply(typed(f"plan payments 2.4.1 at 09:00 {'because of the refunds ' * 20}"))
    assert message.buttons == ()
    assert "/release plan payments 2.4.1" in written(message)
    assert command(typed("plan payments 2.4.1 at 15:00"), StartPlan).local_time


def test_a_time_in_the_notes_of_a_form_and_a_word_for_a_percentage() -> None:
    base = {"service": "payments", "version": "2.4.1"}
    assert set(errors(fill(Token("plan"), {**base, "text": "at 09:00"}))) == {"text"}
    assert set(errors(fill(Token("plan"), {**base, "canary": "few"}))) == {"canary"}
    assert command(fill(Token("plan"), {**base, "text": "at 15:00", "canary": "5"}), StartPlan).canary_percent == 5


@given(st.text(max_size=250))
def test_no_text_makes_it_fail(text: str) -> None:
    step = run(said(text), context(), "plan")
    assert isinstance(step, Ask | Done | Reply)


@pytest.mark.parametrize(
    ("word", "meant"), [("stagng", "staging"), ("producton", "production"), ("prdo", "production")]
)
def test_a_mistyped_environment_is_asked_about_and_never_taken_for_production(word: str, meant: str) -> None:
    message = reply(typed(f"plan payments 2.4.1 to {word} at 15:00"))
    assert word in message.text
    assert meant in message.text
    (button,) = (b for block in message.blocks if isinstance(block, Actions) for b in block.buttons)
    started = command(press(unpack(button.token)), StartPlan)
    assert (started.environment, started.version, started.start_at is None) == (meant, "2.4.1", False)


def test_of_two_releases_each_button_plans_its_own_version() -> None:
    message = reply(typed("plan payments 2.4.1 and ledger 7.9.0 today at 15:00"))
    buttons = [b for block in message.blocks if isinstance(block, Actions) for b in block.buttons]
    planned = [command(press(unpack(b.token)), StartPlan) for b in buttons]
    assert [(p.service, p.version) for p in planned] == [("payments", "2.4.1"), ("ledger", "7.9.0")]


def test_a_time_in_loose_words_is_said_to_be_none_and_the_plan_goes_on() -> None:
    step = typed("plan payments 2.4.1 EOD")
    assert isinstance(step, Done)
    assert "EOD" in step.notes[0]
