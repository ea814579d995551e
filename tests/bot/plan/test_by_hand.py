"""Where the tool has no line for the strategy's traffic, none of its lines is offered as the pause or as the way back (P4)."""

from dataclasses import replace

import pytest

from bot.domain.plan import Plan, PlanStep
from bot.domain.release import Release
from bot.plan.draft import draft
from bot.policy import judge
from tests.bot.policy.releases import having, ready, serviced
from tests.world import NOW, drilled_rollback, facts


def drafted(release: Release, tool: str) -> Plan:
    around = serviced(facts(), tool=tool)
    return draft(release, around, judge(release, around, NOW), NOW)


def step(plan: Plan, code: str) -> PlanStep:
    return next(s for s in plan.rollback.steps if s.action.code == f"back.{code}")


@pytest.mark.parametrize("tool", ["kubectl", "helm"])
@pytest.mark.parametrize(("strategy", "code"), [("blue-green", "switch"), ("canary", "back"), ("staged", "back")])
def test_traffic_that_was_moved_by_hand_is_moved_back_by_hand(tool: str, strategy: str, code: str) -> None:
    """`undo` and `helm rollback` would take back the version that still serves everybody."""
    plan = drafted(replace(ready(), strategy=strategy), tool)
    found = step(plan, code)
    assert found.command is None
    assert found.manual is not None
    selector = (tool, strategy) == ("kubectl", "blue-green")
    assert (found.manual.code, found.tool) == ("manual.selector_back" if selector else "manual.hand_back", tool)
    assert plan.pause.command is None
    assert plan.pause.manual is not None
    assert plan.pause.manual.code == "manual.hand_pause"


@pytest.mark.parametrize(
    ("tool", "strategy", "line"),
    [
        ("kubectl", "rolling", "kubectl rollout undo "),
        ("helm", "rolling", "helm rollback "),
        ("argo-rollouts", "canary", "kubectl argo rollouts undo "),
        ("argo-rollouts", "blue-green", "kubectl argo rollouts undo "),
        ("spinnaker", "blue-green", "spin pipeline execute "),
    ],
)
def test_what_the_tool_began_the_tool_takes_back(tool: str, strategy: str, line: str) -> None:
    plan = drafted(replace(ready(), strategy=strategy), tool)
    found = step(plan, "switch" if strategy == "blue-green" else "back")
    assert found.command is not None
    assert found.command.startswith(line)


def test_a_rehearsed_restore_gives_changed_data_as_its_reason_only_where_data_changes() -> None:
    drilled = having(ready(), drilled_rollback(NOW, way="restore"))
    plain = step(drafted(drilled, "argo-rollouts"), "data_drilled")
    assert plain.rationale.code == "back.why_data_drilled"
    changed = step(drafted(replace(drilled, data_change="locking"), "argo-rollouts"), "data")
    assert changed.rationale.code == "back.why_data"


def test_a_restore_that_nobody_timed_takes_an_unknown_time_and_the_redeployment_keeps_its_own() -> None:
    plan = drafted(replace(ready(), data_change="contract"), "argo-rollouts")
    assert step(plan, "data_after").minutes is None
    assert step(plan, "back").minutes == 10
    rehearsed = drafted(having(replace(ready(), data_change="contract"), drilled_rollback(NOW, way="restore")), "helm")
    assert step(rehearsed, "data_after").minutes == 10


def test_the_switch_is_part_of_the_time_that_the_rehearsed_restore_took() -> None:
    drilled = having(replace(ready(), strategy="blue-green"), drilled_rollback(NOW, way="restore"))
    assert step(drafted(drilled, "argo-rollouts"), "switch").minutes == 0


def test_a_restore_whose_drill_has_no_date_is_told_without_one() -> None:
    drill = drilled_rollback(NOW, way="restore")
    changed = replace(ready(), data_change="contract")
    dated = drafted(having(changed, drill), "argo-rollouts")
    undated = drafted(having(changed, replace(drill, dated=None)), "argo-rollouts")
    assert dated.rollback.restore.code == "rollback.restore_drilled"
    assert undated.rollback.restore.code == "rollback.restore_drill"
