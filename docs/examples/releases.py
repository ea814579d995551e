"""Ten releases of different kinds, each with the facts of its day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Evidence, Kind
from bot.domain.facts import Facts
from bot.domain.people import Place, Role
from bot.domain.release import Phase, Release
from bot.domain.service import Outcome, Service, Strategy, Threshold
from bot.plan.hash import plan_hash
from docs.examples.company import ALL_LIMITS, LIMITS, NOW, START, drill, facts, good, seen, service


@dataclass(frozen=True, slots=True)
class Example:
    """One release on its day."""

    title: str
    release: Release
    facts: Facts


def _release(of: Service, number: int, version: str | None, evidence: tuple[Evidence, ...], **more: object) -> Release:
    base = Release(
        id=f"R-{number}",
        service=of.id,
        environment="production",
        version=version,
        phase=Phase.PLANNED,
        requested_by="ana",
        owner="ana",
        home=Place("slack", f"#{of.id}"),
        created_at=NOW - timedelta(minutes=50),
        time_zone="Europe/Berlin",
        start_at=START,
        local_time="15:00",
        window_start=START,
        rollback_owner="kai",
        strategy=of.strategy.value if of.strategy else None,
        commit="91fe2c0",
        digest="sha256:5b1f",
        authors=("ben",),
        data_change="none",
        evidence=evidence,
        plan_revision=2,
    )
    return replace(base, **more)  # type: ignore[arg-type]  # each names a field


def _example(title: str, release: Release, around: Facts, *consents: Consent) -> Example:
    """The release with its hash, and with consents to this very plan."""
    hashed = plan_hash(release, around, NOW)
    given = tuple(replace(c, plan_hash=hashed) for c in consents)
    return Example(title, replace(release, plan_hash=hashed, consents=given), around)


def _consent(kind: ConsentKind, subject: str, by: str, reason: str, role: Role | None = None) -> Consent:
    at = NOW - timedelta(minutes=2)
    return Consent(f"{kind}-{subject}-{by}", kind, subject, ConsentState.VALID, role=role, by=by, reason=reason, at=at)


def _signed(*roles: tuple[Role, str]) -> tuple[Consent, ...]:
    reason = "Read the plan and the notes of the drill."
    return tuple(_consent(ConsentKind.SIGN_OFF, role.value, who, reason, role) for role, who in roles)


def low() -> Example:
    """LOW, stateless, all at once: standing evidence is enough, and it is GO."""
    of = service("search", strategy=Strategy.ALL_AT_ONCE, steps=(), tool="kubectl", data_store=None, criticality="none")
    made = _release(of, 101, "2.4.1", (*good("2.4.0"), drill("redeploy", 3)), summary="Faster suggestions")
    return _example("LOW, stateless, all at once", made, facts(of), *_signed((Role.PEER, "lena")))


def canary() -> Example:
    """A critical service as a canary by Argo Rollouts: only consents are open."""
    of = service("payments", criticality="critical", span="few", depends_on=("ledger",), outage_visible=True)
    made = _release(of, 102, "2.4.1", (*good("2.4.0"), drill()), summary="Retries for card payments")
    return _example("Canary of a critical service", made, facts(of, service("ledger")))


def flag() -> Example:
    """Deployed dark by Helm, opened by a LaunchDarkly flag."""
    names = {
        "namespace": "shop",
        "workload": "web",
        "chart": "acme/web",
        "chart_version": "1.8.2",
        "flag": "new-checkout",
        "flag_project": "web",
        "flag_environment": "production",
    }
    of = service(
        "web",
        strategy=Strategy.FEATURE_FLAG,
        steps=(5, 25, 100),
        tool="helm",
        flag_tool="launchdarkly",
        uses_flags=True,
        names=names,
        data_store=None,
    )
    made = _release(of, 103, "2.4.1", (*good("2.4.0", flags=True), drill("flag", 1)), summary="The new checkout")
    return _example("Feature flag", made, facts(of))


def expand() -> Example:
    """An additive data change before a canary that Flagger drives; one limit comes from an SLO."""
    of = service("ledger", tool="flagger", criticality="critical", thresholds=_with_slo())
    dry = seen(Kind.MIGRATION, "scm", data_change="expand", dry_run=True, backup=True, minutes=4)
    evidence = (*(e for e in good("2.4.0") if e.kind is not Kind.MIGRATION), dry, drill())
    made = _release(of, 104, "2.4.1", evidence, summary="A column for the payment reference", data_change="expand")
    return _example("Expand migration before a canary", made, facts(of))


def contract() -> Example:
    """A final data change whose risk was accepted: past it only a restore leads back."""
    of = service("ledger", criticality="critical", restore_minutes=25, history=_uneven())
    dry = seen(Kind.MIGRATION, "scm", data_change="contract", dry_run=True, backup=True, minutes=8, backup_minutes=12)
    restore = replace(drill("restore", 25), observed_at=NOW - timedelta(minutes=20))
    evidence = (*(e for e in good("2.4.0") if e.kind is not Kind.MIGRATION), dry, restore)
    made = _release(of, 105, "2.5.0", evidence, summary="Drop the old payment columns", data_change="contract")
    accepted = _consent(ConsentKind.RISK, "migration", "mia", "Restored in staging on Monday: 25 min, rows equal.")
    signed = _signed((Role.SERVICE_OWNER, "lena"), (Role.ON_CALL, "kai"))
    slow = _consent(ConsentKind.RISK, "restore", "mia", "Payments stand still for 25 min at most, told to support.")
    return _example("Contract migration, with a restore as the way back", made, facts(of), accepted, slow, *signed)


def untested() -> Example:
    """Nobody rehearsed the way back: no GO, whoever approves."""
    of = service("mail", strategy=Strategy.ROLLING, steps=(), tool="helm", restore_minutes=None, thresholds=LIMITS)
    return _example("Unknown rollback", _release(of, 106, "2.4.1", good("2.4.0"), summary="New templates"), facts(of))


def regulated() -> Example:
    """A regulated service by Argo CD: the security assessment is MUST here, and it is missing."""
    of = service("accounts", regulated=True, criticality="critical", tool="argo-cd", span="few")
    of = replace(of, standing=tuple(s for s in of.standing if s.kind is not Kind.SECURITY))
    made = _release(of, 107, "2.4.1", (*good("2.4.0"), drill()), summary="Two-factor sign-in by default")
    return _example("Regulated service", made, facts(of))


def blue_green() -> Example:
    """The new side is checked without traffic, then all of it is switched."""
    of = service("catalog", strategy=Strategy.BLUE_GREEN, steps=(), criticality="none")
    made = _release(of, 108, "2.4.1", (*good("2.4.0"), drill("redeploy", 1)), summary="New price rules")
    return _example("Blue-green", made, facts(of), *_signed((Role.PEER, "lena")))


def staged() -> Example:
    """Stages that a Spinnaker pipeline drives; the last releases had issues."""
    names = {"app": "images", "pipeline": "deploy", "rollback_pipeline": "roll-back", "pipeline_id": "6f1c0b7e"}
    of = service(
        "images",
        strategy=Strategy.STAGED,
        steps=(20, 60, 100),
        tool="spinnaker",
        names=names,
        criticality="none",
        outage_visible=None,
        history=_uneven(),
    )
    made = _release(of, 109, "2.4.1", (*good("2.4.0"), drill()), summary="Smaller thumbnails")
    return _example("Stages by Spinnaker", made, facts(of))


def unknown() -> Example:
    """Planning has just begun, of a service of which the catalogue hardly knows more than the name."""
    of = replace(
        service("reports"),
        strategy=None,
        steps=(),
        tool=None,
        data_store=None,
        uses_flags=None,
        outage_visible=None,
        criticality=None,
        novelty=None,
        span=None,
        thresholds=(),
        sources={},
        standing=(),
        rollback_owner=None,
        restore_minutes=None,
        previous_version=None,
        history=(),
        names={},
    )
    blank: dict[str, object] = dict.fromkeys(
        ("start_at", "local_time", "window_start", "rollback_owner", "commit", "digest", "data_change")
    )
    made = _release(of, 110, None, (), phase=Phase.PLANNING, authors=(), plan_revision=0, **blank)
    return _example("Nothing is known", made, facts(of))


def _with_slo() -> tuple[Threshold, ...]:
    slo = Threshold("posting error rate", 0.1, "%", slo="ledger.yaml: availability")
    return (slo, *ALL_LIMITS[1:])


def _uneven() -> tuple[Outcome, ...]:
    lesson = "Warm the cache before the first stage."
    return (
        Outcome("R-93", "2.4.0", NOW - timedelta(days=7), "issues", lesson=lesson),
        Outcome("R-92", "2.3.9", NOW - timedelta(days=14), "success"),
        Outcome("R-91", "2.3.8", NOW - timedelta(days=21), "failed", incident="P3"),
    )


EXAMPLES: Final[Mapping[str, Callable[[], Example]]] = {
    "01-low-all-at-once": low,
    "02-canary": canary,
    "03-feature-flag": flag,
    "04-expand-migration": expand,
    "05-contract-migration": contract,
    "06-unknown-rollback": untested,
    "07-regulated": regulated,
    "08-blue-green": blue_green,
    "09-spinnaker-stages": staged,
    "10-nothing-known": unknown,
}
