"""The judgement: findings by rule, the verdict that follows from them, and the risk score. Pure; same input, same answer."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.facts import Facts
from bot.domain.finding import verdict_of
from bot.domain.release import Judgement, Release
from bot.policy.case import case_of
from bot.policy.emergency import waived
from bot.policy.rules import RULES, Rule
from bot.policy.score import assess

__all__ = ["RULES", "Rule", "assess", "judge"]


def judge(release: Release, facts: Facts, now: datetime, rules: Sequence[Rule] = RULES) -> Judgement:
    """Findings of all rules, the verdict by G26, and the score. `rules` is there so that a test can take one out."""
    case = case_of(release, facts, now)
    findings = tuple(waived(case, finding) for rule in rules for finding in rule(case))
    return Judgement(verdict=verdict_of(findings), findings=findings, score=case.score, policy=facts.policy.version)
