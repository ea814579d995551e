"""When it is over the owner is offered the closing form, once; it is no question of planning (P7, Q1)."""

from dataclasses import replace

import pytest

from bot.domain import commands as c
from bot.domain.events import Event
from bot.domain.people import Place
from bot.messages.cards.index import render
from bot.messages.effects import Effect, Post, ReviseOccasion
from bot.messages.react import react
from bot.messages.routes import routes
from bot.messages.tokens import unpack
from bot.messages.view import View
from bot.policy import judge
from tests.driver import Driver
from tests.golden.plain import visible
from tests.world import HOME, actor


def ended(driver: Driver, *commands: c.Command) -> list[Effect]:
    """All effects of these commands."""
    effects: list[Effect] = []
    for command in commands:
        before, seen = driver.release, len(driver.events)
        driver.do(command)
        new: list[Event] = driver.events[seen:]
        effects += react(before, new, driver.state, driver.facts, routes(driver.state, driver.facts), driver.now)
    return effects


def offers(effects: list[Effect]) -> list[Post]:
    return [x for x in effects if isinstance(x, Post) and x.card == "closing"]


def view_of(driver: Driver) -> View:
    r = driver.state
    return View(r, driver.facts, judge(r, driver.facts, driver.now), driver.now, HOME, params={"person": r.owner})


@pytest.mark.parametrize("back", [False, True])
def test_the_owner_is_offered_the_closing_form_and_the_budget_is_not_touched(*, back: bool) -> None:
    driver = Driver().live()
    asked = len(driver.state.questions)
    ana, kai = actor("ana"), actor("kai")
    end = (c.DeclareRollback(kai, "errors"), c.FinishRollback(kai)) if back else (c.Finish(ana),)
    offered = offers(ended(driver, *end))
    assert [(o.place, o.audience) for o in offered] == [(Place("sandbox", "@ana"), "direct")]
    assert len(driver.state.questions) == asked
    card = render("closing", view_of(driver))
    assert [unpack(b.token).verb for b in card.buttons] == ["lesson"]
    assert "was it safe? what worked? what to improve? the lesson in one line" in visible(card)


def test_with_the_lesson_on_record_the_offer_loses_its_button_and_shows_it() -> None:
    driver = Driver().live()
    ended(driver, c.Finish(actor("ana")))
    assert "add the lesson" in visible(render("living", view_of(driver)))
    effects = ended(driver, c.RecordLesson(actor("ana"), "Warm the cache first."))
    assert "nothing is left" in visible(render("living", view_of(driver)))
    assert [x.occasion for x in effects if isinstance(x, ReviseOccasion)] == ["CLOSING"]
    card = render("closing", view_of(driver))
    assert card.buttons == ()
    assert "Warm the cache first." in visible(card)


def test_who_wrote_the_lesson_with_done_is_not_asked_for_it_again() -> None:
    driver = Driver().live()
    assert offers(ended(driver, c.Finish(actor("ana"), "Warm the cache first."))) == []
    assert driver.state.lessons == ("Warm the cache first.",)


def test_an_owner_who_cannot_be_reached_alone_reads_it_in_the_thread() -> None:
    driver = Driver().live()
    people = {**driver.facts.roster.people, "ana": replace(driver.facts.roster.people["ana"], direct={})}
    driver.facts = replace(driver.facts, roster=replace(driver.facts.roster, people=people))
    offered = offers(ended(driver, c.Finish(actor("ana"))))
    assert [(o.place, o.parent is not None) for o in offered] == [(HOME, True)]
