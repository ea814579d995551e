"""An entry of the service catalogue: what the bot knows about a service before anybody speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.evidence import Kind, Standing
from bot.domain.people import Place, Role


class Audience(StrEnum):
    """Who a post is for."""

    TEAM = "team"
    STAKEHOLDERS = "stakeholders"


class Strategy(StrEnum):
    """Rollout strategies (P4)."""

    CANARY = "canary"
    BLUE_GREEN = "blue-green"
    FEATURE_FLAG = "feature flag"
    STAGED = "staged"
    ROLLING = "rolling"
    ALL_AT_ONCE = "all-at-once"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A stop condition: pause where `metric` is `above` (or below) `limit` in `unit` for `minutes`.

    `success`: within which a step counts as good (G4); None: the limit of the stop condition serves for both.
    `slo`: the objective of an OpenSLO file that it was read from, as `file: name`; "" where the catalogue itself names it.
    `query`: how the monitoring measures it, in its own language and in `unit`; "" where nobody said.
    """

    metric: str
    limit: float
    unit: str
    above: bool = True
    minutes: int = 5
    slo: str = ""
    query: str = ""
    success: float | None = None

    @property
    def good(self) -> float:
        """The limit within which a step counts as good."""
        return self.limit if self.success is None else self.success


@dataclass(frozen=True, slots=True)
class StandingEvidence:
    """Dated evidence of a service that counts until it is stale (G12), vouched for by a person of the roster."""

    kind: Kind
    dated: date
    by: str
    url: str | None = None
    text: str = ""
    facts: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    standing: Standing = Standing.ATTESTED


@dataclass(frozen=True, slots=True)
class Service:
    """One service. Percentages are 0-100. `roles` lists the holders in order, `deputies` stands in for them (G27).

    `sources` maps a source's role (ci, scm, prometheus, rollout, registry, incidents) to the name under which the operator
    configured it; a role without an entry is not configured. `suppliers`: who can supply an item (Q6).
    `names`: what the tools call this service (`workload`, `namespace`, `image`, `flag`, …), so that commands need no filling in.
    `evidence`: where a source finds what speaks of this service (`repository`, `job`, `runbook`, …). `checks`: which checks
    of the pipeline stand for one that the policy requires (`tests` -> the names of its jobs).
    `groups`: chat groups whose members of the moment hold a role too, each as "platform:id".
    `private`: the operator says that it is, whatever its channels are: its releases are shown to who is in them alone.
    `novelty`, `span`: answers of the rubric, None where unknown. `restore_minutes`: time to restore, from the last drill.
    """

    id: str
    name: str
    tier: int
    time_zone: str
    team: tuple[str, ...]
    roles: Mapping[Role, tuple[str, ...]]
    deputies: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    environment: str = "production"
    strategy: Strategy | None = None
    steps: tuple[int, ...] = ()
    tool: str | None = None
    data_store: str | None = None
    uses_flags: bool | None = None
    outage_visible: bool | None = None
    regulated: bool = False
    private: bool = False
    criticality: str | None = None
    novelty: str | None = None
    span: str | None = None
    depends_on: tuple[str, ...] = ()
    channels: Mapping[Audience, tuple[Place, ...]] = field(default_factory=dict)
    thresholds: tuple[Threshold, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    suppliers: Mapping[Kind, str] = field(default_factory=dict)
    standing: tuple[StandingEvidence, ...] = ()
    rollback_owner: str | None = None
    restore_minutes: int | None = None
    previous_version: str | None = None
    history: tuple["Outcome", ...] = ()
    repository: str | None = None
    flag_tool: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one earlier release of the service ended: success, issues, failed; `incident`: P1, P2, P3 or None.

    `gaps`: the items that were open in its first verdict, as values of Kind.
    """

    release: str
    version: str
    ended_at: datetime
    result: str
    incident: str | None = None
    lesson: str = ""
    gaps: tuple[str, ...] = ()
