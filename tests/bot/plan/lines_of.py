"""Every statement of a plan, wherever it stands."""

from collections.abc import Iterator

from bot.domain.plan import Line, Plan, PlanStep


def lines_of(plan: Plan) -> Iterator[Line]:
    """All of them, in the order of the sections."""
    yield plan.risk_summary
    yield from plan.summary
    yield plan.goal
    yield from plan.preconditions
    yield from (row.line for row in plan.checklist)
    for risk in plan.risks:
        yield risk.cause
        yield risk.mitigation
    yield from _of_steps(plan.rollout)
    yield from plan.verification
    yield from plan.stop_conditions
    yield plan.rollback.one_line
    yield from plan.rollback.triggers
    yield from _of_steps(plan.rollback.steps)
    yield from plan.rollback.verification
    yield from plan.rollback.communication
    sure = plan.confidence
    yield from (sure.justification, *sure.risks, *sure.uncertainties, sure.next_check)
    yield from plan.lessons
    yield from plan.self_check.assumptions
    yield from (line for _, _, line in (*plan.self_check.questions, *plan.self_check.lenses))
    yield from plan.closing
    yield plan.next_action.line


def _of_steps(steps: tuple[PlanStep, ...]) -> Iterator[Line]:
    for step in steps:
        yield from (step.action, step.rationale, step.evidence)
        if step.manual is not None:
            yield step.manual
