"""The readiness items that no rule of their own judges: given, or missing (risk.md)."""

from collections.abc import Iterable

from bot.domain.evidence import Kind
from bot.domain.finding import Finding
from bot.policy.case import Case
from bot.policy.rules.item import by_standing

OTHERS = (
    Kind.RUNBOOK,
    Kind.ON_CALL,
    Kind.CAPACITY,
    Kind.SECURITY,
    Kind.THIRD_PARTIES,
    Kind.FAILURE_MODES,
    Kind.CUSTOMER_NOTICE,
    Kind.COST_DOCS,
    Kind.GAME_DAY,
    Kind.REVIEW,
)


def items(case: Case) -> Iterable[Finding]:
    """Each item of the policy, at its level."""
    for kind in OTHERS:
        if kind in case.levels:
            yield from by_standing(case, kind, "G1")
