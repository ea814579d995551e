"""The plan is whole and true: every label, every statement with its origin, and UNKNOWN with a way to verify (P1-P9)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind, Standing
from bot.domain.facts import Facts
from bot.domain.finding import Level, Verdict
from bot.domain.plan import OriginKind, Plan
from bot.domain.release import Band, Phase, Release
from bot.domain.service import Outcome
from bot.messages.words import say
from bot.plan.draft import draft
from bot.plan.statements import statements
from bot.policy import judge
from bot.policy.factors import strategy_name
from tests.bot.policy.releases import BLANK, attested, consent, having, nothing_known, ready, serviced, without
from tests.bot.policy.spoiled import SPOILED
from tests.world import NOW, START, drilled_rollback, facts, observed

STRATEGIES = ("canary", "blue-green", "feature flag", "staged", "rolling", "all-at-once", None)


def drafted(release: Release, around: Facts | None = None) -> Plan:
    base = around or facts()
    return draft(release, base, judge(release, base, NOW), NOW)


def said(plan: Plan) -> list[str]:
    return [say(line.code, line.params) for line in statements(plan)]


def test_a_release_to_which_nothing_is_missing_meets_every_standard() -> None:
    plan = drafted(ready())
    assert plan.failed_standards == ()
    assert plan.verdict is judge(ready(), facts(), NOW).verdict
    assert (plan.hash, plan.revision) == (ready().plan_hash, 1)


def test_nothing_known_fails_the_standards_by_name_and_still_says_everything() -> None:
    plan = drafted(BLANK, nothing_known(facts()))
    assert {"reversibility", "verification", "traceability", "safety", "reproducibility"} <= set(plan.failed_standards)
    assert plan.rollback.one_line.origin.kind is OriginKind.UNKNOWN
    assert plan.confidence.level == "Low"


@pytest.mark.parametrize("name", sorted(SPOILED))
def test_every_plan_can_be_said(name: str) -> None:
    release, around = SPOILED[name]()
    assert all(said(drafted(release, around)))


@given(
    st.sets(st.sampled_from(list(Kind)), max_size=8),
    st.sampled_from(STRATEGIES),
    st.sampled_from([None, "none", "expand", "locking", "contract", "irreversible"]),
    st.sampled_from(list(Phase)),
    st.sampled_from(["argo-rollouts", "argo-cd", "helm", "kubectl", "spinnaker", "flags", None]),
    st.sampled_from([facts(), nothing_known(facts()), replace(facts(), service=None)]),
)
def test_every_statement_has_words_and_an_origin_and_says_unknown_where_it_is(
    gone: set[Kind], strategy: str | None, change: str | None, phase: Phase, tool: str | None, around: Facts
) -> None:
    known = serviced(around, tool=tool) if around.service else around
    plan = drafted(replace(without(ready(), *gone), strategy=strategy, data_change=change, phase=phase), known)
    for line in statements(plan):
        text = say(line.code, line.params)
        assert line.origin.ref
        if line.origin.kind is OriginKind.UNKNOWN:
            assert "UNKNOWN — verify: " in text, line
    steps = (*plan.rollout, *plan.rollback.steps)
    assert all((s.command is None) != (s.manual is None) for s in steps)
    assert all("\n" not in s.command for s in steps if s.command)
    assert [s.number for s in plan.rollout] == list(range(1, len(plan.rollout) + 1))
    assert len(plan.confidence.risks) == len(plan.confidence.uncertainties) == 2
    assert len(plan.self_check.questions) == len(plan.self_check.lenses) == 5
    assert plan.next_action.owner
    assert plan.closing[-1].code.startswith("closing.confidence_")
    assert all(r.owner and {r.likelihood, r.impact} <= {"High", "Medium", "Low"} for r in plan.risks)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_each_strategy_has_steps_of_its_own(strategy: str | None) -> None:
    plan = drafted(replace(ready(), strategy=strategy))
    codes = [s.action.code for s in plan.rollout]
    assert codes[0] == "step.precheck"
    if strategy is None:
        assert codes[1:] == ["step.strategy_unknown"]
        return
    assert codes[-2:] == ["step.watch", "step.done"]
    percents = [s.percent for s in plan.rollout if s.percent is not None]
    staged = strategy_name(strategy) in {"canary", "staged", "feature flag"}
    assert percents == ([10, 50, 100] if staged else [100])


@pytest.mark.parametrize("strategy", [s for s in STRATEGIES if s])
def test_the_last_user_gets_it_by_t_plus_30_and_it_is_watched_until_then(strategy: str) -> None:
    plan = drafted(replace(ready(), strategy=strategy))
    last = next(s for s in plan.rollout if s.action.code == "step.watch")
    assert plan.rollout[0].at == -5
    assert plan.rollout[1].at == 0
    assert last.at is not None
    assert last.minutes is not None
    assert last.at <= 30
    assert last.at + last.minutes >= 30


def test_all_at_once_is_for_low_only() -> None:
    around = serviced(facts(), criticality="critical", novelty="never", span="many")
    plan = drafted(replace(ready(), strategy="all-at-once"), around)
    assert plan.score.band is not Band.LOW
    assert [s.action.code for s in plan.rollout][1:] == ["step.strategy_refused"]
    assert "safety" in plan.failed_standards
    assert "step.all_deploy" in [s.action.code for s in drafted(replace(ready(), strategy="all-at-once")).rollout]


@pytest.mark.parametrize(
    ("strategy", "tool", "codes"),
    [
        ("canary", "argo-rollouts", ["declare", "stop", "back", "check"]),
        ("staged", "spinnaker", ["declare", "stop", "back", "check"]),
        ("rolling", "kubectl", ["declare", "back", "check"]),
        ("blue-green", "argo-rollouts", ["declare", "switch", "check"]),
        ("feature flag", "helm", ["declare", "shut", "back_if", "check_flag"]),
        ("all-at-once", "helm", ["declare", "back", "check"]),
    ],
)
def test_each_strategy_has_a_way_back_of_its_own(strategy: str, tool: str, codes: list[str]) -> None:
    around = serviced(facts(), tool=tool, flag_tool="launchdarkly")
    plan = drafted(replace(ready(), strategy=strategy), around)
    assert [s.action.code for s in plan.rollback.steps] == [f"back.{c}" for c in codes]
    main = next(s for s in plan.rollback.steps if s.action.code in {"back.back", "back.shut", "back.switch"})
    assert (main.minutes, bool(main.command)) == (10, True)


def test_a_final_data_change_states_the_point_of_no_return_and_asks_for_approval() -> None:
    plan = drafted(replace(ready(), data_change="contract"))
    last = next(s for s in plan.rollout if s.action.code == "step.contract")
    assert last.approval
    assert last.requires == "service owner"
    assert "POINT OF NO RETURN" in say(last.action.code, last.action.params)
    stated = plan.rollback.no_return
    assert stated is not None
    assert stated.params["step"] == str(last.number)
    assert drafted(ready()).rollback.no_return is None
    unplaced = drafted(replace(ready(), data_change="contract", strategy=None)).rollback.no_return
    assert unplaced is not None
    assert unplaced.origin.kind is OriginKind.UNKNOWN
    assert "back.data_after" in [s.action.code for s in plan.rollback.steps]
    codes = [s.action.code for s in plan.rollout]
    assert codes[-3:] == ["step.backup", "step.contract", "step.done"]
    assert "step.backup" not in [s.action.code for s in drafted(ready()).rollout]


def test_the_way_back_names_its_target_its_time_and_its_test() -> None:
    line = drafted(ready()).rollback.one_line
    assert say(line.code, line.params).startswith("Redeploy 2.4.0; 10 min, tested 2026-11-03")
    assert line.origin.kind is OriginKind.PERSON
    stale = having(ready(), replace(drilled_rollback(NOW), stale_after=NOW))
    assert drafted(stale).rollback.one_line.origin.kind is OriginKind.UNKNOWN


def test_attested_items_cap_the_confidence_at_medium_and_verified_ones_do_not() -> None:
    assert drafted(ready()).confidence.level == "Medium"
    checked = tuple(
        observed(k, NOW, has_data=True, tested=True, way="flag") for k in (Kind.CAPACITY, Kind.ON_CALL, Kind.RUNBOOK)
    )
    drill = replace(drilled_rollback(NOW), standing=Standing.VERIFIED, by="bot")
    bare = serviced(facts(), standing=())
    assert drafted(having(ready(), *checked, drill), bare).confidence.level == "High"
    assert drafted(without(ready(), Kind.CI)).confidence.level == "Low"


def test_what_was_accepted_stays_amber_and_caps_the_confidence_though_all_is_verified() -> None:
    checked = tuple(observed(k, NOW, tested=True) for k in (Kind.CAPACITY, Kind.ON_CALL, Kind.RUNBOOK))
    drill = replace(drilled_rollback(NOW), standing=Standing.VERIFIED, by="bot")
    bare = serviced(facts(), standing=())
    against = replace(consent(ConsentKind.VOTE, "kai", "release", vote="no-go"), overruled_by="lena")
    verified = having(ready(), *checked, drill)
    amber = drafted(replace(verified, consents=(*verified.consents, against)), bare)
    assert (amber.confidence.level, amber.confidence.justification.code) == ("Medium", "confidence.plan_amber")
    assert amber.confidence.justification.params["items"] == "votes"
    assert drafted(verified, bare).confidence.level == "High"


def test_where_nobody_can_be_told_the_plan_says_that_it_is_not_known() -> None:
    told = {line.code: line for line in drafted(ready()).rollback.communication}
    assert told["rollback.told"].params["places"] == "#payments, #releases"
    silent = drafted(ready(), serviced(facts(), channels={})).rollback.communication
    assert [(x.code, x.origin.kind) for x in silent if x.code.startswith("rollback.told")] == [
        ("rollback.told_unknown", OriginKind.UNKNOWN)
    ]


def test_the_summary_says_the_verdict_first() -> None:
    def first(release: Release) -> str:
        line = drafted(release).summary[0]
        return say(line.code, line.params)

    assert first(replace(ready(), consents=())).startswith("GO POSSIBLE:")
    assert first(without(ready(), Kind.ROLLBACK)).startswith("NO-GO UNTIL VERIFIED:")
    assert first(having(ready(), observed(Kind.CI, NOW, Standing.FAILED))).startswith("NO-GO:")


def test_the_next_action_closes_the_worst_gap_then_asks_for_consents_then_for_go() -> None:
    gap = drafted(without(ready(), Kind.ROLLBACK)).next_action
    assert (gap.line.code, gap.owner) == ("how.add_rollback", "kai")
    assert gap.by is not None
    assert gap.by < START
    open_ = drafted(replace(ready(), consents=())).next_action
    assert open_.line.code == "how.sign_off"
    final = draft(
        ready(), facts(), replace(judge(ready(), facts(), NOW), verdict=Verdict.GO, findings=()), NOW
    ).next_action
    assert (final.line.code, final.owner, final.by) == ("act.go", "lena", START)


def test_lessons_of_the_last_releases_are_shown() -> None:
    told = Outcome("R-140", "2.4.0", NOW, "issues", lesson="Warm the cache first.")
    plan = drafted(ready(), replace(facts(), history=(told,)))
    assert [say(line.code, line.params) for line in plan.lessons] == ["R-140: Warm the cache first."]
    assert drafted(ready()).lessons[0].code == "plan.no_lesson"


def test_the_checklist_has_a_row_for_each_item_of_the_policy_must_first() -> None:
    rows = drafted(ready()).checklist
    assert {r.kind for r in rows} == {item.kind for item in facts().policy.items}
    levels = [r.level for r in rows]
    assert levels == sorted(levels, key=list(Level).index)


def test_what_a_person_gave_is_said_to_come_from_that_person() -> None:
    plan = drafted(having(ready(), attested(Kind.CAPACITY, by="mia")), serviced(facts(), standing=()))
    row = next(r for r in plan.checklist if r.kind is Kind.CAPACITY)
    assert (row.line.origin.kind, row.line.origin.ref) == (OriginKind.PERSON, "mia")


def test_a_lesson_that_the_catalogue_and_the_record_both_know_is_told_once() -> None:
    told = Outcome("R-140", "2.4.0", NOW, "issues", lesson="Warm the cache first.")
    around = replace(serviced(facts(), history=(told,)), history=(told,))
    assert len(drafted(ready(), around).lessons) == 1
