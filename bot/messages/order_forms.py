"""The dialog of a delegation."""

from bot.messages.model import Form, FormField
from bot.messages.telling import flat
from bot.messages.tokens import Token
from bot.messages.words import say


def delegate(zone: str) -> Form:
    """Who signs, and until when."""
    fields = (
        FormField("person", say("field.delegate"), "person"),
        FormField("until", say("field.until"), hint=say("form.freeze_hint", {"zone": flat(zone, 40)})),
    )
    token = Token(verb="delegate").pack()
    return Form("delegate", say("form.delegate_title"), fields, token, submit=say("form.send"))
