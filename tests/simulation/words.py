"""What a person would type for a command, where there are words for it: it then goes the whole way, flow and all."""

from bot.domain import commands as c
from bot.domain.command import Command
from bot.domain.consent import ConsentKind
from bot.messages.heard import Asked
from tests.simulation.inbound import Delivery


def asked(delivery: Delivery) -> Asked | None:
    """The delivery as `/release …`; None: a command that is no plain words (an answer, evidence)."""
    said = typed(delivery.command)
    if delivery.home is None or said is None:
        return None
    verb, words = said
    typed_words = f"{delivery.release} {words}".strip()
    return Asked(delivery.command.actor, delivery.home, delivery.receipt, delivery.at, verb=verb, words=typed_words)


def typed(command: Command) -> tuple[str, str] | None:  # noqa: C901, PLR0911, PLR0912 - one line for each command
    """Verb and words."""
    match command:
        case c.Vote(vote="go"):
            return "go", command.reason
        case c.Vote():
            return "no_go", command.reason
        case c.Approve():
            return "approve", command.reason
        case c.Decline(kind=ConsentKind.SIGN_OFF):
            return "decline", command.reason
        case c.Withdraw():
            return "withdraw", command.reason
        case c.Hold():
            return "hold", f"because {command.reason}"
        case c.Cancel():
            return "cancel", f"because {command.reason}"
        case c.Move():
            return "move", f"to {command.start_at:%Y-%m-%d %H:%M} UTC because {command.reason}"
        case c.Resume(start_at=None):
            return "resume", ""
        case c.Resume():
            return "resume", f"at {command.start_at:%Y-%m-%d %H:%M} UTC"
        case c.Start():
            return "start", ""
        case c.ReportStep():
            return "step", f"{command.percent}%"
        case c.Finish():
            return "done", ""
        case c.DeclareRollback():
            return "rollback", f"because {command.reason}"
        case c.FinishRollback():
            return "rolledback", ""
        case c.RecordLesson():
            return "lesson", command.lesson
    return None
