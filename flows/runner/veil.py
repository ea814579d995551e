"""What is told to somebody about what they may not see: nothing, not even that it is there."""

from bot.decide.result import Decision, Refused
from bot.domain.commands.calendar import DeclareFreeze, EndFreeze
from bot.messages import answers
from bot.messages.model import Message
from flows.context import Context


def unseen(ctx: Context) -> Message:
    """Nothing is told of what somebody may not see, not even that it is there."""
    return answers.line("talk.no_such_release", {"release": ctx.view.release.id if ctx.view else ctx.named})


def veiled(decision: Decision, command: object, ctx: Context) -> Decision:
    """A refusal about a service of which the speaker knows nothing reads as if there were none; on record it is what it was."""
    if not isinstance(decision, Refused):
        return decision
    if isinstance(command, DeclareFreeze) and command.scope in ctx.veiled:
        return Refused("scope_unknown", {"scope": command.scope})
    if isinstance(command, EndFreeze) and ctx.veiled and decision.code == "not_freeze_owner":
        known = {w.id.casefold() for w in ctx.freezes}
        return decision if command.freeze.casefold() in known else Refused("freeze_unknown", {"freeze": command.freeze})
    return decision
