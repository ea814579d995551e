"""Approval requests: what is asked, and what is left of it after the press (G7, G21, G22, G24)."""

from dataclasses import replace

from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.release import Phase
from bot.messages.cards.index import render
from bot.messages.tokens import unpack
from tests.golden import releases as r
from tests.golden.plain import visible

PARAMS = {"revision": "3", "wanted": "sign_off:peer"}


def test_the_request_says_why_now_what_could_go_wrong_and_how_it_is_undone() -> None:
    shown = visible(render("approval", r.view(r.possible(), params=PARAMS)))
    for label in ("Why now: ", "What changes: Retries", "Risk: ", "Way back: redeploy", "Exposure: canary"):
        assert label in shown


def test_what_is_accepted_as_true_is_listed_item_by_item() -> None:
    shown = visible(render("approval", r.view(r.possible(), params=PARAMS)))
    assert "You accept as true:" in shown
    assert "tested rollback, attested by Kai, 2026-11-03" in shown


def test_the_button_nominates_consent_and_plan_revision() -> None:
    button = next(b for b in render("approval", r.view(r.possible(), params=PARAMS)).buttons if b.id == "sign_off")
    token = unpack(button.token)
    assert (token.verb, token.release, token.revision, token.subject) == ("approve", "R-142", 3, "sign_off:peer")


def test_several_roles_share_one_button_and_the_flow_finds_the_pressers_own() -> None:
    banded = r.view(r.unverified())
    buttons = [b for b in render("approval", banded).buttons if b.id == "sign_off"]
    assert [unpack(b.token).subject for b in buttons] == ["sign_off:"]


def test_a_direct_request_shows_its_reader_only_what_that_person_may_give() -> None:
    kai = render("approval", r.view(r.unverified(), params={"person": "kai"}))
    assert "on-call engineer" in visible(kai)
    assert "service owner" not in visible(kai)
    assert kai.mentions == ("kai",)


def test_a_risk_is_approved_with_a_warning_sign_that_is_not_alone() -> None:
    open_risk = replace(r.risky(), phase=Phase.PLANNED, consents=())
    button = next(b for b in render("approval", r.view(open_risk)).buttons if b.id == "approve_risk")
    assert button.label == "⚠ Approve risk (data migration) for payments 2.4.1…"
    assert "point of no return" in visible(render("approval", r.view(open_risk)))


def test_after_the_press_outcome_and_reason_stand_in_the_place_of_the_buttons() -> None:
    card = render("approval", r.view(r.cleared(), params=PARAMS))
    assert card.buttons == ()
    assert "peer sign-off APPROVED by Kai, 11:55 UTC: Seen the drill, the thresholds fit." in visible(card)


def test_a_refusal_is_shown_with_its_reason() -> None:
    no = replace(r.SIGNED, state=ConsentState.DECLINED, reason="The drill was on another cluster.")
    card = render("approval", r.view(r.release(consents=(no,)), params=PARAMS))
    assert "DECLINED by Kai" in visible(card)


def test_an_old_copy_decides_nothing_and_says_what_the_state_is_now() -> None:
    card = render("approval", r.view(r.possible(), params={**PARAMS, "revision": "2"}))
    assert card.buttons == ()
    assert "rev 2; the plan is at rev 3. It decides nothing any more." in visible(card)
    assert render("approval", r.view(r.possible(), params=PARAMS)).buttons


def test_a_requested_exception_shows_owner_expiry_and_reason() -> None:
    asked = replace(
        r.consent(ConsentKind.EXCEPTION, "freeze", "lena"),
        state=ConsentState.REQUESTED,
        by=None,
        owner="lena",
        requested_by="ana",
        expires_at=r.START,
        reason="Card payments fail for one bank.",
    )
    card = render("approval", r.view(r.release(consents=(asked,))))
    assert "freeze, owner Lena, until 14:00 UTC: Card payments fail for one bank." in visible(card)
    assert "approve_exception" in {b.id for b in card.buttons}


def test_nothing_is_asked_once_the_release_is_live() -> None:
    assert render("approval", r.view(r.live(), params=PARAMS)).buttons == ()


def test_the_decision_maker_is_asked_for_the_go_with_its_buttons_and_sees_it_recorded() -> None:
    signed = replace(r.cleared(), phase=Phase.PLANNED)
    asked = {"revision": "3", "wanted": "vote:go"}
    open_now = replace(signed, consents=tuple(c for c in signed.consents if c.kind is not ConsentKind.VOTE))
    card = render("approval", r.view(open_now, params=asked))
    assert [b.id for b in card.buttons][:2] == ["go", "no_go"]
    assert "the decision maker's go" in visible(card)
    after = render("approval", r.view(r.cleared(), params=asked))
    assert after.buttons == ()
    assert "GO by Lena, 11:55 UTC: " in visible(after)
