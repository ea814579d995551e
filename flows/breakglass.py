"""`breakglass <service> <version> <incident> <reason>` and `review R-142`: the emergency way, and what it owes (G16)."""

import re
from collections.abc import Mapping

from bot.domain.commands import DeclareEmergency, RecordReview
from bot.messages import answers, emergency_forms, forms
from bot.messages.heard import Heard
from bot.messages.view import View
from bot.messages.words import say
from flows.context import Context, filled, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.parse_build import find_build
from flows.parse_words import near
from flows.verb import Group, OnRelease, Verb

_INCIDENT = re.compile(r"(?i)^(?:[a-z][a-z0-9]{0,15}[-_#]?\d[\w.-]*|#?\d[\w.-]*)$")
_PARTS = ("happened", "skipped", "change")
_FIELDS = ("service", "version", "incident", "reason")


def breakglass(heard: Heard, ctx: Context) -> Step:
    """All four in one line; what is missing is asked for by the form, with what was typed."""
    said: Mapping[str, str] = {n: value(heard, n) for n in _FIELDS} if filled(heard) else _read(words(heard), ctx)
    services = ctx.catalog.services
    form = forms.kept(emergency_forms.breakglass(services.values()), said)
    if said["service"] and said["service"] not in services:
        public = {s.id: s for s in services.values() if not s.private}
        return Reply(answers.unknown_name(said["service"], near(said["service"], public), sorted(public)))
    if not all(said.values()) and not filled(heard):
        return Ask("breakglass", form=form)
    build = find_build(said["version"])
    if build.trouble == "digest_short":
        if filled(heard):
            return Reply(form=form, errors={"version": say("talk.digest_short", build.params)})
        return Reply(answers.line("talk.digest_short", build.params))
    version = build.value if "sha256:" in build.value else re.sub(r"(?i)^v(?=\d)", "", said["version"])
    command = DeclareEmergency(heard.actor, "", said["service"], version, heard.place, said["incident"], said["reason"])
    return Done(command, form)


BREAKGLASS = Verb("breakglass", breakglass, Group.EMERGENCY, ("break-glass", "emergency", "hotfix"))


def review(heard: Heard, ctx: Context, view: View) -> Step:
    """The three answers, from the form; typed in one line they are divided by semicolons."""
    del ctx
    form = emergency_forms.review(view)
    if filled(heard):
        said = {n: value(heard, n) for n in _PARTS}
    else:
        parts = [p.strip() for p in re.split(r"\s*[;\n]\s*", words(heard)) if p.strip()]
        said = dict.fromkeys(_PARTS, "") | dict(zip(_PARTS, parts, strict=False))
        if len(parts) != len(_PARTS) and view.release.review_open:
            return Ask("review", form=forms.kept(form, said))
    return Done(RecordReview(heard.actor, said["happened"], said["skipped"], said["change"]), forms.kept(form, said))


REVIEW = Verb("review", OnRelease(review), Group.EMERGENCY, ("postmortem", "post-mortem"), ended_too=True)


def _read(text: str, ctx: Context) -> dict[str, str]:
    """Service, version, incident, reason, in this order; a service in whose channel it is said may be left out."""
    left = text.split()
    by_name = {s.name.casefold(): s.id for s in ctx.catalog.services.values()}
    service = ""
    named = len(left) > 1 and not any(c.isdigit() for c in left[0]) and any(c.isdigit() for c in left[1])
    if left and (named or left[0].casefold() in {*ctx.catalog.services, *by_name} or not ctx.here):
        word = left.pop(0).casefold()
        service = by_name.get(word, word)
    elif ctx.here:
        service = ctx.here.id
    version = left.pop(0) if left and any(c.isdigit() for c in left[0]) else ""
    incident = left.pop(0).strip(",;:") if left and _INCIDENT.match(left[0].strip(",;:")) else ""
    return {"service": service, "version": version, "incident": incident, "reason": " ".join(left)}
