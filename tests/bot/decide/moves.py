"""What the stateful model lets people, sources and the clock do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.consent import ConsentKind
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Window
from bot.domain.people import SYSTEM, Actor, Place
from tests.world import good_observations, observed

TEAM = ["ana", "kai", "lena", "mia", "ben", "priya", "quinn"]
WHO_IS: Mapping[str, str] = {**{who: who for who in (*TEAM, "sam")}, "ana-admin": "ana"}
"""Account -> human being."""

PEOPLE = st.sampled_from([*TEAM, "lena", "kai", "mia", "ana-admin", "sam", "release-bot", "visitor", "nobody"])
REASONS = st.sampled_from(["ok", "lgtm", "", "the drill of November was read", "support has confirmed its staffing"])
CORE = frozenset({"ci", "migration", "monitoring", "rollback", "flags"})
"""Q2, by name."""

ATTESTED = st.tuples(
    st.sampled_from([*Kind, Kind.ROLLBACK, Kind.ROLLBACK, Kind.CI]),
    st.sampled_from([Standing.ATTESTED, Standing.VERIFIED, Standing.FAILED, Standing.PENDING, Standing.MISSING]),
    st.sampled_from([None, True, False]),
    st.booleans(),
)
"""Kind, standing, tested, with a link."""


def questions_answered() -> st.SearchStrategy[tuple[str, bool, str | None]]:
    """How, with a drill or not, and what happens to the data."""
    how = st.sampled_from(["given", "given", "dont_know", "vague", "person"])
    return st.tuples(how, st.booleans(), st.sampled_from([None, "none", "expand", "contract"]))


def observations() -> st.SearchStrategy[tuple[str, bool, str]]:
    """What goes wrong, whether it is another build, and its authors."""
    trouble = ["", "", "", "ci", "check", "target", "firing", "incident", "unavailable"]
    return st.tuples(st.sampled_from(trouble), st.booleans(), st.sampled_from(["ben", "ben", "lena", "kai, mia"]))


def observed_by_all(at: datetime, trouble: str, other_build: bool, authors: str) -> tuple[Evidence, ...]:  # noqa: FBT001 - drawn as one tuple
    """All sources answer; one of them badly."""
    items = {x.kind: x for x in good_observations(at)}
    digest = "sha256:bb" if other_build else "sha256:aa"
    items[Kind.ARTIFACT] = observed(Kind.ARTIFACT, at, commit="91fe2c0", digest=digest, authors=authors)
    bad = {
        "ci": observed(Kind.CI, at, Standing.FAILED),
        "check": observed(
            Kind.CI, at, tests="failed", coverage="passed", code_analysis="passed", security_scan="passed"
        ),
        "target": observed(Kind.ROLLBACK_TARGET, at, Standing.FAILED, installable=False),
        "firing": observed(Kind.MONITORING, at, Standing.FAILED, has_data=True, firing=True),
        "incident": observed(Kind.DEPENDENCIES, at, open_incident="INC-7", severity="SEV2", on="ledger"),
        "unavailable": observed(Kind.CI, at, Standing.UNAVAILABLE),
    }.get(trouble)
    if bad is not None:
        items[bad.kind] = bad
    return tuple(items.values())


def rollout(at: datetime, state: str) -> tuple[Evidence, ...]:
    """What the rollout tool shows."""
    return (observed(Kind.ROLLOUT, at, state=state, percent=10),)


def attested(at: datetime, by: str, given: tuple[Kind, Standing, bool | None, bool], days: int) -> Evidence:
    """What somebody says, about a thing of so many days ago; days below 0 lie ahead, and 1 to 3 carry no date."""
    kind, standing, tested, linked = given
    url = "https://wiki.acme.example/item" if linked else None
    dated = None if 0 < days < 4 else at - timedelta(days=days)
    facts = {} if tested is None else {"tested": tested}
    return Evidence(kind, standing, "person", by, at, url=url, dated=dated, facts=facts)


def failing_check(at: datetime) -> tuple[Evidence, ...]:
    """All sources answer; the coverage of the run is too low."""
    states = {"tests": "passed", "coverage": "failed", "code_analysis": "passed", "security_scan": "passed"}
    ci = observed(Kind.CI, at, Standing.FAILED, **states)
    return (*(x for x in good_observations(at) if x.kind is not Kind.CI), ci)


def exception_of_a_check(who: Actor, lacks: str, until: datetime) -> c.RequestException:
    """The exception of that check, complete but for one thing."""
    whole = c.RequestException(
        who,
        "test",
        "the refund path of this release is switched off",
        "kai",
        until,
        check="coverage",
        details="coverage of RefundTest fell to 79 %",
        link="https://ci.acme.example/runs/7/coverage",
        mitigation="Kai watches the refund rate during the canary",
    )
    without = {"details": replace(whole, details=""), "link": replace(whole, link="")}
    return without.get(lacks, replace(whole, mitigation="") if lacks else whole)


def amendments() -> st.SearchStrategy[tuple[str, str]]:
    """A field and its value."""
    return st.sampled_from(
        [
            ("steps", "5, 100"),
            ("steps", "10, 50, 100"),
            ("owner", "kai"),
            ("owner", "lena"),
            ("owner", "release-bot"),
            ("version", "2.4.2"),
            ("environment", "staging"),
            ("strategy", "all-at-once"),
            ("strategy", "canary"),
            ("data_change", "contract"),
            ("data_change", "none"),
            ("rollback_owner", "mia"),
        ]
    )


def emergency(who: Actor, what: str) -> c.Command:
    """Break-glass is declared, confirmed, reviewed; an alarm of it rings."""
    why = "customers cannot pay since the certificate ran out"
    home = Place("sandbox", "#payments")
    return {
        "declare": c.DeclareEmergency(who, "R-1", "payments", "2.4.1", home, "INC-7", why),
        "confirm": c.Approve(who, f"the certificate alone is exchanged, says {who.account}", ConsentKind.BREAKGLASS),
        "review": c.RecordReview(who, "the certificate ran out", "the sign-offs of two", "an alert a month before"),
        "remind": c.RemindReview(SYSTEM, 3),
    }[what]


def frozen(scope: str, start: datetime | None, hours: int) -> Window:
    """A freeze around the start, or near it."""
    begins = (start or datetime(2026, 11, 24, 12, tzinfo=UTC)) + timedelta(hours=hours)
    return Window("F-1", scope, begins, begins + timedelta(hours=3), "stock taking", "mia", by="mia")


def report(who: Actor, what: str) -> c.Command:
    """A report of the rollout."""
    return {
        "start": c.Start(who),
        "step": c.ReportStep(who, 50),
        "well": c.ReportHealth(who, ok=True, metric="error rate 0.1 %"),
        "badly": c.ReportHealth(who, ok=False, metric="error rate 3 %"),
        "done": c.Finish(who, "Drills pay off."),
        "rolled back": c.FinishRollback(who),
        "lesson": c.RecordLesson(who, "Drills pay off."),
    }[what]


def alarm(what: str, revision: int) -> c.Command:
    """What the clock says."""
    return {
        "ask": c.AskNext(SYSTEM),
        "drift": c.CheckDrift(SYSTEM, "T-30", revision),
        "escalate": c.Escalate(SYSTEM, "approver", revision),
        "stop": c.StopWithoutGo(SYSTEM, revision),
        "outcome": c.RemindOutcome(SYSTEM, 4, revision),
    }[what]
