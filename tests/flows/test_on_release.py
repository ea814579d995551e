"""Which release is meant."""

import pytest

from bot.domain.people import Actor
from bot.domain.release import Phase, Release
from bot.messages.tokens import unpack
from flows.on_release import id_first, id_within, leading_id, release_meant
from tests.flows.given import CATALOG, asked, release, typed
from tests.flows.steps import reply
from tests.world import actor

PAYMENTS = CATALOG.services["payments"]


@pytest.mark.parametrize("text", ["R-142 why", "r142 why", "#142 why", "R142: why", "for R-142 why", "r-0142 why"])
def test_the_id_leads_in_any_writing(text: str) -> None:
    assert leading_id(text) == ("R-142", "why")


@pytest.mark.parametrize("text", ["because R-142", "R-142.5", "release-142", "#142abc", "2.4.1", "R-", "r142/x"])
def test_what_is_no_leading_id(text: str) -> None:
    assert leading_id(text) == ("", text)


def test_an_id_within_the_words() -> None:
    assert id_within("go for R-142 now") == ("R-142", "go for now")
    assert id_within("bucket r2-data") == ("", "bucket r2-data")


def test_an_id_in_the_place_of_the_verb() -> None:
    assert (id_first(asked("R-1")).verb, id_first(asked("R-1")).words) == ("status", "R-1")
    assert (id_first(asked("R-1 hold now")).verb, id_first(asked("R-1 hold now")).words) == ("hold", "R-1 now")
    assert id_first(asked("hold R-1")).verb == "hold"


def meant(
    releases: tuple[Release, ...], who: Actor, *, here: bool = True, ended_too: bool = False
) -> tuple[str, list[str]]:
    found, candidates = release_meant(releases, who, PAYMENTS if here else None, ended_too=ended_too)
    return (found.id if found else "", [c.id for c in candidates])


def test_the_channels_only_open_release_is_meant_then_the_persons_own() -> None:
    mine, other = release(), release(id="R-2", owner="ben", requested_by="ben", rollback_owner=None)
    search = release(id="R-3", service="search", owner="kai", requested_by="kai")
    ended = release(Phase.CLOSED, id="R-9")
    assert meant((mine, search, ended), actor("lena")) == ("R-1", [])
    assert meant((mine, other), actor("ana")) == ("R-1", [])
    assert meant((mine, other), actor("lena")) == ("", ["R-1", "R-2"])
    assert meant((search,), actor("kai")) == ("R-3", [])
    assert meant((mine, search), actor("ana"), here=False) == ("R-1", [])
    assert meant((mine, search), actor("mia"), here=False) == ("", ["R-1", "R-3"])
    assert meant((), actor("ana")) == ("", [])


def test_ended_releases_are_meant_only_where_that_makes_sense() -> None:
    ended = release(Phase.CLOSED)
    assert meant((ended,), actor("ana")) == ("", [])
    assert meant((ended,), actor("ana"), ended_too=True) == ("R-1", [])


def test_without_a_release_the_candidates_are_buttons() -> None:
    message = reply(typed("hold", None, candidates=(release(), release(id="R-2"))))
    assert [unpack(b.token).release for b in message.buttons] == ["R-1", "R-2"]
    assert all(unpack(b.token).verb == "hold" for b in message.buttons)


def test_an_unknown_id_is_named_and_nothing_open_says_how_to_begin() -> None:
    assert "R-9" in reply(typed("hold", None, named="R-9")).text
    assert reply(typed("hold", None)).text
