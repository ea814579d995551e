"""All rules, in the order in which their findings are listed. One small function for each; its number is in the finding."""

from collections.abc import Callable, Iterable

from bot.domain.finding import Finding
from bot.policy.case import Case
from bot.policy.rules.change import artifact, documented, known_service, version_named
from bot.policy.rules.consents import confirmed, declined, na_agreed, sign_offs, votes
from bot.policy.rules.data import destructive, migration
from bot.policy.rules.dependencies import dependencies, incidents
from bot.policy.rules.emergency import breakglass
from bot.policy.rules.freshness import stale
from bot.policy.rules.monitoring import monitoring, monitoring_live
from bot.policy.rules.owners import owners
from bot.policy.rules.pipeline import pipeline, qa
from bot.policy.rules.readiness import items
from bot.policy.rules.rollback import rollback_target, rollback_validated
from bot.policy.rules.rollout import critical_alternative, flags, staged_rollout
from bot.policy.rules.support import supported, verified_by_source
from bot.policy.rules.window import clash, freeze, start_known

Rule = Callable[[Case], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    known_service,
    version_named,
    artifact,
    documented,
    owners,
    pipeline,
    qa,
    migration,
    destructive,
    rollback_validated,
    rollback_target,
    monitoring,
    monitoring_live,
    dependencies,
    incidents,
    start_known,
    freeze,
    clash,
    staged_rollout,
    critical_alternative,
    flags,
    items,
    stale,
    supported,
    verified_by_source,
    confirmed,
    na_agreed,
    declined,
    votes,
    sign_offs,
    breakglass,
)
"""Taking one out has to make the model fail: each gate is carried by its own rule."""
