"""What the database keeps as JSON text: releases, events, effects (with their commands) and answers.

Canonical: sorted keys, no spaces, UTC. Events carry {"type", "schema"}; older schemas are lifted by UPCASTS on reading.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from bot.domain.commands import COMMANDS, Command
from bot.domain.errors import UnknownSchema
from bot.domain.events import EVENTS, SCHEMA, Event
from bot.domain.events.calendar import CALENDAR_EVENTS
from bot.domain.events.orders import ORDER_EVENTS
from bot.domain.orders import Delegation, Subscription
from bot.domain.release import Release
from bot.messages.effects import Effect
from bot.messages.heard import Answer
from bot.store.shapes import Plain, Shapes

Upcast = Callable[[Mapping[str, Any]], Mapping[str, Any]]

UPCASTS: dict[tuple[str, int], Upcast] = {}
"""(event name, schema it was written with) -> the same event, one schema later. None where nothing changed its meaning yet."""

STATE_SCHEMA = 1

_EVENTS: Mapping[str, type[Event]] = {**EVENTS, **CALENDAR_EVENTS, **ORDER_EVENTS}
_SHAPES = Shapes({Command: COMMANDS, Event: _EVENTS})


def canonical(value: Plain) -> str:
    """The one text of that JSON value. Raises ValueError for NaN and infinities, which JSON does not have."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def event_body(event: Event) -> dict[str, Any]:
    """The event as the ledger keeps it."""
    return {**_SHAPES.encoder(Event)(event), "schema": SCHEMA}


def read_event(body: Mapping[str, Any], upcasts: Mapping[tuple[str, int], Upcast] = UPCASTS) -> Event:
    """The event of that body. Raises UnknownSchema where a newer version of the bot wrote it."""
    name, schema = str(body.get("type")), int(body.get("schema", 1))
    for lower in range(schema, SCHEMA):
        lift = upcasts.get((name, lower))
        body = lift(body) if lift else body
        name = str(body["type"])
    if schema > SCHEMA or name not in _EVENTS:
        msg = f"event {name} of schema {schema}: this version knows schemas up to {SCHEMA}; run the newer version"
        raise UnknownSchema(msg)
    event: Event = _SHAPES.decoder(Event)(body)
    return event


def dump_release(release: Release) -> str:
    """The state as text."""
    return canonical({**_SHAPES.encoder(Release)(release), "schema": STATE_SCHEMA})


@lru_cache(maxsize=256)
def load_release(text: str) -> Release:
    """The release of that text. Raises UnknownSchema. One text is one frozen value: it is read once, and asked for often."""
    body = json.loads(text)
    if body.get("schema", 1) > STATE_SCHEMA:
        msg = f"a release of schema {body['schema']}: this version knows up to {STATE_SCHEMA}; run the newer version"
        raise UnknownSchema(msg)
    release: Release = _SHAPES.decoder(Release)(body)
    return release


def dump_effect(effect: Effect) -> str:
    """The effect as text."""
    return canonical(_SHAPES.encoder(Effect)(effect))


@lru_cache(maxsize=1024)
def load_effect(text: str) -> Effect:
    """The effect of that text."""
    effect: Effect = _SHAPES.decoder(Effect)(json.loads(text))
    return effect


def dump_order(order: Delegation | Subscription) -> str:
    """The standing order as text."""
    return canonical(_SHAPES.encoder(Delegation | Subscription)(order))


def load_order(text: str) -> Delegation | Subscription:
    """The standing order of that text."""
    order: Delegation | Subscription = _SHAPES.decoder(Delegation | Subscription)(json.loads(text))
    return order


def dump_answer(answer: Answer) -> str:
    """The answer as text."""
    return canonical(_SHAPES.encoder(Answer)(answer))


def load_answer(text: str) -> Answer:
    """The answer of that text."""
    answer: Answer = _SHAPES.decoder(Answer)(json.loads(text))
    return answer
