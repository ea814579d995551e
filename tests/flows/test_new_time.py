"""Times that could be two are offered, each with its day; no day that is named is dropped for today (T5)."""

import pytest

from flows.parse_time import TimeFound, TimeTrouble, find_time
from tests.flows.given import NOW

BERLIN = "Europe/Berlin"


def test_midnight_is_offered_with_the_two_nights_that_it_could_be() -> None:
    for text, first in (
        ("midnight", "2026-11-25"),
        ("tomorrow midnight", "2026-11-25"),
        ("Friday at midnight", "2026-11-27"),
    ):
        found = find_time(text, BERLIN, NOW)
        assert isinstance(found, TimeTrouble)
        assert (found.code, found.params["example"]) == ("midnight", f"{first} 00:00 {BERLIN}")
        assert len(found.offers) == 2
        again = find_time(found.offers[0], BERLIN, NOW)
        assert isinstance(again, TimeFound)


@pytest.mark.parametrize("text", ["Monday 2026-12-07 at 15:00", "2026-12-07, Monday 15:00", "at 15:00 on Mon, 7 Dec"])
def test_a_date_with_its_day_of_the_week_is_that_date(text: str) -> None:
    found = find_time(text, BERLIN, NOW)
    assert isinstance(found, TimeFound)
    assert found.local_time == "2026-12-07 15:00"


def test_a_date_with_another_day_of_the_week_is_asked_about() -> None:
    for text, other in (("Monday 2026-12-01 15:00", "2026-11-30"), ("Fri 2 Dec at 15:00", "2026-12-04")):
        found = find_time(text, BERLIN, NOW)
        assert isinstance(found, TimeTrouble)
        assert (found.code, found.offers[1]) == ("two_days", f"{other} 15:00 {BERLIN}")
        again = find_time(found.offers[0], BERLIN, NOW)
        assert isinstance(again, TimeFound)


@pytest.mark.parametrize("text", ["on 11/27 at 15:00", "27/11 15:00", "by 1/2 at 3pm"])
def test_a_day_between_slashes_is_never_dropped_for_today(text: str) -> None:
    found = find_time(text, BERLIN, NOW)
    assert isinstance(found, TimeTrouble)
    assert found.code == "no_day"
    assert isinstance(find_time("1/2 of the users at 15:00", BERLIN, NOW), TimeFound)
