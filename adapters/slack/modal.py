"""From the neutral form to a modal, and from what was typed into it back to values. Also a message shown as a modal.

A time is typed, not picked: a bare "15:00" means the service's zone (T5), which a picker in the reader's zone cannot say.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from adapters.slack import limits
from adapters.slack.blocks import Account, Json, plain
from adapters.slack.limits import clean, cut, size
from adapters.slack.render import drawn, nobody
from bot.messages.model import Form, FormField, Message
from bot.messages.words import say

FORM: Final = "form"
"""The callback_id of every form; one of a message is never sent off."""
SHOWN: Final = "shown"
_TYPED: Final = "typed"
"""The action_id of every input: its block_id is the field's name."""
_MOST_INTRO: Final = 40


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened: it comes back with the values. Ids are Slack's; `token` is the form's own."""

    token: str
    channel: str = ""
    thread: str = ""

    def pack(self) -> str:
        """One line of JSON, which fits beside any token of ours."""
        return json.dumps([self.token, self.channel, self.thread], separators=(",", ":"))


def origin(packed: str) -> Origin | None:
    """What was packed; None where it is not ours."""
    try:
        found = json.loads(packed)
    except (ValueError, RecursionError):
        return None
    parts = 3
    if not isinstance(found, list) or len(found) != parts or not all(isinstance(one, str) for one in found):
        return None
    return Origin(*found)


def modal(form: Form, channel: str = "", thread: str = "") -> Json:
    """The view of a form."""
    fields = form.fields[: limits.VIEW_BLOCKS // 2]
    intro = drawn(Message("", form.intro), surface="modal", most=_MOST_INTRO).blocks if form.intro else []
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain(form.title, limits.VIEW_TITLE),
        "submit": plain(form.submit, limits.VIEW_TITLE),
        "close": plain(say("chat.cancel"), limits.VIEW_TITLE),
        "private_metadata": Origin(form.token, channel, thread).pack(),
        "blocks": [*intro, *(_input(field) for field in fields)],
    }


def shown(message: Message, account: Account = nobody) -> Json:
    """The view that shows a message: the answer to who sent a form off, or a text too long for a line in the channel."""
    return {
        "type": "modal",
        "callback_id": SHOWN,
        "title": plain(say("chat.bot"), limits.VIEW_TITLE),
        "close": plain(say("chat.close"), limits.VIEW_TITLE),
        "blocks": drawn(message, account=account, surface="modal").blocks,
    }


def errors(form: Form, found: Mapping[str, str]) -> Json:
    """What is wrong at each field. An error at no field of the form stands at the first one."""
    names = [field.name for field in form.fields] or ["form"]
    told: dict[str, str] = {}
    for name, text in found.items():
        spot = name if name in names else names[0]
        told[spot] = cut(f"{told[spot]} {text}" if spot in told else text, limits.FIELD_ERROR)
    return {"response_action": "errors", "errors": {cut(k, limits.ACTION_ID): v or "–" for k, v in told.items()}}


def typed(view: Mapping[str, Any]) -> Mapping[str, str]:
    """The values by field name; what was left empty is an empty text. Anything unexpected in the payload is left out."""
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    found: dict[str, str] = {}
    for name, actions in (values or {}).items() if isinstance(values, Mapping) else ():
        for given in actions.values() if isinstance(actions, Mapping) else ():
            if isinstance(given, Mapping):
                found[name] = _value(given)
    return found


def _value(given: Mapping[str, Any]) -> str:
    option = given.get("selected_option")
    value = option.get("value") if isinstance(option, Mapping) else given.get("value") or given.get("selected_date")
    return clean(value) if isinstance(value, str) else ""


# ---- inputs -------------------------------------------------------------------------------------------------------------


def _input(field: FormField) -> Json:
    made: Json = {
        "type": "input",
        "block_id": cut(field.name, limits.ACTION_ID),
        "label": plain(field.label, limits.PLAIN),
        "optional": not field.required,
        "element": _element(field),
    }
    return made | {"hint": plain(field.hint, limits.PLAIN)} if clean(field.hint).strip() else made


def _element(field: FormField) -> Json:
    choices = _choices(field)
    if choices:
        return _select(choices, field.value)
    if field.kind == "date":
        made: Json = {"type": "datepicker", "action_id": _TYPED}
        return made | {"initial_date": field.value} if _is_date(field.value) else made
    made = {
        "type": "plain_text_input",
        "action_id": _TYPED,
        "multiline": field.kind == "textarea",
        "max_length": limits.INPUT,
    }
    value = cut(field.value, limits.INPUT)
    return made | {"initial_value": value} if value else made


def _choices(field: FormField) -> tuple[tuple[str, str], ...]:
    """Choices that can be carried back whole, each value once."""
    able = {v: label for v, label in field.choices if v and clean(v) == v and size(v) <= limits.OPTION_VALUE}
    return tuple(able.items())[: limits.OPTIONS * limits.OPTIONS]


def _select(choices: Sequence[tuple[str, str]], value: str) -> Json:
    options = [{"text": plain(label, limits.OPTION), "value": chosen} for chosen, label in choices]
    made: Json = {"type": "static_select", "action_id": _TYPED}
    if len(options) <= limits.OPTIONS:
        made["options"] = options
    else:
        groups = [options[n : n + limits.OPTIONS] for n in range(0, len(options), limits.OPTIONS)]
        made["option_groups"] = [{"label": _span(group), "options": group} for group in groups]
    initial = next((one for one in options if one["value"] == value), None)
    return made | {"initial_option": initial} if initial else made


def _span(group: Sequence[Json]) -> Json:
    """`Ana … Kai`: what a group of options holds."""
    half = limits.OPTION // 2 - 2
    first, last = (cut(one["text"]["text"], half) for one in (group[0], group[-1]))
    return plain(f"{first} … {last}", limits.OPTION)


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
