"""The living card: verdict first, short, and the four labels (P2, P3, P8)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.evidence import Kind
from bot.domain.finding import Result
from bot.domain.release import Phase, Release, Step
from bot.messages.cards.index import render
from bot.messages.model import Bullets
from tests.golden import releases as r
from tests.golden.plain import visible, words


@pytest.mark.parametrize("make", [r.possible, r.unverified, r.cleared, r.live, r.risky])
def test_the_ordinary_card_has_less_than_150_words(make: object) -> None:
    assert callable(make)
    assert words(render("living", r.view(make()))) < 150


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (r.possible, "GO POSSIBLE"),
        (r.unverified, "NO-GO UNTIL VERIFIED"),
        (r.unknown, "NO-GO UNTIL VERIFIED"),
        (r.hostile, "NO-GO"),
        (r.cleared, "GO"),
        (r.live, "LIVE"),
    ],
)
def test_the_verdict_or_state_is_the_first_word_of_card_and_fallback(make: object, word: str) -> None:
    assert callable(make)
    card = render("living", r.view(make()))
    assert visible(card).startswith(f"## {word} · R-142")
    assert card.text.startswith(f"{word}: R-142")


def test_the_four_labels_stand_on_the_card_with_a_line_each() -> None:
    shown = visible(render("living", r.view(r.possible())))
    for label in ("PRECONDITIONS: ", "ROLLOUT PLAN: ", "VERIFICATION: ", "ROLLBACK: "):
        assert label in shown
    assert "canary 10 → 50 → 100 %" in shown


def test_the_card_ends_with_one_next_action_its_owner_and_deadline() -> None:
    shown = visible(render("living", r.view(r.unverified())))
    assert "Next action: Ana: close the gap “CI result”, by 13:30 UTC (14:30 Europe/Berlin)." in shown


def test_every_missing_must_is_named_with_who_can_supply_it() -> None:
    shown = visible(render("living", r.view(r.unverified())))
    assert "CI result: Ana" in shown
    assert "tested rollback: Kai" in shown


def test_every_missing_must_says_how_it_is_closed_while_the_card_stays_short() -> None:
    shown = visible(render("living", r.view(r.unverified())))
    assert "CI result: Ana — `/release evidence R-142 ci <link>` of the passing run" in shown
    alone = visible(render("living", r.view(r.release(evidence=tuple(e for e in r.GOOD if e.kind is not Kind.CI)))))
    assert "CI result: Ana — Add it: `/release evidence R-142 ci <link>` of the passing run." in alone
    assert "tested rollback: Kai — `/release evidence R-142 rollback <link>` and the date of its last test" in shown
    nothing = render("living", r.view(r.unknown()))
    rows = next(b.items for b in nothing.blocks if isinstance(b, Bullets))
    assert "—" in rows[0]
    assert rows[-1] == "How for the others: press Full plan."
    assert all(": " in row for row in rows)


def test_go_is_offered_only_where_nothing_but_consents_is_open() -> None:
    assert "go" not in {b.id for b in render("living", r.view(r.unverified())).buttons}
    assert "go" in {b.id for b in render("living", r.view(r.possible())).buttons}


def test_a_cleared_release_whose_evidence_drifted_is_no_go_and_does_not_ask_to_start() -> None:
    drifted = replace(r.cleared(), evidence=r.unverified().evidence)
    card = render("living", r.view(drifted))
    assert card.text.startswith("NO-GO UNTIL VERIFIED")
    assert "report the start" not in visible(card)
    assert "report the start" in visible(render("living", r.view(r.cleared())))


def test_an_accepted_risk_is_amber_on_every_card_and_never_silent() -> None:
    shown = visible(render("living", r.view(r.risky())))
    assert "AMBER:" in shown
    assert "accepted risk, data migration: Mia: Backup taken" in shown


def test_attested_items_count_as_met_but_are_amber() -> None:
    assert " amber; " in visible(render("living", r.view(r.possible())))


def test_the_revision_line_tells_the_last_change_and_the_plan() -> None:
    shown = visible(render("living", r.view(r.cleared())))
    assert "rev 3 · 11:55 UTC · last change: vote go by Lena · plan #a91c" in shown


def test_of_one_instant_what_comes_later_in_a_rollout_is_the_last_change() -> None:
    first = r.live(progress=(Step(10, "ana", r.START),), started_at=r.START)
    assert "last change: 10 % reported by Ana" in visible(render("living", r.view(first)))


def test_the_card_is_the_same_as_long_as_nothing_changed() -> None:
    later = r.view(r.possible(), now=r.NOW + timedelta(seconds=30))
    assert render("living", later) == render("living", r.view(r.possible()))


def test_what_is_not_known_says_how_to_verify_it() -> None:
    shown = visible(render("living", r.view(r.unknown())))
    assert "Start: UNKNOWN — verify: " in shown
    assert "ROLLBACK: UNKNOWN — verify: " in shown


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.CANCELLED, Phase.ROLLED_BACK])
def test_an_ended_release_offers_nothing_that_would_change_it(phase: Phase) -> None:
    """But for the lesson, which is what is asked for once it is done."""
    ended = replace(r.live(), phase=phase)
    asked = {"lesson"} if phase is Phase.CLOSED else set()
    assert {b.id for b in render("living", r.view(ended)).buttons} == {"full_plan", "arithmetic", *asked}
    told = replace(ended, lessons=("Drill first.",))
    assert {b.id for b in render("living", r.view(told)).buttons} == {"full_plan", "arithmetic"}


def test_the_next_step_of_the_rollout_is_one_press() -> None:
    step = next(b for b in render("living", r.view(r.live())).buttons if b.id == "step")
    assert step.label == "Report 50 % of payments 2.4.1"


HELD = replace(r.possible(), phase=Phase.HELD, held_by="kai", held_reason="waiting for the database")
AT_LAST = (Step(100, "ana", r.START + timedelta(minutes=20)),)


@pytest.mark.parametrize(
    ("release", "button"),
    [
        (r.unverified(), "add_evidence"),
        (replace(r.unverified(), questions=(r.question(),)), None),
        (r.hostile(), None),
        (r.possible(), "request_sign_off"),
        (r.release(consents=(r.SIGNED,)), "go"),
        (r.cleared(), "start"),
        (replace(r.cleared(), evidence=r.unverified().evidence), None),
        (r.live(), "step"),
        (r.live(health=(r.reported(ok=False, at=r.START + timedelta(minutes=3)),)), None),
        (r.live(progress=AT_LAST), "done"),
        (HELD, "resume"),
        (replace(HELD, start_at=r.NOW - timedelta(minutes=1)), "move"),
        (replace(r.live(), phase=Phase.HELD, held_by="kai"), None),
        (replace(r.live(), phase=Phase.CLOSED, done_at=r.START + timedelta(minutes=3)), "lesson"),
    ],
)
def test_the_button_of_the_next_action_stands_out_and_no_other(release: Release, button: str | None) -> None:
    """A question is answered in its thread, a vote is taken back by who gave it, bad health leaves the choice."""
    now = r.START + timedelta(minutes=4) if release.started else r.NOW
    shown = render("living", r.view(release, now=now)).buttons
    assert [b.id for b in shown if b.style == "primary"] == ([button] if button else [])
    may_go_back = release.started and release.phase is not Phase.CLOSED
    assert [b.id for b in shown if b.style == "danger"] == (["rollback"] if may_go_back else [])


def test_from_t_plus_30_on_the_end_stands_out_and_no_further_share() -> None:
    shown = render("living", r.view(r.live(), now=r.START + timedelta(minutes=30)))
    assert [b.id for b in shown.buttons if b.style == "primary"] == ["done"]
    assert "report how it ended" in visible(shown)


def test_an_item_that_is_open_for_two_reasons_is_counted_once_as_it_is_listed_once() -> None:
    two = (r.finding("rollback_missing", Result.MISSING, "rollback"), r.finding("stale", Result.MISSING, "rollback"))
    shown = visible(render("living", r.view(r.release(), r.judged(*two))))
    assert "MUST items open: 1." in shown
    assert shown.count("- tested rollback: ") == 1


def test_a_name_that_is_cut_ends_with_one_ellipsis() -> None:
    long = replace(r.possible(), version="2026.11.24-rc.17+build.20261124.1159.91fe2c0deadbeef")
    assert not [b.label for b in render("living", r.view(long)).buttons if "……" in b.label]
