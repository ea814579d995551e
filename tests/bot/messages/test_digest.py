"""The daily digest: releases of the day, what waits for whom, freezes; long lists say how many more there are."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.facts import Window
from bot.domain.orders import Delegation, Subscription
from bot.domain.release import Phase
from bot.messages.digest import delegated, digest
from bot.messages.model import Message
from bot.messages.schedule import ahead
from tests.golden import releases as r
from tests.golden.plain import visible
from tests.world import NOW, facts

DAILY = Subscription("S-1", r.STAKEHOLDERS, "", "sam", "08:30")
FREEZE = Window("F-1", "*", NOW - timedelta(hours=1), NOW + timedelta(hours=5), "quarter end")


def told(*args: object, now_later: int = 0, freezes: tuple[Window, ...] = ()) -> Message:
    views = [r.view(of) for of in args]  # type: ignore[arg-type]  # each is a release
    found = digest(DAILY, views, freezes, NOW + timedelta(minutes=now_later), NOW)
    assert found is not None
    return found


def test_it_names_the_release_the_consent_that_waits_and_the_freeze() -> None:
    shown = visible(told(r.possible(), freezes=(FREEZE,)))
    assert "payments 2.4.1" in shown
    assert "sign-off" in shown
    assert "quarter end" in shown
    one_service = visible(told(r.possible(), freezes=(replace(FREEZE, scope="payments"),)))
    assert "quarter end" in one_service
    assert one_service != shown


def test_thirteen_releases_are_twelve_and_how_many_more() -> None:
    many = [replace(r.cleared(), id=f"R-{n}") for n in range(200, 213)]
    shown = visible(told(*many))
    assert "13 releases" in shown
    assert "R-211" in shown
    assert "R-212" not in shown
    assert "1 more" in shown


def test_what_is_over_or_starts_on_another_day_is_not_of_the_day() -> None:
    over = replace(r.cleared(), id="R-7", phase=Phase.CLOSED)
    other = replace(r.cleared(), id="R-8", start_at=r.START + timedelta(days=3))
    timeless = replace(r.cleared(), id="R-9", start_at=None)
    shown = visible(told(r.cleared(), over, other, timeless))
    assert "one release" in shown.casefold() or "1 release" in shown
    assert "R-7 " not in shown
    empty = digest(DAILY, [r.view(over)], (), NOW, NOW)
    assert empty is None


def test_a_late_one_says_so_and_one_on_time_does_not() -> None:
    assert "late" in visible(told(r.cleared(), now_later=20))
    assert "late" not in visible(told(r.cleared(), now_later=1))


def test_a_delegate_is_told_for_whom_and_until_when_and_is_mentioned() -> None:
    found = delegated(Delegation("D-1", "kai", "ben", NOW + timedelta(days=3)), facts().roster, NOW)
    assert found.mentions == ("ben",)
    assert "Kai lets you give the sign-offs" in found.text


def test_a_release_that_is_held_or_has_no_time_has_no_marks_ahead_and_one_with_a_time_has() -> None:
    held = replace(r.cleared(), phase=Phase.HELD)
    for of in (held, replace(r.cleared(), start_at=None)):
        assert list(ahead(of, r.STAKEHOLDERS, facts(), NOW)) == []
    assert [p.occasion for p in ahead(r.cleared(), r.STAKEHOLDERS, facts(), NOW)] == ["T=0", "T+15", "T+30"]
