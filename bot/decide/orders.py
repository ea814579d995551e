"""decide_order(command, facts, …): for standing orders what decide() is for a release (decision 4)."""

import re
from datetime import datetime, timedelta

from bot.decide.guards import known_person
from bot.decide.result import Decided, Decision, Refused
from bot.domain.command import Command
from bot.domain.commands.orders import Delegate, EndDelegation, Subscribe, Unsubscribe
from bot.domain.event import Event
from bot.domain.events.orders import DelegationEnded, DelegationGiven, Subscribed, Unsubscribed
from bot.domain.facts import Facts
from bot.domain.orders import Delegation, Subscription
from bot.domain.people import ActorKind, Place
from bot.domain.service import Service
from bot.policy.people import delegable, is_human, team
from bot.policy.visible import Standpoint, may_hear, may_see_service

LONGEST = timedelta(days=92)
"""Who is away for longer gives the role up in the catalogue."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def decide_order(command: Command, facts: Facts, now: datetime, fresh: str, at: Standpoint) -> Decision:
    """Events, or a refusal. `fresh`: the id that a new order gets; `at`: what the actor may see (bot.policy.visible)."""
    refused = known_person(None, command, facts, now)
    if refused is not None:
        return refused
    if isinstance(command, Delegate | EndDelegation) and command.actor.kind is not ActorKind.HUMAN:
        return Refused("account_unsure" if command.actor.kind is ActorKind.UNSURE else "bot_cannot_approve")
    if isinstance(command, Delegate):
        return _delegate(command, facts, now, fresh)
    if isinstance(command, EndDelegation):
        return _end(command, facts, now)
    if isinstance(command, Subscribe):
        return _subscribe(command, facts, now, fresh, at)
    if isinstance(command, Unsubscribe):
        return _unsubscribe(command, facts, now)
    msg = f"{type(command).__name__} is no command about standing orders"
    raise TypeError(msg)


def _delegate(command: Delegate, facts: Facts, now: datetime, fresh: str) -> Decision:
    of, to = command.actor.person, command.to
    held = [s for s in facts.services.values() if delegable(s, of)]
    if not held:
        return Refused("nothing_to_delegate")
    if not is_human(facts.roster, to):
        return Refused("person_unknown", {"person": to})
    if facts.roster.same(of, to):
        return Refused("delegate_self")
    if not any(to in team(s) for s in held):
        names = ", ".join(dict.fromkeys(facts.roster.name(p) for s in held for p in team(s) if p != of))
        return Refused("delegate_outside", {"person": facts.roster.name(to), "who": names})
    if command.until <= now:
        return Refused("delegation_past")
    if command.until - now > LONGEST:
        return Refused("delegation_long", {"days": str(LONGEST.days)})
    before = [d for d in facts.delegations if d.of == of]
    events: list[Event] = [DelegationEnded(at=now, by=of, delegation=d.id) for d in before]
    events.append(DelegationGiven(at=now, by=of, delegation=Delegation(fresh, of, to, command.until)))
    values = {"person": facts.roster.name(to), "until_at": command.until.isoformat()}
    return Decided(tuple(events), "delegated", values)


def _end(command: EndDelegation, facts: Facts, now: datetime) -> Decision:
    by = command.actor.person
    own = [d for d in facts.delegations if by in {d.of, d.to} and d.in_force(now)]
    if not own:
        return Refused("no_delegation")
    events = tuple(DelegationEnded(at=now, by=by, delegation=d.id) for d in own)
    names = ", ".join(facts.roster.name(d.to if d.of == by else d.of) for d in own)
    return Decided(events, "delegation_ended", {"person": names})


def _subscribe(command: Subscribe, facts: Facts, now: datetime, fresh: str, at: Standpoint) -> Decision:
    service = facts.services.get(command.service)
    if command.service and (service is None or not may_see_service(service, at)):
        return Refused("service_unknown", {"service": command.service})
    if service is not None and not alone(command, facts) and not may_hear(service, command.place, at):
        return Refused("subscribe_private", {"service": service.name})
    if not command.service and not _CLOCK.fullmatch(command.clock):
        return Refused("digest_clock", {"clock": command.clock})
    there = [s for s in facts.subscriptions if (s.place, s.service) == (command.place, command.service)]
    if service is not None and (there or _by_catalogue(service, command.place)):
        return Refused("subscribed_already", {"service": service.name})
    wanted = Subscription(
        fresh,
        command.place,
        command.service,
        command.actor.person,
        command.clock,
        command.time_zone,
        empty=command.empty,
        direct=alone(command, facts),
    )
    events: list[Event] = [Unsubscribed(at=now, by=command.actor.person, subscription=s.id) for s in there]
    events.append(Subscribed(at=now, by=command.actor.person, subscription=wanted))
    if service is not None:
        return Decided(tuple(events), "subscribed", {"service": service.name})
    return Decided(tuple(events), "subscribed_digest", {"clock": command.clock, "zone": command.time_zone})


def _by_catalogue(service: Service, place: Place) -> bool:
    """True where it is told there anyway: an end of a subscription would take the catalogue's own posts with it."""
    return any(place in places for places in service.channels.values())


def alone(command: Subscribe, facts: Facts) -> bool:
    """True for the conversation of the actor alone with the bot."""
    person = facts.roster.person(command.actor.person)
    direct = person.direct.get(command.place.platform) if person is not None else None
    return command.place.id in {command.actor.account, direct}


def _unsubscribe(command: Unsubscribe, facts: Facts, now: datetime) -> Decision:
    there = [s for s in facts.subscriptions if (s.place, s.service) == (command.place, command.service)]
    service = facts.services.get(command.service)
    if not there and service is not None and _by_catalogue(service, command.place):
        return Refused("subscribed_by_catalogue", {"service": service.name})
    if not there:
        return Refused("not_subscribed")
    events = tuple(Unsubscribed(at=now, by=command.actor.person, subscription=s.id) for s in there)
    return Decided(events, "unsubscribed")
