"""What if: the release as it would be with an answer. Nothing of it is ever stored or shown as a fact."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts
from bot.domain.release import Release
from bot.policy.people import is_human
from bot.policy.recurring import timezone_of
from bot.policy.standing import PAST_RETURN, data_change, sights

SUPPOSED = "supposed"
_MIDWEEK = (1, 2, 3)
Found = Mapping[str, str | int | bool]
"""What an item measures."""

_BEST: Mapping[Kind, Found] = {
    Kind.CI: {
        "tests": "passed",
        "coverage": "passed",
        "code_analysis": "passed",
        "security_scan": "passed",
        "test_report": SUPPOSED,
    },
    Kind.MIGRATION: {"dry_run": True, "backup": True},
    Kind.FLAGS: {"default": "off", "kill_switch": SUPPOSED},
    Kind.ROLLBACK: {"tested": True, "way": "redeploy"},
    Kind.ROLLBACK_TARGET: {"installable": True},
    Kind.MONITORING: {"has_data": True, "firing": False},
    Kind.DEPENDENCIES: {"open_incident": ""},
}
GATHERED: Mapping[str, tuple[Kind, ...]] = {
    "ci": (Kind.CI, Kind.QA),
    "scm": (Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.MIGRATION, Kind.FLAGS),
    "prometheus": (Kind.MONITORING,),
    "registry": (Kind.ROLLBACK_TARGET,),
    "incidents": (Kind.DEPENDENCIES,),
}
"""What each role of a source may answer while it is still at work (Q4)."""

NEEDS_VERSION = frozenset({"ci", "scm", "registry"})
"""Roles of sources that cannot look anything up before the version is known."""


def with_evidence(
    release: Release, kinds: Iterable[Kind], now: datetime, *, facts: Facts, attested: bool = False
) -> Release:
    """The release with good, fresh evidence of those kinds: verified by their sources, or vouched for by the owner.

    What a person says takes the place of nothing that a source said; what a source says takes the place of its older word.
    """
    for kind in kinds:
        if kind is Kind.OWNERS:
            release = _owned(release, facts)
        elif kind is Kind.WINDOW:
            release = release if release.start_at else with_start(release, facts, now)
        elif kind is Kind.STRATEGY:
            release = replace(release, strategy="canary", steps=release.steps or (10, 100))
        else:
            release = _given(release, kind, now, facts=_best(release, kind, facts, now), attested=attested)
    return release


def _best(release: Release, kind: Kind, facts: Facts, now: datetime) -> Found:
    """The best that there is to find; a change that may be final is taken back by a restore and nothing else (G19)."""
    best = _BEST.get(kind, {})
    if kind is Kind.ROLLBACK and data_change(release, sights(release, facts, now)) in {None, *PAST_RETURN}:
        return {**best, "way": "restore"}
    return best


def with_version(release: Release, facts: Facts, now: datetime) -> Release:
    """The release with a version, and with what the sources that need it would answer at best (what it unlocks)."""
    kinds = tuple(k for k in Kind if k in found_by_version(facts))
    return with_evidence(replace(release, version=SUPPOSED), kinds, now, facts=facts)


def with_start(release: Release, facts: Facts, now: datetime) -> Release:
    """The release with a start at the best time of the coming week: in core hours, in the middle of the week."""
    service = facts.service
    zone = timezone_of(service.time_zone if service else release.time_zone)
    local = now.astimezone(zone)
    day = next(d for d in (local + timedelta(days=n) for n in range(1, 8)) if d.weekday() in _MIDWEEK)
    start = day.replace(hour=facts.policy.core_hours[0] + 1, minute=0, second=0, microsecond=0)
    return replace(release, start_at=start.astimezone(UTC))


def found_by_version(facts: Facts) -> frozenset[Kind]:
    """What configured sources find out as soon as the version is known: never asked before (Q4)."""
    sources = facts.service.sources if facts.service else {}
    return frozenset(k for role in NEEDS_VERSION if role in sources for k in GATHERED[role])


def pending_kinds(release: Release) -> frozenset[Kind]:
    """What the sources that are still at work may answer. Keys of gathers are `release:gather:role:purpose:n`."""
    roles = {key.split(":")[2] for key in release.gathers if key.count(":") > 1}
    return frozenset(kind for role in roles for kind in GATHERED.get(role, ()))


def _given(release: Release, kind: Kind, now: datetime, *, facts: Found, attested: bool) -> Release:
    one = Evidence(
        kind=kind,
        standing=Standing.ATTESTED if attested else Standing.VERIFIED,
        source="person" if attested else SUPPOSED,
        by=release.owner if attested else "bot",
        observed_at=now,
        url=f"https://{SUPPOSED}.invalid/",
        dated=now,
        facts=facts,
    )
    kept = tuple(e for e in release.evidence if e.kind is not kind) if not attested else release.evidence
    change = "none" if kind is Kind.MIGRATION and release.data_change is None else release.data_change
    version = release.version or SUPPOSED if kind is Kind.ARTIFACT else release.version
    return replace(release, evidence=(*kept, one), data_change=change, version=version)


def _owned(release: Release, facts: Facts) -> Release:
    """With an owner and a rollback owner whom the roster knows; who is known already stays."""
    people = [p for p in facts.roster.people if is_human(facts.roster, p)]
    owner = release.owner if release.owner in people else next(iter(people), release.owner)
    back = release.rollback_owner if release.rollback_owner in people else None
    return replace(release, owner=owner, rollback_owner=back or next((p for p in people if p != owner), owner))
