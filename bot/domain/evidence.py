"""Evidence: what supports a release, and how far each item can be trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """A readiness item (risk.md), in the fixed order in which gaps are listed; then two that are only observed."""

    ARTIFACT = "artifact"
    CHANGE = "change"
    NOTES = "notes"
    OWNERS = "owners"
    CI = "ci"
    QA = "qa"
    MIGRATION = "migration"
    ROLLBACK = "rollback"
    ROLLBACK_TARGET = "rollback_target"
    RUNBOOK = "runbook"
    MONITORING = "monitoring"
    ON_CALL = "on_call"
    DEPENDENCIES = "dependencies"
    WINDOW = "window"
    CAPACITY = "capacity"
    APPROVALS = "approvals"
    STRATEGY = "strategy"
    FLAGS = "flags"
    SECURITY = "security"
    THIRD_PARTIES = "third_parties"
    FAILURE_MODES = "failure_modes"
    CUSTOMER_NOTICE = "customer_notice"
    COST_DOCS = "cost_docs"
    GAME_DAY = "game_day"
    REVIEW = "review"
    HEALTH = "health"
    ROLLOUT = "rollout"


CORE_ARTIFACTS = frozenset({Kind.CI, Kind.MIGRATION, Kind.MONITORING, Kind.ROLLBACK, Kind.FLAGS})
"""The items to which at most two of the three questions may go (Q2)."""


class Standing(StrEnum):
    """How far an item is trusted, from best to worst (product.md)."""

    VERIFIED = "verified"
    ATTESTED = "attested"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"
    INCONCLUSIVE = "inconclusive"
    UNAVAILABLE = "unavailable"
    STALE = "stale"
    MISSING = "missing"
    FAILED = "failed"

    @property
    def rank(self) -> int:
        """0 is best."""
        return list(Standing).index(self)


def worst_standing(standings: Iterable[Standing]) -> Standing:
    """The worst of them; MISSING where there is none, since no data is never a pass."""
    return max(standings, key=lambda s: s.rank, default=Standing.MISSING)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One observed or attested item.

    `subject` is the commit, digest or version that it speaks of. `by` is "bot" where the bot checked the source, else the
    id of the person who vouches. `dated` is the day or instant of the thing itself (a drill, a test), `observed_at` when we
    learned it (UTC). `stale_after`: from then on it counts as stale (G12). `facts` are the source's own measurements.
    """

    kind: Kind
    standing: Standing
    source: str
    by: str
    observed_at: datetime
    url: str | None = None
    subject: str | None = None
    dated: datetime | None = None
    stale_after: datetime | None = None
    text: str = ""
    demo: bool = False
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)

    def standing_at(self, now: datetime) -> Standing:
        """Its standing at that instant: what was good goes stale (G12)."""
        good = self.standing in {Standing.VERIFIED, Standing.ATTESTED}
        if good and self.stale_after is not None and now >= self.stale_after:
            return Standing.STALE
        return self.standing
