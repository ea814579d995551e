"""The eight standards of P9. A plan that fails one is not published as a plan, and the failing one is named."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.domain.evidence import Kind
from bot.domain.finding import Level
from bot.domain.plan import Line, OriginKind, Plan, PlanStep
from bot.plan.statements import statements

_TWO: Final = 2
_OPEN_RANK: Final = 1
"""Results above this rank (clear, amber) are open; a plan may still be published while only a consent is."""


def failed_standards(plan: Plan) -> tuple[str, ...]:
    """The standards that the plan does not meet, in the order of P9."""
    return tuple(name for name, met in STANDARDS.items() if not met(plan))


def _clarity(plan: Plan) -> bool:
    """Which version goes where, when and how is known, and the plan has all its parts."""
    told = (plan.summary, plan.preconditions, plan.rollout, plan.verification)
    return all(told) and _known(plan.goal) and all(_known(s.action) for s in plan.rollout)


def _reversibility(plan: Plan) -> bool:
    """The way back is tested, has steps, and says where it ends (G3, G19)."""
    back = plan.rollback
    final = any(s.approval for s in plan.rollout)
    stated = back.no_return is None or _known(back.no_return)
    return (
        not _open(plan, Kind.ROLLBACK)
        and _known(back.one_line)
        and bool(back.steps)
        and stated
        and (not final or back.no_return is not None)
    )


def _verification(plan: Plan) -> bool:
    """Each step says by which measure it is good, and the monitors work."""
    measured = all(_known(s.evidence) for s in plan.rollout)
    return measured and all(_known(x) for x in plan.verification) and not _open(plan, Kind.MONITORING)


def _risk_awareness(plan: Plan) -> bool:
    """Two risks at least, each with a mitigation and who does it."""
    return len(plan.risks) >= _TWO and all(r.owner and r.mitigation.code for r in plan.risks)


def _actionability(plan: Plan) -> bool:
    """Each step has an owner; so has the next action (P3)."""
    act = plan.next_action
    return _owned(plan.rollout) and _owned(plan.rollback.steps) and bool(act.owner) and not _open(plan, Kind.OWNERS)


def _traceability(plan: Plan) -> bool:
    """Artifact, merge request and release notes are there, and each statement knows where it comes from (G14, P1)."""
    return not _open(plan, Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES) and all(x.origin.ref for x in statements(plan))


def _safety(plan: Plan) -> bool:
    """A limit that stops it, and a strategy that the risk allows (G4)."""
    limits = any(x.origin.kind is OriginKind.CATALOGUE for x in plan.stop_conditions)
    return limits and not _open(plan, Kind.STRATEGY)


def _reproducibility(plan: Plan) -> bool:
    """Somebody else could do it: each step is a command or says how it is done by hand, from a runbook under version control."""
    told = all(s.command or s.manual for s in (*plan.rollout, *plan.rollback.steps))
    automated = any(s.command for s in plan.rollout)
    return told and (automated or not _open(plan, Kind.RUNBOOK))


STANDARDS: Final[Mapping[str, Callable[[Plan], bool]]] = {
    "clarity": _clarity,
    "reversibility": _reversibility,
    "verification": _verification,
    "risk_awareness": _risk_awareness,
    "actionability": _actionability,
    "traceability": _traceability,
    "safety": _safety,
    "reproducibility": _reproducibility,
}


def _known(line: Line) -> bool:
    return line.origin.kind is not OriginKind.UNKNOWN


def _open(plan: Plan, *kinds: Kind) -> bool:
    return any(
        r.kind in kinds and r.level is Level.MUST and r.result.rank > _OPEN_RANK and not r.consent
        for r in plan.checklist
    )


def _owned(steps: tuple[PlanStep, ...]) -> bool:
    return all(s.owner for s in steps)
