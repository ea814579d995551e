"""Amend: a field of the plan changes."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from bot.decide.planning import PLAN_ROLES, ask_sources, no_owner
from bot.decide.result import Decided, Decision, Refused
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.evolve import fold
from bot.domain.facts import Facts
from bot.domain.release import Phase, Release

AMENDABLE = ("version", "environment", "owner", "rollback_owner", "strategy", "steps", "summary", "data_change")
STRATEGIES = ("canary", "blue-green", "feature flag", "staged", "rolling", "all-at-once")
DATA_CHANGES = ("none", "expand", "locking", "contract", "irreversible")
WHOLE = 100


def amend(release: Release, command: c.Amend, facts: Facts, now: datetime) -> Decision:
    """Changes a field of the plan. A change of the plan hash voids consents, visibly (G8): settle() does that."""
    if release.started or release.phase is Phase.ROLLING_BACK:
        return Refused("amend_after_start")
    value = command.value.strip()
    by = command.actor.person
    blank = e.DetailsGiven(at=now, by=by)
    said: dict[str, Any] = {command.field: value}
    if not value or command.field not in AMENDABLE:
        return Refused("amend_field", {"fields": ", ".join(AMENDABLE)})
    if command.field in {"owner", "rollback_owner"}:
        stranger = no_owner(value, facts)
        if stranger is not None:
            return stranger
        given = replace(blank, **said)
    elif command.field == "steps":
        steps = _steps(value)
        if not steps:
            return Refused("amend_steps", {"value": value})
        given = e.DetailsGiven(at=now, by=by, steps=steps)
    elif command.field == "strategy" and value not in STRATEGIES:
        return Refused("amend_strategy", {"value": value, "known": ", ".join(STRATEGIES)})
    elif command.field == "data_change" and value not in DATA_CHANGES:
        return Refused("amend_data_change", {"value": value, "known": ", ".join(DATA_CHANGES)})
    else:
        given = replace(blank, **said)
    if given == blank or fold((given,), release) == release:
        return Refused("amend_same", {"field": command.field})
    shown = facts.roster.name(value) if command.field in {"owner", "rollback_owner"} else value
    return Decided(
        (given, *_asked_anew(release, given, facts, now)),
        "amended",
        {"field": command.field.replace("_", " "), "value": shown},
    )


def _asked_anew(release: Release, given: e.DetailsGiven, facts: Facts, now: datetime) -> list[e.Event]:
    """Another version or environment is another artifact: what the sources said of the old one counts no more (G12)."""
    changed = fold((given,), release)
    if facts.service is None or (given.version is None and given.environment is None):
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
