"""decide_calendar(command, facts, now): for the calendar of freezes what decide() is for a release (G11, decision 4)."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.decide.guards import known_person, poor
from bot.decide.result import Decided, Decision, Refused
from bot.domain.command import Command
from bot.domain.commands.calendar import DeclareFreeze, EndFreeze, ImportFreezes
from bot.domain.events.calendar import FreezeDeclared, FreezeEnded
from bot.domain.facts import Facts, Window
from bot.policy.calendar import may_freeze
from bot.policy.people import entitled, is_human

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
    if isinstance(command, ImportFreezes):
        return _import(command, facts, now, fresh)
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
    bad = _not_theirs(window, by, facts)
    if bad is not None:
        return bad
    if window.ends_at <= now:
        return Refused("freeze_over", {"freeze": window.id})
    bad = poor(command.reason, facts)
    if bad is not None:
        return bad
    ended = FreezeEnded(at=now, by=by, freeze=window.id, reason=command.reason)
    return Decided((ended,), "unfrozen", {"freeze": window.id})


def _import(command: ImportFreezes, facts: Facts, now: datetime, fresh: str) -> Decision:
    """All of a file or nothing. What was imported before under the same uid gives way; `fresh` is the first of the new ids.

    A file ends nobody else's freeze: who may not end it may neither cancel nor change it by its uid (G11).
    """
    by = command.actor.person
    number = int(fresh.removeprefix("F-") or 0)
    by_uid = {w.uid: w for w in facts.calendar if w.uid}
    gone = [w for w in by_uid.values() if any(_of(w.uid or "", uid) for uid in command.cancelled)]
    for w in gone:
        foreign = _not_theirs(w, by, facts)
        if foreign is not None:
            return foreign
    events: list[FreezeDeclared | FreezeEnded] = [
        FreezeEnded(at=now, by=by, freeze=w.id, reason="cancelled in the calendar file") for w in gone
    ]
    for one in command.freezes:
        bad = _scope(one.scope, facts) or _entitled(one.scope, by, facts) or _span(one, now)
        if bad is not None:
            return Refused(bad.code, bad.params)
        held = by_uid.get(one.uid or "")
        window = Window(f"F-{number}", one.scope, one.starts_at, one.ends_at, one.reason, by, by=by, uid=one.uid)
        if held is not None and replace(held, id=window.id, owner=by, by=by) == window:
            continue
        foreign = _not_theirs(held, by, facts) if held is not None else None
        if foreign is not None:
            return foreign
        if held is not None:
            events.append(FreezeEnded(at=now, by=by, freeze=held.id, reason="changed in the calendar file"))
        events.append(FreezeDeclared(at=now, by=by, freeze=window))
        number += 1
    if not events:
        return Refused("calendar_same")
    new = sum(isinstance(e, FreezeDeclared) for e in events)
    return Decided(tuple(events), "calendar_imported", {"new": str(new), "gone": str(len(events) - new)})


def _of(uid: str, cancelled: str) -> bool:
    return uid == cancelled or uid.startswith(f"{cancelled}/")


def _not_theirs(window: Window, by: str, facts: Facts) -> Refused | None:
    able = _may_end(window, facts)
    if entitled(by, able):
        return None
    return Refused("not_freeze_owner", {"who": ", ".join(facts.roster.name(p) for p in able[:4])})


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
    if entitled(by, able):
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
