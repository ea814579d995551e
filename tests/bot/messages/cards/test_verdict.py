"""NO-GO UNTIL VERIFIED names what is missing, who, how, by when, and the cheapest way to GO (G1)."""

from bot.messages.cards.index import render
from tests.golden import releases as r
from tests.golden.plain import visible


def test_each_gap_states_cause_and_fix_with_who_and_when() -> None:
    shown = visible(render("verdict", r.view(r.unverified())))
    assert "1. CI: no pipeline result for 2.4.1. Untested code would reach users. Fix: " in shown
    assert "— Kai, by 13:30 UTC" in shown


def test_should_items_are_named_in_one_line() -> None:
    assert "Missing (SHOULD): security impact, customer notice" in visible(render("verdict", r.view(r.unverified())))


def test_the_cheapest_way_to_go_is_told() -> None:
    assert "Cheapest way to GO: CI result, tested rollback" in visible(render("verdict", r.view(r.unverified())))


def test_no_evidence_buys_off_a_block() -> None:
    assert "Cheapest way to GO: none by evidence alone" in visible(render("verdict", r.view(r.hostile())))


def test_the_buttons_lead_out_of_a_no_go() -> None:
    ids = {b.id for b in render("verdict", r.view(r.unverified())).buttons}
    assert ids >= {"add_evidence", "ask_someone", "request_exception", "postpone", "full_plan"}


def test_who_must_act_first_is_mentioned_and_nobody_else() -> None:
    assert render("verdict", r.view(r.unverified())).mentions == ("ana",)
    assert render("verdict", r.view(r.possible())).mentions == ("kai",)


def test_go_possible_asks_for_the_sign_off_only() -> None:
    card = render("verdict", r.view(r.possible()))
    assert card.text.startswith("GO POSSIBLE: ")
    assert "peer sign-off (Kai, Lena or Mia)" in visible(card)
    assert "request_sign_off" in {b.id for b in card.buttons}


def test_every_missing_item_is_there_however_many_there_are() -> None:
    view = r.view(r.unknown())
    shown = visible(render("verdict", view))
    gaps = [f for f in view.judgement.findings if f.level == "MUST" and f.open and not f.consent]
    assert len(gaps) > 8
    assert shown.count("Fix: ") == len(gaps)
