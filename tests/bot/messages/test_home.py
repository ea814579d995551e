"""The page of a person: what waits for them, their releases, the week ahead, how the bot is; a stranger sees the last only."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.facts import Window
from bot.domain.release import Phase
from bot.messages.home import home
from bot.messages.model import Message
from bot.messages.view import View
from tests.golden import releases as r
from tests.golden.plain import visible

FREEZE = Window("f-1", "production", r.NOW + timedelta(days=2), r.NOW + timedelta(days=3), "year-end closing", "lena")


def page(person: str, *views: View, freezes: tuple[Window, ...] = (), problems: tuple[str, ...] = ()) -> Message:
    return home(person, views, freezes, problems, r.NOW)


def test_who_may_give_a_consent_finds_it_with_its_buttons_and_the_requester_does_not() -> None:
    waits = r.view(r.possible())
    for who in ("kai", "lena", "mia"):
        found = page(who, waits)
        assert "peer sign-off" in visible(found)
        assert {"sign_off", "decline", "full_plan"} <= {b.id for b in found.buttons}
        assert all("R-142" in b.token for b in found.buttons)
    asked = page("ana", waits)
    assert "Nothing waits for you" in visible(asked)
    assert asked.buttons == ()
    signed = r.view(r.release(consents=(r.SIGNED,)))
    assert page("kai", signed).buttons == ()
    assert {"go", "no_go"} <= {b.id for b in page("lena", signed).buttons}


def test_a_question_waits_for_who_planned_and_for_nobody_else() -> None:
    planning = r.view(r.release(phase=Phase.PLANNING, consents=(r.SIGNED,), questions=(r.question(),)))
    waiting = "a question of planning is open"
    assert (waiting in visible(page("ana", planning)), waiting in visible(page("priya", planning))) == (True, False)


def test_ones_own_releases_stand_with_their_next_action_and_the_rest_is_counted() -> None:
    views = [r.view(replace(r.cleared(), id=f"R-{n}")) for n in range(1, 15)]
    shown = visible(page("ana", *views))
    assert "R-12" in shown
    own = shown.partition("The next seven days")[0]
    assert "R-12" in own
    assert "R-13" not in own
    assert "And 2 more" in own
    assert "more: " not in visible(page("ana", *views[:12]))
    assert "R-1" not in visible(page("priya", *views)).partition("The next seven days")[0]


def test_the_week_ahead_holds_starts_and_freezes_in_their_order() -> None:
    far = r.view(r.release(id="R-9", start_at=r.NOW + timedelta(days=8)))
    soon = r.view(r.release(id="R-7", start_at=r.NOW + timedelta(days=1)))
    late = replace(
        FREEZE, id="f-2", starts_at=r.NOW + timedelta(days=8), ends_at=r.NOW + timedelta(days=9), reason="audit"
    )
    shown = visible(page("sam", far, soon, freezes=(FREEZE, late)))
    assert shown.index("R-7") < shown.index("year-end closing")
    assert "R-9" not in shown
    assert "audit" not in shown


def test_a_stranger_sees_how_the_bot_is_and_nothing_else() -> None:
    shown = visible(page("", r.view(r.possible()), freezes=(FREEZE,), problems=("outbox_late",)))
    assert "R-142" not in shown
    assert "year-end closing" not in shown
    assert "outbox_late" in shown
    assert "outbox_late" not in visible(page("kai", r.view(r.possible())))
