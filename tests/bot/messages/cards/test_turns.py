"""Rollback, hold, move, cancel, start without GO, done, drift, void, reminders, downtime, failed delivery."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.people import Place
from bot.domain.release import HealthReport, Phase, Release
from bot.messages.cards.index import CARDS, render
from tests import world
from tests.golden import releases as r
from tests.golden.plain import visible

BACK = replace(
    r.live(),
    phase=Phase.ROLLING_BACK,
    rollback_at=r.START + timedelta(minutes=6),
    rollback_by="kai",
    rollback_reason="error rate 4 %",
)
HELD = replace(r.possible(), phase=Phase.HELD, held_by="kai", held_reason="waiting for the database")


@pytest.mark.parametrize("place", [r.TEAM, r.STAKEHOLDERS])
def test_rollback_says_initiated_by_whom_why_and_until_when(place: Place) -> None:
    card = render("rollback", r.view(BACK, now=r.START + timedelta(minutes=7), place=place))
    assert card.text.startswith("ROLLBACK: R-142 ")
    assert "Rollback initiated by Kai. ETA for completion 14:16 UTC (10 min)." in card.text
    assert "error rate 4 %" in visible(card)


def test_without_a_drill_the_eta_is_unknown() -> None:
    service = replace(world.service(), restore_minutes=None)
    bare = replace(BACK, evidence=())
    card = render("rollback", r.view(bare, facts=world.facts(service=service)))
    assert "ETA for completion UNKNOWN — verify: ask Kai." in card.text


def test_an_eta_that_is_over_says_so() -> None:
    card = render("rollback", r.view(BACK, now=r.START + timedelta(minutes=30)))
    assert "ETA for completion was 14:16 UTC; 14 min over." in card.text


def test_the_end_of_a_rollback_tells_how_long_it_took() -> None:
    over = replace(BACK, phase=Phase.ROLLED_BACK, rolled_back_at=r.START + timedelta(minutes=15))
    for name in ("rolled_back", "rollback"):
        card = render(name, r.view(over))
        assert card.text.startswith("ROLLED BACK: R-142 ")
        assert "it took 9 min" in card.text


def test_a_hold_says_who_and_why_and_an_old_copy_says_that_it_is_over() -> None:
    card = render("held", r.view(HELD))
    assert "HELD: R-142 " in card.text
    bare = render("held", r.view(replace(HELD, held_reason="")))
    assert "Held by Kai: no reason given" in bare.text
    assert "Held by Kai: waiting for the database" in card.text
    assert [(b.id, b.style) for b in card.buttons][:2] == [("resume", "primary"), ("move", "default")]
    late = render("held", r.view(HELD, now=r.START))
    assert [(b.id, b.style) for b in late.buttons][:2] == [("move", "primary"), ("resume", "default")]
    over = render("held", r.view(r.possible()))
    assert "This HOLD is over." in over.text
    assert over.buttons == ()


def test_no_go_at_start_is_a_no_go_with_what_was_missing() -> None:
    stopped = replace(r.unverified(), phase=Phase.HELD, held_by="t-minus", held_code="no_go_at_start")
    card = render("no_go_at_start", r.view(stopped, now=r.START))
    assert card.text.startswith("NO-GO: ")
    assert "No GO at T=0: held by rule" in card.text
    assert "Rollback: no tested procedure." in visible(card)
    assert "give a new time" in visible(card)


def test_resumed_names_the_next_post() -> None:
    card = render("resumed", r.view(r.possible()))
    assert "New start" not in card.text
    again = render("resumed", r.view(r.possible(), params={"was": "2026-11-24T13:00:00+00:00", "by": "lena"}))
    assert "goes on, says Lena. New start: 14:00 UTC (15:00 Europe/Berlin). It was 13:00 UTC" in again.text
    assert "Next post: T-30 at 13:30 UTC" in visible(card)


def test_a_move_tells_both_times_who_and_why() -> None:
    params = {"was": r.START.isoformat(), "reason": "The database is being patched.", "by": "kai"}
    moved = replace(r.possible(), start_at=r.START + timedelta(hours=1))
    card = render("moved", r.view(moved, params=params))
    assert (
        "New start: 15:00 UTC (16:00 Europe/Berlin). It was 14:00 UTC (15:00 Europe/Berlin). Moved by Kai." in card.text
    )
    assert "The database is being patched." in visible(card)
    again = render("resumed", r.view(moved, params=params))
    for one in (card, again):
        assert visible(one).count("15:00 UTC (16:00 Europe/Berlin)") == 1
        assert "New start" in visible(one)


def test_a_first_time_is_no_move_from_nothing() -> None:
    card = render("moved", r.view(r.possible(), params={"was": "", "by": "kai"}))
    assert card.text.endswith("New start: 14:00 UTC (15:00 Europe/Berlin). Set by Kai.")
    assert "No start was planned before." in visible(card)


def test_a_cancel_tells_who_and_why() -> None:
    off = replace(r.possible(), phase=Phase.CANCELLED, cancelled_by="ana", cancel_reason="Not needed any more.")
    card = render("cancelled", r.view(off))
    assert card.text.startswith("CANCELLED: ")
    assert "Cancelled by Ana: Not needed any more." in card.text
    assert {b.id for b in card.buttons} == {"full_plan"}


def test_a_start_without_go_is_said_aloud_and_mentions_both_owners() -> None:
    begun = replace(r.live(), consents=(), started_without_go=True)
    card = render("started_without_go", r.view(begun))
    assert card.text.startswith("STARTED WITHOUT GO: ")
    assert card.mentions == ("ana", "kai")
    assert "rollback" in {b.id for b in card.buttons}


def test_done_does_not_claim_health_that_nobody_measured() -> None:
    card = render("done", r.view(replace(r.live(), phase=Phase.CLOSED, done_at=r.START)))
    assert card.text.startswith("DONE: ")
    assert "Health: UNKNOWN — verify: " in visible(card)


def test_a_lost_go_tells_from_what_to_what_and_what_changed() -> None:
    lost = replace(r.cleared(), evidence=r.unverified().evidence)
    card = render("verdict_changed", r.view(lost, params={"was": "GO"}))
    assert "The verdict changed from GO to NO-GO UNTIL VERIFIED." in card.text
    assert "CI: no pipeline result" in visible(card)


def test_a_go_lost_to_consents_alone_is_called_as_the_heading_calls_it_and_names_them() -> None:
    card = render("verdict_changed", r.view(r.possible(), params={"was": "GO"}))
    assert "The verdict changed from GO to GO POSSIBLE." in card.text
    assert "Waiting for: peer sign-off" in visible(card)


def test_voided_consents_are_named_with_who_gave_them() -> None:
    card = render(
        "plan_voided", r.view(r.release(consents=(r.SIGNED,)), params={"voided": r.SIGNED.id, "revision": "4"})
    )
    assert "rev 4" in card.text
    assert "peer sign-off" in visible(card)
    assert card.mentions == ("kai",)
    assert "asked for again" in card.text
    started = r.live(consents=(r.SIGNED,))
    late = render("plan_voided", r.view(started, params={"voided": r.SIGNED.id, "revision": "4"}))
    assert "so it is not asked for again" in late.text
    assert "request_sign_off" not in {b.id for b in late.buttons}


def test_bad_health_that_only_a_person_reports_is_said_once() -> None:
    said = HealthReport(ok=False, metric="error rate 4 %", by="kai", at=r.START + timedelta(minutes=20))
    card = render("progress", r.view(r.live(health=(said,)), params={"metric": "error rate 4 %", "by": "kai"}))
    assert visible(card).count("error rate 4 %") == 1


def test_bad_health_mentions_both_owners_and_offers_the_way_back() -> None:
    card = render("progress", r.view(r.live(), params={"metric": "error rate 4 %", "by": "kai"}))
    assert "Kai reports bad health: error rate 4 %" in card.text
    assert card.mentions == ("ana", "kai")
    assert {"hold", "rollback"} <= {b.id for b in card.buttons}


def test_a_reminder_says_what_is_waited_for_until_when() -> None:
    card = render("reminder", r.view(r.possible(), params={"person": "kai", "code": "approval_approver"}))
    assert "No answer is no approval." in card.text
    assert card.mentions == ("kai",)
    assert "sign_off" in {b.id for b in card.buttons}
    assert "Nothing waits for you" in render("reminder", r.view(r.live(), params={"person": "kai"})).text


def test_an_outcome_reminder_counts_and_stops_when_the_outcome_is_known() -> None:
    card = render("outcome_reminder", r.view(r.live(), params={"number": "2", "person": "ana"}))
    assert "Reminder 2 of 3." in card.text
    closed = replace(r.live(), phase=Phase.CLOSED)
    assert render("outcome_reminder", r.view(closed)).buttons == ()


def test_an_unknown_outcome_is_never_a_success() -> None:
    card = render("outcome_unknown", r.view(replace(r.live(), outcome_unknown=True)))
    assert card.text.startswith("OUTCOME UNKNOWN: ")
    assert "UNKNOWN — verify: ask Ana" in card.text


def test_after_downtime_the_bot_says_from_when_to_when_and_what_was_late() -> None:
    params = {
        "from": r.NOW.isoformat(),
        "until": (r.NOW + timedelta(minutes=40)).isoformat(),
        "late": "T-5",
        "withdrawn": "T-30",
    }
    card = render("downtime", r.view(r.possible(), params=params, now=r.NOW + timedelta(minutes=40)))
    assert "T-Minus was away from 12:00 UTC until 12:40 UTC (40 min)." in card.text
    assert "Sent late: T-5" in visible(card)
    assert "Withdrawn: T-30" in visible(card)


def test_a_failed_delivery_tells_the_owner_what_to_do() -> None:
    params = {"occasion": "T-30", "place": "#payments", "reason": "not_in_channel"}
    card = render("delivery_failed", r.view(r.possible(), params=params))
    assert "The post T-30 did not reach #payments: T-Minus is not in the channel." in card.text
    assert card.mentions == ("ana",)
    assert "Invite T-Minus to #payments." in visible(card)


@pytest.mark.parametrize(
    ("reason", "mend"),
    [
        ("archived", "Take #payments out of the archive"),
        ("channel_not_found", "Correct #payments in the catalogue"),
        ("restricted", "Let T-Minus post in #payments"),
        ("revoked", "Install T-Minus anew"),
        ("missing_scope", "with the permissions of its manifest"),
        ("thread_gone", "opens a thread of its own"),
        ("message_gone", "ask for the status"),
        ("ekm_access_denied", "doctor tells what is wrong with #payments"),
    ],
)
def test_each_reason_of_a_failed_delivery_has_its_own_mending(reason: str, mend: str) -> None:
    params = {"occasion": "T-30", "place": "#payments", "reason": reason}
    shown = visible(render("delivery_failed", r.view(r.possible(), params=params)))
    assert mend in shown
    assert "Tell the readers of T-30 yourself." in shown


def test_a_post_whose_fate_nobody_can_see_is_neither_sent_nor_failed() -> None:
    params = {"occasion": "T-30", "place": "#payments", "reason": "cannot_look"}
    assert (
        "It is UNKNOWN whether the post T-30 reached #payments"
        in render("delivery_failed", r.view(r.possible(), params=params)).text
    )


def test_a_supply_request_says_what_why_how_and_by_when() -> None:
    card = render("supply_request", r.view(r.unverified(), params={"kind": "rollback", "person": "kai"}))
    assert "Ana needs from you: tested rollback." in card.text
    assert card.mentions == ("kai",)
    assert "By: 13:30 UTC" in visible(card)
    assert "No longer needed" in render("supply_request", r.view(r.possible(), params={"kind": "rollback"})).text


def test_gathering_counts_the_sources_that_are_still_asked() -> None:
    asking: Release = replace(r.unknown(), gathers=("a", "b", "c"))
    assert "Checking 3 sources." in render("gathering", r.view(asking)).text
    assert "Checking 1 source." in render("gathering", r.view(replace(asking, gathers=asking.gathers[:1]))).text
    assert "All sources have answered." in render("gathering", r.view(r.unknown())).text


def test_all_cards_of_the_contract_are_there() -> None:
    assert " ".join(CARDS) == (
        "living question gathering verdict approval supply_request mark verdict_changed held no_go_at_start resumed moved "
        "cancelled started_without_go rollback rolled_back done closing reminder outcome_reminder outcome_unknown downtime "
        "plan_voided progress delivery_failed emergency_declared emergency_confirmed emergency_lapsed review_reminder "
        "review_overdue review_recorded"
    )


def test_what_is_left_to_do_after_the_end_has_no_hurry() -> None:
    ended = replace(r.possible(), phase=Phase.CANCELLED, cancelled_by="ana", cancel_reason="not needed any more")
    shown = visible(render("cancelled", r.view(ended)))
    assert "Ana: tell whoever waits, and plan anew when ready." in shown
    assert "Lena or Mia: resume (a new time alone lifts no hold), now." in visible(render("held", r.view(HELD)))


def test_a_reminder_says_that_nothing_waits_once_its_reader_has_nothing_left_to_give() -> None:
    asked = {"code": "approval_approver"}
    assert "waits for you" in render("reminder", r.view(r.possible(), params={**asked, "person": "kai"})).text
    over = render("reminder", r.view(r.possible(), params={**asked, "person": "sam"}))
    assert "Nothing waits for you here any more." in over.text
    assert over.buttons == ()


def test_stakeholders_are_told_of_no_post_that_they_will_not_get() -> None:
    early = r.START - timedelta(hours=2)
    assert "Next post: T-30" in visible(render("resumed", r.view(r.possible(), now=early, place=r.TEAM)))
    plain = visible(render("resumed", r.view(r.possible(), now=early, place=r.STAKEHOLDERS)))
    assert "Next post: T=0" in plain
    assert "T-30" not in plain
