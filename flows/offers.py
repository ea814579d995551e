"""What words in a thread may mean for a release, offered as a press and never taken by guess.

A hold or a rollback; a version or a time that is open, or differs from the plan's; evidence that is missing; a release of
another service.
"""

import re
from dataclasses import replace

from bot.domain.builds import named_build
from bot.domain.consent import ConsentKind
from bot.domain.evidence import Kind
from bot.domain.release import TERMINAL, Phase
from bot.messages import answers
from bot.messages.cards.approval import BUTTON_IDS
from bot.messages.cards.buttons import button
from bot.messages.cards.naming import item
from bot.messages.cards.state import consent_title, missing, open_consents
from bot.messages.model import Button
from bot.messages.telling import flat
from bot.messages.tokens import BadToken, Token
from bot.messages.view import View
from bot.messages.words import say
from bot.policy.people import entitled
from flows.answer_evidence import read_evidence
from flows.context import Context
from flows.dialog import Reply, Step
from flows.parse_build import find_build
from flows.parse_claims import Speaker
from flows.parse_dates import days_in
from flows.parse_links import MARKED, take_links
from flows.parse_service import find_service
from flows.parse_time import TimeFound, TimeTrouble, find_time
from flows.parse_words import find_environment
from flows.readings import Given
from flows.shares import find_percent

DELIVERY = re.compile(
    r"(?i)\b(?:deploy\w*|releas\w+|ship\w*|roll\w*|rollout|launch\w*|go\s+live|canary"
    r"|version|hot\s?fix\w*|prod(?:uction)?|staging)\b"
)
ABOUT = re.compile(
    r"(?i)^\W*(?:(?:hey|hi|hello|so|and|please|bot|@?t-minus)[\s,]+)*(?:when|what|which|who|is\s+there|are\s+there|any|anything|how\s+(?:many|often)"
    r"|did|has|have)\b"
)
"""A question about the releases of a service: answered with their list."""

_LONGEST = 90
_CHANGES = re.compile(
    r"(?i)\b(?:make\s+(?:it|that)|instead|rather|actually|let'?s|change\w*|move\w*|shift\w*|postpone\w*|delay\w*|push\w*|reschedul\w+"
    r"|start\w*|begin\w*|do\s+it|go(?:es|ing)?\s+(?:live|out)|deploy\w*|releas\w+|wait|correction|sorry|typo|i\s+mean\w*|meant|should\s+be|not\s+\S+\s+but"
    r"|better\s+(?:at|to)|now\s+it'?s|it'?s\s+now|new\s+(?:time|version|start)|version|oops|my\s+bad)\b|,\s*not\s+\w"
)
_INSTEAD = re.compile(r"(?i)\b(?:instead\s+of|rather\s+than|not|and\s+not)\s+(?:to\s+|in\s+|the\s+)?\S+")
_SHA = re.compile(r"(?i)sha256:[0-9a-f]{64}")
_ONLY = re.compile(r"(?i)\b(?:it'?s|it|is|at|to|on|the|tomorrow|today|ok(?:ay)?|hmm*|uhr|or|v|pls|please)\b|[\W\d_]+")


_CONSENTS = re.compile(
    r"(?i)^\W*(?:(?:ok(?:ay)?|yes|yep|sure|great|hi|hey|all|ana|kai|lena)[\s,!.]+)*(?:approved?|lgtm|looks\s+good(?:\s+to\s+me)?"
    r"|ok(?:ay)?\s+(?:from|by|for|with)\s+(?:me|us|my\s+side)|fine\s+(?:by|with|for)\s+me|i\s+(?:hereby\s+|can\s+|will\s+)?"
    r"(?:approve|sign\s+off|agree|accept)(?:\s+(?:it|this|the\s+release))?|signed\s+off|sign(?:ing)?[\s-]off|thumbs\s+up|\+1|ship\s+it"
    r"|good\s+to\s+go|let'?s\s+go|go\s+(?:go|ahead|for\s+it)(?:\s+go)?|you\s+have\s+my\s+(?:ok|go|approval|blessing))\b"
    r"(?:\s*(?:[,.!:;–-]|because|since|as|after)\s*.*|\s+(?:please|now|it|this|team|all|everyone))*\s*$|^\s*(?:👍|✅|🚀)+\s*$"
)


def consent_offered(ctx: Context, text: str, person: str) -> Step | None:
    """What sounds like a consent, of somebody who is asked for one: the button of it. Words alone give none (G9, G22)."""
    view = ctx.view
    if view is None or "?" in text or len(text) > _LONGEST or _CONSENTS.match(text) is None:
        return None
    mine = [w for w in open_consents(view) if entitled(person, w.people)]
    if view.release.phase not in {Phase.PLANNED, Phase.CLEARED} or not mine or missing(view):
        return None
    buttons = [
        button(view.release, "go")
        if w.kind is ConsentKind.VOTE
        else button(
            view.release,
            "approve",
            subject=f"{w.kind.value}:{w.subject}",
            code=f"button.{BUTTON_IDS[w.kind]}",
            what=item(w.subject),
        )
        for w in mine[:2]
    ]
    named = "; ".join(consent_title(w.kind, w.subject) for w in mine[:2])
    return Reply(answers.line("talk.consent_meant", {"consents": named}, buttons))


_STOPS = re.compile(
    r"(?is)^\W*(?:(?P<rollback>(?:roll(?:ing)?\s?back|revert))|hold|stop|pause)\b[\s,:;.!–—-]+(?P<why>\S.*)$"
)


def stop_offered(ctx: Context, text: str) -> Step | None:
    """Words that begin like a hold or a rollback and go on: one press and its form, which has their reason already."""
    view, found = ctx.view, _STOPS.match(text)
    if view is None or found is None or view.release.phase in TERMINAL or "?" in text:
        return None
    verb = "rollback" if found["rollback"] else "hold"
    if not view.release.started and verb == "rollback":
        return None
    why = flat(found["why"], 300)
    press = button(view.release, verb, subject=why, style="danger" if verb == "rollback" else "default")
    values = {"verb": verb, "release": view.release.id, "why": why}
    return Reply(answers.line("talk.stop_offered", values, [press, button(view.release, "status")]))


def changed_mind(ctx: Context, text: str) -> Step | None:
    """Buttons for what is new; None where nothing is, or where the words do not say that the plan should change."""
    view = ctx.view
    plain = take_links(text).text
    if view is None or view.release.phase in TERMINAL or view.release.started or len(_SHA.sub("", plain)) > _LONGEST:
        return None
    if _CHANGES.search(plain) is None and _ONLY.sub("", plain).strip():
        return None
    build = find_build(plain, ignore=ctx.catalog.services).value
    version, digest = named_build(build)
    if build and digest is not None and digest != view.release.digest:
        return _offer(
            view, "amend", f"version {build}" if "@" in build else f"digest {build}", version or digest, _build(view)
        )
    if build and view.release.version not in {None, version}:
        return _offer(view, "amend", f"version {version}", build, str(view.release.version))
    at = view.release.start_at
    when = find_time(plain, view.release.time_zone, ctx.now, near=at)
    if isinstance(when, TimeFound) and at is not None and when.start_at != at:
        new = f"{when.local_time} {when.time_zone}"
        return _offer(view, "move", new, new, view.release.local_time or f"{at:%Y-%m-%d %H:%M} UTC")
    if isinstance(when, TimeTrouble) and at is not None and when.offers:
        said = " ".join(plain[slice(*d.span)] for d in days_in(plain, ctx.now.date())[:1])
        offers = [offer if "-" in offer else f"{said} {offer}".strip() for offer in when.offers[:3]]
        buttons = [_button(view, "move", offer, offer) for offer in offers]
        return Reply(answers.line(f"talk.time.{when.code}", when.params, [b for b in buttons if b.token]))
    return _other_field(ctx, view, _INSTEAD.sub(" ", plain))


def _other_field(ctx: Context, view: View, plain: str) -> Step | None:
    """Another environment or first share; another service is another release."""
    r = view.release
    environment = find_environment(plain).value
    if environment and environment != r.environment:
        return _offer(view, "amend", f"environment {environment}", environment, r.environment)
    percent = find_percent(plain).value
    if percent and r.steps and int(percent) != r.steps[0]:
        return _offer(view, "amend", f"canary {percent}%", f"{percent} %", f"{r.steps[0]} %")
    named = find_service(plain, ctx.catalog.services, None)
    if not named.spans or named.value in {"", r.service}:
        return None
    services = ctx.catalog.services
    names = {
        "this": services[r.service].name if r.service in services else r.service,
        "other": services[named.value].name,
    }
    token = Token(verb="plan_service", choice=named.value).pack()
    press = Button(f"plan_service:{named.value}"[:80], say("talk.button_plan", {"what": named.value}), token)
    return Reply(answers.line("talk.other_service", names, [press]))


def _build(view: View) -> str:
    """The build of the plan as people read it."""
    digest = (view.release.digest or "")[:19]
    return ", ".join(part for part in (view.release.version, digest) if part)


def _offer(view: View, verb: str, subject: str, new: str, old: str) -> Step:
    press = _button(view, verb, subject, new)
    return Reply(answers.line("talk.changed", {"new": new, "old": old}, [press] if press.token else []))


def _button(view: View, verb: str, subject: str, what: str) -> Button:
    label = say("talk.button_set", {"what": flat(what, 40), "release": view.release.id})
    try:
        token = Token(verb=verb, release=view.release.id, subject=subject).pack()
    except BadToken:
        token = ""
    return Button(f"{verb}:{what}"[:80], label, token)


def late_detail(ctx: Context, text: str) -> Step | None:
    """The version or the time, said after the questions are over: offered as a press, not taken by guess."""
    view = ctx.view
    if view is None or view.release.phase in TERMINAL or len(text) > _LONGEST:
        return None
    r = view.release
    version = find_build(text, ignore=ctx.catalog.services).value
    when = find_time(text, r.time_zone, ctx.now)
    if r.version is None and version:
        token = Token(verb="amend", release=r.id, subject=f"version {version}")
    elif r.start_at is None and isinstance(when, TimeFound):
        token = Token(verb="move", release=r.id, subject=text)
    else:
        return None
    press = Button(token.verb, say("talk.button_set", {"what": flat(text, 40), "release": r.id}), token.pack())
    return Reply(answers.line("talk.late_detail", {"text": text}, [press]))


def evidence_offered(ctx: Context, text: str, who: Speaker) -> Step | None:
    """A link or a date after the questions are over: it may be what is missing, and is recorded by a press or a line."""
    view = ctx.view
    linked = take_links(text)
    dated = days_in(MARKED.sub(" ", linked.text), ctx.now.date())
    if view is None or view.release.started or view.release.phase in TERMINAL or not (linked.links or dated):
        return None
    for gap in missing(view):
        kind = next((k for k in Kind if k.value == gap.subject), None)
        if kind is not None and isinstance(read_evidence(kind, text, who), Given):
            values = {"release": view.release.id, "kind": kind.value, "item": item(kind.value), "text": flat(text, 300)}
            return Reply(answers.line("talk.evidence_offered", values, [_evidence_button(view, kind, text)]))
    return None


def _evidence_button(view: View, kind: Kind, text: str) -> Button:
    """Records these words; where they are too long for a button, it opens the form of the item."""
    form = button(view.release, "add_evidence", subject=kind.value, what=item(kind.value), code="button.add_item")
    try:
        token = Token("add_evidence", view.release.id, subject=kind.value, choice=" ".join(text.split())).pack()
    except BadToken:
        return form
    return replace(form, token=token)


def other_release(ctx: Context, text: str) -> Step | None:
    """A release of another service, asked for in this thread: planned on its own, by a press."""
    plain = take_links(text).text
    service = find_service(plain, ctx.catalog.services, None).value
    own = ctx.view.release.service if ctx.view else ""
    if not service or service == own or DELIVERY.search(plain) is None or ABOUT.match(plain):
        return None
    return Reply(answers.line("talk.plan_it", {"service": service}, [plan_button(service, text)]))


def plan_button(service: str, text: str) -> Button:
    """Plans that service with these words; with its name alone where they are too long for a button."""
    try:
        token = Token(verb="plan_service", choice=service, subject=" ".join(text.split())).pack()
    except BadToken:
        token = Token(verb="plan_service", choice=service).pack()
    return Button(f"plan_service:{service}", say("talk.button_plan", {"what": service}), token)
