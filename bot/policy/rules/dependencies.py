"""What this service needs, and what needs it (G10); incidents that are open (G11)."""

from collections.abc import Iterable, Iterator

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.finding import Finding, Result
from bot.policy.calendar import affected_services, dependency_clashes, dependency_freezes
from bot.policy.case import Case
from bot.policy.exceptions import CLASH, FREEZE, excepted
from bot.policy.rules.item import by_standing, date_of, missing

SEVERE = frozenset({"SEV1", "SEV2"})


def dependencies(case: Case) -> Iterable[Finding]:
    """G10: an open release, incident or freeze on an affected service blocks; unchecked counts as missing.

    Who looks is whom the catalogue names; what blocks is moved or excepted by the release's owner alone (G27).
    """
    kind = Kind.DEPENDENCIES
    yield from _checked(case)
    affected = affected_services(case.release, case.facts)
    for number, severity, on in _incidents(case):
        if on in affected and severity not in SEVERE:
            yield case.finding(
                "dependency_incident",
                Result.BLOCKED,
                kind,
                "G10",
                how="end_incident",
                who=case.owner,
                incident=number,
                severity=severity,
                on=case.other_service(on),
            )
    for window in dependency_freezes(case.release, case.facts):
        accepted = excepted(case.release, case.facts, case.now, FREEZE, window.id) is not None
        yield case.finding(
            "dependency_freeze_excepted" if accepted else "dependency_freeze",
            Result.WARN if accepted else Result.BLOCKED,
            kind,
            "G10",
            how=None if accepted else "except_freeze",
            who=case.owner,
            on=case.other_service(window.scope),
            reason=window.reason if case.other_service(window.scope) == window.scope else "its own",
        )
    for other in dependency_clashes(case.release, case.facts):
        accepted = excepted(case.release, case.facts, case.now, CLASH, other.id) is not None
        yield case.finding(
            "dependency_release_excepted" if accepted else "dependency_release",
            Result.WARN if accepted else Result.BLOCKED,
            kind,
            "G10",
            how=None if accepted else "except_clash",
            who=case.owner,
            other=case.other_release(other.id, other.service),
            on=case.other_service(other.service),
        )


def incidents(case: Case) -> Iterable[Finding]:
    """G11: an open SEV1 or SEV2 incident on this or an affected service blocks; only break-glass gets past it."""
    near = {case.release.service, *affected_services(case.release, case.facts)}
    for number, severity, on in _incidents(case):
        if on in near and severity in SEVERE:
            yield case.finding(
                "incident_open",
                Result.BLOCKED,
                "incident",
                "G11",
                how="end_incident",
                incident=number,
                severity=severity,
                on=case.other_service(on),
            )
        elif on == case.release.service:
            yield case.finding(
                "incident_minor", Result.WARN, "incident", "G11", incident=number, severity=severity, on=on
            )


def _checked(case: Case) -> Iterator[Finding]:
    """Whether somebody looked. A bad answer is told by the incident that it names."""
    kind = Kind.DEPENDENCIES
    sight = case.sight(kind)
    affected = map(case.other_service, affected_services(case.release, case.facts))
    names = ", ".join(dict.fromkeys(affected)) or "none"
    source = sight.evidence.source if sight.evidence else "UNKNOWN"
    said = {"source": source, "date": date_of(case, kind), "names": names}
    looked = sight.standing is Standing.FAILED and bool(sight.fact("open_incident"))
    if sight.standing is Standing.VERIFIED or looked:
        yield case.finding("dependencies_verified", Result.CLEAR, kind, "G10", params=said)
    elif sight.standing is Standing.FAILED:
        yield case.finding(
            "dependencies_failed", Result.BLOCKED, kind, "G10", how="end_incident", who=case.owner, params=said
        )
    elif sight.standing is Standing.MISSING:
        yield missing(case, kind, "G10")
    else:
        yield from by_standing(case, kind, "G10")


def _incidents(case: Case) -> Iterator[tuple[str, str, str]]:
    """Open incidents: number, severity, service. One without a severity counts as severe, one without a place as ours."""
    seen: set[tuple[str, str, str]] = set()
    for one in case.sight(Kind.DEPENDENCIES).all:
        incident = _incident(one, case.release.service)
        if incident and incident not in seen:
            seen.add(incident)
            yield incident


def _incident(one: Evidence, service: str) -> tuple[str, str, str] | None:
    number = str(one.facts.get("open_incident") or "")
    if not number:
        return None
    return number, str(one.facts.get("severity") or "SEV1").upper(), str(one.facts.get("on") or service)
