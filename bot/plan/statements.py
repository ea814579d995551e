"""Every statement of a plan, wherever it stands, so that each can be asked where it comes from (P1)."""

from collections.abc import Iterator

from bot.domain.plan import Line, OriginKind, Plan, PlanStep


def statements(plan: Plan) -> Iterator[Line]:
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
    yield from _of_steps((plan.pause,))
    yield from _of_the_way_back(plan)
    sure = plan.confidence
    yield from (sure.justification, *sure.risks, *sure.uncertainties, sure.next_check)
    yield from plan.lessons
    yield from plan.self_check.assumptions
    yield from (line for _, _, line in (*plan.self_check.questions, *plan.self_check.lenses))
    yield from plan.closing
    yield plan.next_action.line


def open_questions(plan: Plan) -> tuple[Line, ...]:
    """What is not known, each thing once: the open questions, apart from facts and assumptions (P1)."""
    seen: dict[str, Line] = {}
    for line in statements(plan):
        if line.origin.kind is OriginKind.UNKNOWN:
            seen.setdefault(line.code, line)
    return tuple(seen.values())


def _of_the_way_back(plan: Plan) -> Iterator[Line]:
    back = plan.rollback
    yield from (back.one_line, back.restore)
    if back.no_return is not None:
        yield back.no_return
    yield from back.triggers
    yield from _of_steps(back.steps)
    yield from back.verification
    yield from back.communication


def _of_steps(steps: tuple[PlanStep, ...]) -> Iterator[Line]:
    for step in steps:
        yield from (step.action, step.rationale, step.evidence)
        if step.manual is not None:
            yield step.manual
