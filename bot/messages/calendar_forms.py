"""The dialogs of the calendar: enter a freeze, end one early (G11)."""

from collections.abc import Iterable

from bot.domain.service import Service
from bot.messages.model import Form, FormField
from bot.messages.telling import flat
from bot.messages.tokens import Token
from bot.messages.words import say


def freeze(services: Iterable[Service], zone: str) -> Form:
    """What, from when, until when, why, and whose freeze it is."""
    known = tuple(services)
    environments = dict.fromkeys(s.environment for s in known)
    scopes = (
        ("*", say("talk.scope_all")),
        *((e, flat(e, 60)) for e in environments),
        *((s.id, flat(s.name, 60)) for s in known),
    )
    hint = say("form.freeze_hint", {"zone": flat(zone, 40)})
    fields = (
        FormField("scope", say("field.scope"), "choice", choices=scopes),
        FormField("from", say("field.from"), hint=hint),
        FormField("until", say("field.until"), hint=hint),
        FormField("reason", say("field.reason"), "textarea", hint=say("form.reason_hint")),
        FormField("owner", say("field.freeze_owner"), "person", required=False),
    )
    return Form("freeze", say("form.freeze_title"), fields, Token(verb="freeze").pack(), submit=say("form.send"))


def unfreeze(freeze_id: str) -> Form:
    """Why it ends early."""
    fields = (
        FormField("freeze", say("field.freeze"), value=flat(freeze_id, 40)),
        FormField("reason", say("field.reason"), "textarea", hint=say("form.reason_hint")),
    )
    token = Token(verb="unfreeze", subject=freeze_id[:90])
    return Form("unfreeze", say("form.unfreeze_title"), fields, token.pack(), submit=say("form.send"))
