"""Which right each command needs (G27): the table that the guard reads and the docs show."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain import commands as c


class Right(StrEnum):
    """Who may give a command."""

    ENGINEER = "engineer"
    TEAM = "team"
    OWNER = "owner"
    DECISION_MAKER = "decision_maker"
    CONSENT = "consent"
    SYSTEM = "system"


RIGHTS: Mapping[type[c.Command], Right] = {
    c.StartPlan: Right.ENGINEER,
    c.AnswerQuestion: Right.TEAM,
    c.AddEvidence: Right.TEAM,
    c.NoteTalk: Right.TEAM,
    c.DeclareNotApplicable: Right.TEAM,
    c.AskPerson: Right.TEAM,
    c.RequestSignOffs: Right.TEAM,
    c.RequestException: Right.TEAM,
    c.Vote: Right.TEAM,
    c.Approve: Right.CONSENT,
    c.Decline: Right.CONSENT,
    c.Withdraw: Right.CONSENT,
    c.Amend: Right.OWNER,
    c.Move: Right.OWNER,
    c.Cancel: Right.OWNER,
    c.Start: Right.OWNER,
    c.ReportStep: Right.OWNER,
    c.Finish: Right.OWNER,
    c.ReportHealth: Right.TEAM,
    c.Hold: Right.TEAM,
    c.DeclareRollback: Right.TEAM,
    c.FinishRollback: Right.TEAM,
    c.RecordLesson: Right.TEAM,
    c.Resume: Right.DECISION_MAKER,
    c.AskNext: Right.SYSTEM,
    c.RecordObservations: Right.SYSTEM,
    c.CheckDrift: Right.SYSTEM,
    c.Escalate: Right.SYSTEM,
    c.StopWithoutGo: Right.SYSTEM,
    c.RemindOutcome: Right.SYSTEM,
    c.Judge: Right.SYSTEM,
    c.DeclareEmergency: Right.ENGINEER,
    c.RecordReview: Right.TEAM,
    c.RemindReview: Right.SYSTEM,
}
"""Total over bot.domain.commands.COMMANDS (a test says so)."""

OWN_REASON = (c.Approve, c.Decline, c.RequestException, c.DeclareNotApplicable, c.Move, c.DeclareEmergency)
"""Commands whose reason is checked by G9, beside the no-go vote."""


def right_of(command: c.Command) -> Right:
    """The right that this command needs."""
    return RIGHTS[type(command)]
