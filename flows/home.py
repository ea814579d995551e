"""`home`: what waits for the speaker with its buttons, their releases, the week ahead, and how the bot is."""

from bot.domain.release import TERMINAL
from bot.messages.heard import Heard
from bot.messages.home import home as page
from flows.context import Context
from flows.dialog import Reply, Step
from flows.verb import Group, Verb


def home(heard: Heard, ctx: Context) -> Step:
    """Drawn for the speaker alone, of what the speaker may see."""
    shown = [v for v in ctx.views if v.release.phase not in TERMINAL]
    freezes = (*ctx.freezes, *ctx.catalog.policy.freezes)
    return Reply(page(heard.actor.person, shown, freezes, ctx.problems, ctx.now))


VERB = Verb(
    "home", home, Group.LOOK, ("inbox", "todo", "dashboard"), needs=("views", "freezes", "problems"), reads_only=True
)
