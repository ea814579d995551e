"""What somebody wants to happen, in the imperative. Each carries its actor; decide() answers with events or a refusal.

Times are UTC instants. `revision` is the plan revision that a pressed button stood for; None where the words were typed (G22).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.alarms import AskNext, CheckDrift, Escalate, Judge, RecordObservations, RemindOutcome, StopWithoutGo
from bot.domain.command import Command
from bot.domain.consent import ConsentKind
from bot.domain.evidence import Evidence, Kind
from bot.domain.people import Place


@dataclass(frozen=True, slots=True)
class StartPlan(Command):
    """Start planning, or continue the open plan of the same service, version and environment (Q1).

    `release` is the fresh id that is used where no open plan exists. None: not said.
    `claims` are items that the text itself gave ("rollback tested on 2026-11-03 https://…"), already read.
    """

    release: str
    service: str
    home: Place
    version: str | None = None
    environment: str | None = None
    start_at: datetime | None = None
    local_time: str = ""
    time_zone: str | None = None
    canary_percent: int | None = None
    strategy: str | None = None
    rollback_owner: str | None = None
    text: str = ""
    links: tuple[str, ...] = ()
    claims: tuple[Evidence, ...] = ()
    data_change: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Command):
    """An answer to the open question `number`. `how`: given, dont_know, vague, person.

    given: `claims`, `details` or `data_change` say what; vague: `text` is the phrase that is not accepted (Q7);
    person: `person` was named as the one who supplies the item (*who does?*).
    """

    number: int
    how: str
    text: str
    claims: tuple[Evidence, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    start_at: datetime | None = None
    local_time: str = ""
    data_change: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class AddEvidence(Command):
    """A person adds an item: attested, with a link or a date (G24). `vague`: the phrase that is no evidence (Q7)."""

    evidence: Evidence
    data_change: str | None = None
    vague: str = ""


@dataclass(frozen=True, slots=True)
class DeclareNotApplicable(Command):
    """An item does not apply (G25)."""

    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class Vote(Command):
    """`go` or `no-go` in the roll call; the decision maker's go clears (G26)."""

    vote: str
    reason: str = ""
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Approve(Command):
    """Gives whatever consent is asked of that person: sign_off, risk, exception, qa, confirm (G27).

    `kind` and `subject` None: decide chooses what the card asks of that person, the first open one in fixed order.
    """

    reason: str
    kind: ConsentKind | None = None
    subject: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Decline(Command):
    """Refuses a risk, sign-off or exception, with a reason."""

    reason: str
    kind: ConsentKind | None = None
    subject: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class RequestException(Command):
    """Asks for an exception: `what` freeze or clash (G11); test is G5."""

    what: str
    reason: str
    owner: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RequestSignOffs(Command):
    """Send the approval request to everybody who is named for an open consent."""


@dataclass(frozen=True, slots=True)
class AskPerson(Command):
    """Send a request for an item to a person (Q6, button "Ask someone")."""

    kind: Kind
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Withdraw(Command):
    """Takes back the actor's own valid consents (one by id, or all), before T=0."""

    reason: str
    consent: str | None = None


@dataclass(frozen=True, slots=True)
class Amend(Command):
    """Changes a field of the plan: version, environment, owner, rollback_owner, strategy, steps, summary, …"""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Hold(Command):
    """Stops the clock; never refused for its reason (G9)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Resume(Command):
    """Goes on; after the start time only with a new time (T4)."""

    start_at: datetime | None = None
    local_time: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Move(Command):
    """A new start time, with a reason."""

    start_at: datetime
    local_time: str
    time_zone: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cancel(Command):
    """Gives the release up before its start."""

    reason: str


@dataclass(frozen=True, slots=True)
class Start(Command):
    """Reports the start (never refused: G23). `started_at` None: now."""

    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportStep(Command):
    """Reports a rollout step: percent 0-100."""

    percent: int


@dataclass(frozen=True, slots=True)
class ReportHealth(Command):
    """Reports the health."""

    ok: bool
    metric: str


@dataclass(frozen=True, slots=True)
class Finish(Command):
    """Reports that it is done; `lesson` is optional (P7)."""

    lesson: str = ""


@dataclass(frozen=True, slots=True)
class DeclareRollback(Command):
    """Declares a rollback; never refused for its reason (G9)."""

    reason: str


@dataclass(frozen=True, slots=True)
class FinishRollback(Command):
    """Reports that the rollback is complete."""


@dataclass(frozen=True, slots=True)
class RecordLesson(Command):
    """One line for the next release of the service."""

    lesson: str


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
    "DeclareNotApplicable",
    "DeclareRollback",
    "Decline",
    "Escalate",
    "Finish",
    "FinishRollback",
    "Hold",
    "Judge",
    "Move",
    "RecordLesson",
    "RecordObservations",
    "RemindOutcome",
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
