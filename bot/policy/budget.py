"""How much amber a team has accepted: risks, exceptions and break-glass of the last 30 days, and when that is too much (G21)."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.facts import Facts
from bot.domain.people import Role
from bot.domain.release import Band, Release
from bot.domain.service import Service
from bot.policy.exceptions import TEST_SIGNERS, is_test
from bot.policy.people import required_sign_offs
from bot.policy.standing import needs_risk_consent, sights

OVERRIDES = frozenset({ConsentKind.RISK, ConsentKind.EXCEPTION, ConsentKind.BREAKGLASS})
_GIVEN = frozenset({ConsentState.VALID, ConsentState.EXPIRED})
_LIVE = frozenset({ConsentState.VALID, ConsentState.REQUESTED})


def accepted_since(release: Release, since: datetime) -> int:
    """How many risks and exceptions of the release were accepted from then on; one of a test counts once, with both names."""
    return len(_accepted(release, since))


def last_accepted(release: Release) -> datetime | None:
    """When the last of them was given, UTC; None where there was none."""
    return max((c.at for c in release.consents if _given(c) and c.at is not None), default=None)


_MOST_RISKS = 1
"""How many risks one release needs at most: its data change, or the restore that takes it back."""


def services_of_team(service: Service, services: Mapping[str, Service]) -> tuple[str, ...]:
    """The services of the same team: those with the same members."""
    members = frozenset(service.team)
    return tuple(dict.fromkeys((service.id, *(s.id for s in services.values() if frozenset(s.team) == members))))


def accepted_of_team(release: Release, facts: Facts, now: datetime) -> int:
    """The number that cards and plan show: of the team's other releases, and of this one."""
    others = sum(count for name, count in facts.accepted.items() if name != release.id)
    return others + accepted_since(release, now - facts.policy.accepted_within)


def over_budget(release: Release, facts: Facts, now: datetime) -> bool:
    """True where this release needs a risk or an exception, and with it the team goes beyond what the policy grants."""
    own = {(c.kind, c.subject) for c in release.consents if c.kind in OVERRIDES and c.state in _LIVE}
    own |= _accepted(release, now - facts.policy.accepted_within)
    others = sum(count for name, count in facts.accepted.items() if name != release.id)
    if others + len(own) + _MOST_RISKS <= facts.policy.accepted_limit:
        # Mostly it is far from the limit, and then nobody has to look at the evidence.
        return False
    own |= {(ConsentKind.RISK, risk) for risk in needs_risk_consent(release, sights(release, facts, now))}
    return bool(own) and others + len(own) > facts.policy.accepted_limit


def sign_off_roles(release: Release, facts: Facts, now: datetime, band: Band) -> tuple[Role, ...]:
    """The sign-offs that the band asks for; beyond the budget the engineering lead's too."""
    roles = required_sign_offs(band)
    extra = Role.ENGINEERING_LEAD not in roles and over_budget(release, facts, now)
    return (*roles, Role.ENGINEERING_LEAD) if extra else roles


def _accepted(release: Release, since: datetime) -> set[tuple[ConsentKind, str]]:
    found = [c for c in release.consents if _given(c) and c.at is not None and c.at >= since]
    both = {c.subject for c in found if is_test(c.subject) and _roles(found, c.subject) >= set(TEST_SIGNERS)}
    return {(c.kind, c.subject) for c in found if not is_test(c.subject) or c.subject in both}


def _roles(found: list[Consent], subject: str) -> set[Role | None]:
    return {c.role for c in found if c.subject == subject}


def _given(c: Consent) -> bool:
    return c.kind in OVERRIDES and c.state in _GIVEN and c.by is not None
