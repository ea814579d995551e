"""What a rule looks at: one release at one instant, with all that follows from it before any rule has spoken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.evidence import Kind
from bot.domain.facts import Facts
from bot.domain.finding import Finding, Level, Result
from bot.domain.people import Role
from bot.domain.release import Band, Release, Score
from bot.domain.service import Audience, Service
from bot.policy.lately import lately
from bot.policy.people import candidates, holders, is_human
from bot.policy.score import weigh
from bot.policy.standing import Sight, Sights, data_change, flags_used, sights

_SUPPLIES: Mapping[Kind, Role] = {
    Kind.QA: Role.QA_LEAD,
    Kind.MIGRATION: Role.SERVICE_OWNER,
    Kind.ROLLBACK: Role.ON_CALL,
    Kind.ROLLBACK_TARGET: Role.ON_CALL,
    Kind.RUNBOOK: Role.ON_CALL,
    Kind.MONITORING: Role.ON_CALL,
    Kind.ON_CALL: Role.ON_CALL,
    Kind.CAPACITY: Role.ON_CALL,
    Kind.DEPENDENCIES: Role.SERVICE_OWNER,
    Kind.SECURITY: Role.ENGINEERING_LEAD,
    Kind.THIRD_PARTIES: Role.PRODUCT_OWNER,
    Kind.FAILURE_MODES: Role.SERVICE_OWNER,
    Kind.CUSTOMER_NOTICE: Role.PRODUCT_OWNER,
    Kind.COST_DOCS: Role.PRODUCT_OWNER,
    Kind.GAME_DAY: Role.ON_CALL,
}
"""Who supplies an item where the catalogue names nobody; the release's owner supplies the rest."""

_BEFORE_EACH_MARK = frozenset(
    {"source_back", "wait", "measure_again", "mend", "fix_pipeline", "clear_alert", "restore_metrics"}
)
PRIVATE_SERVICE, PRIVATE_RELEASE = "a private service", "a private release"
_OF_THE_CONSENT = {Kind.QA: Role.QA_LEAD}


@dataclass(frozen=True, slots=True)
class Case:
    """One release at one instant. `now` is UTC. `common` are the values that the sentence of every finding may use."""

    release: Release
    facts: Facts
    now: datetime
    sights: Sights
    score: Score
    levels: Mapping[Kind, Level]
    common: Mapping[str, str] = field(default_factory=dict)

    @property
    def band(self) -> Band:
        """The band with its floors."""
        return self.score.band

    @property
    def service(self) -> Service | None:
        """The catalogue entry of the release."""
        return self.facts.service

    @property
    def data_change(self) -> str | None:
        """none, expand, locking, contract, irreversible; None: not known."""
        return data_change(self.release, self.sights)

    @property
    def flags_used(self) -> bool | None:
        """Whether the change uses feature flags; None: not known."""
        return flags_used(self.facts.service, self.sights)

    def sight(self, kind: Kind) -> Sight:
        """What is known of that item."""
        return self.sights[kind]

    def level(self, kind: Kind) -> Level:
        """How much it matters for this release; an item that the policy does not name is MUST."""
        return self.levels.get(kind, Level.MUST)

    def configured(self, role: str) -> str | None:
        """The name of the source of that role, or None where none is configured."""
        return self.facts.service.sources.get(role) if self.facts.service else None

    def supplier(self, kind: Kind | None) -> str:
        """The person who can supply the item: whom the catalogue names, else who holds the role for it, else the owner."""
        return supplier(self.release, self.facts, kind)

    @property
    def owner(self) -> str:
        """Who answers for the release: its owner; somebody of the roster where the owner is in it no more."""
        return _owner(self.release, self.facts)

    def name(self, who: str | None) -> str:
        """A name to print."""
        return self.facts.roster.name(who)

    def other_service(self, name: str) -> str:
        """The name of another service as this release's cards may say it: nothing of one that the operator calls private."""
        other = self.facts.services.get(name)
        return PRIVATE_SERVICE if other is not None and self._secret(other) else name

    def other_release(self, name: str, service: str) -> str:
        """The same of a release of another service."""
        other = self.facts.services.get(service)
        return PRIVATE_RELEASE if other is not None and self._secret(other) else name

    def _secret(self, other: Service) -> bool:
        """True unless the cards of both stand in the same rooms, or it is this very service."""
        if not other.private or other.id == self.release.service:
            return False
        own = self.service.channels.get(Audience.TEAM, ()) if self.service is not None else ()
        return not own or not set(own) <= set(other.channels.get(Audience.TEAM, ()))

    def finding(  # noqa: PLR0913 - a finding has that many parts; all but four are named at the call
        self,
        code: str,
        result: Result,
        kind: Kind | str,
        rule: str,
        *,
        level: Level | None = None,
        how: str | None = None,
        who: str | None = None,
        consent: bool = False,
        params: Mapping[str, str] | None = None,
        **more: str,
    ) -> Finding:
        """A finding whose sentence can always say release, service, version, environment and who can close it."""
        known = kind if isinstance(kind, Kind) else None
        if how is not None and self.release.start_at is None and asked_again(how):
            how = f"{how}_unscheduled"
        person = who or self.supplier(known)
        return Finding(
            code=code,
            result=result,
            level=level or (self.level(known) if known else Level.MUST),
            subject=kind.value if isinstance(kind, Kind) else kind,
            rule=rule,
            params={**self.common, "who": self.name(person), **(params or {}), **more},
            how=how,
            who=person,
            consent=consent,
        )


def asked_again(how: str) -> bool:
    """True for remedies that a source settles 60 s before a mark; without a start there is no mark, and they say so."""
    return how.removesuffix("_or_add") in _BEFORE_EACH_MARK


@lately
def case_of(release: Release, facts: Facts, now: datetime) -> Case:
    """The case of that release at that instant."""
    seen = sights(release, facts, now)
    weighed = weigh(release, facts, now, seen)
    common = {
        "release": release.id,
        "service": release.service,
        "version": release.version or "UNKNOWN",
        "environment": release.environment,
    }
    return Case(release, facts, now, seen, weighed.score, weighed.levels, common)


def supplier(release: Release, facts: Facts, kind: Kind | None) -> str:
    """The person who can supply the item: whom the catalogue names, else who holds the role for it, else the owner."""
    service = facts.service
    if service is None:
        return _owner(release, facts)
    if kind in _OF_THE_CONSENT:
        able = candidates(release, facts, _OF_THE_CONSENT[kind])
        return able[0] if able else _owner(release, facts)
    named = service.suppliers.get(kind) if kind else None
    if named is not None and is_human(facts.roster, named):
        return named
    role = _SUPPLIES.get(kind) if kind else None
    for who in holders(service, role) if role else ():
        if is_human(facts.roster, who):
            return who
    return _owner(release, facts)


def _owner(release: Release, facts: Facts) -> str:
    """The owner; where nobody of that name is in the roster any more, who asked for it, else the team's first."""
    team = facts.service.team if facts.service else ()
    named = (release.owner, release.requested_by, *team)
    return next((who for who in named if is_human(facts.roster, who)), release.owner)
