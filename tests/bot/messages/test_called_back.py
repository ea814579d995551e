"""What was posted of a rollout does not promise its next post, nor offer its buttons, once it stands still or goes back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import commands as c
from bot.domain.evolve import fold
from bot.domain.people import Place
from bot.messages.cards.index import render
from bot.messages.cards.reading import next_line
from bot.messages.effects import ReviseOccasion, Routes
from bot.messages.model import Message
from bot.messages.react import react
from bot.messages.view import View
from bot.policy import judge
from tests.driver import Driver
from tests.golden.plain import visible
from tests.world import HOME, START, actor

TEAM, EVERYBODY = Place("sandbox", "#payments"), Place("sandbox", "#releases")
ROLLOUT = ("T=0", "T+15", "T+30")


def live() -> Driver:
    d = Driver().cleared()
    d.now = START
    d.do(c.Start(actor("ana")))
    assert d.state.started
    d.now += timedelta(minutes=4)
    return d


def edited(d: Driver, command: c.Command, *, at: Place = EVERYBODY) -> set[str]:
    """The occasions whose posts are drawn again in that place because of that command."""
    before, seen = d.state, len(d.events)
    d.do(command)
    after = fold(d.events[seen:], before)
    effects = react(before, d.events[seen:], after, d.facts, Routes((TEAM,), (EVERYBODY,), {}), d.now)
    return {one.occasion for one in effects if isinstance(one, ReviseOccasion) and one.place in {None, at}}


def shown(d: Driver, card: str, place: Place, **params: str) -> str:
    """Its words, and the ids of its buttons in brackets."""
    drawn = drawn_of(d, card, place, **params)
    return " ".join((visible(drawn), *(f"[{b.id}]" for b in drawn.buttons)))


def drawn_of(d: Driver, card: str, place: Place, **params: str) -> Message:
    view = View(d.state, d.facts, judge(d.state, d.facts, d.now), d.now, place)
    return render(card, replace(view, params=params, head="f00d" * 16))


@pytest.mark.parametrize("place", [HOME, EVERYBODY])
def test_a_mark_of_a_rollout_that_was_rolled_back_sends_readers_to_the_rollback(place: Place) -> None:
    d = live()
    assert "called back" not in shown(d, "mark", place, mark="T=0")
    assert {"T=0", "T+15", "PROGRESS"} <= edited(d, c.DeclareRollback(actor("kai"), "error rate 4 %"))
    said = shown(d, "mark", place, mark="T=0")
    assert "The rollout began at 14:00 UTC and was called back: see the post of the rollback." in said
    assert "Next post" not in said
    assert "[" not in said
    assert "[rolledback]" in shown(d, "rollback", HOME)
    d.now += timedelta(minutes=5)
    assert {"T=0", "T+15", "PROGRESS", "ROLLBACK"} <= edited(d, c.FinishRollback(actor("kai")))
    over = shown(d, "rollback", place)
    assert "Rollback initiated by Kai at 14:04 UTC; complete at 14:09 UTC, it took 5 min." in over
    assert "[rolledback]" not in over
    assert "called back" in shown(d, "mark", place, mark="T=0")


def test_a_report_of_bad_health_offers_hold_and_rollback_only_while_it_is_live() -> None:
    d = live()
    d.do(c.ReportHealth(actor("kai"), ok=False, metric="error rate 4 %"))
    assert "[rollback]" in shown(d, "progress", HOME, metric="error rate 4 %", by="kai")
    d.do(c.DeclareRollback(actor("kai"), "error rate 4 %"))
    assert "[rollback]" not in shown(d, "progress", HOME, metric="error rate 4 %", by="kai")


@pytest.mark.parametrize("place", [HOME, EVERYBODY])
def test_the_share_that_was_reached_stands_in_the_post_of_the_start_until_the_next_mark(place: Place) -> None:
    d = live()
    assert "not yet reported" in shown(d, "mark", place, mark="T=0")
    assert edited(d, c.ReportStep(actor("ana"), 10)) == {"T=0"}
    assert "Deploying to canary (10 %)" in shown(d, "mark", place, mark="T=0")
    assert edited(d, c.ReportStep(actor("ana"), 100)) == set(), "the end is not told as the start"
    d = live()
    d.now = START + timedelta(minutes=15)
    assert edited(d, c.ReportStep(actor("ana"), 10)) == set(), "T+15 tells it"


def test_the_buttons_of_a_rollout_go_from_the_teams_marks_as_steps_and_the_end_are_reported() -> None:
    d = live()
    assert "Report 10 % of" in buttons_of(d, "T=0")
    assert edited(d, c.ReportStep(actor("ana"), 10), at=TEAM) == {*ROLLOUT, "PROGRESS"}
    assert "Report 10 % of" not in buttons_of(d, "T=0")
    assert "Report 50 % of" in buttons_of(d, "T=0")
    d.now = START + timedelta(minutes=20)
    assert edited(d, c.ReportStep(actor("ana"), 100), at=TEAM) == {*ROLLOUT, "PROGRESS"}
    assert " % of" not in buttons_of(d, "T=0"), "nothing is left to be reported but the end"
    assert "Next post: T+30 at 14:30 UTC" in shown(d, "mark", HOME, mark="T=0"), "T+15 is over"
    assert edited(d, c.Finish(actor("ana"))) == {"OUTCOME"}, (
        "stakeholders keep what they were told, and hear the end at T+30"
    )
    d = live()
    assert {*ROLLOUT, "PROGRESS"} <= edited(d, c.Finish(actor("ana")), at=TEAM)
    for mark in ROLLOUT:
        assert [b.id for b in drawn_of(d, "mark", HOME, mark=mark).buttons] == ["status", "full_plan"]
    ended = "The rollout began at 14:00 UTC, and was reported done at 14:04 UTC."
    assert ended in shown(d, "mark", HOME, mark="T=0")
    assert ended not in shown(d, "mark", HOME, mark="T+15"), "it is due after the end, and tells the health"


def test_a_rollback_after_the_last_mark_takes_its_green_back_and_leaves_the_head_of_the_ledger() -> None:
    d = live()
    d.now = START + timedelta(minutes=40)
    assert "T+30" in edited(d, c.DeclareRollback(actor("kai"), "error rate 4 %"))
    for place in (HOME, EVERYBODY):
        assert "was called back" in shown(d, "mark", place, mark="T+30")
        assert "Ledger head f00d" in shown(d, "mark", place, mark="T+30")


def buttons_of(d: Driver, mark: str) -> str:
    return " ".join(b.label for b in drawn_of(d, "mark", HOME, mark=mark).buttons)


def test_a_hold_during_the_rollout_and_its_end_are_seen_in_the_marks_too() -> None:
    d = live()
    assert {"T=0", "T+15"} <= edited(d, c.Hold(actor("kai"), "waiting for the database"))
    assert "Next post" not in shown(d, "mark", HOME, mark="T=0")
    assert {"T=0", "T+15"} <= edited(d, c.Resume(actor("lena")))
    assert "Next post" in shown(d, "mark", HOME, mark="T=0")


def test_what_comes_next_during_a_rollout_has_its_deadline_and_at_the_end_is_the_report_of_the_end() -> None:
    d = live()
    assert next_of(d) == "Ana: report health and share, then done, by 14:30 UTC (15:30 Europe/Berlin)."
    d.do(c.ReportStep(actor("ana"), 100))
    assert next_of(d) == "Ana: report that it is done, by 14:30 UTC (15:30 Europe/Berlin)."
    d.now = START + timedelta(minutes=31)
    assert next_of(d) == "Ana: report how it ended: done or rollback, now."


def next_of(d: Driver) -> str:
    return next_line(View(d.state, d.facts, judge(d.state, d.facts, d.now), d.now, HOME))


def test_the_end_names_who_reported_it_and_calls_nobody_where_nothing_is_left() -> None:
    d = live()
    d.do(c.Finish(actor("mia"), "Warm the cache first."))
    view = View(d.state, d.facts, judge(d.state, d.facts, d.now), d.now, HOME)
    card = render("done", view)
    assert "payments 2.4.1 reported done by Mia." in card.text
    assert card.mentions == ()
    d = live()
    d.do(c.Finish(actor("mia")))
    assert render("done", View(d.state, d.facts, judge(d.state, d.facts, d.now), d.now, HOME)).mentions == ("ana",)


def test_where_nothing_is_measured_stakeholders_read_who_saw_what_and_when_and_never_that_it_is_normal() -> None:
    d = live()
    d.now = START + timedelta(minutes=15)
    assert "health UNKNOWN — verify: ask Ana." in shown(d, "mark", EVERYBODY, mark="T+15")
    d.do(c.ReportHealth(actor("kai"), ok=True, metric="error rate"))
    d.now = START + timedelta(minutes=70)
    said = shown(d, "mark", EVERYBODY, mark="T+30")
    assert "health UNKNOWN — verify: ask Ana; not measured, Kai reported it good at 14:15 UTC." in said
    assert "normal" not in said
    d.do(c.ReportHealth(actor("kai"), ok=False, metric="error rate"))
    assert "health BAD" in shown(d, "mark", EVERYBODY, mark="T+30")
