"""G12: what was GO and is no longer says what changed, from what to what, and by which item."""

from dataclasses import replace
from datetime import timedelta

from bot.domain import commands as c
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.finding import Verdict
from bot.domain.people import SYSTEM
from bot.messages.cards.index import render
from bot.messages.view import View
from tests.bot.decide.test_gates_taken_out import CHECKS
from tests.driver import Driver
from tests.golden.plain import visible
from tests.world import HOME, START, actor, good_observations, observed


def seen(d: Driver, card: str, **params: str) -> str:
    """The card as it would be sent now."""
    judged = d.laws.judge(d.state, d.facts, d.now)
    view = View(
        release=d.state, facts=d.facts, judgement=judged, now=d.now, place=HOME, params={"audience": "team", **params}
    )
    return visible(render(card, view))


def rechecked(d: Driver, *changed: Evidence) -> None:
    """60 s before a mark all sources answer again; these answer anew."""
    kinds = {x.kind for x in changed}
    same = tuple(x for x in good_observations(d.now) if x.kind not in kinds)
    d.do(c.RecordObservations(SYSTEM, "g", "demo", (*same, *changed), "recheck"))


def test_t_30_says_from_what_to_what_a_run_went_and_that_it_came_back() -> None:
    d = Driver().cleared()
    d.now = START - timedelta(minutes=31)
    failed = replace(observed(Kind.CI, d.now), facts={**CHECKS, "tests": "failed"})
    rechecked(d, failed)
    assert d.laws.judge(d.state, d.facts, d.now).verdict is Verdict.NO_GO
    for card, more in (("mark", {"mark": "T-30"}), ("mark", {"mark": "T-5"}), ("verdict_changed", {"was": "GO"})):
        text = seen(d, card, **more)
        assert "What changed since 12:00 UTC" in text
        assert "“CI: checked by demo-ci.” → “The pipeline does not pass: tests failed." in text
        assert text.count("The pipeline does not pass: tests failed.") == 1, "told above, so only its fix stands below"
        assert "- BLOCKED CI result. Fix: " in text
    d.later(minutes=1)
    rechecked(d)
    assert d.laws.judge(d.state, d.facts, d.now).verdict is Verdict.GO
    assert "What changed" not in seen(d, "mark", mark="T-30")


def test_a_newer_commit_is_named_with_the_one_before() -> None:
    d = Driver().cleared()
    d.now = START - timedelta(minutes=31)
    newer = observed(Kind.ARTIFACT, d.now, commit="ab12345", digest="sha256:bb", authors="ben")
    stale_run = replace(observed(Kind.CI, d.now, test_report="https://x.example"), subject="91fe2c0")
    rechecked(d, newer, replace(stale_run, facts={**stale_run.facts, **CHECKS}))
    text = seen(d, "mark", mark="T-30")
    assert "Commit: 91fe2c0 → ab12345" in text
    assert "“CI: checked by demo-ci.” → “CI: no pipeline result for 2.4.1." in text


def test_what_went_stale_is_named_by_item() -> None:
    d = Driver().cleared()
    d.do(
        c.Move(
            actor("ana"), START + timedelta(days=70), "later", "Europe/Berlin", "the freeze of the partner ends then"
        )
    )
    d.now = START + timedelta(days=70, minutes=-31)
    rechecked(d)
    text = seen(d, "mark", mark="T-30")
    assert "Rollback" in text
    assert "is too old to count" in text
    assert "→" in text


def test_a_release_that_never_was_complete_shows_gaps_and_no_change() -> None:
    d = Driver().plan().sources()
    d.do(c.AddEvidence(actor("kai"), Evidence(Kind.ROLLBACK, Standing.ATTESTED, "person", "kai", d.now)))
    while d.state.open_question:
        d.answer(how="dont_know")
    assert d.state.baseline is None
    assert "What changed" not in seen(d, "mark", mark="T-30")
