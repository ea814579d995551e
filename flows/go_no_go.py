"""`go R-142 [note]` and `no-go R-142 <reason>`: the roll call. The decision maker's go clears the release (G26)."""

from bot.domain.commands import Vote
from bot.messages import forms
from bot.messages.heard import Heard
from bot.messages.view import View
from flows.context import Context, filled, pressed, revision_of, value, words
from flows.dialog import Ask, Done, Step
from flows.verb import Group, OnRelease, Verb


def go(heard: Heard, ctx: Context, view: View) -> Step:
    """A go, with a note where one is wanted (overruling a no-go needs one)."""
    note = words(heard) or value(heard, "note") or value(heard, "reason")
    return Done(Vote(heard.actor, "go", note, revision_of(ctx)), forms.reason(view, "go", required=False))


GO = Verb("go", OnRelease(go), Group.DECISION)


def no_go(heard: Heard, ctx: Context, view: View) -> Step:
    """A no-go with its reason (G9)."""
    form = forms.reason(view, "no_go")
    reason = words(heard) or value(heard, "reason")
    if pressed(heard) or (not reason and not filled(heard)):
        return Ask("reason", form=form)
    return Done(Vote(heard.actor, "no-go", reason, revision_of(ctx)), form)


NO_GO = Verb("no_go", OnRelease(no_go), Group.DECISION, ("nogo",))
