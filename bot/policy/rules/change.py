"""The change itself: which service, which version, which build, and where it is written down (G1, G14)."""

from collections.abc import Iterable

from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Level, Result
from bot.policy.case import Case
from bot.policy.rules.item import by_standing


def known_service(case: Case) -> Iterable[Finding]:
    """G1: a service that is not in the catalogue has no approvers, no thresholds and no channels."""
    if case.service is None:
        yield case.finding("service_unknown", Result.BLOCKED, "catalogue", "G1", level=Level.MUST, how="add_service")


def version_named(case: Case) -> Iterable[Finding]:
    """G1: nothing can be checked about a version that nobody named."""
    if case.release.version is None:
        yield case.finding("version_missing", Result.MISSING, Kind.ARTIFACT, "G1", how="version", who=case.owner)


def artifact(case: Case) -> Iterable[Finding]:
    """G1: the build is known by commit or digest."""
    yield from by_standing(case, Kind.ARTIFACT, "G1")


def documented(case: Case) -> Iterable[Finding]:
    """G14: a merge request and release notes. What is not documented does not exist."""
    yield from by_standing(case, Kind.CHANGE, "G14")
    yield from by_standing(case, Kind.NOTES, "G14")
