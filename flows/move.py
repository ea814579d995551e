"""`move R-142 <time> <reason>` and `resume R-142 [time]`: a new start time, and going on after a hold (T4)."""

from datetime import datetime

from bot.domain.commands import Move, Resume
from bot.messages import forms
from bot.messages.heard import Heard
from bot.messages.model import Message
from bot.messages.view import View
from bot.messages.words import say
from flows.context import Context, filled, pressed, subject_of, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.parse_time import TimeFound, TimeTrouble, find_time
from flows.parse_words import without
from flows.shifts import same_clock, shifted
from flows.times_said import trouble_message, trouble_text
from flows.verb import Group, OnRelease, Verb

_LONGEST_TIME = 8
"""Words of the longest way to say a time: `to half past three in the afternoon tomorrow because`."""

_JOINING = frozenset({"to", "at", "because", "since", "for", "by", "on", "until", "till", "from", "-", "–", ":", ","})


def move(heard: Heard, ctx: Context, view: View) -> Step:
    """The time out of the words, the rest is the reason (G9)."""
    form = forms.move(view, ctx.token.verb if ctx.token else "move")
    if filled(heard):
        return _filled_move(heard, ctx, view)
    text = words(heard) or subject_of(ctx)
    led, rest = _led_by_time(text, ctx, view)
    if led is None and text and view.release.start_at is not None:
        by_the_old = _by_the_old(text, view.release.start_at, ctx, view)
        if by_the_old is not None:
            return _moved(heard, view, by_the_old[0], by_the_old[1], sure=by_the_old[2])
    when = led or (_time(text, ctx, view) if text else None)
    if isinstance(when, TimeTrouble):
        return Reply(_unusable(when, view, "move", _rest(text, when)))
    if when is None:
        return Ask("time", form=forms.kept(form, {"reason": text}) if text else form)
    reason = rest if led else _rest(text, when)
    kept = forms.kept(form, {"time": f"{when.local_time} {when.time_zone}", "reason": reason})
    if not reason:
        return Ask("reason", form=kept)
    return Done(Move(heard.actor, when.start_at, when.local_time, when.time_zone, reason), kept)


def _by_the_old(
    text: str, start: datetime, ctx: Context, view: View
) -> tuple[TimeFound | TimeTrouble, str, bool] | None:
    """What is said by the planned start: the new one, the reason, and whether the new one is sure."""
    by = shifted(text, start, view.release.time_zone, ctx.now)
    if by is not None:
        return (*by, True)
    return None if _time(text, ctx, view) else same_clock(text, start, view.release.time_zone, ctx.now)


def _moved(heard: Heard, view: View, when: TimeFound | TimeTrouble, said: str, *, sure: bool) -> Step:
    """Moves where the time is sure and a reason is there; else the form shows what was understood of it."""
    reason = _trimmed(said)
    if isinstance(when, TimeTrouble):
        return Reply(_unusable(when, view, "move", reason))
    kept = forms.kept(forms.move(view, "move"), {"time": f"{when.local_time} {when.time_zone}", "reason": reason})
    if not sure or not reason:
        return Ask("reason" if sure else "time", form=kept)
    return Done(Move(heard.actor, when.start_at, when.local_time, when.time_zone, reason), kept)


MOVE = Verb("move", OnRelease(move), Group.PLANNING, ("postpone", "reschedule", "delay"))


def resume(heard: Heard, ctx: Context, view: View) -> Step:
    """Goes on; a new time is needed where the start is over."""
    form = forms.resume(view)
    text = words(heard) or value(heard, "time")
    over = view.release.start_at is None or view.release.start_at <= ctx.now
    if pressed(heard) and over and not view.release.started:
        return Ask("time", form=form)
    when = _time(text, ctx, view) if text else None
    kept = forms.kept(form, {"time": text})
    if isinstance(when, TimeTrouble):
        error = {"time": trouble_text(when)}
        return Reply(form=kept, errors=error) if filled(heard) else Reply(_unusable(when, view, "resume", ""))
    if filled(heard) and text and when is None:
        return Reply(form=kept, errors={"time": say("talk.field_time")})
    if when is None:
        return Done(Resume(heard.actor), kept)
    return Done(Resume(heard.actor, when.start_at, when.local_time, when.time_zone), kept)


RESUME = Verb("resume", OnRelease(resume), Group.ROLLOUT, ("unhold", "continue"))


def _filled_move(heard: Heard, ctx: Context, view: View) -> Step:
    form = forms.move(view, ctx.token.verb if ctx.token else "move")
    kept = forms.kept(form, {"time": value(heard, "time"), "reason": value(heard, "reason")})
    when = _time(value(heard, "time"), ctx, view)
    if not isinstance(when, TimeFound):
        return Reply(form=kept, errors={"time": trouble_text(when) if when else say("talk.field_time")})
    return Done(Move(heard.actor, when.start_at, when.local_time, when.time_zone, value(heard, "reason")), kept)


def _time(text: str, ctx: Context, view: View) -> TimeFound | TimeTrouble | None:
    """A bare time is meant on the day for which the release is planned: "move 16:30" of tomorrow's never pulls it to today."""
    return find_time(text, view.release.time_zone, ctx.now, near=view.release.start_at)


def _led_by_time(text: str, ctx: Context, view: View) -> tuple[TimeFound | None, str]:
    """The time that the words begin with, and the reason behind it word for word: it may tell of other times."""
    said = text.split()
    for count in range(min(len(said), _LONGEST_TIME), 0, -1):
        head = " ".join(said[:count])
        found = _time(head, ctx, view)
        if isinstance(found, TimeFound) and not _rest(head, found):
            return found, " ".join(said[count:])
    return None, ""


def _rest(text: str, when: TimeFound | TimeTrouble) -> str:
    """The reason: what is left without the time, and without the little words around it."""
    return _trimmed(without(text, when.spans))


def _trimmed(text: str) -> str:
    left = text.lstrip(" ,;:.").split()
    while left and left[0].casefold() in _JOINING:
        left = left[1:]
    while left and left[-1].casefold() in _JOINING - {"because"}:
        left = left[:-1]
    return " ".join(left)


def _unusable(trouble: TimeTrouble, view: View, verb: str, reason: str) -> Message:
    lines = [f"/release {verb} {view.release.id} {offer} {reason}".strip() for offer in trouble.offers]
    return trouble_message(trouble, lines)
