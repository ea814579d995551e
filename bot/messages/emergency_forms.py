"""The dialogs of an emergency: declare it, review it (G16)."""

from collections.abc import Iterable

from bot.domain.service import Service
from bot.messages.cards.naming import title
from bot.messages.model import Form, FormField, Text
from bot.messages.telling import flat
from bot.messages.tokens import Token
from bot.messages.view import View
from bot.messages.words import say


def breakglass(services: Iterable[Service]) -> Form:
    """Service, version, incident, and why it cannot wait."""
    fields = (
        FormField("service", say("field.service"), "choice", choices=tuple((s.id, flat(s.name, 60)) for s in services)),
        FormField("version", say("field.version")),
        FormField("incident", say("field.incident")),
        FormField("reason", say("field.reason"), "textarea", hint=say("form.reason_hint")),
    )
    intro = (Text(say("form.breakglass_intro")),)
    token = Token(verb="breakglass")
    return Form("breakglass", say("form.breakglass_title"), fields, token.pack(), submit=say("form.send"), intro=intro)


def review(view: View) -> Form:
    """What happened, what was skipped, what will change."""
    hint = say("form.reason_hint")
    names = ("happened", "skipped", "change")
    fields = tuple(FormField(n, say(f"field.review_{n}"), "textarea", hint=hint) for n in names)
    token = Token(verb="review", release=view.release.id)
    intro = (Text(say("form.for", {"title": title(view.release)})),)
    return Form("review", say("form.review_title"), fields, token.pack(), submit=say("form.send"), intro=intro)
