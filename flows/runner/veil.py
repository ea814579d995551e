"""What is told to somebody about what they may not see: nothing, not even that it is there."""

from dataclasses import replace

from bot.decide.result import Decision, Refused
from bot.domain.commands.calendar import DeclareFreeze, EndFreeze
from bot.domain.commands.emergency import DeclareEmergency
from bot.domain.commands.planning import StartPlan
from bot.messages import answers
from bot.messages.heard import Heard
from bot.messages.model import Message
from bot.policy.people import team
from bot.seeing import Seeing
from flows.context import Context

_NAMING = frozenset({"not_engineer", "not_freezer"})
"""Refusals that name the people of a service."""


def unseen(ctx: Context) -> Message:
    """Nothing is told of what somebody may not see, not even that it is there."""
    return answers.line("talk.no_such_release", {"release": ctx.view.release.id if ctx.view else ctx.named})


async def outside(ctx: Context, command: object, heard: Heard, seeing: Seeing) -> Context:
    """With the service of that command as `unseen` where it is. Who is of its team is not asked about."""
    name = _service_of(command)
    service = ctx.catalog.services.get(name)
    if service is None or heard.actor.person in team(service):
        return ctx
    seen = await seeing.service(service, heard.actor.person, heard.place)
    return ctx if seen else replace(ctx, unseen=ctx.unseen | {name})


def veiled(decision: Decision, command: object, ctx: Context) -> Decision:
    """A refusal about a service of which the speaker knows nothing reads as if there were none; on record it is what it was."""
    if not isinstance(decision, Refused):
        return decision
    if decision.code in _NAMING and _service_of(command) in ctx.unseen:
        return Refused("not_insider", {"service": ctx.catalog.services[_service_of(command)].name})
    if isinstance(command, DeclareFreeze) and command.scope in ctx.veiled:
        return Refused("scope_unknown", {"scope": command.scope})
    if isinstance(command, EndFreeze) and ctx.veiled and decision.code == "not_freeze_owner":
        known = {w.id.casefold() for w in ctx.freezes}
        return decision if command.freeze.casefold() in known else Refused("freeze_unknown", {"freeze": command.freeze})
    return decision


def _service_of(command: object) -> str:
    """What it is about, where there is no release yet."""
    if isinstance(command, StartPlan | DeclareEmergency):
        return command.service
    return command.scope if isinstance(command, DeclareFreeze) else ""
