"""States between the ordinary ones: signed but not decided, observed shares, overruled votes, a policy without a MUST."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.emergency import BREAKGLASS_FOR, Emergency
from bot.domain.evidence import Kind, Standing
from bot.domain.finding import Result
from bot.domain.release import Baseline, Part, Phase, Release, Step
from bot.messages import answers
from bot.messages.cards.index import render
from bot.messages.cards.progress_of import complete, percent
from bot.messages.cards.reading import preconditions, way_back
from tests import world
from tests.golden import releases as r
from tests.golden.plain import visible


def test_signed_but_not_decided_waits_for_the_decision_maker() -> None:
    signed = r.release(consents=(r.SIGNED,))
    card = render("verdict", r.view(signed))
    assert card.text.startswith("GO POSSIBLE: ")
    assert "Next action: Lena or Mia: decide, GO or NO-GO, by 14:00 UTC" in visible(card)
    assert {"go", "no_go"} <= {b.id for b in card.buttons}
    assert "request_sign_off" not in {b.id for b in render("mark", r.view(signed, params={"mark": "T-5"})).buttons}


def test_a_plan_that_is_still_being_asked_for_is_never_go() -> None:
    young = r.release(phase=Phase.PLANNING, consents=(r.SIGNED,))
    assert render("living", r.view(young)).text.startswith("NO-GO UNTIL VERIFIED")
    assert render("living", r.view(r.release(consents=(r.SIGNED,)))).text.startswith("GO POSSIBLE")


def test_a_lost_clearance_by_a_missing_sign_off_waits_for_it() -> None:
    drifted = replace(r.cleared(), consents=(r.GO,))
    card = render("living", r.view(drifted))
    assert "Cleared earlier, but the verdict is no longer GO" in card.text
    assert "decide on the peer sign-off" in visible(card)
    flip = render("verdict_changed", r.view(drifted, params={"was": "GO"}))
    assert "Waiting for: " in visible(flip)


def test_the_newer_of_report_and_observation_is_the_share() -> None:
    at = r.START + timedelta(minutes=10)
    seen = world.observed(Kind.ROLLOUT, at, state="progressing", percent=50)
    assert percent(r.view(r.live(seen))) == 50
    assert percent(r.view(r.live(seen, progress=(Step(100, "ana", at + timedelta(minutes=1)),)))) == 100
    assert percent(r.view(r.live(replace(seen, standing=Standing.UNAVAILABLE)))) == 10
    assert percent(r.view(replace(r.cleared(), evidence=(*r.GOOD, seen)))) is None
    assert not complete(r.view(r.live(seen)))
    assert complete(r.view(r.live(replace(seen, facts={**seen.facts, "percent": 100}))))


def test_an_overruled_no_go_stays_visible_beside_the_go() -> None:
    against = replace(
        r.GO, id="c9", by="kai", vote="no-go", role=None, reason="The queue is long.", overruled_by="lena"
    )
    shown = visible(render("living", r.view(replace(r.cleared(), consents=(r.SIGNED, against, r.GO)))))
    assert "NO-GO by Kai: The queue is long. (overruled by Lena)" in shown


def test_a_policy_without_a_must_says_so_instead_of_all_clear() -> None:
    shown = visible(render("living", r.view(r.possible(), r.judged(r.finding("window_known", Result.CLEAR, "window")))))
    assert "1 of 1 MUST items met" in shown
    assert "PRECONDITIONS: UNKNOWN — verify: " in visible(render("living", r.view(r.possible(), r.judged())))


def test_a_must_that_a_person_still_has_to_give_is_counted_until_it_is_given() -> None:
    def line(release: Release) -> str:
        return preconditions(r.view(release))

    assert line(r.possible()) == "15 of 16 MUST items met, 5 amber; waiting for people: 1"
    assert line(replace(r.possible(), consents=(r.SIGNED,))) == "16 of 16 MUST items met, 4 amber"


def test_confidence_is_high_only_where_sources_checked_everything() -> None:
    clear = r.judged(r.finding("ci_verified", Result.CLEAR, "ci"))
    assert "CONFIDENCE: High" in visible(render("living", r.view(r.possible(), clear)))
    assert "CONFIDENCE: Medium" in visible(render("living", r.view(r.risky(), clear)))
    assert "CONFIDENCE: Medium" in visible(render("living", r.view(r.possible())))
    assert "CONFIDENCE: Low" in visible(render("living", r.view(r.unverified())))


def test_the_owner_is_asked_for_the_outcome_after_the_end() -> None:
    shown = visible(render("living", r.view(r.live(), now=r.START + timedelta(minutes=31))))
    assert "Next action: Ana: report how it ended: done or rollback, now." in shown


def test_stop_conditions_are_what_stops_not_what_holds() -> None:
    shown = visible(render("mark", r.view(r.live(), params={"mark": "T=0"}, now=r.START)))
    assert "STOP CONDITIONS: error rate > 1 % · p95 latency > 400 ms" in shown


def test_a_floor_is_printed_beside_the_arithmetic() -> None:
    card = answers.arithmetic(r.view(r.risky()))
    assert "HIGH by floor" in visible(card)
    assert "Floor: " in visible(card)


def test_a_part_of_the_score_that_has_no_words_any_more_is_shown_by_its_name() -> None:
    """A judgement on record outlives the rubric that it was made by."""
    judged = r.view(r.possible()).judgement
    old = replace(judged.score, parts=(*judged.score.parts, Part("moon_phase", "full", 4)))
    assert "moon phase" in visible(answers.arithmetic(r.view(r.possible(), replace(judged, score=old))))


def test_what_is_said_after_the_end_names_the_way_back_only_where_there_is_one() -> None:
    done = answers.after_end(r.live(phase=Phase.CLOSED, done_at=r.START), r.NOW, "It is over.")
    over = answers.after_end(r.release(phase=Phase.CANCELLED), r.NOW)
    assert "It is over." in visible(done)
    assert len(done.blocks) == len(over.blocks) + 2
    assert "2026-11-24 14:00 UTC" in visible(done) or "14:00 UTC" in visible(done)


def test_a_requested_exception_stands_on_the_card_of_what_it_is_asked_for() -> None:
    asked = replace(
        r.consent(ConsentKind.EXCEPTION, "freeze", ""), by=None, state=ConsentState.REQUESTED, requested_by="ana"
    )
    card = visible(render("verdict", r.view(replace(r.unverified(), consents=(asked,)))))
    assert "Exceptions:" in card
    assert "Exceptions:" not in visible(render("verdict", r.view(r.unverified())))


def test_a_confirmed_emergency_waits_for_nobody_and_says_what_it_waives() -> None:
    declared = Emergency("INC-204", "checkout is down", "ana", r.NOW, r.NOW + BREAKGLASS_FOR)
    second = r.consent(ConsentKind.BREAKGLASS, "breakglass", "lena")
    sure = r.view(r.release(emergency=declared, consents=(second,)))
    card = render("emergency_confirmed", sure)
    assert "Lena" in visible(card)
    assert {"start", "hold", "full_plan"} <= {b.id for b in card.buttons}
    verdict = visible(render("verdict", sure))
    assert verdict.startswith("## GO POSSIBLE")
    assert "All MUST evidence is there.\n" in verdict
    assert "Waiting for" not in verdict
    waits = visible(render("verdict", r.view(r.release(emergency=declared))))
    assert "All MUST evidence is there; still needed: break-glass.\n" in waits
    assert "Waiting for" in waits
    gone = visible(render("emergency_confirmed", r.view(r.release())))
    assert gone != visible(card)


def test_what_was_never_met_has_not_changed_and_what_was_met_has() -> None:
    met = r.finding("ci_verified", Result.CLEAR, "ci", params={"source": "demo-ci"})
    base = Baseline(r.NOW, (met,), "91fe2c0", "sha256:aa")
    gone = r.unverified()
    shown = visible(render("verdict_changed", r.view(replace(gone, baseline=base), params={"was": "GO"})))
    changed = shown.partition("What changed since 12:00 UTC")[2].partition("rev ")[0]
    assert changed.count("→") == 1
    assert "“CI: checked by demo-ci.” → " in changed


def test_a_way_back_is_called_tested_only_where_somebody_said_so() -> None:
    def line(*, tested: bool | None) -> str:
        said: dict[str, str | int | float] = {} if tested is None else {"tested": tested}
        told = [replace(e, facts={k: v for k, v in e.facts.items() if k != "tested"} | said) for e in of.evidence]
        return way_back(r.view(replace(of, evidence=tuple(told))))

    of = r.possible()
    day = next(e.dated for e in of.evidence if e.kind is Kind.ROLLBACK and e.dated)
    assert f"tested {day:%Y-%m-%d}" in line(tested=True)
    assert "tested UNKNOWN" in line(tested=None)
    assert line(tested=False).startswith("UNKNOWN — verify: run the rollback")
