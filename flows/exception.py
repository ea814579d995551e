"""`exception R-142 <test|freeze|clash>`: asks for an exception. Of a failed test with its details and a mitigation (G5, G11)."""

from dataclasses import replace

from bot.domain.commands import RequestException
from bot.messages import answers, forms
from bot.messages.heard import Heard
from bot.messages.view import View
from bot.messages.words import say
from bot.policy.exceptions import CLASH, EXCEPTABLE, FREEZE, TEST, in_the_way
from flows.context import Context, filled, subject_of, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.parse_time import TimeFound, find_time
from flows.parse_words import find_person
from flows.times_said import trouble_text
from flows.verb import Group, OnRelease, Verb

_FIELDS = ("what", "check", "details", "test_link", "mitigation", "reason", "owner", "expires")
_NEVER = ("incident", "sev", "rollback", "drill", "monitoring")


def request_exception(heard: Heard, ctx: Context, view: View) -> Step:
    """What, why, who owns it, and until when: the form asks for all at once, and for what a failed test needs besides."""
    what = _meant(value(heard, "what") or subject_of(ctx) or words(heard).partition(" ")[0])
    if what.startswith(_NEVER):
        return Reply(answers.line("talk.exception_none", {"what": what}))
    if what == TEST and not in_the_way(view.release, view.facts, view.now, TEST):
        return Reply(answers.line("talk.exception_test"))
    known = what if what in EXCEPTABLE else ""
    if not filled(heard):
        form = forms.exception(view, known or _only_one(view))
        rest = words(heard).partition(" ")[2] if known else words(heard)
        return Ask("exception", form=forms.kept(form, {"reason": rest}) if rest else form)
    form = forms.kept(forms.exception(view, subject_of(ctx)), {n: value(heard, n) for n in _FIELDS})
    errors: dict[str, str] = {}
    if not known:
        errors["what"] = say("talk.field_choose")
    owner = find_person(value(heard, "owner"), ctx.catalog.roster)
    if owner is None:
        errors["owner"] = say("talk.field_person")
    until = find_time(value(heard, "expires"), view.release.time_zone, ctx.now)
    if not isinstance(until, TimeFound):
        errors["expires"] = trouble_text(until) if until else say("talk.field_time")
    if errors or owner is None or not isinstance(until, TimeFound):
        return Reply(form=form, errors=errors)
    asked = RequestException(heard.actor, known, value(heard, "reason"), owner.id, until.start_at)
    if known == TEST:
        asked = replace(
            asked,
            check=value(heard, "check"),
            details=value(heard, "details"),
            mitigation=value(heard, "mitigation"),
            link=value(heard, "test_link"),
        )
    return Done(asked, form)


VERB = Verb(
    "exception",
    OnRelease(request_exception),
    Group.DECISION,
    ("except", "request-exception"),
    button="request_exception",
)


def _meant(word: str) -> str:
    """`tests`, `CI` and `pipeline` mean a failed test."""
    said = word.strip().lower().strip(".,:;")
    return TEST if said.startswith(("test", "ci", "pipeline", "check", "qa")) else said


def _only_one(view: View) -> str:
    """What is in the way, where it is one thing only: then the form is about it."""
    found = [w for w in (TEST, FREEZE, CLASH) if in_the_way(view.release, view.facts, view.now, w)]
    return found[0] if len(found) == 1 else ""
