"""What is said in the thread of a plan and is no answer: answered with what it may mean, and nothing is done by guess."""

import pytest

from bot.domain.commands import AddEvidence, AnswerQuestion, AskPerson
from bot.domain.evidence import Kind
from bot.domain.release import Phase, Release
from bot.messages.model import Actions, Message
from bot.messages.tokens import Token, unpack
from flows.dialog import Done, Step
from flows.said import Command, read_said
from tests.driver import Driver
from tests.flows.given import NOW, asking, context, press, release, said
from tests.flows.steps import command, form, reply, written

RUNBOOK = "https://git.acme.example/runbooks/payments-rollback.md"


def heard(text: str, of: Release, who: str = "ana") -> Message:
    step = read_said(said(text, who), context(of))
    assert not isinstance(step, Command)
    return reply(step)


def tokens(message: Message) -> list[Token]:
    return [unpack(b.token) for block in message.blocks if isinstance(block, Actions) for b in block.buttons]


def pressable(message: Message) -> list[tuple[str, str]]:
    return [(t.verb, t.subject) for t in tokens(message)]


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("wait, it's 2.4.2 actually", "amend", "version 2.4.2"),
        ("sorry, I meant v2.4.2", "amend", "version 2.4.2"),
        ("and make it 16:30 instead", "move", "2026-11-24 16:30 Europe/Berlin"),
        ("hmm lets do it at 4pm", "move", "2026-11-24 16:00 Europe/Berlin"),
        ("tomorrow 10:00", "move", "2026-11-25 10:00 Europe/Berlin"),
    ],
)
@pytest.mark.parametrize(
    "of", [asking("migration"), asking("rollback"), release()], ids=["migration", "rollback", "planned"]
)
def test_a_changed_mind_is_offered_as_a_press(of: Release, text: str, verb: str, subject: str) -> None:
    message = heard(text, of)
    assert (verb, subject) in pressable(message)
    assert "nothing was recorded" in message.text


def test_talk_with_a_time_in_it_and_the_plans_own_time_change_nothing() -> None:
    for text in ("see you at 12:30 for the coffee then, kai", "it starts at 15:00", "15:00"):
        assert not [v for v, _ in pressable(heard(text, asking("migration"))) if v in {"move", "amend"}]


def test_an_hour_that_could_be_two_is_offered_twice() -> None:
    message = heard("let's make it tomorrow at 10", asking("migration"))
    assert pressable(message) == [("move", "tomorrow 10:00"), ("move", "tomorrow 22:00")]


@pytest.mark.parametrize(
    "text",
    [
        "why do you ask?",
        "what is a dry run?",
        "what do you mean",
        "who knows that?",
        "where do I find it?",
        "I don't understand",
    ],
)
def test_a_question_back_is_answered_and_uses_up_nothing(text: str) -> None:
    message = heard(text, asking("migration"))
    shown = written(message)
    assert "Question 1 is still open" in message.text
    assert "no data change" in shown
    assert "answer" in [v for v, _ in pressable(message)]


@pytest.mark.parametrize("text", ["the ramen place then", "great, another form to fill", "👍"])
def test_talk_that_is_no_answer_is_not_called_evidence(text: str) -> None:
    assert "cannot read an answer" in heard(text, asking("migration")).text


def test_a_claim_without_proof_is_told_what_it_lacks() -> None:
    assert "neither a link nor a date" in heard("the migration is written", asking("migration")).text


@pytest.mark.parametrize("text", ["ask kai", "please ask @kai", "Kai would know", "kai knows that", "that's for Kai"])
@pytest.mark.parametrize("slot", ["migration", "rollback", "monitoring"])
def test_whoever_is_named_for_it_is_asked(slot: str, text: str) -> None:
    step = read_said(said(text), context(asking(slot)))
    assert not isinstance(step, Command)
    answered = command(step, AnswerQuestion)
    assert (answered.how, answered.person) == ("person", "kai")


@pytest.mark.parametrize(
    ("slot", "text", "kind"),
    [
        ("migration", "I don't know about the rollback, ask Kai maybe", Kind.ROLLBACK),
        ("migration", "Kai knows the dashboards", Kind.MONITORING),
        ("rollback", "ask Kai about the feature flags", Kind.FLAGS),
        ("monitoring", "Kai would know about the migration", Kind.MIGRATION),
    ],
)
def test_who_is_named_for_another_item_is_asked_for_that_one_and_the_question_stays_open(
    slot: str, text: str, kind: Kind
) -> None:
    step = read_said(said(text), context(asking(slot)))
    assert isinstance(step, Done)
    assert command(step, AskPerson) == AskPerson(step.command.actor, kind, "kai")
    assert "stays open" in step.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "idk, ask Kai",
        "no idea \u2014 ask kai",
        "ask Kai about the migration",
        "ask Kai about the rollback of the migration",
    ],
)
def test_who_is_named_for_what_was_asked_answers_the_question(text: str) -> None:
    step = read_said(said(text), context(asking("migration")))
    assert not isinstance(step, Command)
    assert command(step, AnswerQuestion).person == "kai"


def test_a_stranger_is_asked_for_nothing_and_a_team_is_i_do_not_know() -> None:
    assert "Lee is not in the roster" in heard("ask Lee", asking("migration")).text
    step = read_said(said("ask the dba"), context(asking("migration")))
    assert not isinstance(step, Command)
    assert command(step, AnswerQuestion).how == "dont_know"


@pytest.mark.parametrize("text", ["skip", "pass", "next question please", "no clue", "still no idea"])
def test_a_question_that_is_passed_over_is_not_known(text: str) -> None:
    step = read_said(said(text), context(asking("migration")))
    assert not isinstance(step, Command)
    assert command(step, AnswerQuestion).how == "dont_know"


def test_evidence_given_while_the_time_is_asked_is_kept() -> None:
    for slot in ("start_at", "version", "strategy"):
        step = read_said(said(f"Kai rehearsed the rollback on Nov 10, {RUNBOOK}"), context(asking(slot, start_at=None)))
        assert isinstance(step, Done)
        assert command(step, AddEvidence).evidence.kind is Kind.ROLLBACK
        assert "stays open" in step.notes[0]


def test_another_service_is_planned_on_its_own() -> None:
    message = heard("I want to deploy search 1.19.0 at 16:00", asking("migration"))
    assert [v for v, _ in pressable(message)] == ["plan_service"]


def test_a_question_about_the_releases_of_a_service_is_answered_with_their_list() -> None:
    read = read_said(said("when is the next release of payments?", "sam", None), context())
    assert isinstance(read, Command)
    assert (read.verb, read.words) == ("list", "payments")


def test_a_date_after_the_questions_is_offered_as_evidence_and_one_press_records_it() -> None:
    text = f"the rollback is at {RUNBOOK}, tested on 2026-11-03"
    message = heard(text, release(Phase.PLANNED))
    assert "/release evidence R-1 rollback" in written(message)
    pressed = next(t for t in tokens(message) if t.verb == "add_evidence")
    item = command(press(pressed, release(Phase.PLANNED), "kai"), AddEvidence).evidence
    assert (item.kind, item.url, item.by) == (Kind.ROLLBACK, RUNBOOK, "kai")
    assert item.dated is not None
    assert item.dated.date().isoformat() == "2026-11-03"


def test_evidence_too_long_for_a_button_opens_its_form() -> None:
    message = heard(f"tested on 2026-11-03, see {RUNBOOK}?{'a' * 300}", release(Phase.PLANNED))
    pressed = next(t for t in tokens(message) if t.verb == "add_evidence")
    assert pressed.choice == ""
    assert form(press(pressed, release(Phase.PLANNED))).code == "evidence"


@pytest.mark.parametrize(
    ("text", "verb", "why"),
    [
        ("rollback error rate 4 % on the canary since 15:36", "rollback", "error rate 4 % on the canary since 15:36"),
        ("roll back it burns", "rollback", "it burns"),
        ("hold the database is slow", "hold", "the database is slow"),
    ],
)
def test_words_that_begin_like_a_stop_offer_it_with_their_reason_and_do_nothing(text: str, verb: str, why: str) -> None:
    message = heard(text, release(Phase.LIVE, started_at=NOW))
    assert f"/release {verb} R-1 {why}" in written(message)
    pressed = next(t for t in tokens(message) if t.verb == verb)
    opened = form(press(pressed, release(Phase.LIVE, started_at=NOW)))
    assert [f.value for f in opened.fields] == [why]


def test_before_the_start_there_is_nothing_to_roll_back() -> None:
    assert "rollback" not in [v for v, _ in pressable(heard("rollback is easy here", release(Phase.PLANNED)))]


@pytest.mark.parametrize(
    "text", ["go?", "rollback?", "roll back?", "hold?", "start?", "done?", "rollback: how long does it take?"]
)
@pytest.mark.parametrize("phase", [Phase.PLANNED, Phase.CLEARED, Phase.LIVE])
def test_a_question_mark_asks_and_decides_nothing(phase: Phase, text: str) -> None:
    step = read_said(said(text), context(release(phase)))
    assert not isinstance(step, Command)
    assert reply(step).text
    sure = read_said(said(text.rstrip("?").partition(":")[0]), context(release(phase)))
    assert isinstance(sure, Command)


def test_before_the_start_rollback_with_its_link_is_the_procedure_and_after_it_the_act() -> None:
    words = f"rollback: {RUNBOOK} tested on 2026-11-03; migration: none"
    step = read_said(said(words), context(asking("migration")))
    assert not isinstance(step, Command)
    answered = command(step, AnswerQuestion)
    assert (answered.data_change, [c.kind for c in answered.claims]) == ("none", [Kind.ROLLBACK])
    begun = read_said(said("rollback: errors at 5 %"), context(release(Phase.LIVE)))
    assert isinstance(begun, Command)
    assert (begun.verb, begun.words) == ("rollback", "errors at 5 %")


@pytest.mark.parametrize(
    "text",
    [
        "lgtm",
        "approved",
        "ok from me",
        "LGTM, ship it",
        "I approve because the drill was three weeks ago",
        "go go go",
        "👍",
    ],
)
def test_what_sounds_like_a_consent_is_offered_as_its_button_to_whoever_is_asked(text: str) -> None:
    message = heard(text, Driver().ready().state, "kai")
    assert "counts with a press" in message.text
    assert "approve" in [v for v, _ in pressable(message)]


@pytest.mark.parametrize("text", ["lgtm", "ship it", "ok from me"])
def test_the_requester_and_whoever_is_asked_for_nothing_get_no_such_button(text: str) -> None:
    for who in ("ana", "sam"):
        assert "approve" not in [v for v, _ in pressable(heard(text, Driver().ready().state, who))]


def test_a_consent_is_not_offered_while_a_must_item_is_missing() -> None:
    assert "approve" not in [v for v, _ in pressable(heard("lgtm", release(Phase.PLANNED), "kai"))]


def test_an_empty_message_is_told_which_question_is_open() -> None:
    assert "empty" in heard("   ", asking("migration")).text


@pytest.mark.parametrize(
    "text",
    [
        "Lena is sick today",
        "the bot is slow today",
        "Mia wants the report today",
        "on-call tonight is Kai",
        "we cut the branch yesterday",
        "who turned the latency alert off yesterday?",
    ],
)
@pytest.mark.parametrize("slot", ["migration", "rollback", "capacity"])
def test_a_day_in_ordinary_talk_answers_no_question(slot: str, text: str) -> None:
    reply(_step(text, slot))


def _step(text: str, slot: str) -> Step:
    step = read_said(said(text), context(asking(slot)))
    assert not isinstance(step, Command)
    return step


@pytest.mark.parametrize(
    "text",
    [
        "I'd never ship this without a rollback plan.",
        "we cannot go without a rollback",
        "we fix forward only if the rollback fails, says the runbook",
        "do we have to test the rollback again after the change of yesterday?",
    ],
)
def test_talk_about_rollbacks_says_nothing_of_this_one(text: str) -> None:
    assert not isinstance(_step(text, "migration"), Done)


def test_a_day_alone_still_answers_when_it_was_tested() -> None:
    for slot, text in (
        ("rollback", "2026-11-03"),
        ("migration", "dry run yesterday"),
        ("capacity", "load test on Tuesday, 900 rps"),
    ):
        assert command(_step(text, slot), AnswerQuestion).how == "given"
