"""`start`, `step`, `health`, `done`: reports of the owner, where no rollout tool can be observed."""

import re

from bot.domain.commands import Finish, ReportHealth, ReportStep, Start
from bot.messages import answers, forms
from bot.messages.heard import Heard
from bot.messages.view import View
from bot.messages.words import say
from flows.closing import closing_lines, typed_lesson
from flows.context import Context, filled, pressed, subject_of, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.verb import Group, OnRelease, Verb

_PERCENT = re.compile(r"^\D{0,20}?(\d{1,3})\s*(?:%|percent|pct)?\D*$", re.IGNORECASE)
_HEALTH = re.compile(
    r"(?is)^\s*(ok|okay|good|fine|green|healthy|bad|red|unhealthy|degraded|failing|broken)\b[\s:,-]*(.*)$"
)
_GOOD = frozenset({"ok", "okay", "good", "fine", "green", "healthy"})
_LAST = 100


def start(heard: Heard, ctx: Context, view: View) -> Step:
    """It has started now. Never refused for want of a GO: that is announced instead (G23)."""
    del ctx, view
    return Done(Start(heard.actor))


START = Verb("start", OnRelease(start), Group.ROLLOUT, ("started", "begin"))


def step(heard: Heard, ctx: Context, view: View) -> Step:
    """A share of the rollout was reached: 1 to 100 %."""
    text = value(heard, "percent") or words(heard) or subject_of(ctx)
    form = forms.kept(forms.step(view), {"percent": text})
    found = _PERCENT.match(text)
    if found is not None and 0 < int(found.group(1)) <= _LAST:
        return Done(ReportStep(heard.actor, int(found.group(1))), form)
    if text and filled(heard):
        return Reply(form=form, errors={"percent": say("refused.percent", {"value": text})})
    if text:
        return Reply(answers.line("refused.percent", {"value": text}))
    return Ask("percent", form=form)


STEP = Verb("step", OnRelease(step), Group.ROLLOUT)


def health(heard: Heard, ctx: Context, view: View) -> Step:
    """`health ok`, or `health bad <metric>`: what is bad and how bad has to be said."""
    verb = ctx.token.verb if ctx.token else ""
    if verb == "health_ok":
        return Done(ReportHealth(heard.actor, ok=True, metric=""))
    if verb == "health_bad":
        metric = value(heard, "metric")
        form = forms.kept(forms.health(view), {"metric": metric})
        return Done(ReportHealth(heard.actor, ok=False, metric=metric), form) if metric else Ask("metric", form=form)
    found = _HEALTH.match(words(heard))
    if found is None:
        return Reply(answers.line("talk.health_usage", {"release": view.release.id}))
    good = found.group(1).lower() in _GOOD
    return Done(ReportHealth(heard.actor, ok=good, metric=found.group(2).strip()), forms.health(view))


HEALTH = Verb("health", OnRelease(health), Group.ROLLOUT, tokens=("health_ok", "health_bad"))


def done(heard: Heard, ctx: Context, view: View) -> Step:
    """It is done. The button opens the closing form of four optional lines (P7); typed words are the lesson."""
    del ctx
    if pressed(heard):
        return Ask("lesson", form=forms.done(view))
    return Done(Finish(heard.actor, typed_lesson(words(heard)) or closing_lines(heard)), forms.done(view))


DONE = Verb("done", OnRelease(done), Group.ROLLOUT, ("finish", "finished", "complete", "close"))
