"""Free words: understood where the meaning is sure; else nothing is done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import Amend, AnswerQuestion
from bot.domain.release import Phase
from bot.messages.tokens import unpack
from flows.dialog import Ask, Done, Reply, Step
from flows.said import Command, as_asked, read_said
from tests.flows.given import asking, context, press, release, said
from tests.flows.steps import command, form, reply


@pytest.mark.parametrize(
    ("text", "verb", "words"),
    [
        ("hold", "hold", ""),
        ("Hold!", "hold", ""),
        ("please hold now", "hold", ""),
        ("stop: error rate rises", "hold", "error rate rises"),
        ("halt!", "hold", ""),
        ("Hold please, error rate is up", "hold", "error rate is up"),
        ("hold because the error rate rises", "hold", "because the error rate rises"),
        ("go", "go", ""),
        ("no-go: the drill failed", "no_go", "the drill failed"),
        ("roll back now", "rollback", ""),
        ("rollback: errors at 5 %", "rollback", "errors at 5 %"),
        ("status", "status", ""),
        ("what's the status", "status", ""),
        ("can I see the status?", "status", ""),
        ("what's missing", "status", ""),
        ("What is still missing for the GO?", "status", ""),
        ("what do you still need from me?", "status", ""),
        ("are we ready?", "status", ""),
        ("hello, what is going on here?", "status", ""),
        ("R-1", "status", ""),
        ("when does it start?", "status", ""),
        ("who is the rollback owner?", "status", ""),
        ("who has to approve this?", "rollcall", ""),
        ("what is the risk?", "arithmetic", ""),
        ("why so high?", "arithmetic", ""),
        ("where is the plan?", "full_plan", ""),
        ("cancel it", "cancel", ""),
        ("postpone it please", "move", ""),
        ("Approve-Risk: rehearsed twice", "approve", "Approve-Risk: rehearsed twice"),
        ("make an exception", "exception", ""),
        ("Can we please make an exception for this release?", "exception", ""),
        ("I'd like to request an exception for the failed test", "exception", "test"),
        ("we need an exception from the change freeze", "exception", "freeze"),
        ("evidence R-1 ci https://x.example", "evidence", "ci https://x.example"),
        ("hey, please plan payments v2.4.1 for tomorrow at 3pm with a 10% canary thanks", "plan", None),
    ],
)
def test_words_that_are_surely_a_verb(text: str, verb: str, words: str | None) -> None:
    read = read_said(said(text), context(release()))
    assert isinstance(read, Command)
    assert read.verb == verb
    assert words is None or read.words == words
    assert as_asked(said(text), read).verb == verb


def test_a_typed_approve_risk_is_one_also_where_it_is_not_sure_of_which_release() -> None:
    read = read_said(said("Approve-Risk: rehearsed twice"), context())
    assert isinstance(read, Command)
    assert (read.verb, read.words) == ("approve", "Approve-Risk: rehearsed twice")


@pytest.mark.parametrize(
    "text",
    [
        "should we hold?",
        "we never make an exception",
        "can you make an exception and leave out the report",
        "the exception of last week expires today",
        "what is missing in the runbook of ledger",
        "we might go at three",
        "I would not roll back yet",
        "who holds the pager",
        "going home",
        "let's discuss the rollback tomorrow",
        "go or no-go?",
    ],
)
def test_words_that_are_not_sure_do_nothing(text: str) -> None:
    step = read_said(said(text), context(release(Phase.LIVE)))
    assert isinstance(step, Reply)
    assert step.message is not None
    assert step.message.private


@pytest.mark.parametrize(
    ("text", "own", "verb"),
    [
        ("> rollback", "rollback", "rollback"),
        ("&gt; hold", "hold", "hold"),
        ("```\nrollback\n```", "rollback", "rollback"),
        ("> stop: errors\nI do not think so", "stop: errors", "hold"),
    ],
)
def test_what_is_quoted_is_no_order_and_the_same_in_ones_own_words_is(text: str, own: str, verb: str) -> None:
    live = context(release(Phase.LIVE))
    assert isinstance(read_said(said(text), live), Reply)
    read = read_said(said(f"> all green here\n{own}"), live)
    assert isinstance(read, Command)
    assert read.verb == verb


def test_an_answer_to_the_open_question_is_taken() -> None:
    step = read_said(said("no data change"), context(asking("migration")))
    assert not isinstance(step, Command)
    assert command(step, AnswerQuestion).data_change == "none"


def test_the_word_rollback_in_an_answer_declares_none() -> None:
    text = "rollback: https://git.acme.example/rollback.md tested on 2026-11-03"
    step = read_said(said(text), context(asking("rollback")))
    assert not isinstance(step, Command)
    assert command(step, AnswerQuestion).claims


def test_a_request_to_skip_is_refused_also_while_a_question_is_open() -> None:
    for of in (release(), asking("rollback")):
        step = read_said(said("just ship it"), context(of))
        assert not isinstance(step, Command)
        message = reply(step)
        assert message.text.startswith("No:")
        assert [b.id for b in message.buttons] == ["add_evidence", "postpone", "status"]


def test_a_vague_claim_in_a_thread_is_quoted() -> None:
    step = read_said(said("looks fine to me"), context(release()))
    assert not isinstance(step, Command)
    assert "looks fine" in reply(step).text


@pytest.mark.parametrize("text", ["what is the weather like?", "tell me a joke", "", "lunch at noon?"])
def test_outside_the_subject_one_friendly_sentence(text: str) -> None:
    step = read_said(said(text, thread=None), context())
    assert not isinstance(step, Command)
    message = reply(step)
    assert message.text.count(".") <= 1
    assert "release" in message.text


def test_a_deployment_in_words_is_offered_and_not_started() -> None:
    step = read_said(said("can you deploy payments 2.4.1 to prod", thread=None), context())
    assert not isinstance(step, Command)
    token = unpack(reply(step).buttons[0].token)
    assert (token.verb, token.choice) == ("plan_service", "payments")


def test_somebody_elses_small_talk_in_the_channel_is_no_answer() -> None:
    step = read_said(said("no idea", "lena", thread=None), context(asking("rollback")))
    assert isinstance(step, Reply)
    owner = read_said(said("no idea", "ana", thread=None), context(asking("rollback")))
    assert not isinstance(owner, Command)
    assert command(owner, AnswerQuestion).how == "dont_know"


@pytest.mark.parametrize(("text", "verb"), [("2.0.0", "amend"), ("tomorrow 10am", "move")])
def test_a_detail_said_late_is_offered_and_pressing_it_goes_on(text: str, verb: str) -> None:
    of = release(version=None, start_at=None)
    step = read_said(said(text), context(of))
    assert not isinstance(step, Command)
    token = unpack(reply(step).buttons[0].token)
    assert token.verb == verb
    pressed = press(token, of)
    if verb == "amend":
        assert command(pressed, Amend).value == "2.0.0"
    else:
        assert {f.name: f.value for f in form(pressed).fields}["time"] == "2026-11-25 10:00 Europe/Berlin"


def test_one_word_from_the_owner_is_meant_as_an_answer() -> None:
    for words in ("yes", "maybe"):
        step = read_said(said(words, thread=None), context(asking("rollback")))
        assert not isinstance(step, Command)
        assert "Question 1 stays open" in repr(reply(step))


def test_a_long_wish_to_deploy_leaves_its_words_out_of_the_button() -> None:
    step = read_said(said(f"deploy payments 2.4.1 {'with the refunds ' * 30}", thread=None), context())
    assert not isinstance(step, Command)
    assert unpack(reply(step).buttons[0].token).subject == ""


def test_outside_a_release_a_request_to_skip_is_refused_too() -> None:
    step = read_said(said("just ship it", thread=None), context())
    assert not isinstance(step, Command)
    assert reply(step).buttons == ()


@given(st.text(max_size=150))
def test_no_text_makes_it_fail(text: str) -> None:
    for of in (None, release(), asking("rollback")):
        assert isinstance(read_said(said(text), context(of)), Ask | Command | Done | Reply)


def test_a_link_after_the_questions_is_offered_as_the_evidence_that_is_missing() -> None:
    words = "https://git.acme.example/runbooks/payments-rollback.md tested on 2026-11-03"
    answer = reply(_step(read_said(said(words), context(release(evidence=())))))
    assert "Nothing was recorded" in answer.text
    assert "/release evidence R-1 " in answer.text
    assert [b.id for b in answer.buttons] == ["add_evidence"]
    over = reply(_step(read_said(said(words), context(release(Phase.CLOSED)))))
    assert "Nothing was recorded" not in over.text


def _step(read: Command | Step) -> Step:
    assert not isinstance(read, Command)
    return read


def test_a_question_about_the_question_is_answered_outside_its_thread_too() -> None:
    step = read_said(said("why do you ask?", thread=None), context(asking("migration")))
    assert not isinstance(step, Command)
    assert "Question 1 is still open" in reply(step).text
