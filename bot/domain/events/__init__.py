"""What happened, in the past tense. Events are the only way in which a release changes (evolve), and what the ledger keeps.

Each is stored as {"type", "schema", fields…}; SCHEMA grows when a field changes its meaning, and the store upcasts old ones.
Who did it, through which account, when, and with which request id stands in the ledger entry around the event (A1).
"""

from collections.abc import Mapping

from bot.domain.event import Event
from bot.domain.events.consents import (
    ApprovalsRequested,
    Cleared,
    ConsentEnded,
    ConsentGiven,
    ConsentRequested,
    RiskDeclined,
    Uncleared,
    VotesOverruled,
)
from bot.domain.events.course import (
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
from bot.domain.events.emergency import EmergencyDeclared, EmergencyLapsed, ReviewOverdue, ReviewRecorded
from bot.domain.events.planning import (
    DeclaredNotApplicable,
    DetailsGiven,
    EvidenceRecorded,
    Judged,
    Planned,
    PlanRevised,
    PlanStarted,
    QuestionAnswered,
    QuestionAsked,
    SourceAnswered,
    SourcesAsked,
    SupplyRequested,
    TalkHeard,
)

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
        TalkHeard,
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
        EmergencyDeclared,
        EmergencyLapsed,
        ReviewRecorded,
        ReviewOverdue,
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
    "EmergencyDeclared",
    "EmergencyLapsed",
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
    "ReviewOverdue",
    "ReviewRecorded",
    "RiskDeclined",
    "RollbackDeclared",
    "RollbackFinished",
    "SourceAnswered",
    "SourcesAsked",
    "Started",
    "Stepped",
    "SupplyRequested",
    "TalkHeard",
    "Uncleared",
    "VotesOverruled",
]
