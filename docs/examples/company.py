"""People, services and evidence of the example company, at 14:25 in Berlin, 35 minutes before a start."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts
from bot.domain.people import Person, Place, Role, Roster
from bot.domain.service import Audience, Outcome, Service, StandingEvidence, Strategy, Threshold
from bot.policy.defaults import POLICY, RUBRIC

NOW: Final = datetime(2026, 11, 24, 13, 25, tzinfo=UTC)
START: Final = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
_NAMES: Final = {
    "ana": "Ana",
    "ben": "Ben",
    "kai": "Kai",
    "lena": "Lena",
    "mia": "Mia",
    "priya": "Priya",
    "quinn": "Quinn",
}
_ROLES: Final = {
    Role.SERVICE_OWNER: ("lena",),
    Role.ON_CALL: ("kai",),
    Role.ENGINEERING_LEAD: ("mia",),
    Role.PRODUCT_OWNER: ("priya",),
    Role.QA_LEAD: ("quinn",),
    Role.DECISION_MAKER: ("lena",),
}
_SUPPLIERS: Final = {Kind.ROLLBACK: "kai", Kind.MIGRATION: "ben", Kind.SECURITY: "mia", Kind.CUSTOMER_NOTICE: "priya"}
LIMITS: Final = (Threshold("error rate", 1.0, "%"), Threshold("p95 latency", 400.0, "ms"))
ALL_LIMITS: Final = (
    *LIMITS,
    Threshold("p99 latency", 900.0, "ms"),
    Threshold("CPU use", 80.0, "%"),
)
_STANDING: Final = (
    (Kind.CAPACITY, 9, "load check at twice the usual peak"),
    (Kind.MONITORING, 12, "dashboard and alert thresholds reviewed"),
    (Kind.ON_CALL, 3, "rota of the next four weeks"),
    (Kind.RUNBOOK, 12, "rollback runbook under version control"),
    (Kind.SECURITY, 20, "security review of the service"),
    (Kind.THIRD_PARTIES, 20, "third parties know the release days"),
    (Kind.FAILURE_MODES, 20, "failure modes with their signals"),
    (Kind.CUSTOMER_NOTICE, 20, "no outage in this kind of release"),
)


def service(name: str, **more: object) -> Service:
    """A service that is well kept: its standing evidence is fresh."""
    base = Service(
        id=name,
        name=name.title(),
        tier=1,
        time_zone="Europe/Berlin",
        team=("ana", "ben", "kai", "lena"),
        roles=_ROLES,
        deputies=dict.fromkeys((Role.DECISION_MAKER, Role.SERVICE_OWNER), ("mia",)) | {Role.ON_CALL: ("ben",)},
        strategy=Strategy.CANARY,
        steps=(10, 50, 100),
        tool="argo-rollouts",
        data_store="PostgreSQL",
        uses_flags=False,
        outage_visible=False,
        criticality="not_critical",
        novelty="regularly",
        span="one",
        channels={
            Audience.TEAM: (Place("slack", f"#{name}"),),
            Audience.STAKEHOLDERS: (Place("teams", "Releases"),),
        },
        thresholds=ALL_LIMITS,
        sources=dict.fromkeys(("ci", "scm", "prometheus", "rollout", "registry", "incidents"), "acme"),
        suppliers=_SUPPLIERS,
        standing=tuple(_kept(name, *row) for row in _STANDING),
        rollback_owner="kai",
        restore_minutes=6,
        previous_version="2.4.0",
        history=tuple(Outcome(f"R-{90 + n}", f"2.3.{n}", NOW - timedelta(days=7 * n), "success") for n in range(1, 6)),
        names={"namespace": "shop", "container": "app", "image": f"registry.acme.example/{name}", "workload": name},
    )
    return replace(base, **more)  # type: ignore[arg-type]  # each names a field


def facts(of: Service, *others: Service) -> Facts:
    """A quiet day in which that service is released."""
    people = {who: Person(who, name, email=f"{who}@acme.example") for who, name in _NAMES.items()}
    return Facts(of, {s.id: s for s in (of, *others)}, Roster(people), POLICY, RUBRIC)


def seen(kind: Kind, source: str, **found: str | float | bool) -> Evidence:
    """What a source answered three minutes ago."""
    at = NOW - timedelta(minutes=3)
    return Evidence(
        kind, Standing.VERIFIED, source, "bot", at, url=f"https://{source}.acme.example/{kind}", facts=found
    )


def good(previous: str, change: str = "none", *, flags: bool = False) -> tuple[Evidence, ...]:
    """What the sources answer on a good day."""
    checks = dict.fromkeys(("tests", "coverage", "code_analysis", "security_scan"), "passed")
    return (
        seen(Kind.ARTIFACT, "registry", commit="91fe2c0", digest="sha256:5b1f", authors="ben"),
        seen(Kind.CHANGE, "scm"),
        seen(Kind.NOTES, "scm"),
        seen(Kind.MIGRATION, "scm", data_change=change, models_changed=change != "none"),
        seen(Kind.FLAGS, "scm", flags_used=flags) if not flags else _flag(),
        seen(Kind.CI, "ci", test_report="https://ci.acme.example/report", **checks),
        seen(Kind.MONITORING, "prometheus", has_data=True, firing=False, alert="HighErrorRate"),
        seen(Kind.ROLLBACK_TARGET, "registry", target=previous, installable=True),
        seen(Kind.DEPENDENCIES, "incidents", open_incident="", severity="", on=""),
    )


def said(kind: Kind, by: str, days: int, what: str, **found: str | float | bool) -> Evidence:
    """What a person vouches for, with a link and the day of the thing itself."""
    dated = NOW - timedelta(days=days)
    at = NOW - timedelta(minutes=40)
    url = f"https://wiki.acme.example/{kind}"
    return Evidence(kind, Standing.ATTESTED, "person", by, at, url=url, dated=dated, text=what, facts=found)


def drill(way: str = "redeploy", minutes: int = 6, **found: str | float | bool) -> Evidence:
    """The rollback drill of three weeks ago."""
    one = said(Kind.ROLLBACK, "kai", 21, "rollback drill in staging", tested=True, way=way, minutes=minutes, **found)
    return replace(one, url="https://git.acme.example/runbooks/rollback.md")


def _flag() -> Evidence:
    return seen(Kind.FLAGS, "flags", flags_used=True, default="off", kill_switch="new-checkout")


def _kept(name: str, kind: Kind, days: int, what: str) -> StandingEvidence:
    day: date = (NOW - timedelta(days=days)).date()
    return StandingEvidence(kind, day, "kai", url=f"https://wiki.acme.example/{name}/{kind}", text=what)
