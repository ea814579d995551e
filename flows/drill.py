"""`drill …`: rehearsals live in the sandbox, which answers them itself; everywhere else this says how to get there."""

from bot.messages import answers
from bot.messages.heard import Heard
from flows.context import Context
from flows.dialog import Reply, Step
from flows.verb import Group, Verb


def drill(heard: Heard, ctx: Context) -> Step:
    """How to run a sandbox. Nothing is rehearsed where real people would be told."""
    del heard, ctx
    return Reply(answers.line("drill.only_sandbox"))


VERB = Verb("drill", drill, Group.LOOK, ("drills", "rehearse", "tour"), reads_only=True)
