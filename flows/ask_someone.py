"""Ask someone for an item, and ask for the sign-offs: requests by direct message, never questions of planning (Q6)."""

from bot.domain.commands import AskPerson, RequestSignOffs
from bot.messages import answers, forms
from bot.messages.heard import Heard
from bot.messages.view import View
from bot.messages.words import say
from flows.context import Context, choice_of, filled, subject_of, value, words
from flows.dialog import Ask, Done, Reply, Step
from flows.kinds import kind_named, kinds_line, leading_kind
from flows.parse_words import find_person, people_in
from flows.verb import Group, OnRelease, Verb


def ask_someone(heard: Heard, ctx: Context, view: View) -> Step:
    """`ask R-142 rollback @kai`. Without a person: the one whom the catalogue names for it."""
    if filled(heard):
        return _filled(heard, ctx, view)
    typed, rest = leading_kind(words(heard))
    kind = typed or kind_named(subject_of(ctx))
    if kind is None:
        if words(heard):
            return Reply(answers.line("talk.ask_usage", {"release": view.release.id, "kinds": kinds_line()}))
        return Ask("person", form=forms.ask_someone(view, subject_of(ctx)))
    named = people_in(rest, ctx.catalog.roster)
    if rest and not named:
        return Reply(answers.line("talk.person_unknown", {"person": rest}))
    person = named[0].id if named else choice_of(ctx) or None
    supplier = view.facts.service.suppliers.get(kind) if view.facts.service else None
    if person is None and supplier is None:
        return Ask("person", form=forms.ask_someone(view, kind.value))
    return Done(AskPerson(heard.actor, kind, person))


ASK = Verb("ask", OnRelease(ask_someone), Group.PLANNING, ("ask-someone",), button="ask_someone")


def request_sign_off(heard: Heard, ctx: Context, view: View) -> Step:
    """Sends the approval request to everybody who is named for an open consent."""
    del ctx, view
    return Done(RequestSignOffs(heard.actor))


SIGN_OFF = Verb(
    "sign_off",
    OnRelease(request_sign_off),
    Group.DECISION,
    ("signoff", "request-sign-off", "sign-offs"),
    button="request_sign_off",
)


def _filled(heard: Heard, ctx: Context, view: View) -> Step:
    given = {n: value(heard, n) for n in ("kind", "person")}
    form = forms.kept(forms.ask_someone(view, subject_of(ctx)), given)
    kind = kind_named(given["kind"] or subject_of(ctx))
    person = find_person(given["person"], ctx.catalog.roster)
    errors = {}
    if kind is None:
        errors["kind"] = say("talk.field_choose")
    if person is None:
        errors["person"] = say("talk.field_person")
    if kind is None or person is None:
        return Reply(form=form, errors=errors)
    return Done(AskPerson(heard.actor, kind, person.id), form)
