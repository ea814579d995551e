"""`withdraw R-142 <reason>`: takes back one's own consents, before T=0."""

from bot.domain.commands import Withdraw
from bot.messages import forms
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.context import Context, filled, subject_of, value, words
from flows.dialog import Ask, Done, Step
from flows.verb import Group, OnRelease, Verb


def withdraw(heard: Heard, ctx: Context, view: View) -> Step:
    """All valid consents of the speaker, or the one that the button named."""
    form = forms.reason(view, "withdraw")
    reason = words(heard) or value(heard, "reason")
    if not reason and not filled(heard):
        return Ask("reason", form=form)
    return Done(Withdraw(heard.actor, reason, subject_of(ctx) or None), form)


VERB = Verb("withdraw", OnRelease(withdraw), Group.DECISION, ("revoke",))
