"""Builds the releases that golden files and message tests draw, in the small company of tests/world.py."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Evidence, Kind
from bot.domain.facts import Facts
from bot.domain.finding import Finding, Level, Result, verdict_of
from bot.domain.people import Place, Role
from bot.domain.release import Band, HealthReport, Judgement, Part, Phase, Question, Release, Score, Step
from bot.messages.view import View
from bot.policy import judge
from tests import world

NOW, START, TEAM = world.NOW, world.START, world.HOME
STAKEHOLDERS = Place("sandbox", "#releases")
GOOD = (*world.good_observations(NOW - timedelta(minutes=12)), world.drilled_rollback(NOW - timedelta(minutes=10)))


def finding(code: str, result: Result, subject: str, level: Level = Level.MUST, **more: object) -> Finding:
    """A finding of one rule."""
    return replace(Finding(code, result, level, subject, "G1"), **more)  # type: ignore[arg-type]  # each names a field


def judged(*findings: Finding, band: Band = Band.LOW, gap: int = 10) -> Judgement:
    """The judgement of these findings, with an arithmetic that adds up."""
    parts = (Part("novelty", "rarely", 18), Part("should_missing", "2", gap))
    return Judgement(verdict_of(findings), findings, Score(18 + gap, band, "1", 18, gap, parts))


def release(**more: object) -> Release:
    """Of payments 2.4.1: planned for 14:00 UTC, canary, everything there but the sign-off."""
    base = Release(
        id="R-142",
        service="payments",
        environment="production",
        version="2.4.1",
        phase=Phase.PLANNED,
        requested_by="ana",
        owner="ana",
        home=TEAM,
        created_at=NOW - timedelta(minutes=20),
        time_zone="Europe/Berlin",
        start_at=START,
        local_time="15:00",
        window_start=START,
        rollback_owner="kai",
        strategy="canary",
        steps=(10, 50, 100),
        summary="Retries for card payments",
        commit="91fe2c0",
        digest="sha256:aa",
        authors=("ben",),
        data_change="none",
        evidence=GOOD,
        plan_revision=3,
        plan_hash="a91c77",
    )
    return replace(base, **more)  # type: ignore[arg-type]  # each names a field


def consent(kind: ConsentKind, subject: str, by: str, **more: object) -> Consent:
    """A valid consent to this plan."""
    base = Consent(
        f"c-{kind.value}-{subject}-{by}",
        kind,
        subject,
        ConsentState.VALID,
        by=by,
        reason="Seen the drill, the thresholds fit.",
        at=NOW - timedelta(minutes=5),
        plan_hash="a91c77",
    )
    return replace(base, **more)  # type: ignore[arg-type]  # each names a field


def view(of: Release, judgement: Judgement | None = None, **more: object) -> View:
    """What a card is drawn from; judged by the real rules unless a judgement is given. `now` may be replaced."""
    facts = more.pop("facts", None) or world.facts()
    now = more.pop("now", NOW)
    assert isinstance(facts, Facts)
    assert isinstance(now, datetime)
    found = judgement or judge(of, facts, now)
    base = View(replace(of, judgement=found), facts, found, now, TEAM, head="f00d" * 16)
    return replace(base, **more)  # type: ignore[arg-type]  # each names a field


GO = consent(ConsentKind.VOTE, "go", "lena", vote="go", role=Role.DECISION_MAKER)
SIGNED = consent(ConsentKind.SIGN_OFF, "peer", "kai", role=Role.PEER)


def possible() -> Release:
    """GO POSSIBLE: only a sign-off and the decision are open."""
    return release()


def unverified() -> Release:
    """NO-GO UNTIL VERIFIED: CI and rollback are missing."""
    return release(evidence=tuple(e for e in GOOD if e.kind not in {Kind.CI, Kind.ROLLBACK}))


def unknown() -> Release:
    """Planning has just begun: no version, no time, nothing known."""
    return release(
        phase=Phase.PLANNING,
        version=None,
        start_at=None,
        rollback_owner=None,
        strategy=None,
        steps=(),
        summary="",
        commit=None,
        digest=None,
        authors=(),
        data_change=None,
        evidence=(),
        plan_revision=0,
        plan_hash="",
    )


def cleared() -> Release:
    """GO, given by the decision maker."""
    return release(phase=Phase.CLEARED, consents=(SIGNED, GO))


def live(*more: Evidence, **other: object) -> Release:
    """Started on time, at 10 %."""
    fields: dict[str, object] = {
        "phase": Phase.LIVE,
        "started_at": START,
        "started_by": "ana",
        "progress": (Step(10, "ana", START + timedelta(minutes=2)),),
        "evidence": (*GOOD, *more),
    }
    return replace(cleared(), **(fields | other))  # type: ignore[arg-type]  # each names a field


def risky() -> Release:
    """Cleared with an irreversible data change that the engineering lead accepted: amber for good (G21)."""
    roles = ((Role.SERVICE_OWNER, "lena"), (Role.ON_CALL, "kai"), (Role.ENGINEERING_LEAD, "mia"))
    three = tuple(consent(ConsentKind.SIGN_OFF, role.value, who, role=role) for role, who in roles)
    accepted = consent(ConsentKind.RISK, "migration", "mia", reason="Backup taken and restored in staging on Monday.")
    drill = world.drilled_rollback(NOW - timedelta(minutes=10), way="restore")
    kept = tuple(e for e in cleared().evidence if e.kind is not Kind.ROLLBACK)
    return replace(cleared(), data_change="irreversible", consents=(accepted, *three, GO), evidence=(*kept, drill))


def hostile() -> Release:
    """Everything that people type tries to be markup, a mention, a command or a formula."""
    text = "<script>alert(1)</script> *bold* <!channel> @here\n# not a heading | [x](javascript:1) `; rm -rf /` =1+1"
    asked = Question(1, "migration", "migration", core=True, because="migration", choices=("tested",), answer="given")
    return release(
        version="2.4.1 <b>|`x`",
        summary=text,
        environment="prod\nuction",
        questions=(replace(asked, answered_by="ana", text=text),),
        consents=(consent(ConsentKind.VOTE, "no-go", "kai", vote="no-go", reason=text),),
    )


def question(choices: Iterable[str] = ("no_data_change", "tested", "not_tested", "dont_know")) -> Question:
    """The open question on the data migration."""
    return Question(1, "migration", "migration", core=True, because="migration", choices=tuple(choices))


def healthy(at: datetime, **more: object) -> Evidence:
    """Fresh good figures of the monitors."""
    found = world.observed(Kind.HEALTH, at, error_rate=0.2, p95_ms=180.0, firing=False, healthy=True)
    return replace(found, **more)  # type: ignore[arg-type]  # each names a field


def reported(*, ok: bool, at: datetime) -> HealthReport:
    """What the owner says about the health."""
    return HealthReport(ok=ok, metric="error rate 0.2 %", by="ana", at=at)
