"""What `decide` is given beside the release: the catalogue, the roster, the calendar and the neighbours, as they are now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.emergency import Owed
from bot.domain.evidence import Evidence, Kind
from bot.domain.finding import Level
from bot.domain.links import Owners
from bot.domain.orders import Delegation, Subscription
from bot.domain.people import Roster
from bot.domain.recurring import Recurring
from bot.domain.release import Band, Phase
from bot.domain.service import Outcome, Service


@dataclass(frozen=True, slots=True)
class Window:
    """A freeze or blackout. `scope`: a service id, an environment, or "*". `owner` signs exceptions (G11).

    `by`: who entered it; None where it stands in the policy file. `uid`: what a calendar file called it, else None.
    """

    id: str
    scope: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    owner: str | None = None
    by: str | None = None
    uid: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another open release, as far as clashes and dependencies need it (G10, G11)."""

    id: str
    service: str
    environment: str
    version: str | None
    phase: Phase
    start_at: datetime | None
    owner: str | None
    rollback_owner: str | None
    started: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One readiness item of the policy. `when`: always, medium (from MEDIUM up), data, flags, outage or regulated.

    `level` holds where the condition is met or unknown; `otherwise` where it is known not to be met.
    `na_open`: anyone of the team may declare it not applicable (G25). `tiers`: the least level for services of that tier;
    it raises what follows from the rest, and never lowers it.
    """

    kind: Kind
    level: Level
    when: str = "always"
    otherwise: Level = Level.SHOULD
    na_open: bool = False
    tiers: Mapping[int, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Factor:
    """One row of the rubric: the points of each answer; unknown takes the worst."""

    name: str
    points: Mapping[str, int]

    @property
    def worst(self) -> int:
        """The points of the worst answer."""
        return max(self.points.values())


@dataclass(frozen=True, slots=True)
class Rubric:
    """The risk score (risk.md): integers only. `bands` are the lower bounds of MEDIUM, HIGH and CRITICAL.

    `destructive_floor`: the lowest band of a release that destroys data, or of which nobody knows what it does to data.
    """

    version: str
    factors: tuple[Factor, ...]
    must_missing: int = 8
    must_cap: int = 24
    should_missing: int = 3
    should_cap: int = 12
    stale_or_missing: int = 2
    stale_cap: int = 4
    bands: tuple[int, int, int] = (30, 60, 80)
    destructive_floor: Band = Band.HIGH


@dataclass(frozen=True, slots=True)
class Policy:
    """The team's rules with their numbers; all configurable within what rules.md allows.

    `accepted_limit`: how many risks and exceptions a team may accept within `accepted_within`, before one more signature is
    asked for each further one (G21).
    """

    version: str
    items: tuple[Item, ...]
    freshness: Mapping[Kind, timedelta] = field(default_factory=dict)
    required_checks: tuple[str, ...] = ("tests", "coverage", "code_analysis", "security_scan")
    grace: Mapping[str, timedelta] = field(default_factory=dict)
    start_window: timedelta = timedelta(hours=2)
    core_hours: tuple[int, int] = (9, 17)
    holidays: tuple[str, ...] = ()
    freezes: tuple[Window, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    minimum_reason: int = 15
    accepted_limit: int = 5
    accepted_within: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything outside the release that a decision depends on, read in the same transaction.

    `services` holds the whole catalogue; `service` the release's own entry (None: it is not in the catalogue any more).
    `earlier` is evidence that earlier releases of the service established, newest first (G12). `accepted`: how many risks and
    exceptions each release of the team was accepted with of late, by its id (G21). `reviews_owed`: of emergencies of the service,
    oldest first (G16). `owners`: which source looks up the links of which host.
    `delegations` and `subscriptions`: the standing orders, also those that ran out; no rule counts these after their end.
    `reasons`: what the person who acts gave as reasons on the last releases of the service (G9), where a reason is needed.
    """

    service: Service | None
    services: Mapping[str, Service]
    roster: Roster
    policy: Policy
    rubric: Rubric
    calendar: tuple[Window, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    history: tuple[Outcome, ...] = ()
    earlier: tuple[Evidence, ...] = ()
    accepted: Mapping[str, int] = field(default_factory=dict)
    reviews_owed: tuple[Owed, ...] = ()
    owners: Owners = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
