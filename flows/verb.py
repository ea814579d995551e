"""One thing that a person can do, as the file of its conversation declares it; flows/index.py lists them all."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.messages import answers
from bot.messages.heard import Heard
from flows.context import Context
from flows.dialog import Flow, ReleaseFlow, Reply, Step

Need = Literal["announcements", "checks", "freezes", "ledger", "orders", "problems", "releases", "services", "views"]
"""What the runner may read for a verb beforehand; Context says where it then stands."""


class Group(StrEnum):
    """Where help lists a verb, in the order of help; each has its heading, `help.group_<group>`."""

    PLANNING = "planning"
    DECISION = "decision"
    ROLLOUT = "rollout"
    RECORD = "record"
    EMERGENCY = "emergency"
    CALENDAR = "calendar"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class OnRelease:
    """A conversation about one release, which the words name or the place makes clear."""

    flow: ReleaseFlow

    def step(self, heard: Heard, ctx: Context, button: str) -> Step:
        """Its step. Where it is not sure which release: the candidates as buttons of that verb, or how to begin."""
        if ctx.view is not None:
            return self.flow(heard, ctx, ctx.view)
        if ctx.named:
            return Reply(answers.line("talk.no_such_release", {"release": ctx.named}))
        if ctx.candidates:
            return Reply(answers.which(ctx.candidates, button, ctx.here.id if ctx.here else None))
        return Reply(answers.after_end(ctx.over, ctx.now) if ctx.over else answers.nothing_open())


@dataclass(frozen=True, slots=True)
class Verb:
    """Its usage and summary are `help.usage.<name>`, `help.about.<name>`; its other names are `aliases`.

    `button`: the verb of its buttons, where that is not the name; `tokens`: further ones that mean the same conversation.
    `needs`: what is read for it. `ended_too`: it also speaks of releases that are over. `reads_only`: it changes nothing.
    `alike`: what it says of a release depends neither on who asks nor on where.
    """

    name: str
    flow: Flow | OnRelease
    group: Group
    aliases: tuple[str, ...] = ()
    button: str = ""
    tokens: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    ended_too: bool = False
    reads_only: bool = False
    alike: bool = False

    @property
    def typed(self) -> str:
        """The word that people type: no-go for no_go."""
        return self.name.replace("_", "-")

    @property
    def pressed(self) -> str:
        """The word that its buttons carry."""
        return self.button or self.name

    @property
    def of_release(self) -> bool:
        """False: it speaks of no single release, and an id in its words is only text."""
        return isinstance(self.flow, OnRelease)

    def step(self, heard: Heard, ctx: Context) -> Step:
        """What follows from what was heard."""
        if isinstance(self.flow, OnRelease):
            return self.flow.step(heard, ctx, self.pressed)
        return self.flow(heard, ctx)
