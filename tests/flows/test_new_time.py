"""Times that could be two are offered, each with its day; no day that is named is dropped for today (T5)."""

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
