"""What happened, in the past tense. Events are the only way in which a release changes (evolve), and what the ledger keeps.

Each is stored as {"type", "schema", fields…}; SCHEMA grows when a field changes its meaning, and the store upcasts old ones.
Who did it, through which account, when, and with which request id stands in the ledger entry around the event (A1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.consent import Consent
from bot.domain.course import (
    Cancelled,
    Closed,
    HealthReported,
    Held,
    LessonRecorded,
    Moved,
    OutcomeUnknown,
    Reminded,
    ResumedLive,
    ResumedPlanned,
    RollbackDeclared,
    RollbackFinished,
    Started,
    Stepped,
)
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
    """Sources were asked; `gathers` are the outbox keys of the requests, `purpose` plan, recheck or watch."""

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
    """A person said that an item does not apply (G25). `agreed_by`: the second person where a MUST needs one."""

    kind: Kind
    by: str
    reason: str
    agreed_by: str | None = None


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
class SupplyRequested(Event):
    """A person was asked by message for an item (Q6)."""

    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class Planned(Event):
    """The questions are over and the first verdict is given."""


@dataclass(frozen=True, slots=True)
class PlanRevised(Event):
    """The plan hash changed: all consents bound to another hash are void (G8)."""

    revision: int
    hash: str
    voided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged(Event):
    """The verdict, the findings or the score changed."""

    judgement: Judgement


@dataclass(frozen=True, slots=True)
class ConsentRequested(Event):
    """A consent is asked for: an exception as requested (it is part of the plan), or approvals sent to persons."""

    consent: Consent


@dataclass(frozen=True, slots=True)
class ApprovalsRequested(Event):
    """Persons were asked for the consents that are still open: `wanted` holds "kind:subject", `of` the persons (G15)."""

    revision: int
    wanted: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentGiven(Event):
    """A consent or a vote was given; a later vote of the same person replaces the earlier."""

    consent: Consent


@dataclass(frozen=True, slots=True)
class ConsentEnded(Event):
    """A consent was declined, withdrawn or expired: `state` says which."""

    consent: str
    state: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RiskDeclined(Event):
    """An entitled person refused a risk or a sign-off, with a reason; it blocks until they or the plan change."""

    consent: Consent


@dataclass(frozen=True, slots=True)
class VotesOverruled(Event):
    """The decision maker gave GO over these no-go votes; they stay visible (G26)."""

    consents: tuple[str, ...]
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cleared(Event):
    """Verdict GO and a valid go of the decision maker (G26)."""

    by: str


@dataclass(frozen=True, slots=True)
class Uncleared(Event):
    """The clearance ended: the plan changed, or the decision maker took the go back. `code` says why."""

    code: str
    by: str


EVENTS: Mapping[str, type[Event]] = {
    cls.__name__: cls
    for cls in (
        PlanStarted,
        DetailsGiven,
        SourcesAsked,
        SourceAnswered,
        EvidenceRecorded,
        DeclaredNotApplicable,
        QuestionAsked,
        QuestionAnswered,
        SupplyRequested,
        Planned,
        PlanRevised,
        Judged,
        ConsentRequested,
        ApprovalsRequested,
        ConsentGiven,
        ConsentEnded,
        RiskDeclined,
        VotesOverruled,
        Cleared,
        Uncleared,
        Held,
        ResumedLive,
        ResumedPlanned,
        Moved,
        Cancelled,
        Started,
        Stepped,
        HealthReported,
        Closed,
        RollbackDeclared,
        RollbackFinished,
        LessonRecorded,
        Reminded,
        OutcomeUnknown,
    )
}
"""Every event by its name in the ledger. Receipts and refused attempts are ledger entries, not events of a release."""

SCHEMA = 1
"""The schema number that is written with each event."""

__all__ = [
    "EVENTS",
    "SCHEMA",
    "ApprovalsRequested",
    "Cancelled",
    "Cleared",
    "Closed",
    "ConsentEnded",
    "ConsentGiven",
    "ConsentRequested",
    "DeclaredNotApplicable",
    "DetailsGiven",
    "Event",
    "EvidenceRecorded",
    "HealthReported",
    "Held",
    "Judged",
    "LessonRecorded",
    "Moved",
    "OutcomeUnknown",
    "PlanRevised",
    "PlanStarted",
    "Planned",
    "QuestionAnswered",
    "QuestionAsked",
    "Reminded",
    "ResumedLive",
    "ResumedPlanned",
    "RiskDeclined",
    "RollbackDeclared",
    "RollbackFinished",
    "SourceAnswered",
    "SourcesAsked",
    "Started",
    "Stepped",
    "SupplyRequested",
    "Uncleared",
    "VotesOverruled",
]
