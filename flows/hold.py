"""`hold R-142 <reason>`: stops the clock. Never refused for its reason (G9)."""

from bot.domain.commands import Hold
from bot.messages import forms
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.context import Context, pressed, subject_of, value, words
from flows.dialog import Ask, Done, Step
from flows.verb import Group, OnRelease, Verb


def hold(heard: Heard, ctx: Context, view: View) -> Step:
    """Typed words hold at once; the button asks why, and takes no answer for one."""
    form = forms.reason(view, "hold", required=False)
    if pressed(heard):
        return Ask("reason", form=forms.kept(form, {"reason": subject_of(ctx)}))
    return Done(Hold(heard.actor, words(heard) or value(heard, "reason")), form)


VERB = Verb("hold", OnRelease(hold), Group.ROLLOUT, ("pause", "stop", "wait"))
