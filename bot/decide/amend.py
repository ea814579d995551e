"""Amend: a field of the plan changes."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from bot.decide.planning import PLAN_ROLES, ask_sources, no_owner
from bot.decide.result import Decided, Decision, Refused
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.builds import named_build
from bot.domain.evolve import fold
from bot.domain.facts import Facts
from bot.domain.release import Phase, Release

AMENDABLE = ("version", "environment", "owner", "rollback_owner", "strategy", "steps", "summary", "data_change")
STRATEGIES = ("canary", "blue-green", "feature flag", "staged", "rolling", "all-at-once")
DATA_CHANGES = ("none", "expand", "locking", "contract", "irreversible")
_KNOWN = {"strategy": STRATEGIES, "data_change": DATA_CHANGES}
_PERSONS = frozenset({"owner", "rollback_owner"})
WHOLE = 100


def amend(release: Release, command: c.Amend, facts: Facts, now: datetime) -> Decision:
    """Changes a field of the plan. A change of the plan hash voids consents, visibly (G8): settle() does that."""
    if release.started or release.phase is Phase.ROLLING_BACK:
        return Refused("amend_after_start")
    value = command.value.strip()
    if not value or command.field not in AMENDABLE:
        return Refused("amend_field", {"fields": ", ".join(AMENDABLE)})
    blank = e.DetailsGiven(at=now, by=command.actor.person)
    given = _given(command.field, value, blank, facts)
    if isinstance(given, Refused):
        return given
    # Who touched it last changes with any word, and is no value of the plan.
    if given == blank or replace(fold((given,), release), touched=release.touched) == release:
        return Refused("amend_same", {"field": command.field})
    build = ", ".join(part for part in (given.version, given.digest) if part)
    shown = facts.roster.name(value) if command.field in _PERSONS else build or value
    return Decided(
        (given, *_asked_anew(release, given, facts, now)),
        "amended",
        {"field": command.field.replace("_", " "), "value": shown},
    )


def _given(name: str, value: str, blank: e.DetailsGiven, facts: Facts) -> e.DetailsGiven | Refused:
    """The field with its new value, or why it cannot have that one."""
    said: dict[str, Any] = {name: value}
    known = _KNOWN.get(name)
    if name in _PERSONS:
        stranger = no_owner(value, facts)
        if stranger is not None:
            return stranger
    elif name == "version":
        version, said["digest"] = named_build(value)
        said["version"] = version or value
    elif name == "steps":
        said["steps"] = _steps(value)
        if not said["steps"]:
            return Refused("amend_steps", {"value": value})
    elif known is not None and value not in known:
        return Refused(f"amend_{name}", {"value": value, "known": ", ".join(known)})
    return replace(blank, **said)


def _asked_anew(release: Release, given: e.DetailsGiven, facts: Facts, now: datetime) -> list[e.Event]:
    """Another version or environment is another artifact: what the sources said of the old one counts no more (G12)."""
    changed = fold((given,), release)
    if facts.service is None or (given.version, given.digest, given.environment) == (None, None, None):
        return []
    return ask_sources(changed, facts.service, PLAN_ROLES, "recheck", now)


def _steps(value: str) -> tuple[int, ...]:
    """The text "10, 50, 100" as percentages that grow to 100; () where it is none."""
    words = [w for w in value.replace("%", " ").replace(",", " ").split() if w]
    if not words or not all(w.isdecimal() and len(w) <= len(str(WHOLE)) for w in words):
        return ()
    steps = tuple(int(w) for w in words)
    growing = all(a < b for a, b in pairwise(steps))
    return steps if growing and steps[0] > 0 and steps[-1] == WHOLE else ()
