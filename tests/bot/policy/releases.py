"""Releases of a quiet Tuesday: one of which nothing is known, and one to which nothing is missing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts
from bot.domain.people import Role
from bot.domain.release import Phase, Release
from tests.world import HOME, NOW, START, drilled_rollback, good_observations, roster

HASH = "f" * 64
LATER = NOW + timedelta(minutes=1)
"""When the consents were given: after all evidence was there."""

BLANK = Release(
    id="R-142",
    service="payments",
    environment="production",
    version=None,
    phase=Phase.PLANNING,
    requested_by="ana",
    owner="ana",
    home=HOME,
    created_at=NOW,
    time_zone="Europe/Berlin",
)


def nothing_known(base: Facts) -> Facts:
    """A service of which the catalogue says nothing."""
    assert base.service is not None
    bare = replace(
        base.service,
        strategy=None,
        steps=(),
        tool=None,
        uses_flags=None,
        outage_visible=None,
        criticality=None,
        novelty=None,
        span=None,
        thresholds=(),
        sources={},
        standing=(),
        rollback_owner=None,
        history=(),
        roles={},
        deputies={},
    )
    return replace(base, service=bare)


def consent(kind: ConsentKind, by: str, subject: str, role: Role | None = None, vote: str | None = None) -> Consent:
    """A valid consent to this very plan."""
    return Consent(
        id=f"c-{kind}-{by}-{subject}",
        kind=kind,
        subject=subject,
        state=ConsentState.VALID,
        role=role,
        by=by,
        vote=vote,
        reason="Looked at the plan and the drill.",
        at=LATER,
        plan_hash=HASH,
    )


def sign_offs() -> tuple[Consent, ...]:
    """Those of every band, of distinct people."""
    given = {"lena": Role.SERVICE_OWNER, "kai": Role.ON_CALL, "mia": Role.ENGINEERING_LEAD}
    return tuple(consent(ConsentKind.SIGN_OFF, who, role.value, role) for who, role in given.items())


def ready() -> Release:
    """A release that is GO: all evidence, all sign-offs."""
    return replace(
        BLANK,
        version="2.4.1",
        phase=Phase.PLANNED,
        start_at=START,
        window_start=START,
        strategy="canary",
        steps=(10, 50, 100),
        rollback_owner="kai",
        commit="91fe2c0",
        digest="sha256:aa",
        authors=("ben",),
        data_change="none",
        evidence=(*good_observations(NOW), drilled_rollback(NOW)),
        consents=sign_offs(),
        plan_hash=HASH,
        plan_revision=1,
    )


def without(release: Release, *kinds: Kind) -> Release:
    """The release without evidence of those kinds."""
    return replace(release, evidence=tuple(e for e in release.evidence if e.kind not in kinds))


def having(release: Release, *items: Evidence) -> Release:
    """The release with these items in the place of those of the same kinds."""
    kinds = [e.kind for e in items]
    return replace(without(release, *kinds), evidence=(*without(release, *kinds).evidence, *items))


def attested(kind: Kind, by: str = "kai", at: datetime = NOW, **changes: object) -> Evidence:
    """What a person vouches for, with link and date."""
    base = Evidence(kind, Standing.ATTESTED, "person", by, at, url="https://wiki.acme.example/x", dated=at)
    return replace(base, **changes)  # type: ignore[arg-type]  # the tests name fields of Evidence


def bare_of(base: Facts, *kinds: Kind) -> Facts:
    """The facts without standing evidence of those kinds."""
    assert base.service is not None
    kept = tuple(s for s in base.service.standing if s.kind not in kinds)
    return replace(base, service=replace(base.service, standing=kept))


def serviced(base: Facts, **changes: object) -> Facts:
    """The facts with fields of the service replaced."""
    assert base.service is not None
    return replace(base, service=replace(base.service, **changes))  # type: ignore[arg-type]  # fields of Service


MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)
PEOPLE = tuple(roster().people)
