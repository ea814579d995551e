"""`delegate @lena until <date>`: somebody signs in one's place for a while; `delegate end` takes it back."""

import re
from datetime import datetime

from bot.domain.commands.orders import Delegate, EndDelegation
from bot.messages import answers, forms, order_forms
from bot.messages.heard import Heard
from bot.messages.words import say
from flows.context import Context, filled, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.freeze_times import one_time
from flows.parse_words import find_person
from flows.times_said import trouble_message, trouble_text
from flows.verb import Group, Verb

_ENDS = frozenset({"end", "stop", "off", "nobody", "none", "withdraw", "remove"})
_UNTIL = re.compile(r"(?i)^\s*(?:to\s+)?(@?[\w.-]+)\s+(?:until|till|to|through|up\s+to|-)\s+(.+?)[\s.!]*$")


def delegate(heard: Heard, ctx: Context) -> Step:
    """Who and until when, in one line or in the form; a date alone is the whole day."""
    text = words(heard).strip()
    if text.casefold().strip(" .!") in _ENDS:
        return Done(EndDelegation(heard.actor))
    zone = ctx.here.time_zone if ctx.here else "UTC"
    if filled(heard):
        return _filled(heard, ctx, zone)
    if not text:
        return Ask("delegate", form=order_forms.delegate(zone))
    found = _UNTIL.match(text)
    if found is None:
        return Reply(answers.line("talk.delegate_usage"))
    person = find_person(found[1], ctx.catalog.roster)
    if person is None:
        return Reply(answers.line("talk.person_unknown", {"person": found[1].lstrip("@")}))
    until = one_time(found[2], zone, ctx.now, end=True)
    if until is None:
        return Reply(answers.line("talk.delegate_usage"))
    if not isinstance(until, datetime):
        return Reply(
            trouble_message(until, [f"/release delegate @{person.id} until {offer}" for offer in until.offers])
        )
    return Done(Delegate(heard.actor, person.id, until))


DELEGATE = Verb("delegate", delegate, Group.DECISION, ("deputise", "substitute"))


def end_delegation(heard: Heard, ctx: Context) -> Step:
    """By who gave it, or by who was given it."""
    del ctx
    return Done(EndDelegation(heard.actor))


UNDELEGATE = Verb("undelegate", end_delegation, Group.DECISION, ("end-delegation",))


def _filled(heard: Heard, ctx: Context, zone: str) -> Step:
    form = forms.kept(order_forms.delegate(zone), {n: value(heard, n) for n in ("person", "until")})
    errors: dict[str, str] = {}
    person = find_person(value(heard, "person"), ctx.catalog.roster)
    if person is None:
        errors["person"] = say("talk.field_person")
    until = one_time(value(heard, "until"), zone, ctx.now, end=True)
    if not isinstance(until, datetime):
        errors["until"] = trouble_text(until) if until else say("talk.field_time")
    if person is None or not isinstance(until, datetime):
        return Reply(form=form, errors=errors)
    return Done(Delegate(heard.actor, person.id, until), form)
