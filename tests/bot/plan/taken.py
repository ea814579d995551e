"""What becomes of a release, or of what is around it, when somebody does what a gap's way says."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.consent import Consent, ConsentKind
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.people import Person, Role
from bot.domain.plan import Gap
from bot.domain.service import Threshold
from bot.plan.suppose import with_evidence
from bot.policy.rules.item import BY_SOURCE_ALONE
from tests.bot.plan.situations import Situation
from tests.bot.policy.releases import HASH, attested, consent, serviced
from tests.world import NOW, START

FRESH = ("new-peer", "new-owner", "new-on-call", "new-lead", "new-qa")
"""People who came to the company since: nobody of them has any interest in the release."""


def taken(gap: Gap, situation: Situation) -> Situation:
    """Somebody takes the way of the gap; KeyError where a way means nothing to anybody."""
    how = gap.how.removesuffix("_unscheduled")
    if how.startswith("add_") and how.removeprefix("add_") in set(Kind):
        return _added(gap, situation)
    return WAYS[how](gap, situation)


def _added(gap: Gap, situation: Situation) -> Situation:
    """By hand, with link and date; where a source alone counts, the source sees it."""
    release, around = situation
    role = BY_SOURCE_ALONE.get(gap.kind)
    if gap.kind in {Kind.OWNERS, Kind.WINDOW, Kind.STRATEGY} or (around.service and role in around.service.sources):
        return Situation(with_evidence(release, (gap.kind,), NOW, facts=around), around)
    word = attested(gap.kind, "kai", facts=_measured(gap.kind))
    kept = tuple(e for e in release.evidence if (e.kind, e.source) != (word.kind, word.source))
    change = "none" if gap.kind is Kind.MIGRATION and release.data_change is None else release.data_change
    return Situation(replace(release, evidence=(*kept, word), data_change=change), around)


def _measured(kind: Kind) -> Mapping[str, str | bool]:
    return {Kind.MIGRATION: {"dry_run": True, "backup": True}, Kind.ROLLBACK: {"tested": True}}.get(kind, {})


def _restored(_: Gap, situation: Situation) -> Situation:
    drill = attested(Kind.ROLLBACK, "kai", facts={"tested": True, "way": "restore"})
    kept = tuple(e for e in situation.release.evidence if e.kind is not Kind.ROLLBACK)
    return Situation(replace(situation.release, evidence=(*kept, drill)), situation.facts)


def _source_says(gap: Gap, situation: Situation) -> Situation:
    release, around = situation
    return Situation(with_evidence(release, (gap.kind,), NOW, facts=around), around)


def _moved(_: Gap, situation: Situation) -> Situation:
    release, around = situation
    start = (release.start_at or START) + timedelta(days=7)
    return Situation(replace(release, start_at=start, window_start=start), around)


def _incident_ends(_: Gap, situation: Situation) -> Situation:
    release, around = situation
    over = replace(attested(Kind.DEPENDENCIES), standing=Standing.VERIFIED, source="demo-incidents", by="bot")
    kept = tuple(e for e in release.evidence if e.kind is not Kind.DEPENDENCIES)
    return Situation(replace(release, evidence=(*kept, over)), around)


def _named(name: str, value: object) -> Callable[[Gap, Situation], Situation]:
    def way(_: Gap, situation: Situation) -> Situation:
        return Situation(replace(situation.release, **{name: value}), situation.facts)  # type: ignore[arg-type]  # fields of Release

    return way


def _hired(_: Gap, situation: Situation) -> Situation:
    """Another holder for every role in the catalogue."""
    release, around = situation
    assert around.service is not None
    people = {**around.roster.people, **{who: Person(who, who) for who in FRESH}}
    roles = {
        Role.PEER: ("new-peer",),
        Role.SERVICE_OWNER: ("new-owner",),
        Role.ON_CALL: ("new-on-call",),
        Role.ENGINEERING_LEAD: ("new-lead",),
        Role.QA_LEAD: ("new-qa",),
    }
    around = replace(around, roster=replace(around.roster, people=people))
    return Situation(release, serviced(around, deputies=roles))


def _thresholds(_: Gap, situation: Situation) -> Situation:
    return Situation(situation.release, serviced(situation.facts, thresholds=(Threshold("error rate", 1.0, "%"),)))


def _consented(kind: ConsentKind) -> Callable[[Gap, Situation], Situation]:
    def way(gap: Gap, situation: Situation) -> Situation:
        release, around = situation
        role = next((r for r in Role if r.value.replace("_", " ") == gap.params.get("role")), None)
        assert gap.who is not None
        subjects = [role.value] if role else [k.value for k in Kind] + ["restore"]
        given = tuple(_by(kind, gap.who, subject, role) for subject in subjects)
        return Situation(replace(release, consents=(*release.consents, *given), plan_hash=HASH), around)

    return way


def _by(kind: ConsentKind, who: str, subject: str, role: Role | None) -> Consent:
    return replace(consent(kind, who, subject, role), at=NOW)


def _checked(_: Gap, situation: Situation) -> Situation:
    release, around = situation
    checks = dict.fromkeys(around.policy.required_checks, "passed")
    seen = tuple(_with(e, checks) if e.kind is Kind.CI else e for e in release.evidence)
    return Situation(replace(release, evidence=seen), around)


def _with(one: Evidence, found: Mapping[str, str]) -> Evidence:
    return replace(one, facts={**one.facts, **found})


WAYS: Mapping[str, Callable[[Gap, Situation], Situation]] = {
    "version": _named("version", "2.4.1"),
    "start_at": _named("start_at", START),
    "owner": _named("owner", "ana"),
    "rollback_owner": _named("rollback_owner", "kai"),
    "strategy": _named("strategy", "canary"),
    "steps": _named("steps", (10, 50, 100)),
    "thresholds": _thresholds,
    "add_backup": _added,
    "test_restore": _restored,
    "add_checks": _checked,
    "add_approver": _hired,
    "except_freeze": _moved,
    "except_clash": _moved,
    "end_incident": _incident_ends,
    "sign_off": _consented(ConsentKind.SIGN_OFF),
    "qa": _consented(ConsentKind.QA),
    "confirm": _consented(ConsentKind.CONFIRM),
    "confirm_or_sign": _consented(ConsentKind.CONFIRM),
    "approve_risk": _consented(ConsentKind.RISK),
    **dict.fromkeys(("source_back_or_add", "wait_or_add", "measure_again_or_add"), _added),
    **dict.fromkeys(
        (
            "source_back",
            "wait",
            "measure_again",
            "mend",
            "fix_pipeline",
            "clear_alert",
            "restore_metrics",
            "source_confirms",
            "rebuild_target",
        ),
        _source_says,
    ),
}
"""By the code of the way. A way that is not here is one that nobody could take."""
