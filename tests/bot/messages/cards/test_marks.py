"""The marks say only what is true when they are sent (T1), and when they are late, merged, or over (T3, T7, T10)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.evidence import Standing
from bot.domain.release import Phase, Release, Step
from bot.messages.cards.index import render
from bot.messages.model import Message
from bot.timeline.marks import MARKS
from tests.golden import releases as r
from tests.golden.plain import visible

STAKEHOLDERS = {"audience": "stakeholders"}
FULL = Step(100, "ana", r.START + timedelta(minutes=20))


def mark(of: Release, name: str, audience: str = "team", passed: str = "", **more: object) -> Message:
    params = {"mark": name, "audience": audience, "passed": passed}
    return render("mark", r.view(of, None, params=params, now=r.START + MARKS[name], **more))


def test_t_30_says_pre_checks_complete_and_awaits_the_decision() -> None:
    card = mark(r.possible(), "T-30")
    assert card.text.startswith("GO POSSIBLE: T-30 · R-142")
    assert "Pre-checks complete; awaiting final go/no-go." in card.text
    assert card.mentions == ("kai",)


def test_t_30_with_incomplete_pre_checks_says_no_go_and_what_is_missing() -> None:
    card = mark(r.unverified(), "T-30")
    assert card.text.startswith("NO-GO UNTIL VERIFIED")
    assert "Pre-checks NOT complete" in card.text
    assert "Rollback: no tested procedure." in visible(card)
    assert "Pre-checks complete;" in mark(r.cleared(), "T-30").text


def test_t_5_names_who_gave_go_or_that_silence_means_no_go() -> None:
    assert "Final decision incoming. No GO by 14:00 UTC means NO-GO." in mark(r.possible(), "T-5").text
    assert "GO given by Lena." in mark(r.cleared(), "T-5").text
    assert "No GO possible" in mark(r.unverified(), "T-5").text


def test_the_next_post_is_announced_but_after_the_last() -> None:
    assert "Next post: T-5 at 13:55 UTC" in visible(mark(r.possible(), "T-30"))
    assert "Next post" not in visible(mark(r.live(), "T+30"))


@pytest.mark.parametrize("audience", ["team", "stakeholders"])
def test_t_0_without_a_reported_start_says_so(audience: str) -> None:
    assert "T=0 reached, start not reported (planned 14:00 UTC)." in mark(r.cleared(), "T=0", audience).text
    assert "Deploying to canary (10 %)" in mark(r.live(), "T=0", audience).text


def test_t_0_does_not_take_the_planned_share_for_the_reached_one() -> None:
    assert "planned 10 %, not yet reported" in mark(r.live(progress=()), "T=0").text


def test_half_of_the_users_is_no_small_share() -> None:
    half = r.live(progress=(Step(50, "ana", r.START + timedelta(minutes=2)),))
    assert "canary (50 %): more users get" in mark(half, "T=0", "stakeholders").text
    small = r.live(progress=(Step(10, "ana", r.START + timedelta(minutes=2)),))
    assert "canary (10 %): a small share" in mark(small, "T=0", "stakeholders").text


def test_later_marks_without_a_start_are_not_go() -> None:
    card = mark(r.cleared(), "T+15", "stakeholders")
    assert card.text.startswith("START NOT REPORTED: T+15")
    assert "UNKNOWN — verify: ask Ana" in card.text


@pytest.mark.parametrize("name", ["T+15", "T+30"])
@pytest.mark.parametrize("audience", ["team", "stakeholders"])
def test_without_metrics_health_is_unknown_and_never_green(name: str, audience: str) -> None:
    done = replace(r.live(progress=(FULL,)), phase=Phase.CLOSED)
    for release in (r.live(), done, replace(done, health=(r.reported(ok=True, at=r.START + MARKS[name]),))):
        text = mark(release, name, audience).text
        assert "health UNKNOWN — verify: " in text
        assert "green" not in text.lower()
        assert "health normal" not in text.lower()


def test_t_30_after_is_green_only_with_full_rollout_and_fresh_good_figures() -> None:
    at = r.START + MARKS["T+30"]
    good = r.healthy(at)
    assert (
        "Full rollout complete, monitoring green." in mark(r.live(good, progress=(FULL,)), "T+30", "stakeholders").text
    )
    for release in (
        r.live(good),
        r.live(r.healthy(at - timedelta(minutes=20)), progress=(FULL,)),
        r.live(replace(good, standing=Standing.UNAVAILABLE), progress=(FULL,)),
        r.live(replace(good, facts={**good.facts, "error_rate": 4.0}), progress=(FULL,)),
    ):
        assert "green" not in mark(release, "T+30", "stakeholders").text


def test_bad_figures_are_named_to_the_team() -> None:
    at = r.START + MARKS["T+15"]
    bad = replace(r.healthy(at), facts={"error_rate": 4.0, "p95_ms": 180.0})
    assert "health BAD: error rate 4 %" in mark(r.live(bad), "T+15").text
    assert "health BAD; the team decides whether to go on." in mark(r.live(bad), "T+15", "stakeholders").text


def test_accepted_risks_stay_amber_beside_green_monitoring() -> None:
    at = r.START + MARKS["T+30"]
    risky = r.live(r.healthy(at), progress=(FULL,), consents=r.risky().consents, data_change="irreversible")
    card = mark(risky, "T+30", "stakeholders")
    assert "accepted risks stay AMBER" in card.text
    assert "AMBER: accepted risk, data migration: Mia" in visible(card)


def test_t_30_after_prints_the_head_of_the_ledger() -> None:
    for audience in ("team", "stakeholders"):
        assert f"Ledger head {'f00d' * 16}" in visible(mark(r.live(), "T+30", audience))
    assert "Ledger head" not in visible(mark(r.live(), "T+15"))


def test_stakeholders_get_no_buttons_no_mentions_and_no_jargon() -> None:
    card = mark(r.live(), "T=0", "stakeholders")
    assert card.buttons == ()
    assert card.mentions == ()
    for word in ("STOP CONDITIONS", "p95", "error rate", "digest"):
        assert word not in visible(card)


def test_a_post_to_a_place_of_stakeholders_is_theirs_without_a_word_in_its_params() -> None:
    held = replace(r.live(), phase=Phase.HELD, held_by="kai", held_reason="error rate grows")
    assert render("held", r.view(held, place=r.STAKEHOLDERS)).buttons == ()
    assert render("held", r.view(held)).buttons != ()


def test_a_late_post_says_how_late_and_when_it_was_due_before_anything_else() -> None:
    card = mark(r.possible(), "T-30", late_s=240, due_at=r.START - timedelta(minutes=30))
    assert card.text.startswith(
        "GO POSSIBLE: T-30 · R-142 payments 2.4.1 → production. LATE by 4 min: due at 13:30 UTC."
    )
    assert visible(card).splitlines()[1] == "LATE by 4 min: due at 13:30 UTC."
    assert "LATE" not in mark(r.possible(), "T-30").text


def test_merged_marks_are_named() -> None:
    assert "Speaks also for T-30, not sent in time." in mark(r.possible(), "T-5", merged=("T-30",)).text


def test_marks_that_had_passed_are_said_by_the_first_post_only() -> None:
    assert "Planned when these were already over, so they were not posted: T-30" in visible(
        mark(r.possible(), "T-5", passed="T-30")
    )
    assert "already over" not in visible(mark(r.live(), "T=0", passed="T-30"))


def test_stakeholders_are_told_of_passed_posts_that_were_meant_for_them_alone() -> None:
    assert "T-30" not in visible(mark(r.live(), "T=0", "stakeholders", passed="T-30,T-5"))
    assert "T-30, T-5" in visible(mark(r.live(), "T=0", passed="T-30,T-5"))
    told = visible(mark(r.live(), "T+15", "stakeholders", passed="T-30,T-5,T=0"))
    assert "Planned at short notice: the earlier posts (T=0) were not sent." in told


def test_an_old_post_after_a_move_says_that_it_no_longer_stands() -> None:
    moved = replace(r.possible(), start_at=r.START + timedelta(hours=1), moves=("The database is being patched.",))
    card = mark(moved, "T-30", corrected=True)
    assert card.text.startswith("CORRECTED: T-30")
    assert "no longer stands" in card.text
    assert "15:00 UTC" in visible(card)
    assert card.buttons == ()


def test_an_old_post_after_a_cancel_says_cancelled() -> None:
    off = replace(r.possible(), phase=Phase.CANCELLED, cancelled_by="ana", cancel_reason="Not needed any more.")
    card = mark(off, "T-5", corrected=True)
    assert "The release is cancelled" in card.text
    assert "State now: CANCELLED" in card.text


def test_a_mark_of_a_held_release_says_held_and_nothing_else() -> None:
    held = replace(r.possible(), phase=Phase.HELD, held_by="kai", held_reason="waiting for the database")
    card = mark(held, "T-5")
    assert card.text.startswith("HELD: T-5")
    assert "Final decision" not in card.text
