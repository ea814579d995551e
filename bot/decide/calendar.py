"""decide_calendar(command, facts, now): for the calendar of freezes what decide() is for a release (G11, decision 4)."""

from datetime import datetime, timedelta

from bot.decide.guards import known_person, poor
from bot.decide.result import Decided, Decision, Refused
from bot.domain.command import Command
from bot.domain.commands.calendar import DeclareFreeze, EndFreeze
from bot.domain.events.calendar import FreezeDeclared, FreezeEnded
from bot.domain.facts import Facts, Window
from bot.policy.calendar import may_freeze
from bot.policy.people import is_human, is_one_of

LONGEST = timedelta(days=366)
"""A freeze that is longer is a mistake of typing."""

ENVIRONMENTS = frozenset(
    {"production", "staging", "preproduction", "development", "uat", "qa", "sandbox", "integration"}
)
"""Environments that may be frozen beside those of the catalogue."""


def decide_calendar(command: Command, facts: Facts, now: datetime, fresh: str) -> Decision:
    """Events of the calendar, or a refusal. `fresh`: the id that a new freeze gets. Pure; `facts.service` is not looked at."""
    refused = known_person(None, command, facts, now)
    if refused is not None:
        return refused
    if isinstance(command, DeclareFreeze):
        return _declare(command, facts, now, fresh)
    if isinstance(command, EndFreeze):
        return _end(command, facts, now)
    msg = f"{type(command).__name__} is no command of the calendar"
    raise TypeError(msg)


def _declare(command: DeclareFreeze, facts: Facts, now: datetime, fresh: str) -> Decision:
    by = command.actor.person
    bad = _scope(command.scope, facts) or _entitled(command.scope, by, facts) or _span(command, now)
    if bad is not None:
        return bad
    owner = command.owner or by
    if not is_human(facts.roster, owner):
        return Refused("person_unknown", {"person": owner})
    same = (command.scope, command.starts_at, command.ends_at)
    there = next((w for w in facts.calendar if (w.scope, w.starts_at, w.ends_at) == same), None)
    if there is not None:
        return Refused("freeze_same", {"freeze": there.id})
    bad = poor(command.reason, facts)
    if bad is not None:
        return bad
    window = Window(
        fresh, command.scope, command.starts_at, command.ends_at, command.reason, owner, by=by, uid=command.uid
    )
    return Decided((FreezeDeclared(at=now, by=by, freeze=window),), "frozen", {"freeze": fresh})


def _end(command: EndFreeze, facts: Facts, now: datetime) -> Decision:
    by = command.actor.person
    window = next((w for w in facts.calendar if w.id.casefold() == command.freeze.casefold()), None)
    if window is None:
        written = {w.id for w in facts.policy.freezes} | {r.id for r in facts.policy.recurring}
        of_policy = command.freeze.partition("@")[0] in written
        return Refused("freeze_of_policy" if of_policy else "freeze_unknown", {"freeze": command.freeze})
    able = _may_end(window, facts)
    if not is_one_of(facts.roster, by, able):
        return Refused("not_freeze_owner", {"who": ", ".join(facts.roster.name(p) for p in able[:4])})
    if window.ends_at <= now:
        return Refused("freeze_over", {"freeze": window.id})
    bad = poor(command.reason, facts)
    if bad is not None:
        return bad
    ended = FreezeEnded(at=now, by=by, freeze=window.id, reason=command.reason)
    return Decided((ended,), "unfrozen", {"freeze": window.id})


def _may_end(window: Window, facts: Facts) -> tuple[str, ...]:
    """Its owner and who gave it; where neither is in the roster any more, whoever might give it today."""
    named = tuple(dict.fromkeys(p for p in (window.owner, window.by) if p and is_human(facts.roster, p)))
    return named or may_freeze(window.scope, facts)


def _scope(scope: str, facts: Facts) -> Refused | None:
    environments = ENVIRONMENTS | {s.environment for s in facts.services.values()}
    if scope == "*" or scope in facts.services or scope in environments:
        return None
    return Refused("scope_unknown", {"scope": scope})


def _entitled(scope: str, by: str, facts: Facts) -> Refused | None:
    able = may_freeze(scope, facts)
    if is_one_of(facts.roster, by, able):
        return None
    return Refused("not_freezer", {"who": ", ".join(facts.roster.name(p) for p in able[:4]) or "UNKNOWN"})


def _span(command: DeclareFreeze, now: datetime) -> Refused | None:
    if command.ends_at <= command.starts_at:
        return Refused("freeze_backwards")
    if command.ends_at <= now:
        return Refused("freeze_past")
    if command.ends_at - command.starts_at > LONGEST:
        return Refused("freeze_long", {"days": str(LONGEST.days)})
    return None
