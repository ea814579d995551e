"""`hold R-142 <reason>`: stops the clock. Never refused for its reason (G9)."""

from bot.domain.commands import Hold
from bot.messages import forms
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.context import Context, pressed, value, words
from flows.dialog import Ask, Done, Step
from flows.verb import Group, OnRelease, Verb


def hold(heard: Heard, ctx: Context, view: View) -> Step:
    """Typed words hold at once; the button asks why, and takes no answer for one."""
    del ctx
    form = forms.reason(view, "hold", required=False)
    if pressed(heard):
        return Ask("reason", form=form)
    return Done(Hold(heard.actor, words(heard) or value(heard, "reason")), form)


VERB = Verb("hold", OnRelease(hold), Group.ROLLOUT, ("pause", "stop", "wait"))
