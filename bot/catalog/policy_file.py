"""The team's own policy file: it overrides the shipped policy where it says something, within what the rules allow."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from bot.catalog.entries import Entry, FreezeEntry, RecurringEntry, weekdays_of
from bot.catalog.lines import Read
from bot.catalog.shapes import shaped
from bot.catalog.trouble import BadCatalogue, Trouble
from bot.domain.evidence import Kind
from bot.domain.facts import Item, Policy, Window
from bot.domain.finding import Level
from bot.domain.recurring import Recurring
from bot.policy.defaults import POLICY
from bot.timeline.marks import MARKS

MAY_BE_NA = frozenset({Kind.MIGRATION, Kind.FLAGS, Kind.CUSTOMER_NOTICE})
"""G25: the only items that one person may declare not applicable."""

_UNITS = {"min": "minutes", "h": "hours", "d": "days"}
_CONDITIONS = "^(always|medium|data|flags|outage|regulated)$"


def _duration(said: object) -> timedelta:
    found = re.fullmatch(r"(\d{1,5}) ?(min|h|d)", said) if isinstance(said, str) else None
    if found is None:
        msg = 'a duration such as "10 min", "24 h" or "90 d"'
        raise ValueError(msg)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _day(said: object) -> object:
    """YAML reads 2026-12-24 as a date and 12-24 as text; the policy keeps both as text."""
    return said.isoformat() if isinstance(said, date) else said


Day = Annotated[str, BeforeValidator(_day), StringConstraints(pattern=r"^(\d{4}-)?\d{2}-\d{2}$")]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Hour = Annotated[int, Field(ge=0, le=24)]


class ItemEntry(Entry):
    """One readiness item (risk.md)."""

    level: Level
    when: Annotated[str, StringConstraints(pattern=_CONDITIONS)] = "always"
    otherwise: Level = Level.SHOULD
    na_open: bool = False
    tiers: dict[Annotated[int, Field(ge=1)], Level] = Field(default_factory=dict)


class PolicyFile(Entry):
    """The file; every key but `version` is optional, and what it leaves out stays as shipped."""

    version: str
    changes: tuple[str, ...] = ()
    items: dict[Kind, ItemEntry] = Field(default_factory=dict)
    freshness: dict[Kind, Duration] = Field(default_factory=dict)
    required_checks: tuple[str, ...] = POLICY.required_checks
    grace: dict[str, Duration] = Field(default_factory=dict)
    start_window: Duration = POLICY.start_window
    core_hours: tuple[Hour, Hour] = POLICY.core_hours
    holidays: tuple[Day, ...] = ()
    freezes: tuple[FreezeEntry, ...] = ()
    recurring: tuple[RecurringEntry, ...] = ()
    minimum_reason: Annotated[int, Field(ge=15)] = POLICY.minimum_reason
    accepted_limit: Annotated[int, Field(ge=0)] = POLICY.accepted_limit
    accepted_within: Duration = POLICY.accepted_within


def policy_of(source: Read) -> Policy:
    """The shipped policy with what the file says over it. Raises BadCatalogue, also where the file loosens a rule."""
    file = shaped(source, PolicyFile)
    loosened = tuple(_loosened(file, source))
    if loosened:
        raise BadCatalogue(loosened)
    return replace(
        POLICY,
        version=file.version,
        items=_items(file.items),
        freshness={**POLICY.freshness, **file.freshness},
        required_checks=file.required_checks,
        grace={**POLICY.grace, **file.grace},
        start_window=file.start_window,
        core_hours=file.core_hours,
        holidays=file.holidays,
        freezes=tuple(Window(f.id, f.scope, f.from_, f.to, f.reason, f.owner) for f in file.freezes),
        recurring=tuple(_recurring(one) for one in file.recurring),
        minimum_reason=file.minimum_reason,
        accepted_limit=file.accepted_limit,
        accepted_within=file.accepted_within,
    )


def _recurring(one: RecurringEntry) -> Recurring:
    weekdays, days, starts, ends = weekdays_of(one)
    return Recurring(one.id, one.scope, one.time_zone, starts, ends, days, one.reason, weekdays, one.owner)


def _items(said: Mapping[Kind, ItemEntry]) -> tuple[Item, ...]:
    own = {kind: Item(kind, one.level, one.when, one.otherwise, one.na_open, one.tiers) for kind, one in said.items()}
    shipped = {item.kind: item for item in POLICY.items}
    return tuple({**shipped, **own}.values())


def _loosened(file: PolicyFile, source: Read) -> Iterator[Trouble]:
    """A policy may be stricter than the rules, never looser: a MUST stays a MUST under the same condition."""
    shipped = {item.kind: item for item in POLICY.items}
    for kind, entry in file.items.items():
        was = shipped.get(kind)
        if was is not None and was.level is Level.MUST and not _as_strict(entry, was):
            condition = "" if was.when == "always" else f" when {was.when}"
            yield _at(source, ("items", kind.value, "level"), f"MUST{condition}, as shipped: a MUST is not lowered")
        yield from _lowering_tiers(kind, entry, source)
        if entry.na_open and kind not in MAY_BE_NA:
            may = ", ".join(sorted(MAY_BE_NA))
            yield _at(source, ("items", kind.value, "na_open"), f"false: only {may} may be declared away (G25)")
    for check in POLICY.required_checks:
        if check not in file.required_checks:
            yield _at(source, ("required_checks",), f'"{check}" among the required checks (G2)')
    for mark in file.grace:
        if mark not in MARKS:
            yield _at(source, ("grace", mark), f"one of the marks {', '.join(MARKS)}")
    if file.core_hours[0] >= file.core_hours[1]:
        yield _at(source, ("core_hours",), "two hours of which the first is earlier")


def _lowering_tiers(kind: Kind, entry: ItemEntry, source: Read) -> Iterator[Trouble]:
    least = " or ".join(one.value for one in Level if one.rank <= entry.level.rank)
    for tier, level in entry.tiers.items():
        if level.rank > entry.level.rank:
            yield _at(source, ("items", kind.value, "tiers", tier), f"{least}: a tier raises a level, it lowers none")


def _as_strict(entry: ItemEntry, was: Item) -> bool:
    return entry.level is Level.MUST and entry.when in {"always", was.when}


def _at(source: Read, path: tuple[str | int, ...], expected: str) -> Trouble:
    return Trouble(source.file, source.line_of(path), ".".join(map(str, path)), expected)
