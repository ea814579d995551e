"""What somebody wants to happen, in the imperative. Each carries its actor; decide() answers with events or a refusal.

Times are UTC instants. `revision` is the plan revision that a pressed button stood for; None where the words were typed (G22).
"""

from collections.abc import Mapping

from bot.domain.command import Command
from bot.domain.commands.alarms import (
    AskNext,
    CheckDrift,
    Escalate,
    Judge,
    RecordObservations,
    RemindOutcome,
    StopWithoutGo,
)
from bot.domain.commands.consents import (
    Approve,
    Decline,
    RequestException,
    RequestSignOffs,
    Vote,
    Withdraw,
)
from bot.domain.commands.course import (
    Cancel,
    DeclareRollback,
    Finish,
    FinishRollback,
    Hold,
    Move,
    RecordLesson,
    ReportHealth,
    ReportStep,
    Resume,
    Start,
)
from bot.domain.commands.emergency import DeclareEmergency, RecordReview, RemindReview
from bot.domain.commands.planning import (
    AddEvidence,
    Amend,
    AnswerQuestion,
    AskPerson,
    DeclareNotApplicable,
    NoteTalk,
    StartPlan,
)

COMMANDS: Mapping[str, type[Command]] = {
    cls.__name__: cls
    for cls in (
        StartPlan,
        AnswerQuestion,
        AskNext,
        RecordObservations,
        AddEvidence,
        DeclareNotApplicable,
        Vote,
        Approve,
        Decline,
        RequestException,
        RequestSignOffs,
        AskPerson,
        NoteTalk,
        Withdraw,
        Amend,
        Hold,
        Resume,
        Move,
        Cancel,
        Start,
        ReportStep,
        ReportHealth,
        Finish,
        DeclareRollback,
        FinishRollback,
        RecordLesson,
        CheckDrift,
        Escalate,
        StopWithoutGo,
        RemindOutcome,
        Judge,
        DeclareEmergency,
        RecordReview,
        RemindReview,
    )
}
"""Every command by its name, for the rows that carry one (`Later`)."""

__all__ = [
    "COMMANDS",
    "AddEvidence",
    "Amend",
    "AnswerQuestion",
    "Approve",
    "AskNext",
    "AskPerson",
    "Cancel",
    "CheckDrift",
    "Command",
    "DeclareEmergency",
    "DeclareNotApplicable",
    "DeclareRollback",
    "Decline",
    "Escalate",
    "Finish",
    "FinishRollback",
    "Hold",
    "Judge",
    "Move",
    "NoteTalk",
    "RecordLesson",
    "RecordObservations",
    "RecordReview",
    "RemindOutcome",
    "RemindReview",
    "ReportHealth",
    "ReportStep",
    "RequestException",
    "RequestSignOffs",
    "Resume",
    "Start",
    "StartPlan",
    "StopWithoutGo",
    "Vote",
    "Withdraw",
]
