"""What happened while a release was planned and judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.event import Event
from bot.domain.evidence import Evidence, Kind
from bot.domain.people import Place
from bot.domain.release import Judgement, Question


@dataclass(frozen=True, slots=True)
class PlanStarted(Event):
    """Planning began: the release exists."""

    release: str
    service: str
    environment: str
    requested_by: str
    owner: str
    home: Place
    time_zone: str
    version: str | None = None
    rollback_owner: str | None = None
    strategy: str | None = None
    steps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DetailsGiven(Event):
    """Details were given or amended. None leaves a field as it is."""

    by: str
    version: str | None = None
    environment: str | None = None
    start_at: datetime | None = None
    local_time: str | None = None
    time_zone: str | None = None
    owner: str | None = None
    rollback_owner: str | None = None
    strategy: str | None = None
    steps: tuple[int, ...] | None = None
    summary: str | None = None
    links: tuple[str, ...] = ()
    commit: str | None = None
    digest: str | None = None
    authors: tuple[str, ...] | None = None
    data_change: str | None = None


@dataclass(frozen=True, slots=True)
class SourcesAsked(Event):
    """Sources were asked; `gathers` are the outbox keys of the requests, `purpose` plan, recheck, watch or link."""

    gathers: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class SourceAnswered(Event):
    """A source answered, or could not be asked (its items then stand as unavailable)."""

    gather: str
    source: str


@dataclass(frozen=True, slots=True)
class EvidenceRecorded(Event):
    """An item was observed or attested. It replaces the earlier one of the same kind and source."""

    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DeclaredNotApplicable(Event):
    """A person said that an item does not apply (G25). Where a second person has to agree, that is a consent of its own."""

    kind: Kind
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionAsked(Event):
    """One of the three questions was asked (Q1)."""

    question: Question


@dataclass(frozen=True, slots=True)
class QuestionAnswered(Event):
    """The open question ended: `how` is given, dont_know, vague or moot."""

    number: int
    by: str
    how: str
    text: str


@dataclass(frozen=True, slots=True)
class TalkHeard(Event):
    """A message of a planning conversation was heard, about `tokens` long. `summed_up`: the decisions so far are due (Q8)."""

    tokens: int
    summed_up: bool = False


@dataclass(frozen=True, slots=True)
class SupplyRequested(Event):
    """A person was asked by message for an item (Q6)."""

    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class Planned(Event):
    """The questions are over and the first verdict is given. `gaps`: the items that were open in it, consents left out (P7)."""

    gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRevised(Event):
    """The plan hash changed: all consents bound to another hash are void (G8).

    `parts`: a short digest of each field; `changed`: the fields that differ from the revision before (G12).
    """

    revision: int
    hash: str
    voided: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged(Event):
    """The verdict, the findings or the score changed."""

    judgement: Judgement
