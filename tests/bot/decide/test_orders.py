"""Standing orders are decided from facts: who may be stood in for and by whom, and which place may hear what."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.decide.orders import LONGEST, decide_order
from bot.decide.result import Decided, Decision, Refused
from bot.domain.command import Command
from bot.domain.commands import Hold
from bot.domain.commands.orders import Delegate, EndDelegation, Subscribe, Unsubscribe
from bot.domain.events.orders import fold_orders
from bot.domain.facts import Facts
from bot.domain.orders import Delegation, Subscription
from bot.domain.people import ActorKind, Place
from bot.policy.visible import Standpoint
from tests.driver import Driver
from tests.world import NOW, actor, facts, service

FRIDAY = NOW + timedelta(days=3)
RELEASES, TEAM = Place("sandbox", "#general"), Place("sandbox", "#payments")


def known(**changes: Any) -> Facts:  # noqa: ANN401 - any field of Facts
    return replace(facts(), service=None, **changes)


def decided(command: Command, of: Facts | None = None, at: Standpoint | None = None) -> Decision:
    return decide_order(command, of or known(), NOW, "D-1", at or Standpoint(command.actor.person))


def code(command: Command, of: Facts | None = None, at: Standpoint | None = None) -> str:
    answer = decided(command, of, at)
    return answer.code


def test_who_holds_a_role_lets_somebody_of_the_team_sign_and_takes_it_back() -> None:
    answer = decided(Delegate(actor("kai"), "ben", FRIDAY))
    assert isinstance(answer, Decided)
    given = fold_orders(answer.events)
    assert given.delegations == (Delegation("D-1", "kai", "ben", FRIDAY),)
    held = known(delegations=given.delegations)
    for who in ("kai", "ben"):
        ended = decided(EndDelegation(actor(who)), held)
        assert isinstance(ended, Decided)
        assert fold_orders((*answer.events, *ended.events)).delegations == ()
        assert fold_orders((*Driver().plan().events, *answer.events)) == given, "what is no order changes none"
    assert code(EndDelegation(actor("mia")), held) == "no_delegation"


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (Delegate(actor("sam"), "ben", FRIDAY), "nothing_to_delegate"),
        (Delegate(actor("kai"), "nobody", FRIDAY), "person_unknown"),
        (Delegate(actor("kai"), "release-bot", FRIDAY), "person_unknown"),
        (Delegate(actor("kai"), "kai", FRIDAY), "delegate_self"),
        (Delegate(actor("ana"), "ana-admin", FRIDAY), "delegate_self"),
        (Delegate(actor("kai"), "sam", FRIDAY), "delegate_outside"),
        (Delegate(actor("kai"), "ben", NOW), "delegation_past"),
        (Delegate(actor("kai"), "ben", NOW + LONGEST + timedelta(days=1)), "delegation_long"),
        (Delegate(actor("zed"), "ben", FRIDAY), "not_in_roster"),
        (Delegate(replace(actor("kai"), kind=ActorKind.BOT), "ben", FRIDAY), "bot_cannot_approve"),
        (Delegate(replace(actor("kai"), kind=ActorKind.UNSURE), "ben", FRIDAY), "account_unsure"),
    ],
)
def test_a_delegation_is_refused_until_it_is_one_to_a_team_mate(command: Command, refusal: str) -> None:
    assert code(command) == refusal
    assert isinstance(decided(Delegate(actor("kai"), "ben", FRIDAY)), Decided)


def test_a_new_delegation_takes_the_place_of_the_one_before() -> None:
    first = Delegation("D-0", "kai", "lena", FRIDAY)
    answer = decided(Delegate(actor("kai"), "ben", FRIDAY), known(delegations=(first,)))
    assert isinstance(answer, Decided)
    assert [type(e).__name__ for e in answer.events] == ["DelegationEnded", "DelegationGiven"]


def test_a_place_hears_of_a_service_once_and_no_more_after_it_ends() -> None:
    wanted = Subscribe(actor("sam"), RELEASES, "payments")
    answer = decided(wanted)
    assert isinstance(answer, Decided)
    (one,) = fold_orders(answer.events).subscriptions
    assert one == Subscription("D-1", RELEASES, "payments", "sam")
    assert code(wanted, known(subscriptions=(one,))) == "subscribed_already"
    assert code(Subscribe(actor("ana"), TEAM, "payments")) == "subscribed_already"
    gone = decided(Unsubscribe(actor("ana"), RELEASES, "payments"), known(subscriptions=(one,)))
    assert isinstance(gone, Decided)
    assert fold_orders((*answer.events, *gone.events)).subscriptions == ()
    assert code(Unsubscribe(actor("ana"), RELEASES, "payments")) == "not_subscribed"


def test_a_channel_of_the_catalogue_hears_by_it_alone_and_ends_there_alone() -> None:
    given = Place("sandbox", "#releases")
    for place in (given, TEAM):
        assert code(Subscribe(actor("sam"), place, "payments")) == "subscribed_already"
        assert code(Unsubscribe(actor("sam"), place, "payments")) == "subscribed_by_catalogue"
    # Of a time before the catalogue named it: that can be ended.
    before = Subscription("S-1", given, "payments", "sam")
    assert isinstance(decided(Unsubscribe(actor("sam"), given, "payments"), known(subscriptions=(before,))), Decided)


def test_a_private_service_tells_nobody_but_its_own_places_and_people() -> None:
    closed = known(services={"payments": replace(service(), private=True)})
    at = Standpoint("sam", RELEASES, frozenset({TEAM}))
    assert code(Subscribe(actor("sam"), RELEASES, "payments"), closed, at) == "service_unknown"
    kai = replace(at, person="kai")
    assert code(Subscribe(actor("kai"), RELEASES, "payments"), closed, kai) == "subscribe_private"
    alone = decided(Subscribe(actor("kai"), Place("sandbox", "@kai"), "payments"), closed, kai)
    assert isinstance(alone, Decided)
    assert fold_orders(alone.events).subscriptions[0].direct


def test_a_digest_has_a_time_of_day_and_a_later_one_takes_its_place() -> None:
    assert code(Subscribe(actor("sam"), RELEASES, "", "25:00")) == "digest_clock"
    answer = decided(Subscribe(actor("sam"), RELEASES, "", "08:30", "Europe/Berlin"))
    assert isinstance(answer, Decided)
    (one,) = fold_orders(answer.events).subscriptions
    later = decided(Subscribe(actor("sam"), RELEASES, "", "09:00"), known(subscriptions=(replace(one, id="S-0"),)))
    assert isinstance(later, Decided)
    assert [type(e).__name__ for e in later.events] == ["Unsubscribed", "Subscribed"]


def test_what_is_no_order_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        decided(Hold(actor("lena"), ""))
    assert isinstance(decided(EndDelegation(actor("lena"))), Refused)
