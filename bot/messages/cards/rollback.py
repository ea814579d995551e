"""ROLLBACK: initiated, with its ETA from the last drill (UNKNOWN where there was none); then its end."""

from datetime import datetime, timedelta

from bot.domain.evidence import Kind
from bot.messages.cards.audience import for_stakeholders
from bot.messages.cards.buttons import button
from bot.messages.cards.frame import framed
from bot.messages.cards.naming import object_of, person, service_name
from bot.messages.cards.reading import next_action, next_line, outage_word, restore_time, way_back
from bot.messages.cards.state import word
from bot.messages.model import Block, Button, Message, Text
from bot.messages.telling import flat
from bot.messages.times import clock, span
from bot.messages.view import View
from bot.messages.words import say


def rollback(view: View) -> Message:
    """Rollback initiated: by whom, why, until when it should be complete, what people notice; once it is over, when it was."""
    r = view.release
    plain = for_stakeholders(view)
    why = Text(flat(r.rollback_reason) or say("card.no_reason"), label=say("card.label_reason"))
    if r.rolled_back_at is not None:
        begun = clock(r.rollback_at, view.now) if r.rollback_at else "UNKNOWN"
        values = {"who": person(view, r.rollback_by), "at": begun, "end": clock(r.rolled_back_at, view.now)}
        lead = say("rollback.was", values | {"took": _took(r.rollback_at, r.rolled_back_at)})
        return framed(view, word(view), lead, (why,), occasion="ROLLBACK")
    lead = say("rollback.initiated", {"who": person(view, r.rollback_by), "eta": eta(view)})
    blocks: list[Block] = [why]
    if plain:
        blocks.append(Text(say("rollback.plain", {"service": service_name(view), "effect": outage_word(view)})))
    else:
        blocks += [
            Text(way_back(view), label="ROLLBACK"),
            Text(next_line(view), label=say("card.label_next")),
        ]
    buttons: tuple[Button, ...] = () if plain else (button(r, "rolledback", style="primary"), button(r, "full_plan"))
    mentions = () if plain else tuple(p for p in (r.rollback_owner, r.owner) if p)
    small = say("rollback.next_post")
    return framed(view, word(view), lead, blocks, occasion="ROLLBACK", buttons=buttons, mentions=mentions, small=small)


def eta(view: View) -> str:
    """When the rollback should be complete: its declaration plus the time to restore; UNKNOWN where no drill told it."""
    minutes = _minutes(view)
    at = view.release.rollback_at
    if minutes is None or at is None:
        who = person(view, view.release.rollback_owner or view.release.owner)
        return say("rollback.eta_unknown", {"who": who})
    due = at + timedelta(minutes=minutes)
    if due < view.now:
        return say("rollback.eta_over", {"at": clock(due, view.now), "late": span(view.now - due)})
    return say("rollback.eta", {"at": clock(due, view.now), "minutes": restore_time(view)})


def rolled_back(view: View) -> Message:
    """The rollback is complete: how long it took, and what follows."""
    r = view.release
    lead = say("rollback.complete", {"object": object_of(r), "took": _took(r.rollback_at, r.rolled_back_at)})
    blocks: list[Block] = [Text(flat(r.rollback_reason) or say("card.no_reason"), label=say("card.label_reason"))]
    if for_stakeholders(view):
        blocks.append(Text(say("rollback.complete_plain", {"service": service_name(view)})))
        return framed(view, word(view), lead, blocks, occasion="ROLLBACK")
    blocks.append(Text(next_line(view), label=say("card.label_next")))
    acting = next_action(view).who
    return framed(
        view, word(view), lead, blocks, occasion="ROLLBACK", buttons=(button(r, "full_plan"),), mentions=acting
    )


def _minutes(view: View) -> int | None:
    found = view.release.latest(Kind.ROLLBACK)
    drilled = found.facts.get("minutes") if found else None
    if isinstance(drilled, (int, float)) and not isinstance(drilled, bool):
        return int(drilled)
    return view.facts.service.restore_minutes if view.facts.service else None


def _took(begun: datetime | None, ended: datetime | None) -> str:
    return span(ended - begun) if begun is not None and ended is not None else "UNKNOWN"
