"""Answers to the open question: buttons, forms and words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import AddEvidence, Amend, AnswerQuestion
from bot.domain.evidence import Kind
from bot.domain.release import Release
from bot.messages.tokens import Token, unpack
from bot.plan.questions import SLOTS
from flows.dialog import Done, Reply
from tests.flows.given import asking, fill, press, release, typed
from tests.flows.steps import command, errors, form, reply, written

RUNBOOK = "https://git.acme.example/runbooks/payments-rollback.md"


def answer(of: Release, text: str) -> AnswerQuestion:
    return command(typed(f"answer {text}", of), AnswerQuestion)


@pytest.mark.parametrize(
    "text",
    [
        "I don't know",
        "no idea",
        "dunno",
        "not sure",
        "I really don't know, sorry",
        "idk",
        "don't know yet",
        "keine Ahnung",
        "Weiß nicht",
    ],
)
@pytest.mark.parametrize("slot", sorted(SLOTS))
def test_i_do_not_know_is_an_answer_to_every_question(slot: str, text: str) -> None:
    assert answer(asking(slot), text).how == "dont_know"


def test_a_version_in_any_wording() -> None:
    for text in ("2.4.1", "v2.4.1", "it's 2.4.1", "version 2.4.1 please", "the version is v2.4.1."):
        assert answer(asking("version", version=None), text).details == {"version": "2.4.1"}


def test_a_time_in_any_wording() -> None:
    for text in ("15:00", "at 3pm today", "2026-11-24 14:00 UTC"):
        given_ = answer(asking("start_at", start_at=None), text)
        assert given_.start_at is not None
        assert given_.how == "given"


def test_version_and_time_in_one_answer_fill_both_gaps() -> None:
    for slot in ("version", "start_at"):
        given_ = answer(asking(slot, version=None, start_at=None), "2.4.1 tomorrow 15:00")
        assert given_.details == {"version": "2.4.1"}
        assert given_.local_time == "2026-11-25 15:00"
    assert answer(asking("start_at"), "2.5.0 tomorrow 15:00").details == {}
    assert answer(asking("version"), "2.5.0 tomorrow 15:00").start_at is None


def test_a_time_that_is_over_keeps_the_question_open_and_a_later_one_answers_it() -> None:
    message = reply(typed("answer 09:00", asking("start_at")))
    assert "09:00" in message.text
    assert answer(asking("start_at"), "tomorrow 09:00").local_time == "2026-11-25 09:00"


def test_a_link_with_a_date_answers_the_question_of_the_rollback() -> None:
    given_ = answer(asking("rollback"), f"{RUNBOOK} tested on 2026-11-03, redeploy takes 10 min")
    (claim,) = given_.claims
    assert (claim.kind, claim.url) == (Kind.ROLLBACK, RUNBOOK)
    assert claim.facts == {"tested": True, "way": "redeploy", "minutes": 10}
    assert claim.dated is not None


def test_a_runbook_is_a_rollback_procedure_and_the_other_way_round() -> None:
    for slot, link in (("rollback", "https://git.acme.example/runbooks/x.md"), ("runbook", RUNBOOK)):
        (claim,) = answer(asking(slot), f"the runbook is {link}").claims
        assert claim.kind.value == slot


def test_a_link_to_another_thing_is_kept_for_what_it_is_and_the_question_stays_open() -> None:
    pull = "https://github.com/acme/payments/pull/7"
    step = typed(f"answer {pull}", asking("rollback"))
    added = command(step, AddEvidence)
    assert (added.evidence.kind, added.evidence.url) == (Kind.CHANGE, pull)
    assert isinstance(step, Done)
    assert "stays open" in step.notes[0]
    assert answer(asking("change"), pull).claims[0].url == pull
    assert command(typed("answer no data change", asking("rollback")), Amend).value == "none"
    assert "several" in reply(typed(f"answer no flags, {pull}", asking("ci"))).text


def test_a_rollback_procedure_is_no_answer_about_the_migration_unless_the_words_say_so() -> None:
    step = typed(f"answer {RUNBOOK} tested 2026-11-03, redeploy, 10 min", asking("migration"))
    assert command(step, AddEvidence).evidence.kind is Kind.ROLLBACK
    (claim,) = answer(asking("migration"), f"the migration was dry-run on 2026-11-03: {RUNBOOK}").claims
    assert (claim.kind, claim.facts) == (Kind.MIGRATION, {"dry_run": True})


def test_a_link_alone_says_nothing_about_a_test() -> None:
    (claim,) = answer(asking("rollback"), RUNBOOK).claims
    assert "tested" not in claim.facts
    assert claim.dated is None


def test_a_bare_day_answers_when_it_was_tested_last_and_other_words_have_to_say_so() -> None:
    for text in (f"{RUNBOOK} 2026-11-03", f"on 2026-11-03: {RUNBOOK}", f"{RUNBOOK}, 2026-11-03, redeploy, 10 min"):
        (claim,) = answer(asking("rollback"), text).claims
        assert claim.facts["tested"] is True
        assert claim.dated is not None
    for text in (
        f"{RUNBOOK} written on 2026-11-03",
        f"{RUNBOOK} drill was planned for 2026-11-03",
        f"{RUNBOOK} to be tested, on 2026-11-03 at the latest",
    ):
        assert all("tested" not in c.facts for c in answer(asking("rollback"), text).claims)
    (claim,) = answer(asking("rollback"), f"{RUNBOOK} the drill of 2026-11-03 failed").claims
    assert claim.facts["tested"] is False


@pytest.mark.parametrize("text", ["no data change", "no migration", "no", "none", "there is none", "nope"])
def test_no_data_change_in_words(text: str) -> None:
    assert answer(asking("migration"), text).data_change == "none"


def test_one_answer_fills_several_gaps() -> None:
    given_ = answer(asking("migration"), f"no migration, no flags, rollback tested on 2026-11-03 {RUNBOOK}")
    assert given_.data_change == "none"
    assert {c.kind for c in given_.claims} == {Kind.FLAGS, Kind.ROLLBACK}


def test_no_flags_in_words() -> None:
    for text in ("no flags", "no", "none"):
        (claim,) = answer(asking("flags"), text).claims
        assert claim.facts == {"flags_used": False}


def test_not_tested_in_words() -> None:
    (claim,) = answer(asking("rollback"), "it was never tested").claims
    assert claim.facts["tested"] is False


@pytest.mark.parametrize("text", ["looks fine", "should be ok", "tests are green I think"])
def test_a_vague_claim_is_quoted(text: str) -> None:
    vague = answer(asking("ci"), text)
    assert vague.how == "vague"
    assert vague.text in text


def test_a_figure_answers_the_question_for_the_measure() -> None:
    measured = asking("monitoring", code="measure")
    assert answer(measured, "p95 is 210 ms, errors 0.1 %").how == "given"
    assert isinstance(typed("answer 210 ms", asking("monitoring")), Reply)


def test_who_does_is_answered_by_a_name() -> None:
    named = answer(asking("who:rollback", "kai"), "ask @kai")
    assert (named.how, named.person) == ("person", "kai")
    assert answer(asking("rollback_owner"), "Kai does").details == {"rollback_owner": "kai"}


def test_an_unknown_name_keeps_the_question_open_and_a_known_one_answers_it() -> None:
    assert "Question 1 stays open" in written(reply(typed("answer zed", asking("who:rollback"))))
    assert "two" in reply(typed("answer kai or lena", asking("who:rollback"))).text
    assert answer(asking("who:rollback"), "lena").person == "lena"


@pytest.mark.parametrize("slot", sorted(SLOTS))
def test_what_is_not_understood_explains_and_offers_the_buttons_and_records_nothing(slot: str) -> None:
    of = asking(slot, *SLOTS[slot].choices)
    message = reply(typed("answer purple elephants", of))
    assert message.private
    assert "Expected" in message.text
    assert [b.id for b in message.buttons] == list(dict.fromkeys((*SLOTS[slot].choices, "dont_know")))
    assert command(press(unpack(message.buttons[-1].token), of), AnswerQuestion).how == "dont_know"


@pytest.mark.parametrize("slot", sorted(SLOTS))
def test_every_button_answers_or_opens_a_form(slot: str) -> None:
    for choice in (*SLOTS[slot].choices, "dont_know"):
        step = press(Token("answer", "R-1", 0, "1", choice), asking(slot, *SLOTS[slot].choices))
        if choice in {"add_link", "tested", "type_it"}:
            assert form(step).token == Token("answer", "R-1", 0, "1", choice).pack()
        else:
            assert isinstance(step, Done)


def test_the_form_needs_a_link_or_a_date() -> None:
    token = Token("answer", "R-1", 0, "1", "add_link")
    assert set(errors(fill(token, {"text": "see the wiki"}, asking("rollback")))) == {"link"}
    assert set(errors(fill(token, {"date": "2027-01-01"}, asking("rollback")))) == {"date"}
    (claim,) = command(fill(token, {"link": RUNBOOK, "date": "2026-11-03"}, asking("rollback")), AnswerQuestion).claims
    assert claim.facts == {"tested": True}


def test_a_tested_migration_is_a_dry_run() -> None:
    token = Token("answer", "R-1", 0, "1", "tested")
    filled = fill(token, {"link": "https://ci.acme.example/9", "text": "adds a column"}, asking("migration"))
    given_ = command(filled, AnswerQuestion)
    assert given_.data_change == "expand"
    assert given_.claims[0].facts["dry_run"] is True


def test_typed_values_come_by_form_too() -> None:
    token = Token("answer", "R-1", 0, "1", "type_it")
    assert set(errors(fill(token, {"text": "soon"}, asking("version")))) == {"text"}
    assert command(fill(token, {"text": "2.4.1"}, asking("version")), AnswerQuestion).details == {"version": "2.4.1"}


def test_an_answer_to_a_closed_question_says_who_answered() -> None:
    of = asking("migration")
    closed = replace(of.questions[0], answer="given", answered_by="kai", text="no data change")
    message = reply(press(Token("answer", "R-1", 0, "1", "no_data_change"), release(questions=(closed,))))
    assert "already answered by Kai: no data change" in message.text


def test_without_an_open_question_nothing_is_answered() -> None:
    assert "No question is open" in reply(typed("answer 2.4.1", release())).text


def test_a_denial_is_a_plain_fact() -> None:
    assert answer(asking("monitoring"), "there is none").claims[0].facts == {"has_data": False}
    assert answer(asking("migration"), "it has not been tested").claims[0].facts == {"dry_run": False}


def test_a_day_that_has_not_come_keeps_the_question_open() -> None:
    assert "2027-03-03" in reply(typed("answer on 2027-03-03", asking("rollback"))).text
    assert answer(asking("rollback"), "on 2026-11-03").claims[0].dated is not None


def test_a_link_and_a_day_may_stand_apart() -> None:
    (claim,) = answer(asking("capacity"), "load test https://wiki.acme.example/load. It ran yesterday").claims
    assert claim.dated is not None
    assert claim.url == "https://wiki.acme.example/load"


def test_people_and_strategies_by_button() -> None:
    assert (
        command(press(Token("answer", "R-1", 0, "1", "kai"), asking("who:ci", "kai")), AnswerQuestion).person == "kai"
    )
    owner = command(press(Token("answer", "R-1", 0, "1", "kai"), asking("rollback_owner", "kai")), AnswerQuestion)
    assert owner.details == {"rollback_owner": "kai"}
    assert answer(asking("strategy"), "blue-green please").details == {"strategy": "blue-green"}
    assert answer(asking("strategy"), "10% first").details == {"strategy": "canary"}


def test_two_versions_keep_the_question_open() -> None:
    assert "2.4.2" in reply(typed("answer 2.4.1 or 2.4.2", asking("version"))).text
    assert "Question 1" in written(reply(typed("answer x", asking("purple"))))


@given(st.sampled_from(sorted(SLOTS)), st.text(max_size=120))
def test_no_text_makes_it_fail(slot: str, text: str) -> None:
    step = typed(f"answer {text}", asking(slot))
    assert isinstance(step, Done | Reply)


@pytest.mark.parametrize(
    "text", ["yes, skip the tests", "just ship it", "no time for the drill", f"skip the drill {RUNBOOK}"]
)
@pytest.mark.parametrize("slot", ["ci", "rollback"])
def test_a_request_to_skip_is_no_answer_until_it_is_left_out(slot: str, text: str) -> None:
    of = asking(slot)
    assert reply(typed(f"answer {text}", of)).text.startswith("No: ")
    token = Token(verb="answer", release="R-1", subject="1", choice="add_link")
    refused = fill(token, {"link": RUNBOOK, "date": "2026-11-03", "text": text}, of)
    assert errors(refused)["text"].startswith("No: ")
    assert command(fill(token, {"link": RUNBOOK, "date": "2026-11-03"}, of), AnswerQuestion).claims


def test_a_day_in_the_form_is_that_of_the_test_unless_the_note_says_that_there_was_none() -> None:
    of = asking("rollback", "add_link")
    token = Token(verb="answer", release="R-1", subject="1", choice="add_link")
    for note, tested in (
        ("", True),
        ("the drill was cancelled", None),
        ("it failed", None),
        ("planned for then", None),
    ):
        values = {"link": RUNBOOK, "date": "2026-11-03", "text": note}
        (claim,) = command(fill(token, values, of), AnswerQuestion).claims
        assert claim.facts.get("tested") in {tested, False if tested is None else tested}
