"""What happens in one decision is told in one post (quiet)."""

from datetime import timedelta

from bot.domain import commands as c
from bot.domain.evolve import fold
from bot.domain.people import Place
from bot.domain.release import Phase
from bot.messages.effects import Post, Routes
from bot.messages.react import react
from tests.driver import REASON, Driver
from tests.world import START, actor

TEAM, EVERYBODY = Place("sandbox", "#payments"), Place("sandbox", "#releases")


def told(d: Driver, command: c.Command) -> list[tuple[str, str]]:
    """Occasion and audience of what is posted at once because of that command."""
    before, seen = d.state, len(d.events)
    d.do(command)
    after = fold(d.events[seen:], before)
    assert after is not None
    effects = react(before, d.events[seen:], after, d.facts, Routes((TEAM,), (EVERYBODY,), {}), d.now)
    turns = {"MOVED", "RESUMED", "HOLD"}
    return [(e.occasion, e.audience) for e in effects if isinstance(e, Post) and e.occasion in turns]


def test_a_resume_with_another_time_is_one_post_and_a_move_is_one_too() -> None:
    d = Driver().ready()
    assert told(d, c.Hold(actor("kai"), "the partner bank is away")) == [("HOLD", "team")]
    later = START + timedelta(hours=3)
    assert told(d, c.Resume(actor("lena"), later, "2026-11-24 18:00", "Europe/Berlin")) == [("RESUMED", "team")]
    assert (d.phase(), d.state.start_at) == (Phase.PLANNED, later)
    again = c.Move(actor("ana"), later + timedelta(hours=1), "2026-11-24 19:00", "Europe/Berlin", REASON)
    assert told(d, again) == [("MOVED", "team")]


def test_a_move_while_it_is_held_is_told_as_a_move() -> None:
    d = Driver().ready()
    d.do(c.Hold(actor("kai"), "the partner bank is away"))
    move = c.Move(actor("ana"), START + timedelta(hours=3), "2026-11-24 18:00", "Europe/Berlin", REASON)
    assert told(d, move) == [("MOVED", "team")]
    assert d.phase() is Phase.HELD
