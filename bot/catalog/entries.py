"""The shape of a catalogue file. Unknown keys are refused; what is not written stays unknown to the bot, never guessed."""

from datetime import date, time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.domain.evidence import Kind, Standing
from bot.domain.people import ActorKind, Role
from bot.domain.service import Audience, Strategy

Fact = str | int | float | bool
ToolName = Literal[
    "app",
    "workload",
    "container",
    "namespace",
    "image",
    "chart",
    "chart_version",
    "pipeline",
    "rollback_pipeline",
    "pipeline_id",
    "flag",
    "flag_project",
    "flag_environment",
]
"""What the tools may call a service; all of them are fields of bot.plan.tools.shell.Target."""

EvidenceName = Literal[
    "repository",
    "tag",
    "job",
    "required_branch",
    "runbook",
    "migrations",
    "health",
    "health_version",
    "scrape_job",
    "image",
]
"""Where a source finds what speaks of this service: a repository, a job, a path in the repository, …"""

SOURCES = ("ci", "scm", "prometheus", "rollout", "registry", "incidents", "health")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        msg = "an IANA time zone such as Europe/Berlin"
        raise ValueError(msg) from error
    return name


def _place(said: str) -> str:
    platform, colon, name = said.partition(":")
    if not (colon and platform and name):
        msg = 'a place as platform:name, such as "slack:C024BE91L"'
        raise ValueError(msg)
    return said


GroupName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,30}:[A-Za-z0-9._-]{1,80}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Percent = Annotated[int, Field(ge=1, le=100)]
Beside = Annotated[str, StringConstraints(pattern=r"^(?:\w[\w.-]*/)*\w[\w.-]*\.ya?ml$")]
"""A YAML file in the catalogue's own folder, or below it."""

Zone = Annotated[str, AfterValidator(_zone)]
PlaceName = Annotated[str, AfterValidator(_place)]


class Entry(BaseModel):
    """Any part of a file: no key that is not known, nothing changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonEntry(Entry):
    """One person. `accounts`: platform -> the person's account there. `direct`: platform -> where it reaches the person alone.

    Where `direct` names no place on a platform, the account is taken for it. `formerly`: ids that the person had before.
    """

    name: Words
    title: str = ""
    email: str | None = None
    directory_id: str | None = None
    kind: Literal[ActorKind.HUMAN, ActorKind.BOT, ActorKind.GUEST] = ActorKind.HUMAN
    accounts: dict[Id, Words] = {}
    direct: dict[str, Words] = {}
    formerly: tuple[Words, ...] = ()


class Dated(Entry):
    """A day: `dated`, or `dated_days_ago` counted back from the first start of a sandbox (for demos)."""

    dated: date | None = None
    dated_days_ago: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _one_day(self) -> Self:
        if (self.dated is None) == (self.dated_days_ago is None):
            msg = "either dated or dated_days_ago"
            raise ValueError(msg)
        return self


class StandingEntry(Dated):
    """Dated evidence of the service itself (G12), vouched for by `by`."""

    kind: Kind
    by: Id
    url: str | None = None
    text: str = ""
    facts: dict[str, Fact] = {}
    standing: Literal[Standing.ATTESTED] = Standing.ATTESTED


class OutcomeEntry(Entry):
    """How an earlier release ended, for the track record: `ended_at`, or `ended_days_ago` (for demos)."""

    version: Words
    result: Literal["success", "issues", "failed"]
    ended_at: AwareDatetime | None = None
    ended_days_ago: Annotated[int, Field(ge=0)] | None = None
    incident: Literal["P1", "P2", "P3"] | None = None
    lesson: str = ""
    release: str = ""

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if (self.ended_at is None) == (self.ended_days_ago is None):
            msg = "either ended_at or ended_days_ago"
            raise ValueError(msg)
        return self


class ThresholdEntry(Entry):
    """A stop condition: pause where `metric` is above (or below) `limit` for `minutes`; `query` measures it.

    `success`: the limit within which a step counts as good, on the good side of `limit`; without it `limit` serves for both.
    """

    metric: Words
    limit: float
    unit: Words
    above: bool = True
    minutes: Annotated[int, Field(ge=1)] = 5
    query: str = ""
    success: float | None = None

    @model_validator(mode="after")
    def _good_before_bad(self) -> Self:
        good = self.success
        if good is not None and (good > self.limit if self.above else good < self.limit):
            msg = "a success limit on the good side of the limit"
            raise ValueError(msg)
        return self


class ServiceEntry(Entry):
    """One service; the fields are those of bot.domain.service.Service."""

    name: Words | None = None
    tier: Annotated[int, Field(ge=1, le=5)]
    time_zone: Zone
    team: tuple[Id, ...]
    roles: dict[Role, tuple[Id, ...]]
    deputies: dict[Role, tuple[Id, ...]] = {}
    groups: dict[Role, tuple[GroupName, ...]] = {}
    environment: Words = "production"
    strategy: Strategy | None = None
    steps: tuple[Percent, ...] = ()
    tool: Words | None = None
    data_store: Words | None = None
    uses_flags: bool | None = None
    outage_visible: bool | None = None
    regulated: bool = False
    private: bool = False
    criticality: Literal["none", "not_critical", "critical"] | None = None
    novelty: Literal["regularly", "rarely", "never"] | None = None
    span: Literal["one", "few", "many"] | None = None
    depends_on: tuple[Id, ...] = ()
    channels: dict[Audience, tuple[PlaceName, ...]]
    thresholds: tuple[ThresholdEntry, ...] = ()
    sources: dict[Literal["ci", "scm", "prometheus", "rollout", "registry", "incidents", "health"], Words] = {}
    suppliers: dict[Kind, Id] = {}
    standing: tuple[StandingEntry, ...] = ()
    rollback_owner: Id | None = None
    restore_minutes: Annotated[int, Field(ge=1)] | None = None
    previous_version: Words | None = None
    history: tuple[OutcomeEntry, ...] = ()
    repository: Words | None = None
    flag_tool: Words | None = None
    names: dict[ToolName, Words] = {}
    slo: Beside | None = None
    evidence: dict[EvidenceName, Words] = {}
    checks: dict[Id, tuple[Words, ...]] = {}

    @model_validator(mode="after")
    def _steps_rise(self) -> Self:
        if list(self.steps) != sorted(set(self.steps)):
            msg = "steps that rise, such as [10, 50, 100]"
            raise ValueError(msg)
        return self


class CatalogueFile(Entry):
    """The whole file. `templates` holds what entries share through YAML anchors; the bot does not read it."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    people: dict[Id, PersonEntry]
    services: dict[Id, ServiceEntry]
    templates: dict[str, object] = {}


class FreezeEntry(Entry):
    """A freeze: `scope` is a service id, an environment or "*"; `owner` signs exceptions from it (G11)."""

    id: Id
    scope: Words
    from_: Annotated[AwareDatetime, Field(alias="from")]
    to: AwareDatetime
    reason: Words
    owner: Id | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.to <= self.from_:
            msg = "an end after the start"
            raise ValueError(msg)
        return self


class RecurringEntry(Entry):
    """A freeze that comes again: `from` and `to` are "Fri 16:00" and "Mon 06:00", or times of every day of `days`."""

    id: Id
    scope: Words
    from_: Annotated[str, Field(alias="from")]
    to: str
    time_zone: Zone
    reason: Words
    days: tuple[str, ...] = ()
    owner: Id | None = None

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        weekdays_of(self)
        return self


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = len(_DAYS)


def weekdays_of(entry: RecurringEntry) -> tuple[tuple[int, ...], int, time, time]:
    """The weekdays on which it begins (Monday is 0), how many days later it ends, and both times. Raises ValueError."""
    first, starts = _clock_of(entry.from_)
    last, ends = _clock_of(entry.to)
    if (first is None) != (last is None):
        msg = 'a day in both "from" and "to", or in neither'
        raise ValueError(msg)
    if first is not None and last is not None:
        if entry.days:
            msg = '"days" only where "from" and "to" name no day'
            raise ValueError(msg)
        days = (last - first) % _WEEK
        return (first,), days if days or ends > starts else _WEEK, starts, ends
    weekdays = tuple(sorted({_weekday(d) for d in entry.days})) or tuple(range(_WEEK))
    return weekdays, 0 if ends > starts else 1, starts, ends


def _clock_of(said: str) -> tuple[int | None, time]:
    day, _, clock = said.strip().rpartition(" ")
    try:
        at = time.fromisoformat(clock)
    except ValueError as error:
        msg = f'a time such as "16:00" or "Fri 16:00", found "{said}"'
        raise ValueError(msg) from error
    return (_weekday(day) if day else None), at


def _weekday(said: str) -> int:
    short = said.strip()[:3].lower()
    if short not in _DAYS:
        msg = f'a day such as "Fri", found "{said}"'
        raise ValueError(msg)
    return _DAYS.index(short)
