"""From the neutral form to a card with inputs, inline or as a dialog, and from what was typed back to values.

A time is typed, not picked: a bare "15:00" means the service's zone (T5), which a picker in the reader's zone cannot say.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from adapters.teams import limits
from adapters.teams.elements import TOKEN, Json, execute, lines, rows, run, runs, seen, small
from adapters.teams.limits import clean, cut, escaped, untagged, weight
from adapters.teams.render import SCHEMA, card
from bot.messages.model import Form, FormField, Message
from bot.messages.words import say

FILL: Final = "fill"
"""The verb of a form's Send."""
BACK: Final = "back"
"""The verb of its Cancel, and of what leads from an answer back to the release."""
_NAME: Final = "f."
"""What the id of every input begins with, so that it cannot be taken for anything else in an action's data."""
_INTRO: Final = 9_000
"""The most that the words above the fields may take, in bytes."""


def inline(form: Form, errors: Mapping[str, str] | None = None) -> Json:
    """The form as a card in the chat."""
    send = execute(form.submit, FILL, {TOKEN: form.token}, stands_out=True, inputs=True)
    cancel = execute(say("chat.cancel"), BACK, {TOKEN: form.token})
    fetch = {"msteams": {"type": "task/fetch"}, TOKEN: form.token}
    window = {"type": "Action.Submit", "title": say("teams.window"), "data": fetch, "associatedInputs": "none"}
    return _card(form, errors or {}, rows([send, cancel, window]))


def dialog(form: Form, errors: Mapping[str, str] | None = None) -> Json:
    """The `task` of a dialog: its card sends itself off, and is closed by Teams' own cross."""
    send = {"type": "Action.Submit", "title": cut(seen(form.submit), limits.BUTTON) or "–", "data": {TOKEN: form.token}}
    shown = _card(form, errors or {}, rows([send]))
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "content": shown}
    size = {"height": "medium", "width": "medium"}
    return {"type": "continue", "value": {"title": cut(form.title, 60), **size, "card": content}}


def typed(data: Mapping[str, Any]) -> Mapping[str, str]:
    """The values by field name. Anything unexpected in the payload is left out."""
    return {
        name.removeprefix(_NAME): clean(value)
        for name, value in data.items()
        if name.startswith(_NAME) and isinstance(value, str)
    }


def _card(form: Form, errors: Mapping[str, str], actions: list[Json]) -> Json:
    told_of = cut(untagged(seen(form.title)), limits.FALLBACK) or say("chat.bot")
    names = {field.name for field in form.fields}
    body: list[Json] = [lines([run(cut(form.title, limits.HEADING), size="Large", weight="Bolder")])]
    if form.intro:
        told = card(Message("", form.intro))["body"]
        while told and weight(told) > _INTRO:
            told.pop()
        body += told
    body += [_error(text) for name, text in errors.items() if name not in names]
    room = limits.CARD - 1_000 - weight(told_of) - weight(body) - weight(actions)
    for field in form.fields:
        shown = [*([_error(errors[field.name])] if field.name in errors else []), *_input(field)]
        if weight(shown) > room:
            shown = _input(FormField(field.name, field.label, required=field.required))
        if weight(shown) > room:
            break
        room -= weight(shown) + 2
        body += shown
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": limits.VERSION,
        "fallbackText": told_of,
        "body": [*body, *actions],
        "msteams": {"width": "full"},
    }


def _error(text: str) -> Json:
    return lines(runs(f"⚠ {cut(text, limits.FIELD)}", color="Attention", weight="Bolder"))


def _input(field: FormField) -> list[Json]:
    label = escaped(cut(untagged(seen(field.label)), limits.FIELD)) or "–"
    made: Json = {"id": f"{_NAME}{field.name}", "label": label}
    if field.required:
        made |= {"isRequired": True, "errorMessage": cut(say("teams.needed", {"what": label}), limits.FIELD * 2)}
    hint = [small(field.hint)] if seen(field.hint) else []
    choices = {v: text for v, text in field.choices if v and clean(v) == v and len(v) <= limits.FIELD}
    if choices:
        options = [
            {"title": cut(untagged(seen(text)), limits.FIELD) or "–", "value": value}
            for value, text in list(choices.items())[: limits.CHOICES]
        ]
        made |= {"type": "Input.ChoiceSet", "style": "compact", "choices": options}
        return [made | ({"value": field.value} if field.value in choices else {}), *hint]
    if field.kind == "date":
        return [made | {"type": "Input.Date"} | ({"value": field.value} if _is_date(field.value) else {}), *hint]
    made |= {"type": "Input.Text", "isMultiline": field.kind == "textarea", "maxLength": limits.INPUT}
    value = cut(field.value, limits.INPUT)
    return [made | ({"value": value} if value else {}), *hint]


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
