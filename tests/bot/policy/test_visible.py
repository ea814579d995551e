"""Who may see a release: its people, its channels, and in doubt nobody."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.people import Place
from bot.domain.service import Audience
from bot.policy.visible import Standpoint, may_look, may_see, may_see_service, rooms_of
from tests import world
from tests.flows.given import freeze, release

TEAM, TEAMS = Place("slack", "C1"), Place("teams", "19:x")
SERVICE = replace(world.service(), channels={Audience.TEAM: (TEAM, TEAMS)})
OF = release()
FREEZE = replace(freeze("sam"), starts_at=world.NOW, ends_at=world.START.replace(day=30))


def closed(person: str | None, *inside: Place, place: Place | None = None) -> Standpoint:
    return Standpoint(person, place, frozenset({TEAM, TEAMS}), frozenset(inside))


def test_a_release_of_open_channels_is_seen_by_everybody_of_the_roster() -> None:
    assert may_see(OF, SERVICE, Standpoint("sam"))
    assert may_see(OF, SERVICE, Standpoint(None)), "the public of the sandbox too"


def test_who_is_not_in_the_roster_sees_nothing_even_of_open_channels() -> None:
    assert not may_see(OF, SERVICE, Standpoint("", TEAM))
    assert not may_see_service(SERVICE, Standpoint(""))


def test_a_release_of_private_channels_is_seen_by_who_is_in_one_of_them() -> None:
    assert not may_see(OF, SERVICE, closed("sam"))
    assert not may_see(OF, SERVICE, closed(None))
    assert may_see(OF, SERVICE, closed("sam", TEAMS))
    assert may_see(OF, SERVICE, closed("sam", place=TEAM)), "who speaks in it is in it"


def test_who_asks_where_its_card_stands_sees_it_though_that_is_no_channel_of_the_team() -> None:
    assert OF.home not in (TEAM, TEAMS)
    assert may_see(OF, SERVICE, closed("sam", place=OF.home))
    assert not may_see(OF, SERVICE, closed("sam", place=Place("slack", "C9")))


def test_one_open_channel_opens_the_release_unless_the_operator_calls_it_private() -> None:
    at = Standpoint("sam", None, frozenset({TEAM}))
    assert may_see(OF, SERVICE, at)
    assert not may_see(OF, replace(SERVICE, private=True), at)
    assert may_see(OF, replace(SERVICE, private=True), replace(at, inside=frozenset({TEAM})))


def test_who_has_a_part_in_it_sees_it_wherever_they_ask() -> None:
    assert all(may_see(OF, SERVICE, closed(person)) for person in ("ana", "kai", "quinn", "priya"))
    asked = replace(OF, asked_of=(("rollback", "sam"),))
    assert may_see(asked, SERVICE, closed("sam"))
    signed = replace(
        OF, consents=(Consent("c1", ConsentKind.EXCEPTION, "freeze", ConsentState.REQUESTED, owner="sam"),)
    )
    assert may_see(signed, SERVICE, closed("sam"))


def test_who_is_asked_for_a_consent_sees_what_it_is_about() -> None:
    freeze = Consent("c1", ConsentKind.EXCEPTION, "freeze", ConsentState.REQUESTED, covers="F-1", requested_by="ana")
    waits = replace(OF, consents=(freeze,))
    facts = replace(world.facts(), service=SERVICE, calendar=(FREEZE,))
    assert may_look(waits, facts, world.NOW, closed("sam"))
    assert not may_look(waits, facts, world.NOW, closed("visitor"))


def test_without_channels_it_belongs_to_where_it_was_asked_for() -> None:
    bare = replace(SERVICE, channels={})
    assert rooms_of(OF, bare) == rooms_of(OF, None) == (OF.home,)
    assert not may_see(OF, bare, Standpoint("sam", None, frozenset({OF.home})))
    assert may_see(OF, bare, Standpoint("sam", OF.home, frozenset({OF.home})))
    assert may_see_service(bare, Standpoint("sam"))
    assert not may_see_service(replace(bare, private=True), Standpoint("sam"))


@given(st.sets(st.sampled_from([TEAM, TEAMS])), st.sets(st.sampled_from([TEAM, TEAMS])), st.booleans())
def test_nobody_outside_sees_more_by_a_channel_that_turns_private(
    shut: set[Place],
    more: set[Place],
    private: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    service = replace(SERVICE, private=private)
    before = Standpoint("sam", None, frozenset(shut))
    after = replace(before, closed=frozenset(shut | more))
    assert may_see(OF, service, before) or not may_see(OF, service, after)
