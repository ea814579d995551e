"""Builds the releases that golden files and message tests draw: one service, its people, and releases in chosen states."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts, Factor, Item, Policy, Rubric
from bot.domain.finding import Finding, Level, Result, verdict_of
from bot.domain.people import ActorKind, Person, Place, Role, Roster
from bot.domain.release import Band, HealthReport, Judgement, Part, Phase, Question, Release, Score, Step
from bot.domain.service import Audience, Service, StandingEvidence, Strategy, Threshold
from bot.messages.view import View

NOW = datetime(2026, 11, 24, 13, 32, tzinfo=UTC)
START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TEAM = Place("sandbox", "#payments")
STAKEHOLDERS = Place("sandbox", "#releases")
_PEOPLE = ("ana", "kai", "lena", "priya", "quinn", "mia", "sam", "ben")

ROSTER = Roster(
    {p: Person(p, p.capitalize(), f"{p}@example.test", direct={"sandbox": f"@{p}"}) for p in _PEOPLE}
    | {"release-bot": Person("release-bot", "Release bot", kind=ActorKind.BOT)}
)

PAYMENTS = Service(
    id="payments",
    name="Payments",
    tier=1,
    time_zone="Europe/Berlin",
    team=("ana", "kai", "lena", "ben"),
    roles={
        Role.SERVICE_OWNER: ("ana", "lena"),
        Role.ON_CALL: ("kai",),
        Role.ENGINEERING_LEAD: ("mia",),
        Role.PRODUCT_OWNER: ("priya",),
        Role.QA_LEAD: ("quinn",),
        Role.DECISION_MAKER: ("lena",),
    },
    deputies={Role.DECISION_MAKER: ("mia",), Role.ON_CALL: ("lena",)},
    strategy=Strategy.CANARY,
    steps=(10, 50, 100),
    tool="argo-rollouts",
    data_store="PostgreSQL",
    depends_on=("ledger",),
    outage_visible=True,
    channels={Audience.TEAM: (TEAM,), Audience.STAKEHOLDERS: (STAKEHOLDERS,)},
    thresholds=(Threshold("error_rate", 1.0, "%"), Threshold("p95_ms", 400.0, "ms")),
    sources={"ci": "demo-ci", "prometheus": "demo-prometheus"},
    suppliers={Kind.ROLLBACK: "kai", Kind.CI: "ben"},
    standing=(StandingEvidence(Kind.CAPACITY, date(2026, 11, 1), "kai", "https://example.test/capacity"),),
    rollback_owner="kai",
    restore_minutes=12,
    previous_version="2.4.0",
)

POLICY = Policy(
    "1",
    tuple(Item(kind, Level.MUST) for kind in (Kind.CI, Kind.ROLLBACK, Kind.MONITORING, Kind.APPROVALS))
    + (Item(Kind.SECURITY, Level.SHOULD),),
)
RUBRIC = Rubric("1", (Factor("novelty", {"regular": 0, "rare": 4, "never": 8}),))
FACTS = Facts(
    service=PAYMENTS, services={"payments": PAYMENTS}, roster=ROSTER, policy=POLICY, rubric=RUBRIC
)


def evidence(kind: Kind, standing: Standing = Standing.VERIFIED, **more: object) -> Evidence:
    """An item that the demo source verified 12 minutes ago."""
    base = Evidence(kind, standing, "demo-ci", "bot", NOW - timedelta(minutes=12), url=f"https://example.test/{kind.value}")
    return replace(base, **more)  # type: ignore[arg-type]  # the tests name fields of Evidence


GOOD = (
    evidence(Kind.CI, subject="91fe2c", facts={"tests": "passed", "coverage": "passed"}),
    evidence(Kind.MONITORING, facts={"has_data": True, "firing": False, "alert": "PaymentsErrors"}),
    evidence(
        Kind.ROLLBACK,
        Standing.ATTESTED,
        source="person",
        by="kai",
        dated=datetime(2026, 11, 3, tzinfo=UTC),
        facts={"tested": True, "way": "redeploy", "minutes": 12},
    ),
)


def finding(code: str, result: Result, subject: str, level: Level = Level.MUST, **more: object) -> Finding:
    """A finding of one rule."""
    return replace(Finding(code, result, level, subject, "G1"), **more)  # type: ignore[arg-type]  # as above


def judged(*findings: Finding, band: Band = Band.LOW, gap: int = 10) -> Judgement:
    """The judgement of these findings, with an arithmetic that adds up."""
    parts = (Part("novelty", "regular", 18), Part("should_missing", "2", gap, known=True))
    return Judgement(verdict_of(findings), findings, Score(18 + gap, band, "1", 18, gap, parts))


CLEAR = tuple(finding(f"{k}_clear", Result.CLEAR, k) for k in ("ci", "rollback", "monitoring"))
SIGN_OFF = finding("sign_offs_open", Result.MISSING, "approvals", consent=True, who="kai")
NO_ROLLBACK = finding("rollback_untested", Result.MISSING, "rollback", who="kai", how="rollback_drill")
NO_CI = finding("ci_missing", Result.MISSING, "ci", who="ben", how="ci_run")
NO_SECURITY = finding("security_missing", Result.MISSING, "security", Level.SHOULD, how="security_note")


def release(**more: object) -> Release:
    """payments 2.4.1, planned for 15:00 UTC, canary, everything there but the sign-offs."""
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
        local_time="16:00",
        window_start=START,
        rollback_owner="kai",
        strategy="canary",
        steps=(10, 50, 100),
        summary="Retries for card payments",
        commit="91fe2c",
        digest="sha256:ab12",
        authors=("ben",),
        data_change="none",
        evidence=GOOD,
        plan_revision=3,
        plan_hash="a91c77",
        judgement=judged(*CLEAR, SIGN_OFF, NO_SECURITY),
    )
    return replace(base, **more)  # type: ignore[arg-type]  # as above


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
    return replace(base, **more)  # type: ignore[arg-type]  # as above


def view(of: Release, judgement: Judgement | None = None, **more: object) -> View:
    """What a card is drawn from."""
    base = View(
        release=of,
        facts=FACTS,
        judgement=judgement or of.judgement or judged(),
        now=NOW,
        place=TEAM,
        head="f00d" * 16,
    )
    return replace(base, **more)  # type: ignore[arg-type]  # as above


GO = consent(ConsentKind.VOTE, "go", "lena", vote="go", role=Role.DECISION_MAKER)
SIGNED = consent(ConsentKind.SIGN_OFF, "peer", "kai", role=Role.PEER)


def possible() -> Release:
    """GO POSSIBLE: only a sign-off and the decision are open."""
    return release()


def unverified() -> Release:
    """NO-GO UNTIL VERIFIED: CI and rollback are missing."""
    open_items = judged(*CLEAR[2:], NO_CI, NO_ROLLBACK, SIGN_OFF, NO_SECURITY, band=Band.MEDIUM, gap=24)
    return release(evidence=GOOD[1:2], judgement=open_items)


def cleared() -> Release:
    """GO, given by the decision maker."""
    return release(phase=Phase.CLEARED, consents=(SIGNED, GO), judgement=judged(*CLEAR))


def live(*more: Evidence, **other: object) -> Release:
    """Started on time, at 10 %."""
    fields: dict[str, object] = {
        "phase": Phase.LIVE,
        "started_at": START,
        "started_by": "ana",
        "progress": (Step(10, "ana", START + timedelta(minutes=2)),),
        "evidence": (*GOOD, *more),
    }
    return replace(cleared(), **(fields | other))  # type: ignore[arg-type]  # as above


def healthy(at: datetime) -> Evidence:
    """Fresh good figures."""
    return evidence(Kind.HEALTH, observed_at=at, facts={"error_rate": 0.2, "p95_ms": 180.0, "firing": False})


def question(number: int = 1, choices: Iterable[str] = ("no_data_change", "tested", "not_tested", "dont_know")) -> Question:
    """An open question on the data migration."""
    return Question(number, "migration", "migration", core=True, because="migration_largest_risk", choices=tuple(choices))


def reported(*, ok: bool, at: datetime) -> HealthReport:
    """What the owner says about the health."""
    return HealthReport(ok=ok, metric="error rate 0.2 %", by="ana", at=at)
