"""A risk stands once in its table, by its name, with a mitigation that fits it and with who sees to it (G5, G11, G21, V4)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.consent import Consent, ConsentKind
from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts, Neighbour, Window
from bot.domain.people import Role
from bot.domain.plan import OriginKind, Plan, RiskRow
from bot.domain.release import Phase, Release
from bot.messages.telling import line_text
from bot.plan.draft import draft
from bot.policy import judge
from tests.bot.policy.releases import consent, having, ready
from tests.world import NOW, START, drilled_rollback, facts, observed

FREEZE = Window("F-1", "production", NOW, START + timedelta(days=1), "year-end closing", "mia")
OTHER = Neighbour("R-9", "ledger", "production", "1", Phase.PLANNED, START, "ben", "kai")
MITIGATION = "The refund rate is watched by Kai."


def drafted(release: Release, around: Facts | None = None) -> Plan:
    base = around or facts()
    return draft(release, base, judge(release, base, NOW), NOW)


def row(plan: Plan, code: str) -> RiskRow:
    return next(r for r in plan.risks if r.cause.code == code)


def codes(plan: Plan) -> list[str]:
    return [r.cause.code for r in plan.risks]


def signature(who: str, role: Role) -> Consent:
    given = consent(ConsentKind.EXCEPTION, who, "test:coverage", role=role)
    terms = {
        "owner": "ben",
        "requested_by": "ana",
        "details": "79 %",
        "mitigation": MITIGATION,
        "justification": "Refunds.",
    }
    return replace(given, expires_at=START + timedelta(hours=2), **terms)  # type: ignore[arg-type]  # fields of Consent


def test_a_failed_test_under_exception_is_a_risk_with_the_mitigation_and_the_owner_that_were_signed() -> None:
    checks = dict.fromkeys(("tests", "code_analysis", "security_scan"), "passed")
    failed = observed(Kind.CI, NOW, Standing.FAILED, coverage="failed", **checks)
    signed = (signature("priya", Role.PRODUCT_OWNER), signature("quinn", Role.QA_LEAD))
    found = row(drafted(having(replace(ready(), consents=signed), failed)), "finding.ci_check_excepted")
    assert (found.owner, line_text(found.mitigation)) == ("ben", f"As signed: {MITIGATION}")


@pytest.mark.parametrize(
    ("around", "code"),
    [(facts(calendar=(FREEZE,)), "finding.freeze"), (facts(neighbours=(OTHER,)), "finding.dependency_release")],
)
def test_a_freeze_or_another_release_stands_once_and_by_its_name(around: Facts, code: str) -> None:
    found = codes(drafted(ready(), around))
    assert found.count(code) == 1
    assert "risk.window_freeze" not in found


def test_a_start_out_of_core_hours_keeps_its_own_row() -> None:
    late = drafted(replace(ready(), start_at=START + timedelta(hours=7)))
    assert row(late, "risk.window_off").mitigation.code == "risk.window_fix"


def test_an_accepted_risk_is_told_once_among_the_top_two_and_keeps_its_row_below() -> None:
    drilled = having(replace(ready(), data_change="contract"), drilled_rollback(NOW, way="restore"))
    accepted = consent(ConsentKind.RISK, "mia", "migration")
    before, after = drafted(drilled), drafted(replace(drilled, consents=(accepted,)))
    assert "risk.data_change_destructive" in codes(before)[:2]
    assert codes(after)[0] == "finding.risk_migration_accepted"
    assert codes(after).index("risk.data_change_destructive") > 1


def test_a_small_incident_is_watched_and_nobody_is_said_to_have_accepted_it() -> None:
    seen = observed(Kind.DEPENDENCIES, NOW, open_incident="INC-8", severity="SEV3", on="payments")
    found = row(drafted(having(ready(), seen)), "finding.incident_minor")
    assert found.mitigation.code == "risk.incident_fix"


def test_what_blocks_is_a_top_risk_and_no_uncertainty() -> None:
    sure = drafted(ready(), facts(calendar=(FREEZE,))).confidence
    assert sure.risks[0].code == "finding.freeze"
    assert all(line.origin.kind is OriginKind.UNKNOWN for line in sure.uncertainties)


def test_a_way_back_that_nobody_described_is_unknown_and_asked_for_instead_of_told_as_a_restore() -> None:
    drill = drilled_rollback(NOW)
    undescribed = having(ready(), replace(drill, facts={"tested": True, "minutes": 10}))
    found = row(drafted(undescribed), "risk.way_back_undescribed")
    assert found.cause.origin.kind is OriginKind.UNKNOWN
    assert found.mitigation.code == "risk.way_back_said"
    assert "risk.way_back_redeploy" in codes(drafted(ready()))
    assert "risk.way_back_restore" in codes(drafted(having(ready(), drilled_rollback(NOW, way="restore"))))


def test_the_way_back_of_blue_green_is_the_old_side() -> None:
    assert "risk.way_back_switch" in codes(drafted(replace(ready(), strategy="blue-green")))


def test_what_is_vouched_for_and_still_open_is_a_gap_and_nothing_that_anybody_is_trusted_for() -> None:
    for change, trusted in (("contract", False), ("none", True)):
        plan = drafted(replace(ready(), data_change=change))
        assert ("tested rollback" in line_text(row(plan, "risk.attested").cause)) is trusted


def test_a_data_change_in_dispute_is_an_assumption_and_the_first_uncertainty() -> None:
    seen = observed(Kind.MIGRATION, NOW, Standing.MISSING, models_changed=True)
    plan = drafted(having(ready(), seen))
    assert plan.confidence.uncertainties[0].code == "doubt.disputed"
    assert "assume.no_data" in [line.code for line in plan.self_check.assumptions]
    assert "assume.no_data" not in [line.code for line in drafted(ready()).self_check.assumptions]
