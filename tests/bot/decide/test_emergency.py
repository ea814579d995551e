"""Break-glass: what it waives, what it never waives, who confirms it, and the review that it owes (G16)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.consent import ConsentKind
from bot.domain.emergency import BREAKGLASS_FOR
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts, Neighbour, Window
from bot.domain.finding import Result, Verdict
from bot.domain.people import SYSTEM
from bot.domain.release import Phase
from bot.policy.emergency import seconds
from tests.bot.decide.emergencies import DECLARE, FINE, WHY, codes, confirmed, declared, verdict
from tests.driver import Driver
from tests.world import NOW, START, actor, drilled_rollback, facts, good_observations, observed


def test_an_emergency_asks_nothing_and_counts_once_a_second_person_confirms() -> None:
    d = declared()
    assert (d.phase(), d.state.questions) == (Phase.PLANNED, ())
    assert "breakglass_open" in codes(d, Result.MISSING)
    asked = next(x for x in d.events if isinstance(x, e.ApprovalsRequested))
    assert asked.of == ("lena", "mia", "kai")
    assert d.refused(c.Vote(actor("lena"), "go")) == "go_not_yet"
    d.sign("lena", FINE)
    assert (d.phase(), verdict(d)) == (Phase.CLEARED, Verdict.GO)
    d.do(c.Start(actor("ana")))
    assert not d.state.started_without_go
    assert "breakglass_confirmed" in codes(d, Result.WARN)


def test_the_second_person_is_entitled_and_not_who_declared_it() -> None:
    d = declared()
    assert seconds(d.state, d.facts) == ("lena", "mia", "kai")
    for who, code in (
        ("ana", "own_release"),
        ("ana-admin", "own_release"),
        ("ben", "own_release"),
        ("priya", "not_entitled"),
        ("sam", "not_entitled"),
        ("release-bot", "bot_cannot_approve"),
        ("nobody", "not_in_roster"),
    ):
        assert d.refused(c.Approve(actor(who), FINE, ConsentKind.BREAKGLASS)) == code
    assert d.refused(c.Approve(actor("mia"), "ok", ConsentKind.BREAKGLASS)) == "reason_short"
    d.sign("mia", FINE)
    assert d.phase() is Phase.CLEARED


def test_who_turns_a_colleagues_release_into_an_emergency_does_not_confirm_it() -> None:
    d = Driver().ready()
    d.do(replace(DECLARE, actor=actor("mia")))
    assert d.state.requested_by == "ana"
    assert d.refused(c.Approve(actor("mia"), FINE, ConsentKind.BREAKGLASS)) == "own_release"
    d.sign("lena", FINE)
    assert d.phase() is Phase.CLEARED


@pytest.mark.parametrize(
    "known",
    [
        facts(calendar=(Window("F-1", "*", NOW - timedelta(hours=1), NOW + timedelta(days=2), "peak", "mia"),)),
        facts(
            neighbours=(
                Neighbour("R-0", "ledger", "production", "1", Phase.LIVE, NOW, "priya", "quinn", started=True),
                Neighbour("R-00", "payments", "production", "1", Phase.LIVE, NOW, "priya", "quinn", started=True),
            )
        ),
    ],
    ids=["freeze", "clash and dependency"],
)
def test_freezes_clashes_and_dependencies_are_waived_amber_not_green(known: Facts) -> None:
    ordinary = Driver(facts=known).ready()
    assert ordinary.state.judgement
    assert ordinary.state.judgement.verdict is Verdict.NO_GO
    d = confirmed(known)
    assert (d.phase(), verdict(d)) == (Phase.CLEARED, Verdict.GO)
    assert "emergency_waived" in codes(d, Result.WARN)


@pytest.mark.parametrize("severity", ["SEV1", "SEV2", "SEV3"])
def test_open_incidents_and_unchecked_dependencies_are_waived(severity: str) -> None:
    d = declared()
    bad = observed(Kind.DEPENDENCIES, d.now, open_incident="INC-204", severity=severity, on="ledger")
    d.do(c.RecordObservations(SYSTEM, "none", "demo", (bad,), "recheck"))
    d.sign("lena", FINE)
    assert d.phase() is Phase.CLEARED
    d = confirmed()
    gone = Evidence(Kind.DEPENDENCIES, Standing.UNAVAILABLE, "demo-dependencies", "bot", d.now)
    d.do(c.RecordObservations(SYSTEM, "none", "demo", (gone,), "recheck"))
    assert verdict(d) is Verdict.GO


def test_qa_and_sign_offs_are_waived() -> None:
    d = declared()
    checks: dict[str, Any] = dict.fromkeys(("tests", "coverage", "code_analysis", "security_scan"), "passed")
    d.do(c.RecordObservations(SYSTEM, "none", "demo", (observed(Kind.CI, d.now, **checks),), "recheck"))
    assert "emergency_waived" in codes(d, Result.WARN)
    d.sign("kai", FINE)
    assert d.phase() is Phase.CLEARED
    assert not [k for k in d.state.consents if k.kind in {ConsentKind.SIGN_OFF, ConsentKind.QA}]


NEVER = {
    "G2 failed": lambda at: (observed(Kind.CI, at, Standing.FAILED),),
    "G2 absent check": lambda at: (observed(Kind.CI, at, tests="passed"),),
    "G3 untested": lambda at: (replace(drilled_rollback(at), facts={"tested": False}),),
    "G3 undated": lambda at: (replace(drilled_rollback(at), dated=None),),
    "G14 undocumented": lambda at: (observed(Kind.NOTES, at, Standing.FAILED),),
    "G20 target gone": lambda at: (observed(Kind.ROLLBACK_TARGET, at, Standing.FAILED, installable=False),),
    "G20 firing": lambda at: (observed(Kind.MONITORING, at, Standing.FAILED, has_data=True, firing=True),),
    "G6 destructive": lambda at: (observed(Kind.MIGRATION, at, data_change="contract", dry_run=True, backup=True),),
}


@pytest.mark.parametrize("what", NEVER)
def test_what_is_never_waived_keeps_it_from_go_and_its_repair_lets_it_through(what: str) -> None:
    d = declared()
    spoiled = NEVER[what](d.now)
    d.do(c.RecordObservations(SYSTEM, "none", "demo", spoiled, "recheck"))
    d.sign("lena", FINE, ConsentKind.BREAKGLASS)
    assert d.phase() is Phase.PLANNED
    assert verdict(d) is not Verdict.GO
    if what.startswith("G6"):
        d.do(c.AddEvidence(actor("kai"), drilled_rollback(d.now, way="restore")))
        d.sign("mia", "we have a copy of the table beside it", ConsentKind.RISK)
        d.sign("mia", "the restore was rehearsed on that copy", ConsentKind.RISK)
    elif what.startswith("G3"):
        d.do(c.AddEvidence(actor("kai"), replace(drilled_rollback(d.now), source=spoiled[0].source)))
    else:
        d.do(c.RecordObservations(SYSTEM, "none", "demo", good_observations(d.now), "recheck"))
    if d.phase() is not Phase.CLEARED:
        d.sign("lena", f"{FINE}, once more", ConsentKind.BREAKGLASS)
    assert (d.phase(), verdict(d)) == (Phase.CLEARED, Verdict.GO)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([k for k in NEVER if k[:2] in {"G2", "G3"}]), min_size=1, max_size=2, unique=True),
    st.permutations(["lena", "mia", "kai", "quinn", "priya"]),
    st.booleans(),
)
def test_no_order_of_confirmations_reaches_go_against_pipeline_or_rollback(
    spoiled: list[str],
    people: list[str],
    first: bool,  # noqa: FBT001 - drawn
) -> None:
    d = Driver()
    d.do(DECLARE)
    d.sources()
    if not any(s.startswith("G3") for s in spoiled):
        d.do(c.AddEvidence(actor("kai"), drilled_rollback(d.now)))
    bad = tuple(x for s in spoiled for x in NEVER[s](d.now))
    if first:
        d.do(c.RecordObservations(SYSTEM, "none", "demo", bad, "recheck"))
    for who in people:
        d.sign(who, FINE)
    d.do(c.RecordObservations(SYSTEM, "none", "demo", bad, "recheck"))
    for who in people:
        d.go(who, WHY)
    assert verdict(d) is not Verdict.GO
    d.do(c.Start(actor("ana")))
    assert d.state.started_without_go


def test_a_change_of_the_plan_voids_it_and_asks_again() -> None:
    d = confirmed()
    d.do(c.Amend(actor("ana"), "strategy", "all-at-once"))
    assert d.phase() is Phase.PLANNED
    assert not [k for k in d.state.consents if k.kind is ConsentKind.BREAKGLASS and k.valid_at(d.now)]
    d.do(c.Amend(actor("ana"), "strategy", "canary"))
    d.sign("mia", f"{FINE}, seen again")
    assert d.phase() is Phase.CLEARED


def test_taking_it_back_or_saying_no_ends_it() -> None:
    d = confirmed()
    d.do(c.Withdraw(actor("lena"), "I looked at the wrong change"))
    assert d.phase() is Phase.PLANNED
    d.do(c.Decline(actor("mia"), "the certificate is not the cause at all", ConsentKind.BREAKGLASS))
    d.sign("kai", FINE)
    assert d.phase() is Phase.PLANNED
    d.do(c.Approve(actor("mia"), "I was wrong about the cause, it is the certificate", ConsentKind.BREAKGLASS))
    d.sign("kai", f"{FINE} again")
    assert d.phase() is Phase.CLEARED


def test_it_runs_out_without_a_start_and_the_usual_rules_hold_again() -> None:
    d = confirmed()
    d.now += BREAKGLASS_FOR
    assert verdict(d) is not Verdict.GO
    d.do(c.Judge(SYSTEM))
    assert (d.phase(), d.state.emergency) == (Phase.PLANNED, None)
    assert isinstance(next(x for x in d.events if isinstance(x, e.EmergencyLapsed)), e.EmergencyLapsed)
    assert "sign_off_open" in codes(d, Result.MISSING)
    d.do(replace(DECLARE, reason=f"{WHY}, still"))
    d.sources(purpose="recheck")
    d.sign("lena", f"{FINE}, still so")
    assert d.phase() is Phase.CLEARED
    d.do(c.Start(actor("ana")))
    d.now += BREAKGLASS_FOR
    d.do(c.Judge(SYSTEM))
    assert d.state.emergency is not None
    assert "breakglass_confirmed" in codes(d, Result.WARN)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"incident": ""}, "incident_missing"),
        ({"incident": "the big one"}, "incident_missing"),
        ({"reason": "urgent"}, "reason_short"),
        ({"actor": actor("sam")}, "not_engineer"),
        ({"actor": actor("visitor")}, "guest"),
    ],
)
def test_without_incident_reason_or_right_it_is_refused(change: dict[str, object], code: str) -> None:
    d = Driver()
    assert d.refused(replace(DECLARE, **change)) == code  # type: ignore[arg-type]  # the cases name fields
    assert d.refused(DECLARE) == ""
    assert d.refused(replace(DECLARE, reason=f"{WHY}, says mia")) == "breakglass_already"


def test_an_unknown_service_and_a_release_that_started_are_refused() -> None:
    assert Driver(facts=facts(service=None)).refused(DECLARE) == "service_unknown"
    d = Driver().live()
    assert d.refused(DECLARE) == "breakglass_started"
    assert Driver().refused(DECLARE) == ""


def test_a_cleared_release_becomes_an_emergency_and_needs_its_second_person() -> None:
    d = Driver().cleared()
    d.do(DECLARE)
    assert d.phase() is Phase.PLANNED
    d.sign("lena", FINE)
    assert d.phase() is Phase.CLEARED
    assert d.state.start_at == START
