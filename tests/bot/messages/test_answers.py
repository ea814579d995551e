"""What the speaker reads: private, never a dead end, ending with a next action."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot.decide.result import Decided, Refused
from bot.domain.orders import Orders
from bot.domain.release import TERMINAL, Phase
from bot.messages import answers
from bot.messages.model import Actions, Code, Fields, Message, Table
from bot.messages.tokens import unpack
from bot.messages.view import View
from tests import world
from tests.bot.messages.any_release import HOSTILE, views
from tests.golden import releases as r
from tests.golden.plain import visible


def table(message: Message) -> Table:
    return next(b for b in message.blocks if isinstance(b, Table))


def test_status_is_the_living_card_with_what_is_t_minus_now() -> None:
    card = answers.status(r.view(r.cleared(), now=r.START - timedelta(minutes=25)))
    assert card.private
    assert "It is T-25 min." in visible(card)
    assert visible(card).startswith("## GO · R-142")
    assert "No start time is set." in answers.status(r.view(r.unknown())).text


def test_an_acknowledgement_tells_the_state_and_the_next_action() -> None:
    said = answers.decided(Decided((), "evidence_added", {"item": "rollback"}), r.view(r.possible()))
    assert said.text.startswith("Recorded as attested by you: tested rollback.")
    assert "State now: GO POSSIBLE: R-142" in visible(said)
    assert "Next action: " in visible(said)
    assert answers.decided(Decided(()), None).text == "RECORDED"


def test_a_refusal_says_why_what_stands_in_the_way_and_how_it_is_closed() -> None:
    view = r.view(r.unverified())
    gaps = tuple(f for f in view.judgement.findings if f.subject == "rollback")
    said = answers.refused(Refused("go_not_yet", {"verdict": "NO-GO UNTIL VERIFIED"}, gaps), view)
    assert said.private
    assert said.text.startswith("REFUSED: No GO yet")
    assert "Rollback: no tested procedure." in visible(said)
    assert "Next action: " in visible(said)
    assert {b.id for b in said.buttons} == {"status", "full_plan"}


def test_a_refusal_that_quotes_a_reason_nobody_gave_says_so_and_one_that_was_given_is_quoted() -> None:
    assert "\u201cno reason given\u201d" in answers.refused(Refused("already_rolling_back", {"reason": ""}), None).text
    assert (
        "\u201cerrors at 5 %\u201d" in answers.refused(Refused("already_held", {"reason": "errors at 5 %"}), None).text
    )


def test_a_refusal_without_a_release_is_still_an_answer() -> None:
    said = answers.refused(Refused("not_in_roster"), None)
    assert "You are not in the roster" in said.text


def test_what_is_open_instead_is_told_in_words() -> None:
    params = {"consent": "risk:", "phase": "planned", "consents": "sign_off:on_call,risk:migration"}
    said = answers.refused(Refused("other_open", params), None).text
    assert "No request is open for this (risk approval). The release is planned." in said
    assert "Open for you: on-call engineer sign-off; risk of the data migration." in said
    planning = answers.refused(Refused("nothing_of_yours", {**params, "phase": "planning", "consent": ":x"}), None).text
    assert "The release is being planned, and nothing of it waits for you." in planning


def test_a_given_consent_is_named_as_what_it_is() -> None:
    said = answers.decided(Decided((), "approved", {"consent": "sign_off:on_call"}), None).text
    assert said.startswith("Recorded: on-call engineer sign-off. It is bound to this plan;")


def test_the_list_has_a_row_for_each_release() -> None:
    said = answers.release_list([r.view(r.cleared()), r.view(r.unverified())])
    names = [b.pairs[0][0] for b in said.blocks if isinstance(b, Fields)]
    assert names == [
        "GO · R-142 payments 2.4.1 → production",
        "NO-GO UNTIL VERIFIED · R-142 payments 2.4.1 → production",
    ]
    assert "owner Ana · start 14:00 UTC (15:00 Europe/Berlin)" in visible(said)
    many = answers.release_list([r.view(r.cleared())] * 23)
    assert sum(isinstance(b, Fields) for b in many.blocks) == 20
    assert "And 3 more: `/release list mine`" in visible(many)
    assert "No release to show." in answers.release_list([]).text


def test_the_printed_parts_are_the_score() -> None:
    view = r.view(r.unverified())
    rows = table(answers.arithmetic(view)).rows
    assert sum(int(row[2]) for row in rows[:-1]) == int(rows[-1][2]) == view.judgement.score.score


def test_an_unknown_answer_says_that_it_took_the_worst() -> None:
    assert any(
        "UNKNOWN: takes the worst answer" in row[1] for row in table(answers.arithmetic(r.view(r.unknown()))).rows
    )


def test_how_many_items_are_missing_is_a_number_and_no_unknown_answer() -> None:
    rows = {row[0]: row[1] for row in table(answers.arithmetic(r.view(r.unverified()))).rows}
    assert rows["MUST items missing"] == "2"
    assert rows["SHOULD items missing"] == "2"


def test_the_roll_call_has_the_decision_in_its_last_row() -> None:
    rows = table(answers.roll_call(r.view(r.cleared()))).rows
    assert rows[0][:3] == ("peer", "YES", "Kai")
    assert rows[-1][:3] == ("decision maker", "GO", "Lena")
    waiting = table(answers.roll_call(r.view(r.unverified()))).rows
    assert [row[0] for row in waiting] == ["QA confirmation", "service owner", "on-call engineer", "decision maker"]
    assert all(row[1] == "open" for row in waiting)


def test_dissent_stays_in_the_roll_call_and_says_who_overruled_it() -> None:
    against = replace(
        r.GO, id="c9", by="kai", vote="no-go", role=None, reason="The queue is long.", overruled_by="lena"
    )
    rows = table(answers.roll_call(r.view(r.release(consents=(against, r.GO))))).rows
    assert any(row[1] == "NO-GO" and "overruled by Lena" in row[4] for row in rows)


def test_the_record_is_a_table_with_a_file_that_no_spreadsheet_executes() -> None:
    rows = [("1", "12:00", "Ana", "PlanStarted", "", "event", "=HYPERLINK(1)"), ("2", "12:01", "Kai")]
    said = answers.audit(r.view(r.cleared()), rows, "abc")
    assert "Ledger head abc; entries: 2." in said.text
    name, csv = said.attachments[0]
    assert name == "R-142-record.csv"
    assert '"\'=HYPERLINK(1)"' in csv
    assert "No entry on record." in visible(answers.audit(r.view(r.cleared()), []))


def test_the_entry_of_a_service_names_roles_and_deputies() -> None:
    shown = visible(answers.service_card(world.service(), world.roster(), Orders(), world.NOW))
    assert "decision maker: Lena; deputies: Mia" in shown
    assert "team: #payments; stakeholders: #releases" in shown


def test_the_preview_shows_every_mark_to_nobody() -> None:
    shown = answers.preview(r.view(r.cleared()))
    assert len(shown) == 8
    assert all(not m.mentions and not m.buttons for m in shown)
    assert "PREVIEW, sent to nobody; due 13:30 UTC" in visible(shown[0])
    assert "start time is not set" in answers.preview(r.view(r.unknown()))[0].text


def test_an_unknown_service_is_no_dead_end() -> None:
    said = answers.unknown_service("paymets", ["payments", "payments"], "2.4.1 at 15:00")
    token = unpack(said.buttons[0].token)
    assert len(said.buttons) == 1
    assert (token.verb, token.choice, token.subject) == ("plan_service", "payments", "2.4.1 at 15:00")
    entry = next(b for b in said.blocks if isinstance(b, Code))
    assert entry.text.startswith("paymets:\n")


@pytest.mark.parametrize("name", [HOSTILE, "", "ä: [x]\n- y", "x" * 500])
def test_what_was_typed_does_not_reach_the_prefilled_entry(name: str) -> None:
    said = answers.unknown_service(name, [], HOSTILE)
    entry = next(b for b in said.blocks if isinstance(b, Code))
    key = entry.text.partition(":")[0]
    assert key
    assert all(c.isalnum() or c == "-" for c in key)


def test_words_that_do_not_fit_into_a_button_are_asked_for_again() -> None:
    said = answers.unknown_service("paymets", ["payments"], "x" * 400)
    assert unpack(said.buttons[0].token).subject == ""


def test_where_several_releases_could_be_meant_each_has_a_button() -> None:
    two = [r.cleared(), replace(r.cleared(), id="R-143")]
    said = answers.which(two, "hold")
    assert [unpack(b.token).release for b in said.buttons] == ["R-142", "R-143"]
    assert len({b.label for b in said.buttons}) == len({b.id for b in said.buttons}) == 2
    assert answers.which(two, "no such verb").buttons[0].label.startswith("Status")
    assert "open here" in answers.which(two, here="payments").text
    assert "No release of this channel" in answers.which(two, here="ledger").text


def test_what_is_not_understood_does_nothing_and_offers_buttons() -> None:
    said = answers.not_understood([r.cleared()])
    assert "nothing was done" in said.text
    assert said.buttons
    assert "/release plan" in answers.nothing_open().text


def test_the_full_plan_is_readable_and_has_three_files() -> None:
    said = answers.full_plan(r.view(r.possible()))
    assert [name for name, _ in said.attachments] == ["R-142-plan.md", "R-142-plan.html", "R-142-plan.json"]
    assert "ROLLBACK PROCEDURE" in visible(said)
    assert not [b for b in said.blocks if isinstance(b, Actions)]


@given(view=views)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_answer_can_be_given_for_every_release(view: View) -> None:
    assert isinstance(view.release.phase, Phase)
    refusal = Refused("go_not_yet", {"verdict": HOSTILE}, view.judgement.findings)
    said = (
        answers.status(view),
        answers.decided(Decided((), "amended", {"field": HOSTILE, "value": HOSTILE}), view),
        answers.refused(refusal, view),
        answers.release_list([view]),
        answers.arithmetic(view),
        answers.roll_call(view),
        answers.full_plan(view),
        *answers.preview(view),
    )
    for message in said:
        assert message.private
        assert message.text.isprintable()
        assert len({b.label for b in message.buttons}) == len(message.buttons)
        assert all(len(row) == len(b.head) for b in message.blocks if isinstance(b, Table) for row in b.rows)
    assert view.release.phase in TERMINAL or said[0].buttons
