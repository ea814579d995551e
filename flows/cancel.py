"""`cancel R-142 <reason>`: gives the release up before its start."""

from bot.domain.commands import Cancel
from bot.messages import forms
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.context import Context, filled, value, words
from flows.dialog import Ask, Done, Step
from flows.verb import Group, OnRelease, Verb


def cancel(heard: Heard, ctx: Context, view: View) -> Step:
    """With its reason (G9); without one the form asks for it."""
    del ctx
    form = forms.reason(view, "cancel")
    reason = words(heard) or value(heard, "reason")
    if not reason and not filled(heard):
        return Ask("reason", form=form)
    return Done(Cancel(heard.actor, reason), form)


VERB = Verb("cancel", OnRelease(cancel), Group.PLANNING, ("abandon",))
