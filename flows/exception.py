"""`exception R-142 <freeze|clash>`: asks for an exception of G11. A failed test is not excepted here: that is G5."""

from bot.domain.commands import RequestException
from bot.messages import answers, forms
from bot.messages.heard import Heard
from bot.messages.view import View
from bot.messages.words import say
from flows.context import Context, filled, subject_of, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.parse_time import TimeFound, find_time
from flows.parse_words import find_person
from flows.times_said import trouble_text

_EXCEPTABLE = ("freeze", "clash")


def request_exception(heard: Heard, ctx: Context, view: View) -> Step:
    """What, why, who owns it, and until when: the form asks for all four at once."""
    what = (value(heard, "what") or subject_of(ctx) or words(heard).partition(" ")[0]).lower()
    if what.startswith(("test", "ci", "pipeline", "qa")):
        return Reply(answers.line("talk.exception_test"))
    if what.startswith(("incident", "rollback")):
        return Reply(answers.line("talk.exception_none", {"what": what}))
    form = forms.exception(view, what if what in _EXCEPTABLE else "")
    if not filled(heard):
        return Ask(
            "exception", form=forms.kept(form, {"reason": words(heard).partition(" ")[2]}) if words(heard) else form
        )
    form = forms.kept(form, {n: value(heard, n) for n in ("what", "reason", "owner", "expires")})
    errors: dict[str, str] = {}
    if what not in _EXCEPTABLE:
        errors["what"] = say("talk.field_choose")
    owner = find_person(value(heard, "owner"), ctx.catalog.roster)
    if owner is None:
        errors["owner"] = say("talk.field_person")
    until = find_time(value(heard, "expires"), view.release.time_zone, ctx.now)
    if not isinstance(until, TimeFound):
        errors["expires"] = trouble_text(until) if until else say("talk.field_time")
    if errors or owner is None or not isinstance(until, TimeFound):
        return Reply(form=form, errors=errors)
    return Done(RequestException(heard.actor, what, value(heard, "reason"), owner.id, until.start_at), form)
