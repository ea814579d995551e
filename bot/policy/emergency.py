"""What break-glass waives, and what it never waives (G16)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.consent import Consent, ConsentKind
from bot.domain.facts import Facts
from bot.domain.finding import Finding, Result
from bot.domain.people import Role
from bot.domain.release import Release
from bot.policy.case import Case
from bot.policy.people import counting, decision_makers, eligible, holders, is_human, team

WAIVED_RULES = frozenset({"G10", "G11", "G13"})
"""Dependencies, freezes, clashes and incidents, QA. Its second person stands in for sign-offs and go. Nothing else."""

_SIGN_OFFS = frozenset({"sign_off_open", "sign_off_nobody"})
SECONDS_ASKED = 3
"""So many of those who may confirm are asked at once: minutes count, and one of them is awake."""
SECONDS = (Role.ENGINEERING_LEAD, Role.ON_CALL)
"""Who may be the second person, after the decision maker."""


def seconds(release: Release, facts: Facts) -> tuple[str, ...]:
    """Who may confirm break-glass: decision maker, engineering lead, on-call; never who declared it (G7, G16, G18)."""
    named = (p for role in SECONDS for p in (holders(facts.service, role) if facts.service else ()))
    return tuple(dict.fromkeys((*decision_makers(release, facts), *eligible(release, facts, dict.fromkeys(named)))))


def confirmed(release: Release, facts: Facts, now: datetime) -> Consent | None:
    """The second person's consent to this very plan, or None."""
    if not release.in_emergency(now):
        return None
    given = counting(release, facts, now, ConsentKind.BREAKGLASS)
    return given[-1] if given else None


def reviewers(release: Release, facts: Facts) -> tuple[str, ...]:
    """Who may write the review, first choice first: the second person, then the rest of the team; not who declared it."""
    by = release.emergency.by if release.emergency else release.owner
    second = [k.by for k in release.consents if k.kind is ConsentKind.BREAKGLASS and k.by]
    named = dict.fromkeys((*second, *(team(facts.service) if facts.service else ())))
    return tuple(p for p in named if is_human(facts.roster, p) and not facts.roster.same(p, by))


def waived(case: Case, finding: Finding) -> Finding:
    """The finding as break-glass leaves it: amber where it is waived, untouched everywhere else."""
    if not finding.open or not case.release.in_emergency(case.now):
        return finding
    if finding.rule not in WAIVED_RULES and finding.code not in _SIGN_OFFS:
        return finding
    incident = case.release.emergency.incident if case.release.emergency else "UNKNOWN"
    params = {"item": finding.subject.replace("_", " "), "rule": finding.rule, "incident": incident}
    return replace(finding, code="emergency_waived", result=Result.WARN, params=params, how=None, consent=False)
