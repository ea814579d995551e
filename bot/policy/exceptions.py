"""Exceptions: what can be excepted, who signs it, and which exception holds now (G5, G11). An incident never can."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Kind
from bot.domain.facts import Facts, Neighbour, Window
from bot.domain.people import Role
from bot.domain.release import Release
from bot.policy.calendar import (
    PRESENCE,
    dependency_clashes,
    dependency_freezes,
    freezes,
    own_clashes,
    people_clashes,
)
from bot.policy.people import candidates, counting, decision_makers, eligible, free_for, is_one_of
from bot.policy.standing import Sights, sights

TEST, FREEZE, CLASH = "test", "freeze", "clash"
EXCEPTABLE = (TEST, FREEZE, CLASH)
TEST_SIGNERS = (Role.PRODUCT_OWNER, Role.QA_LEAD)
"""G5: both sign, and they are two people."""

_LIST = ", "


@dataclass(frozen=True, slots=True)
class Blocker:
    """What an exception is asked for: `subject` of the consent, and the names of what it covers (freezes, releases).

    `people` may sign it, first choice first; `role` where the rule names one.
    """

    subject: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    role: Role | None = None

    @property
    def covers(self) -> str:
        """As the consent keeps it."""
        return _LIST.join(self.names)


def subject_of_check(check: str) -> str:
    """`test:coverage`: the subject of the exception of one failed check."""
    return f"{TEST}:{check}"


def is_test(subject: str) -> bool:
    """True for the exception of a failed check (G5)."""
    return subject.startswith(f"{TEST}:")


def failed_checks(facts: Facts, seen: Sights) -> tuple[str, ...]:
    """The required checks that some source or person names as failed for this build, in the order of the policy."""
    said = {check for one in seen[Kind.CI].all for check, state in one.facts.items() if state == "failed"}
    return tuple(check for check in facts.policy.required_checks if check in said)


def in_the_way(release: Release, facts: Facts, now: datetime, what: str) -> tuple[str, ...]:
    """The names of what such an exception would be for: failed checks, freezes, other releases; without what is excepted."""
    if what == TEST:
        failed = failed_checks(facts, sights(release, facts, now))
        return tuple(check for check in failed if not excepted_check(release, facts, now, check))
    found = _freezes(release, facts) if what == FREEZE else _clashes(release, facts) if what == CLASH else ()
    return tuple(one.id for one in found if excepted(release, facts, now, what, one.id) is None)


def asked_for(
    release: Release, facts: Facts, now: datetime, what: str, check: str = "", besides: tuple[str, ...] = ()
) -> tuple[Blocker, ...]:
    """The consents that such an exception needs; `besides` sign nothing of it: who asks for it, and who will own it (G7)."""
    if what == TEST:
        subject = subject_of_check(check)
        able = {role: _besides(candidates(release, facts, role), besides, facts) for role in TEST_SIGNERS}
        return tuple(Blocker(subject, (), people, role) for role, people in able.items())
    by_signers: dict[tuple[str, ...], list[str]] = {}
    for name in in_the_way(release, facts, now, what):
        by_signers.setdefault(signers(release, facts, what, (name,), besides), []).append(name)
    return tuple(Blocker(what, tuple(covered), people) for people, covered in by_signers.items())


def signers(
    release: Release, facts: Facts, what: str, names: Iterable[str] = (), besides: Iterable[str] = ()
) -> tuple[str, ...]:
    """Who signs the exception of a freeze or clash (G11): the freeze's owner; the owner of the other release.

    For a clash the decision maker may sign too; for a freeze only where no owner may. `besides`: who asks for it.
    """
    wanted = set(names)
    makers = _besides(decision_makers(release, facts), besides, facts)
    if what == FREEZE:
        owners = [w.owner for w in _freezes(release, facts) if w.owner and (not wanted or w.id in wanted)]
    else:
        owners = [n.owner for n in _clashes(release, facts) if n.owner and (not wanted or n.id in wanted)]
    able = _besides(eligible(release, facts, dict.fromkeys(owners)), besides, facts)
    return (able or makers) if what == FREEZE else tuple(dict.fromkeys((*able, *makers)))


def excepted(release: Release, facts: Facts, now: datetime, what: str, name: str) -> Consent | None:
    """The exception that holds for that freeze or clash, or None. One that was signed for others does not cover it."""
    for c in counting(release, facts, now, ConsentKind.EXCEPTION):
        if c.subject == what and lasts(c, release) and (not c.covers or name in c.covers.split(_LIST)):
            return c
    return None


def excepted_check(release: Release, facts: Facts, now: datetime, check: str) -> tuple[Consent, ...]:
    """The two signatures of the exception of that failed check; () while one of them is missing (G5)."""
    subject = subject_of_check(check)
    given = [c for c in counting(release, facts, now, ConsentKind.EXCEPTION) if c.subject == subject]
    for first in given:
        for second in given:
            if (first.role, second.role) == TEST_SIGNERS and _pair(first, second, facts) and lasts(first, release):
                return first, second
    return ()


def of_one_request(one: Consent, other: Consent) -> bool:
    """True if both were asked for together: the same terms."""
    return _terms(one) == _terms(other)


def lasts(c: Consent, release: Release) -> bool:
    """True if it holds until T+30 of the planned start: one that ends in the rollout covers nothing."""
    return release.start_at is None or c.expires_at is None or c.expires_at >= release.start_at + PRESENCE


def short(release: Release, facts: Facts, now: datetime) -> tuple[Consent, ...]:
    """Signed exceptions of this plan that are needed, but end before T+30."""
    found = [c for c in counting(release, facts, now, ConsentKind.EXCEPTION) if not lasts(c, release)]
    if not found:
        return ()
    needed = {subject_of_check(check) for check in in_the_way(release, facts, now, TEST)}
    needed |= {what for what in (FREEZE, CLASH) if in_the_way(release, facts, now, what)}
    return tuple({_terms(c): c for c in found if c.subject in needed}.values())


def still_to_sign(release: Release, facts: Facts, c: Consent) -> tuple[str, ...]:
    """Who may sign that requested exception now. Of a pair: nobody who signed the other place, nor is alone able to (G7)."""
    barred = [p for p in (c.requested_by, c.owner if is_test(c.subject) else None) if p]
    if not is_test(c.subject):
        return signers(release, facts, c.subject, c.covers.split(_LIST) if c.covers else (), barred)
    partners = [k for k in release.consents if k.id != c.id and k.kind is c.kind and of_one_request(k, c)]
    signed = [k.by for k in partners if k.state is ConsentState.VALID and k.by]
    places = {
        k.role: _besides(candidates(release, facts, k.role), [*barred, *signed], facts)
        for k in (c, *partners)
        if k.role is not None and (k is c or k.state is ConsentState.REQUESTED)
    }
    return free_for(places, facts.roster)[c.role] if c.role is not None else ()


def _besides(people: Iterable[str], barred: Iterable[str], facts: Facts) -> tuple[str, ...]:
    out = tuple(barred)
    return tuple(p for p in people if not is_one_of(facts.roster, p, out))


def _pair(first: Consent, second: Consent, facts: Facts) -> bool:
    """Two people, of one request, neither of whom asked for it or owns it."""
    one, other = first.by or "", second.by or ""
    barred = [p for p in (first.requested_by, first.owner) if p]
    interested = facts.roster.same(one, other) or any(is_one_of(facts.roster, p, barred) for p in (one, other))
    return of_one_request(first, second) and not interested


def _terms(c: Consent) -> tuple[object, ...]:
    return (
        c.subject,
        c.covers,
        c.owner,
        c.expires_at,
        c.requested_by,
        c.justification,
        c.details,
        c.link,
        c.mitigation,
    )


def _freezes(release: Release, facts: Facts) -> tuple[Window, ...]:
    return tuple({w.id: w for w in (*freezes(release, facts), *dependency_freezes(release, facts))}.values())


def _clashes(release: Release, facts: Facts) -> tuple[Neighbour, ...]:
    found = (*own_clashes(release, facts), *people_clashes(release, facts), *dependency_clashes(release, facts))
    return tuple({n.id: n for n in found}.values())
