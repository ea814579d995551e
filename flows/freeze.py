"""`freeze <scope> <from> <to> <reason>` and `unfreeze F-3 <reason>`: the calendar of freezes (G11)."""

import re
from collections.abc import Mapping
from datetime import datetime

from bot.domain.commands.calendar import DeclareFreeze, EndFreeze
from bot.messages import answers, calendar_forms, forms
from bot.messages.heard import Heard
from bot.messages.words import say
from flows.context import Context, filled, subject_of, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.freeze_times import SpanFound, find_span, one_time
from flows.parse_time import TimeTrouble
from flows.parse_words import environment, find_person
from flows.times_said import trouble_message, trouble_text
from flows.verb import Group, Verb

_EVERYTHING = frozenset({"*", "everything", "all", "any", "company", "everyone"})
_OWNER = re.compile(r"(?i)[\s,;(]*\bowner(?:\s+is|:|=)?\s+(@?[\w.-]+)\)?[\s.]*$")
_END = re.compile(r"(?i)^\s*(?:end|lift|remove|cancel|stop)\s+(?=f-?\d)")
_ID = re.compile(r"(?i)^[\s,:#]*(f-?\d+|[\w.-]+(?:@\d{4}-\d{2}-\d{2})?)[\s,:]*(.*)$", re.DOTALL)


def freeze(heard: Heard, ctx: Context) -> Step:
    """Scope, both times and the reason in one line; or the form, which asks for the same."""
    text = words(heard)
    if _END.match(text):
        return _end(heard, ctx, _END.sub("", text))
    if filled(heard):
        return _filled(heard, ctx)
    if not text:
        return Ask("freeze", form=calendar_forms.freeze(ctx.catalog.services.values(), _zone(ctx, "")))
    scope, rest = _scope(text, ctx)
    owner = _OWNER.search(rest)
    span = find_span(rest[: owner.start()] if owner else rest, _zone(ctx, scope), ctx.now)
    if isinstance(span, TimeTrouble):
        lines = [f"/release freeze {text.split()[0]} {offer} …" for offer in span.offers]
        return Reply(trouble_message(span, lines))
    if span is None:
        return Reply(answers.line("talk.freeze_no_times", {"scope": text.split()[0]}))
    named = None
    if owner:
        person = find_person(owner.group(1), ctx.catalog.roster)
        if person is None:
            return Reply(answers.line("talk.person_unknown", {"person": owner.group(1).lstrip("@")}))
        named = person.id
    return Done(DeclareFreeze(heard.actor, scope, span.starts_at, span.ends_at, _reason(span), named))


FREEZE = Verb("freeze", freeze, Group.CALENDAR, ("blackout",))


def end_freeze(heard: Heard, ctx: Context) -> Step:
    """Ends one early: its id and the reason."""
    return _end(heard, ctx, words(heard))


UNFREEZE = Verb("unfreeze", end_freeze, Group.CALENDAR, ("end-freeze", "thaw"), needs=("freezes",))


def _end(heard: Heard, ctx: Context, text: str) -> Step:
    if filled(heard):
        freeze_id, reason = value(heard, "freeze") or subject_of(ctx), value(heard, "reason")
    else:
        found = _ID.match(text)
        freeze_id, reason = (_id(found[1]), found[2].strip()) if found else (subject_of(ctx), "")
    if not freeze_id:
        return Reply(answers.line("talk.unfreeze_usage"))
    form = calendar_forms.unfreeze(freeze_id)
    if not reason and not filled(heard):
        return Ask("reason", form=form)
    return Done(EndFreeze(heard.actor, freeze_id, reason), forms.kept(form, {"reason": reason}))


def _filled(heard: Heard, ctx: Context) -> Step:
    names = ("scope", "from", "until", "reason", "owner")
    values: Mapping[str, str] = {n: value(heard, n) for n in names}
    scope = values["scope"]
    home = _zone(ctx, scope)
    form = forms.kept(calendar_forms.freeze(ctx.catalog.services.values(), home), values)
    errors: dict[str, str] = {}
    starts = _field(values["from"], home, ctx.now, errors, "from", end=False)
    ends = _field(values["until"], home, starts or ctx.now, errors, "until", end=True)
    owner = find_person(values["owner"], ctx.catalog.roster) if values["owner"] else None
    if values["owner"] and owner is None:
        errors["owner"] = say("talk.field_person")
    if errors or starts is None or ends is None:
        return Reply(form=form, errors=errors)
    return Done(DeclareFreeze(heard.actor, scope, starts, ends, values["reason"], owner.id if owner else None), form)


def _field(text: str, home: str, now: datetime, errors: dict[str, str], name: str, *, end: bool) -> datetime | None:
    found = one_time(text, home, now, end=end)
    if isinstance(found, datetime):
        return found
    errors[name] = trouble_text(found) if found else say("talk.field_time")
    return None


def _scope(text: str, ctx: Context) -> tuple[str, str]:
    """What is frozen, in the written form, and the words behind it; an unknown word stays as it was typed."""
    word, _, rest = text.strip().partition(" ")
    plain = word.strip(",:;").casefold()
    if plain in _EVERYTHING:
        return "*", rest
    services = ctx.catalog.services
    by_name = {s.name.casefold(): s.id for s in services.values()}
    known = plain if plain in services else by_name.get(plain) or environment(plain)
    return known or plain, rest


def _reason(span: SpanFound) -> str:
    return re.sub(r"(?i)^(?:because(?:\s+of)?|for|due\s+to|reason)[\s:,-]+", "", span.rest.strip(" ,:;-–—")).strip()


def _id(word: str) -> str:
    number = re.fullmatch(r"(?i)f-?(\d{1,9})", word)
    return f"F-{int(number[1])}" if number else word


def _zone(ctx: Context, scope: str) -> str:
    """A bare time is in the zone of the service, else of the channel's service, else UTC (T5)."""
    service = ctx.catalog.services.get(scope) or ctx.here
    return service.time_zone if service else "UTC"
