"""Single gates, each refused first and then opened."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.consent import ConsentKind, ConsentState
from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.facts import Facts, Neighbour, Window
from bot.domain.finding import Finding, Level, Result, Verdict
from bot.domain.people import Role
from bot.domain.release import Phase, Release
from bot.messages.words import say
from bot.policy import judge
from tests.bot.policy.releases import HASH, LATER, attested, bare_of, consent, having, ready, serviced, without
from tests.world import NOW, START, drilled_rollback, facts, observed

CHECKS = dict.fromkeys(("tests", "coverage", "code_analysis", "security_scan"), "passed")


def run(**said: str) -> Evidence:
    """A pipeline run that shows these checks."""
    return replace(observed(Kind.CI, NOW), facts=said)


def found(release: Release, code: str, around: Facts | None = None) -> Finding | None:
    return next((f for f in judge(release, around or facts(), LATER).findings if f.code == code), None)


def verdict(release: Release, around: Facts | None = None) -> Verdict:
    return judge(release, around or facts(), LATER).verdict


def test_an_absent_check_is_named_missing_and_a_failed_one_blocks() -> None:
    absent = having(ready(), run(**{**CHECKS, "security_scan": "absent"}, test_report="x"))
    one = found(absent, "ci_checks_absent")
    assert one is not None
    assert one.params["checks"] == "security scan"
    assert verdict(absent) is Verdict.UNVERIFIED
    failed = having(ready(), run(**{**CHECKS, "tests": "failed"}, test_report="x"))
    assert verdict(failed) is Verdict.NO_GO
    assert verdict(ready()) is Verdict.GO


@pytest.mark.parametrize(
    ("drill", "code"),
    [
        (replace(drilled_rollback(NOW), facts={"tested": False}), "rollback_untested"),
        (replace(drilled_rollback(NOW), facts={"way": "redeploy"}), "rollback_unsaid"),
        (replace(drilled_rollback(NOW), facts={}, standing=Standing.VERIFIED, by="bot"), "rollback_unsaid"),
        (replace(drilled_rollback(NOW), facts={}, source="catalogue"), "rollback_unsaid"),
        (replace(drilled_rollback(NOW), dated=None), "rollback_undated"),
        (replace(drilled_rollback(NOW), dated=NOW + timedelta(days=2)), "rollback_undated"),
        (replace(drilled_rollback(NOW), standing=Standing.MISSING), "rollback_missing"),
        (replace(drilled_rollback(NOW), standing=Standing.PENDING), "rollback_pending"),
        (replace(drilled_rollback(NOW), standing=Standing.UNAVAILABLE), "rollback_unavailable"),
        (replace(drilled_rollback(NOW), standing=Standing.FAILED), "rollback_failed"),
        (replace(drilled_rollback(NOW), stale_after=NOW), "rollback_stale"),
    ],
)
def test_go_is_refused_until_the_rollback_was_tested(drill: Evidence, code: str) -> None:
    release = having(ready(), drill)
    assert found(release, code)
    assert verdict(release) is not Verdict.GO
    declared = replace(release, not_applicable={"rollback": ("kai", "It always works, trust me.")})
    assert verdict(declared) is not Verdict.GO
    assert verdict(having(release, drilled_rollback(NOW))) is Verdict.GO


def test_a_tested_rollback_has_to_be_written_somewhere() -> None:
    spoken = replace(drilled_rollback(NOW), url=None, text="helm rollback, worked fine")
    bare = bare_of(facts(), Kind.RUNBOOK)
    assert found(having(ready(), spoken), "rollback_unwritten", bare)
    assert found(having(ready(), spoken), "rollback_unwritten", facts()) is None


def test_an_old_drill_proves_nothing_about_a_change_of_data_that_cannot_be_undone() -> None:
    old = replace(drilled_rollback(NOW), source="catalogue")
    plan = attested(Kind.MIGRATION, facts={"dry_run": True, "backup": True})
    accepted = (*ready().consents, consent(ConsentKind.RISK, "lena", "migration"))
    release = replace(having(ready(), old, plan), data_change="contract", consents=accepted)
    assert found(release, "rollback_touched")
    again = having(release, drilled_rollback(NOW))
    invalid = found(again, "rollback_no_way")
    assert invalid is not None
    assert (invalid.rule, invalid.how, invalid.params["way"]) == ("G19", "test_restore", "redeploy")
    assert verdict(again) is not Verdict.GO
    assert verdict(having(release, drilled_rollback(NOW, way="restore"))) is Verdict.GO


def test_a_migration_is_rehearsed_and_backed_up() -> None:
    def given(change: str, **facts_: bool) -> Release:
        return replace(having(ready(), attested(Kind.MIGRATION, facts=facts_)), data_change=change)

    assert found(given("expand", dry_run=False), "migration_untested")
    assert found(given("locking", dry_run=True, backup=False), "migration_no_backup")
    assert verdict(given("expand", dry_run=True)) is Verdict.GO
    unclassed = replace(having(ready(), attested(Kind.MIGRATION)), data_change=None)
    assert found(unclassed, "migration_unclassed")
    changed = having(ready(), observed(Kind.MIGRATION, NOW, Standing.MISSING, models_changed=True))
    assert found(changed, "migration_disputed")
    assert verdict(changed) is Verdict.GO


def test_a_destructive_change_needs_approve_risk_and_stays_amber() -> None:
    plan = attested(Kind.MIGRATION, facts={"dry_run": True, "backup": True})
    release = replace(having(ready(), plan, drilled_rollback(NOW, way="restore")), data_change="irreversible")
    open_ = found(release, "risk_migration_open")
    assert open_ is not None
    assert open_.consent
    assert open_.who == "lena"
    accepted = replace(release, consents=(*release.consents, consent(ConsentKind.RISK, "lena", "migration")))
    assert verdict(accepted) is Verdict.GO
    amber = found(accepted, "risk_migration_accepted")
    assert amber is not None
    assert amber.result is Result.WARN


def test_a_restore_as_the_only_way_back_has_to_be_accepted() -> None:
    drill = drilled_rollback(NOW)
    release = having(ready(), replace(drill, facts={**drill.facts, "way": "restore"}))
    assert found(release, "risk_restore_open")
    accepted = replace(release, consents=(*release.consents, consent(ConsentKind.RISK, "mia", "restore")))
    assert verdict(accepted) is Verdict.GO


def test_consents_to_another_plan_or_of_the_author_or_of_a_bot_do_not_count() -> None:
    old = replace(ready(), consents=tuple(replace(c, plan_hash="0" * 64) for c in ready().consents))
    assert found(old, "sign_off_open")
    for who in ("ana", "ana-admin", "ben"):
        given = replace(ready(), consents=(consent(ConsentKind.SIGN_OFF, who, "peer", Role.PEER),))
        assert found(given, "sign_off_open"), who
    assert found(replace(ready(), plan_hash=HASH), "sign_off_open") is None


def test_what_was_measured_and_tells_nothing_says_why() -> None:
    quiet = replace(observed(Kind.MONITORING, NOW, Standing.INCONCLUSIVE, has_data=True), text="silenced by Bob")
    bare = bare_of(facts(), Kind.MONITORING)
    seen = found(having(without(ready(), Kind.MONITORING), quiet), "monitoring_inconclusive", bare)
    assert seen
    assert "neither good nor bad: silenced by Bob." in say(f"finding.{seen.code}", seen.params)
    # Whoever vouches for a dashboard does not vouch for what is to be seen on it now.
    live = found(having(without(ready(), Kind.MONITORING), quiet), "monitoring_unclear")
    assert live
    assert live.open
    assert "silenced by Bob" in say(f"finding.{live.code}", live.params)
    assert found(ready(), "monitoring_live")


def test_monitoring_is_looked_at_and_not_assumed() -> None:
    assert found(without(ready(), Kind.MONITORING), "monitoring_unchecked")
    firing = having(
        ready(), observed(Kind.MONITORING, NOW, Standing.FAILED, has_data=True, firing=True, alert="Errors")
    )
    assert verdict(firing) is Verdict.NO_GO
    assert found(
        having(ready(), observed(Kind.MONITORING, NOW - timedelta(hours=25), has_data=True)), "monitoring_unchecked"
    )
    down = having(ready(), observed(Kind.MONITORING, NOW, Standing.UNAVAILABLE))
    assert found(down, "monitoring_unchecked")
    unheard = having(ready(), observed(Kind.MONITORING, NOW, Standing.MISSING, has_data=True))
    assert found(unheard, "monitoring_live")  # there is data; that no alert exists is the item's own gap
    alone = serviced(facts(), sources={})
    assert found(having(ready(), attested(Kind.MONITORING)), "monitoring_live_attested", alone)
    assert found(ready(), "monitoring_live")


def test_the_rollback_target_is_checked_and_not_assumed() -> None:
    assert found(without(ready(), Kind.ROLLBACK_TARGET), "rollback_target_missing")
    assert found(having(ready(), attested(Kind.ROLLBACK_TARGET)), "rollback_target_unchecked")
    assert found(having(ready(), observed(Kind.ROLLBACK_TARGET, NOW)), "rollback_target_unchecked")
    assert verdict(having(ready(), attested(Kind.ROLLBACK_TARGET)), serviced(facts(), sources={})) is Verdict.GO


def test_dependencies_are_checked_before_go() -> None:
    assert found(without(ready(), Kind.DEPENDENCIES), "dependencies_missing")
    broken = having(ready(), observed(Kind.DEPENDENCIES, NOW, Standing.FAILED))
    assert found(broken, "dependencies_failed")
    frozen = Window("f", "ledger", START, START + timedelta(hours=1), "migration of ledgers", "lena")
    assert verdict(ready(), facts(calendar=(frozen,))) is Verdict.NO_GO
    other = Neighbour("R-9", "ledger", "production", "1.0", Phase.LIVE, None, "mia", None, started=True)
    assert verdict(ready(), facts(neighbours=(other,))) is Verdict.NO_GO
    far = replace(other, phase=Phase.PLANNED, started=False, start_at=START + timedelta(hours=3))
    assert verdict(ready(), facts(neighbours=(far,))) is Verdict.GO


def test_a_small_incident_of_the_service_itself_warns() -> None:
    small = having(ready(), observed(Kind.DEPENDENCIES, NOW, open_incident="INC-1", severity="sev3", on="payments"))
    one = found(small, "incident_minor")
    assert one is not None
    assert one.result is Result.WARN
    assert verdict(small) is Verdict.GO


def test_the_later_of_two_releases_yields() -> None:
    near = START + timedelta(hours=1)
    first = Neighbour("R-9", "payments", "production", "2.4.2", Phase.PLANNED, near, "mia", "ben")
    assert found(ready(), "clash", facts(neighbours=(first,)))
    assert verdict(ready(), facts(neighbours=(replace(first, id="R-143"),))) is Verdict.GO
    assert verdict(ready(), facts(neighbours=(replace(first, environment="staging"),))) is Verdict.GO


def test_nobody_is_at_two_releases_at_once() -> None:
    other = Neighbour("R-9", "search", "production", "3.0", Phase.PLANNED, START, "kai", None)
    assert found(ready(), "clash_people", facts(neighbours=(other,)))
    assert verdict(ready(), facts(neighbours=(replace(other, start_at=START + timedelta(minutes=30)),))) is Verdict.GO


def test_medium_risk_needs_canary_or_flag_with_steps_and_thresholds() -> None:
    risky = serviced(facts(), novelty="never", span="many")
    assert verdict(replace(ready(), strategy="blue-green"), risky) is Verdict.NO_GO
    assert found(replace(ready(), steps=()), "steps_missing", serviced(facts(), novelty="never", span="many", steps=()))
    assert found(ready(), "thresholds_missing", serviced(facts(), novelty="never", span="many", thresholds=()))
    assert verdict(replace(ready(), strategy="feature_flag"), risky) is Verdict.GO
    assert verdict(replace(ready(), strategy="rolling")) is Verdict.GO


def test_risk_that_comes_from_missing_evidence_alone_is_no_flat_no_go() -> None:
    thin = without(replace(ready(), strategy="rolling"), Kind.CHANGE, Kind.NOTES, Kind.CI)
    one = found(thin, "strategy_not_staged")
    assert one is not None
    assert one.result is Result.MISSING
    assert verdict(thin) is Verdict.UNVERIFIED


def test_strategy_is_a_must_from_medium_only() -> None:
    assert next(f.level for f in judge(ready(), facts(), LATER).findings if f.subject == "strategy") is Level.SHOULD
    risky = serviced(facts(), novelty="never", span="many")
    assert next(f.level for f in judge(ready(), risky, LATER).findings if f.subject == "strategy") is Level.MUST


def test_qa_confirms_by_consent_or_report_and_never_by_the_author() -> None:
    unreported = having(ready(), run(**CHECKS))
    one = found(unreported, "qa_missing")
    assert one is not None
    assert (one.who, one.consent) == ("quinn", True)
    assert (
        verdict(replace(unreported, consents=(*ready().consents, consent(ConsentKind.QA, "quinn", "qa")))) is Verdict.GO
    )
    assert verdict(having(unreported, attested(Kind.QA, by="quinn"))) is Verdict.GO
    assert verdict(having(unreported, attested(Kind.QA, by="ben"))) is Verdict.UNVERIFIED
    alone = replace(unreported, requested_by="quinn")
    assert found(alone, "qa_nobody")


def test_what_the_requester_attested_is_confirmed_by_another_person_or_a_later_sign_off() -> None:
    own = having(ready(), drilled_rollback(NOW, by="ana"))
    before = replace(own, consents=tuple(replace(c, at=NOW - timedelta(hours=1)) for c in own.consents))
    assert verdict(before) is Verdict.UNVERIFIED
    assert verdict(own) is Verdict.GO
    confirmed = replace(before, consents=(*before.consents, consent(ConsentKind.CONFIRM, "kai", "rollback")))
    assert verdict(confirmed) is Verdict.GO


def test_a_must_is_declared_away_only_with_another_person() -> None:
    bare = bare_of(facts(), Kind.CAPACITY)
    alone = replace(ready(), not_applicable={"capacity": ("kai", "There is no load to speak of.")})
    assert found(alone, "capacity_na_unagreed", bare)
    own = replace(alone, consents=(*alone.consents, consent(ConsentKind.CONFIRM, "kai", "capacity")))
    assert verdict(own, bare) is Verdict.UNVERIFIED
    agreed = replace(alone, consents=(*alone.consents, consent(ConsentKind.CONFIRM, "lena", "capacity")))
    assert verdict(agreed, bare) is Verdict.GO


def test_a_no_go_vote_blocks_until_it_is_overruled_and_stays_visible() -> None:
    no = consent(ConsentKind.VOTE, "priya", "roll call", vote="no-go")
    assert verdict(replace(ready(), consents=(*ready().consents, no))) is Verdict.NO_GO
    overruled = replace(ready(), consents=(*ready().consents, replace(no, overruled_by="lena")))
    assert verdict(overruled) is Verdict.GO
    assert found(overruled, "no_go_overruled")


def test_who_declined_may_change_their_mind() -> None:
    no = replace(
        consent(ConsentKind.SIGN_OFF, "lena", "service_owner", Role.SERVICE_OWNER), state=ConsentState.DECLINED
    )
    others = tuple(c for c in ready().consents if c.by != "lena")
    declined = replace(ready(), consents=(*others, replace(no, id="c-old")))
    assert verdict(declined) is Verdict.NO_GO
    assert verdict(replace(declined, consents=(*declined.consents, *ready().consents[:1]))) is Verdict.GO
    changed = replace(declined, plan_hash="e" * 64, consents=tuple(replace(c, plan_hash="e" * 64) for c in others))
    assert found(changed, "declined") is None


def test_flags_need_default_and_kill_switch_where_a_source_reports_them() -> None:
    used = having(ready(), observed(Kind.FLAGS, NOW, flags_used=True, default="off"))
    one = found(used, "flags_incomplete")
    assert one is not None
    assert one.params["names"] == "kill switch"
    assert (
        verdict(having(ready(), observed(Kind.FLAGS, NOW, flags_used=True, default="off", kill_switch="pay")))
        is Verdict.GO
    )


def test_security_is_a_must_for_regulated_services_only() -> None:
    assert verdict(ready()) is Verdict.GO
    assert verdict(ready(), serviced(facts(), regulated=True)) is Verdict.UNVERIFIED
    assert verdict(having(ready(), attested(Kind.SECURITY)), serviced(facts(), regulated=True)) is Verdict.GO
