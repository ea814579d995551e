"""A small company in code: people, services and facts, for tests that need no file and no database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts
from bot.domain.people import Actor, ActorKind, Person, Place, Role, Roster
from bot.domain.service import Audience, Outcome, Service, StandingEvidence, Strategy, Threshold
from bot.policy.defaults import POLICY, RUBRIC

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""A Tuesday, 13:00 in Berlin."""

START = NOW + timedelta(hours=2)
HOME = Place("sandbox", "#payments")

_NAMES = {"ana": "Ana", "kai": "Kai", "lena": "Lena", "priya": "Priya", "quinn": "Quinn", "mia": "Mia", "ben": "Ben"}


def roster() -> Roster:
    """Seven engineers and leads, a stakeholder, a bot, a guest, and Ana's second account."""
    people = {
        who: Person(who, name, email=f"{who}@acme.example", direct={"sandbox": f"@{who}"})
        for who, name in _NAMES.items()
    }
    people["sam"] = Person("sam", "Sam", email="sam@acme.example", direct={"sandbox": "@sam"})
    people["release-bot"] = Person("release-bot", "Release bot", kind=ActorKind.BOT)
    people["visitor"] = Person("visitor", "Visitor", kind=ActorKind.GUEST)
    people["ana-admin"] = Person("ana-admin", "Ana (admin)", email="ANA@acme.example")
    return Roster(people)


def service(name: str = "payments") -> Service:
    """A service whose standing evidence is fresh but for the rollback drill."""
    dated = (NOW - timedelta(days=10)).date()
    kinds = (Kind.CAPACITY, Kind.MONITORING, Kind.ON_CALL, Kind.RUNBOOK, Kind.THIRD_PARTIES, Kind.FAILURE_MODES)
    standing = tuple(StandingEvidence(kind, dated, "kai", url=f"https://wiki.acme.example/{kind}") for kind in kinds)
    return Service(
        id=name,
        name=name.title(),
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
        deputies={Role.DECISION_MAKER: ("mia",), Role.ON_CALL: ("ben",), Role.SERVICE_OWNER: ("mia",)},
        strategy=Strategy.CANARY,
        steps=(10, 50, 100),
        tool="argo-rollouts",
        data_store="PostgreSQL",
        uses_flags=False,
        outage_visible=False,
        criticality="critical",
        novelty="regularly",
        span="one",
        depends_on=("ledger",) if name != "ledger" else (),
        channels={
            Audience.TEAM: (Place("sandbox", f"#{name}"),),
            Audience.STAKEHOLDERS: (Place("sandbox", "#releases"),),
        },
        thresholds=(Threshold("error rate", 1.0, "%"), Threshold("p95 latency", 400.0, "ms")),
        sources={r: f"demo-{r}" for r in ("ci", "scm", "prometheus", "rollout", "registry", "incidents")},
        suppliers={Kind.ROLLBACK: "kai", Kind.MIGRATION: "ben", Kind.CAPACITY: "kai"},
        standing=standing,
        rollback_owner="kai",
        restore_minutes=10,
        previous_version="2.4.0",
        history=tuple(Outcome(f"H-{n}", f"2.3.{n}", NOW - timedelta(days=7 * n), "success") for n in range(1, 7)),
    )


def facts(**changes: object) -> Facts:
    """The facts of a quiet day; `changes` replaces fields."""
    services = {name: service(name) for name in ("payments", "ledger", "search")}
    base = Facts(service=services["payments"], services=services, roster=roster(), policy=POLICY, rubric=RUBRIC)
    return replace(base, **changes)  # type: ignore[arg-type]  # the tests name fields of Facts


def actor(who: str) -> Actor:
    """That person, speaking in the team's channel."""
    person = roster().person(who)
    kind = person.kind if person else ActorKind.HUMAN
    return Actor(person=who if person else "", platform="sandbox", account=who, place="#payments", kind=kind)


def observed(kind: Kind, at: datetime, standing: Standing = Standing.VERIFIED, **found: str | float | bool) -> Evidence:
    """What a source saw."""
    return Evidence(kind, standing, f"demo-{kind}", "bot", at, url=f"https://source.acme.example/{kind}", facts=found)


def good_observations(at: datetime, data_change: str = "none") -> tuple[Evidence, ...]:
    """What all sources answer on a good day."""
    checks: dict[str, Any] = dict.fromkeys(("tests", "coverage", "code_analysis", "security_scan"), "passed")
    return (
        observed(Kind.ARTIFACT, at, commit="91fe2c0", digest="sha256:aa", authors="ben"),
        observed(Kind.CHANGE, at),
        observed(Kind.NOTES, at),
        observed(Kind.MIGRATION, at, data_change=data_change, models_changed=False),
        observed(Kind.FLAGS, at, flags_used=False),
        observed(Kind.CI, at, test_report="https://ci.acme.example/report", **checks),
        observed(Kind.MONITORING, at, has_data=True, firing=False, alert="PaymentsErrors"),
        observed(Kind.ROLLBACK_TARGET, at, target="2.4.0", installable=True),
        observed(Kind.DEPENDENCIES, at, open_incident="", severity="", on=""),
    )


def drilled_rollback(at: datetime, by: str = "kai", way: str = "redeploy") -> Evidence:
    """A rollback drill three weeks ago, attested with link and date."""
    return Evidence(
        Kind.ROLLBACK,
        Standing.ATTESTED,
        "person",
        by,
        at,
        url="https://git.acme.example/runbooks/payments-rollback.md",
        dated=at - timedelta(days=21),
        stale_after=at + timedelta(days=69),
        facts={"tested": True, "way": way, "minutes": 10},
    )
