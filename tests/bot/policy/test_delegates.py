"""A delegate signs in somebody's place: sign-offs alone, never on a release that one of the two has a hand in (G7, G26)."""

from dataclasses import replace
from datetime import timedelta

from bot.decide.consents import approve
from bot.decide.result import Decided
from bot.domain.commands import Approve
from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.orders import Delegation
from bot.domain.people import Role
from bot.domain.release import Release
from bot.policy.consents import Wanted
from bot.policy.people import (
    counting,
    decision_makers,
    delegates,
    delegations_of,
    open_places,
    qa_people,
    risk_takers,
    signers,
)
from tests import world
from tests.flows.given import release

UNTIL = world.NOW + timedelta(days=3)
KAI = Delegation("D-1", "kai", "lena", UNTIL)
QUINN = Delegation("D-2", "quinn", "kai", UNTIL)
FACTS = replace(world.facts(), delegations=(KAI, QUINN))
OF = release()


def test_a_delegate_follows_whom_they_stand_in_for_until_the_time_is_over() -> None:
    assert signers(OF, FACTS, Role.ON_CALL, world.NOW) == ("kai", "lena", "ben")
    assert signers(OF, FACTS, Role.ON_CALL, UNTIL) == ("kai", "ben")
    assert "lena" in open_places(OF, FACTS, world.NOW, {Role.ON_CALL: None})[Role.ON_CALL]
    assert qa_people(OF, FACTS, world.NOW) == ("quinn", "kai")


def test_the_go_and_risks_stay_with_the_roles_and_their_deputies() -> None:
    lena = replace(FACTS, delegations=(Delegation("D-3", "lena", "kai", UNTIL), Delegation("D-4", "mia", "kai", UNTIL)))
    assert decision_makers(OF, lena) == ("lena", "mia")
    assert risk_takers(OF, lena) == ("lena", "mia")
    assert "kai" in signers(OF, lena, Role.ENGINEERING_LEAD, world.NOW)


def test_nobody_delegates_the_approval_of_their_own_release_nor_signs_it_for_another() -> None:
    mine: Release = replace(OF, requested_by="kai", owner="kai")
    assert signers(mine, FACTS, Role.ON_CALL, world.NOW) == ("ben",)
    hers = replace(OF, authors=("lena",))
    assert signers(hers, FACTS, Role.ON_CALL, world.NOW) == ("kai", "ben")
    outside = replace(FACTS, delegations=(Delegation("D-5", "kai", "sam", UNTIL),))
    assert delegates(OF, outside, Role.ON_CALL, world.NOW) == ()
    assert delegates(OF, replace(FACTS, service=None), Role.ON_CALL, world.NOW) == ()
    assert delegates(OF, FACTS, Role.PEER, world.NOW) == ()


def test_what_a_delegate_signed_says_for_whom_and_counts_no_more_once_that_person_wrote_the_change() -> None:
    wanted = Wanted(ConsentKind.SIGN_OFF, "on_call", ("kai", "lena"), Role.ON_CALL, standing_in={"lena": "kai"})
    signed = approve(OF, Approve(world.actor("lena"), reason="the drill was read"), FACTS, world.NOW, wanted)
    assert isinstance(signed, Decided)
    given: Consent = signed.events[0].consent  # type: ignore[attr-defined]  # approve gives ConsentGiven alone
    assert (given.by, given.on_behalf, given.role) == ("lena", "kai", Role.ON_CALL)
    assert given.state is ConsentState.VALID
    held = replace(OF, consents=(given,))
    assert counting(held, FACTS, world.NOW, ConsentKind.SIGN_OFF) == (given,)
    assert counting(replace(held, authors=("kai",)), FACTS, world.NOW, ConsentKind.SIGN_OFF) == ()
    own = approve(OF, Approve(world.actor("kai"), reason="the drill was read"), FACTS, world.NOW, wanted)
    assert isinstance(own, Decided)
    assert own.events[0].consent.on_behalf is None  # type: ignore[attr-defined]  # as above


def test_the_card_of_a_service_shows_those_that_count_there() -> None:
    every = (*FACTS.delegations, Delegation("D-6", "kai", "sam", UNTIL), Delegation("D-7", "kai", "ben", world.NOW))
    assert delegations_of(world.service(), every, world.NOW) == FACTS.delegations
