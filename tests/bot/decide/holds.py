"""What a GO needs, computed from evidence and consents alone: the model's own reading of the rules, shared with no policy."""

from datetime import datetime, timedelta

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts
from bot.domain.people import Role
from bot.domain.release import Band, Release
from bot.policy import judge
from tests.bot.decide.moves import WHO_IS

GOOD = {Standing.VERIFIED, Standing.ATTESTED}
CHECKS = ("tests", "coverage", "code_analysis", "security_scan")
NEEDED = {Band.LOW: 1, Band.MEDIUM: 2, Band.HIGH: 3, Band.CRITICAL: 3}
FINAL = {"contract", "irreversible"}
MAKERS = {"lena", "mia"}
SECONDS = {"lena", "mia", "kai", "ben"}
"""Decision maker, engineering lead and on-call with their deputies."""

NO_HUMANS = {"release-bot", "visitor", "nobody", ""}


def barred(release: Release) -> set[str]:
    """Requester, owner and authors with all their accounts, and who is no human being of the roster."""
    named = {release.requested_by, release.owner, *release.authors}
    named |= {release.emergency.by} if release.emergency else set()
    return {who for who, person in WHO_IS.items() if person in {WHO_IS.get(n, n) for n in named}} | NO_HUMANS


def approvals(release: Release) -> list[Consent]:
    """What counts for GO: valid, of this plan; no votes against."""
    held = [k for k in release.consents if k.state is ConsentState.VALID and k.plan_hash == release.plan_hash]
    return [k for k in held if k.kind is not ConsentKind.VOTE or (k.vote == "go" and k.role is not None)]


def go_holds(release: Release, facts: Facts, now: datetime) -> None:
    """G2, G3, G7, G26: what a GO needs, read from the evidence itself."""
    drills = [x for x in release.evidence if x.kind is Kind.ROLLBACK]
    tested = [
        x
        for x in drills
        if x.standing in GOOD
        and x.dated is not None
        and now - timedelta(days=90) < x.dated <= now
        and (x.stale_after is None or now < x.stale_after)
        and x.facts.get("tested") is True
    ]
    assert tested
    assert all(x.standing is not Standing.FAILED for x in drills)
    if release.data_change in FINAL:
        assert any(x.facts.get("way") == "restore" for x in tested)
        assert [k for k in approvals(release) if (k.kind, k.subject) == (ConsentKind.RISK, "migration")]
    runs = [x for x in release.evidence if x.kind is Kind.CI]
    failing = {check for x in runs for check in CHECKS if x.facts.get(check) == "failed"}
    # A source saw a run: it passed, or what failed in it is excepted below.
    assert any(x.standing is Standing.VERIFIED or (x.by == "bot" and failing & set(x.facts)) for x in runs)
    assert all(x.standing is not Standing.FAILED or failing & set(x.facts) for x in runs)
    assert all(excepted_by_two(release, check, now) for check in failing)
    assert release.version is not None
    if in_emergency(release, now):
        second = {WHO_IS[k.by or ""] for k in approvals(release) if k.kind is ConsentKind.BREAKGLASS}
        assert second & SECONDS
        return
    assert release.start_at is not None
    signed = {WHO_IS[k.by or ""] for k in approvals(release) if k.kind is ConsentKind.SIGN_OFF}
    band = judge(release, facts, now).score.band
    assert len(signed) >= NEEDED[band], (band, signed)
    excepted = any(k.kind is ConsentKind.EXCEPTION and k.subject.startswith("freeze") for k in approvals(release))
    half = timedelta(minutes=30)
    frozen = [
        w
        for w in facts.calendar
        if w.scope in {"*", release.service, release.environment}
        and w.starts_at < release.start_at + half
        and w.ends_at > release.start_at
    ]
    assert excepted or not frozen


def excepted_by_two(release: Release, check: str, now: datetime) -> bool:
    """G5: product owner and QA lead, two human beings, neither the requester, for a time that is not over."""
    given = [
        k
        for k in approvals(release)
        if k.kind is ConsentKind.EXCEPTION and k.subject == f"test:{check}" and k.expires_at and now < k.expires_at
    ]
    people = {WHO_IS[k.by or ""] for k in given}
    roles = {k.role for k in given}
    return (
        len(people) > 1 and roles >= {Role.PRODUCT_OWNER, Role.QA_LEAD} and not {k.by for k in given} & barred(release)
    )


def in_emergency(release: Release, now: datetime) -> bool:
    """G16: declared, and started or still in time."""
    declared = release.emergency
    return declared is not None and (release.started_at is not None or now < declared.expires_at)
