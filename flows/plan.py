"""`plan [service] [version] [to env] [at time] [canary 10%] [links…] [text…]`: starts or continues the planning conversation."""

import re
from collections.abc import Mapping

from bot.domain.commands import StartPlan
from bot.messages import answers, forms
from bot.messages.heard import Heard
from bot.messages.model import Button, Form, Message
from bot.messages.tokens import BadToken, Token
from bot.messages.words import say
from bot.policy.people import engineers, entitled
from flows.context import Context, choice_of, filled, pressed, subject_of, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.parse import PlanWords, read_plan
from flows.parse_time import TimeFound, TimeTrouble
from flows.skip_requests import SkipRequest, skip_request
from flows.times_said import trouble_message, trouble_text
from flows.verb import Group, Verb

_FORM_FIELD = {
    "service_unknown": "service",
    "two_services": "service",
    "two_versions": "version",
    "digest_short": "version",
    "two_environments": "environment",
    "environment_near": "environment",
    "environment_unknown": "environment",
    "two_percents": "canary",
    "percent_range": "canary",
    "person_unknown": "text",
    "claim_future": "text",
    "link_refused": "text",
}


def plan(heard: Heard, ctx: Context) -> Step:
    """Everything that the words name is taken; what is missing is asked by the release itself, at most three times (Q1)."""
    if filled(heard):
        return _from_form(heard, ctx)
    text = words(heard)
    if pressed(heard):
        text = f"{choice_of(ctx)} {subject_of(ctx)}".strip()
    read = read_plan(text, ctx.catalog, ctx.here, ctx.speaker(heard))
    if not text and not _plans_anything(heard, ctx):
        return Reply(answers.line("talk.plan_not_you", {"who": _planners(ctx)}))
    if not text:
        return Ask("service", form=_form(ctx, {"service": ctx.here.id if ctx.here else ""}))
    if read.troubles and read.troubles[0][0] != "link_refused":
        return Reply(_trouble(read, ctx, text))
    if isinstance(read.when, TimeTrouble):
        return Reply(_time_trouble(read, read.when))
    if read.service is None:
        return Ask("service", form=_form(ctx, _values(read, text)))
    return _start(heard, read, text)


VERB = Verb("plan", plan, Group.PLANNING, ("deploy", "new"), tokens=("plan_service",))


def _plans_anything(heard: Heard, ctx: Context) -> bool:
    """G27: the form is for engineers of some service; of which one the decision judges. Strangers are refused there."""
    services = ctx.catalog.services.values()
    return not heard.actor.person or any(entitled(heard.actor.person, engineers(s)) for s in services)


def _planners(ctx: Context) -> str:
    """Whom to ask: the first engineers of the channel's service, else of each."""
    services = [ctx.here] if ctx.here else list(ctx.catalog.services.values())
    named = dict.fromkeys(p for s in services for p in engineers(s)[:2])
    return " or ".join(ctx.catalog.roster.name(p) for p in list(named)[:4]) or "UNKNOWN"


def _start(heard: Heard, read: PlanWords, text: str, form: Form | None = None) -> Step:
    when = read.when if isinstance(read.when, TimeFound) else None
    skip = skip_request(text)
    command = StartPlan(
        actor=heard.actor,
        release="",
        service=read.service or "",
        home=heard.place,
        version=read.version,
        environment=read.environment,
        start_at=when.start_at if when else None,
        local_time=when.local_time if when else "",
        time_zone=when.time_zone if when else None,
        canary_percent=read.canary_percent,
        later_steps=read.later_steps,
        strategy=read.strategy,
        rollback_owner=read.rollback_owner,
        text=read.text,
        links=read.links,
        claims=read.claims,
        data_change=read.data_change,
    )
    return Done(command, form, notes=_notes(read, skip))


def _notes(read: PlanWords, skip: SkipRequest | None) -> tuple[str, ...]:
    """What was read and not accepted is said, never dropped in silence."""
    notes: list[str] = []
    if skip is not None:
        notes.append(say(f"talk.skip.{skip.what}", {"phrase": skip.phrase}))
    elif read.vague:
        notes.append(say("talk.vague_noted", {"phrase": read.vague}))
    if read.loose_time:
        notes.append(say("talk.time_loose", {"phrase": read.loose_time}))
    if read.owner:
        notes.append(say("talk.owner_after", {"person": read.owner}))
    if any(code == "link_refused" for code, _ in read.troubles):
        notes.append(say("talk.link_refused"))
    return tuple(notes)


def _trouble(read: PlanWords, ctx: Context, text: str) -> Message:
    code, params = read.troubles[0]
    if code == "service_unknown":
        near = [s for s in params["near"].split(",") if s]
        rest = " ".join(_without_word(text, params["service"]).split())
        return answers.unknown_service(params["service"], near or sorted(ctx.catalog.services)[:5], rest)
    buttons: list[Button] = []
    if code == "two_services":
        buttons = [
            _again(s, _without_release(text, o), s)
            for s, o in ((params["one"], params["other"]), (params["other"], params["one"]))
        ]
    if code == "environment_near":
        again = re.sub(rf"(?i)\b{re.escape(params['word'])}\b", params["near"], text, count=1)
        buttons = [_again(read.service or "", again, params["near"])]
    return answers.line(f"talk.{code}", params, [b for b in buttons if b.token])


def _time_trouble(read: PlanWords, trouble: TimeTrouble) -> Message:
    """Refused with what to type; each offer is a button too, which plans with the same words and that time."""
    rest = read.without_time
    said = [(offer, offer if offer.startswith("in ") else f"at {offer}") for offer in trouble.offers[:2]]
    lines = [f"/release plan {rest} {at}" for _, at in said]
    buttons = [_again(read.service or "", f"{rest} {at}", offer) for offer, at in said]
    return trouble_message(trouble, lines, [b for b in buttons if b.token])


def _again(service: str, rest: str, what: str) -> Button:
    """Plans with other words; without a token where they are too long for one, so that it is left out."""
    try:
        token = Token(verb="plan_service", choice=service, subject=" ".join(rest.split())).pack()
    except BadToken:
        token = ""
    return Button(id=f"plan_service:{what}"[:80], label=say("talk.button_plan", {"what": what}), token=token)


def _without_release(text: str, service: str) -> str:
    """The words without that service and the version that stands behind it."""
    name = re.escape(service)
    return re.sub(
        rf"(?i)(?:\b(?:and|plus)\s+|[,&+]\s*)?(?<![\w-]){name}(?![\w-])(?:[@:\s]+v?\d+(?:\.\d+)+[\w.+-]*)?", " ", text
    )


def _without_word(text: str, word: str) -> str:
    return " ".join(w for w in text.split() if w.strip(",;:.").casefold() != word.casefold())


def _from_form(heard: Heard, ctx: Context) -> Step:
    """The form's fields are read like words, each in its place; errors stand at their fields."""
    given = {n: value(heard, n) for n in ("service", "version", "environment", "start_at", "canary", "text")}
    form = _form(ctx, given)
    service = ctx.catalog.services.get(given["service"])
    if service is None:
        return Reply(form=form, errors={"service": say("talk.field_choose")})
    parts = (
        given["service"],
        f"version {given['version']}" if given["version"] else "",
        f"to {given['environment']}" if given["environment"] else "",
        f"canary {given['canary'].rstrip('% ')}%" if given["canary"] else "",
        f"at {given['start_at']}" if given["start_at"] else "",
    )
    read = read_plan(" ".join(p for p in (*parts, given["text"]) if p), ctx.catalog, service, ctx.speaker(heard))
    errors = {
        _FORM_FIELD.get(c, "text"): say(f"talk.{c}", p)
        for c, p in read.troubles
        if c not in {"link_refused", "service_unknown"}
    }
    if given["start_at"] and not isinstance(read.when, TimeFound):
        errors["start_at"] = trouble_text(read.when) if read.when else say("talk.field_time")
    elif isinstance(read.when, TimeTrouble):
        errors["text"] = trouble_text(read.when)
    if given["version"] and read.version is None and "version" not in errors:
        errors["version"] = say("talk.field_version")
    if given["canary"] and read.canary_percent is None and "canary" not in errors:
        errors["canary"] = say("talk.field_percent")
    if errors:
        return Reply(form=form, errors=errors)
    return _start(heard, read, given["text"], form)


def _form(ctx: Context, values: Mapping[str, str]) -> Form:
    return forms.plan(tuple(ctx.catalog.services.values()), values)


def _values(read: PlanWords, text: str) -> dict[str, str]:
    """What was understood, for the form that asks for the service."""
    when = read.when if isinstance(read.when, TimeFound) else None
    found = {
        "version": read.version or "",
        "environment": read.environment or "",
        "start_at": f"{when.local_time} {when.time_zone}" if when else "",
        "canary": str(read.canary_percent or ""),
        "text": " ".join(
            (read.text or ("" if read.version else text), *(u for u in read.links if u not in read.text))
        ).strip(),
    }
    return {name: text for name, text in found.items() if text}
