"""A greeting or thanks is answered in kind, and uses up nothing."""

import pytest

from bot.domain.release import Phase
from bot.messages.heard import Said
from flows.context import Context
from flows.dialog import Step
from flows.said import Command, read_said
from tests.flows.given import asking, context, release, said
from tests.flows.steps import reply, written
from tests.flows.talk import Talk


def heard(words: Said, ctx: Context) -> Step:
    step = read_said(words, ctx)
    assert not isinstance(step, Command)
    return step


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("hi", "Hello."),
        ("Good morning team!", "Hello."),
        ("thanks Kai 🙏", "You are welcome."),
        ("danke", "You are welcome."),
    ],
)
def test_it_is_answered_in_kind_with_the_question_that_waits(words: str, first: str) -> None:
    ctx = context(asking("rollback", "tested"))
    answer = reply(heard(said(words, thread=None), ctx))
    assert answer.text.startswith(f"{first} Question 1 is still open: ")
    assert [b.id for b in answer.buttons] == ["tested", "dont_know"]
    assert "was recorded" not in answer.text


def test_without_a_question_it_names_the_next_action_and_alone_how_to_begin() -> None:
    assert "Next action" in written(reply(heard(said("thank you so much"), context(release(Phase.LIVE)))))
    assert "/release list" in reply(heard(said("bye"), context())).text


@pytest.mark.parametrize(
    "words", ["thanks, the drill is at https://x.example/drill", "hello? what is missing?", "thanks 2.4.1", "good"]
)
def test_words_that_say_anything_else_are_heard_as_what_they_are(words: str) -> None:
    ctx = context(asking("rollback"))
    step = read_said(said(words), ctx)
    assert "You are welcome" not in repr(step)
    assert "Hello." not in repr(step)


async def test_a_greeting_during_planning_leaves_the_question_and_the_budget_as_they_are(talk: Talk) -> None:
    await talk.ask("ana", "plan payments 2.4.1 at 15:00")
    await talk.sources()
    before = await talk.release()
    assert before.open_question is not None
    for words in ("hello", "thanks", "good morning all"):
        await talk.say("ana", words)
    assert (await talk.release()).questions == before.questions


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("why do we need a rollback drill?", "90 days"),
        ("Why is the canary required?", "stages keep a fault small"),
        ("and why do I need a sign-off?", "another person"),
        ("what are the dashboards for?", "customers find first"),
        ("why do we need the security scan?", "blocks, always"),
        ("why must there be release notes?", "does not exist"),
    ],
)
def test_a_plain_question_for_the_reason_gets_the_reason(words: str, reason: str) -> None:
    answer = reply(heard(said(words), context(release())))
    assert reason in answer.text
    assert answer.text.startswith("Because ")


@pytest.mark.parametrize(
    "words",
    [
        "why do we even need approvals on a Friday?",
        "why should I run the whole suite for a css fix?",
        "why bother with a canary?",
    ],
)
def test_a_question_that_presses_is_still_refused(words: str) -> None:
    assert reply(heard(said(words), context(release()))).text.startswith("No: ")


async def test_who_cannot_plan_is_told_who_can_instead_of_a_form(talk: Talk) -> None:
    assert "Ask Ana or " in repr(await talk.ask("sam", "plan"))
    assert "Plan a release" in repr(await talk.ask("ana", "plan"))
