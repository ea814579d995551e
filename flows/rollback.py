"""`rollback R-142 <reason>` and `rolledback R-142`: declares a rollback, and its end. Never refused for its reason (G9)."""

from bot.domain.commands import DeclareRollback, FinishRollback
from bot.messages import forms
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.context import Context, pressed, subject_of, value, words
from flows.dialog import Ask, Done, Step
from flows.verb import Group, OnRelease, Verb


def rollback(heard: Heard, ctx: Context, view: View) -> Step:
    """Typed words declare it at once; the button asks why, and takes no answer for one."""
    form = forms.reason(view, "rollback", required=False)
    if pressed(heard):
        return Ask("reason", form=forms.kept(form, {"reason": subject_of(ctx)}))
    return Done(DeclareRollback(heard.actor, words(heard) or value(heard, "reason")), form)


ROLLBACK = Verb("rollback", OnRelease(rollback), Group.ROLLOUT, ("roll-back", "revert"))


def rolledback(heard: Heard, ctx: Context, view: View) -> Step:
    """The rollback is complete."""
    del ctx, view
    return Done(FinishRollback(heard.actor))


ROLLEDBACK = Verb("rolledback", OnRelease(rolledback), Group.ROLLOUT, ("rolled-back", "rollback-done"))
