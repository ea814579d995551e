"""Statements of a plan with where they come from (P1). What is not known says `UNKNOWN — verify: …` in its sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.evidence import Evidence
from bot.domain.finding import Finding, Result
from bot.domain.plan import Line, Origin, OriginKind
from bot.plan.items import kind_of
from bot.policy.case import Case
from bot.policy.recurring import timezone_of

NEW_VERSION = "the new version"
"""What a version is called that has no name yet."""

BOT = "bot"
"""Who checked what a source said."""

_VOUCHED = frozenset({"attested", "confirmed"})
_GIVEN = frozenset({"na", "accepted", "vote", "overruled", "declined", "off", "excepted"})
"""How the codes end of findings that rest on a person's word, and of those that rest on a consent."""

_SEEN = frozenset({"ci_check_excepted"})
"""Says what a source saw, and itself who signed for it: whose it is to mend is not who said it."""

_OWN = ("dependency_freeze", "dependency_release")
"""Read in the bot's own calendar and releases, never in the source that was asked for incidents."""


def evidence(code: str, one: Evidence, /, **params: str) -> Line:
    """What that evidence says: it names its source and when it was observed; a person's word comes from that person."""
    if one.by != BOT:
        return person(code, one.by, **params)
    return Line(code, Origin(OriginKind.EVIDENCE, one.kind.value, one.source, one.observed_at), params)


def catalogue(code: str, service: str, /, **params: str) -> Line:
    """What the catalogue entry of that service says."""
    return Line(code, Origin(OriginKind.CATALOGUE, service), params)


def person(code: str, who: str, /, **params: str) -> Line:
    """What that person said or decided."""
    return Line(code, Origin(OriginKind.PERSON, who), params)


def rule(code: str, number: str, /, **params: str) -> Line:
    """What the rule of that number demands."""
    return Line(code, Origin(OriginKind.RULE, number), params)


def unknown(code: str, number: str, /, **params: str) -> Line:
    """What is not known, and a way that verifies it; `number` is the rule that wants it."""
    return Line(code, Origin(OriginKind.UNKNOWN, number), params)


def of_finding(case: Case, finding: Finding) -> Line:
    """The statement of a finding. An open item is not known: it says how to verify it, instead of what is missing."""
    kind = kind_of(finding)
    if finding.open and finding.result is not Result.BLOCKED and not finding.consent:
        return unknown(f"unknown.{kind.value}", finding.rule, **finding.params)
    code, ending = f"finding.{finding.code}", finding.code.rpartition("_")[2]
    one = case.sight(kind).evidence
    if one is not None and one.url and finding.result in {Result.CLEAR, Result.WARN}:
        finding = replace(finding, params={**finding.params, "url": one.url})
    if ending in _VOUCHED and one is not None:
        return person(code, one.by, **finding.params)
    if ending in _GIVEN and finding.who and finding.code not in _SEEN:
        return person(code, finding.who, **finding.params)
    if one is None or finding.code.startswith(_OWN):
        return rule(code, finding.rule, **finding.params)
    return evidence(code, one, **finding.params)


def once(lines: Iterable[Line]) -> Iterator[Line]:
    """Each statement once: two findings about one item may say the same of it."""
    seen: set[object] = set()
    for line in lines:
        said = line.code if line.origin.kind is OriginKind.UNKNOWN else (line.code, tuple(sorted(line.params.items())))
        if said not in seen:
            seen.add(said)
            yield line


def moment(at: datetime, zone: str) -> str:
    """`Tue 24 Nov 2026 14:00 UTC (15:00 Europe/Berlin)`: UTC first, then the service's zone (T5)."""
    utc, local = at.astimezone(UTC), at.astimezone(timezone_of(zone))
    first = f"{_day(utc)} {utc:%H:%M} UTC"
    if zone == "UTC":
        return first
    day = f"{_day(local)} " if local.date() != utc.date() else ""
    return f"{first} ({day}{local:%H:%M} {zone})"


def _day(at: datetime) -> str:
    """Names of days and months are ours, never the machine's."""
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year}"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
