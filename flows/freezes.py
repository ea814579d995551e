"""`freezes`: what is frozen from now on, by the policy file and by people, with the recurring ones."""

from datetime import timedelta

from bot.domain.facts import Window
from bot.domain.recurring import EVERY_DAY, Recurring
from bot.messages.cards.buttons import actions
from bot.messages.heard import Heard
from bot.messages.model import Block, Bullets, Button, Message, Text
from bot.messages.telling import flat
from bot.messages.times import moment
from bot.messages.tokens import Token
from bot.messages.words import say
from bot.policy.recurring import expanded
from flows.context import Context, choice_of, words
from flows.dialog import Reply, Step
from flows.verb import Group, Verb

_AHEAD = timedelta(days=400)
_MOST_BUTTONS = 8


def freezes(heard: Heard, ctx: Context) -> Step:
    """The freezes and blackout windows that are not over: recurring ones with their next time."""
    wants_file = "ics" in (words(heard).lower(), choice_of(ctx))
    policy = ctx.catalog.policy
    ahead = sorted((w for w in (*ctx.freezes, *policy.freezes) if w.ends_at > ctx.now), key=lambda w: w.starts_at)
    lines = (*(_line(w, ctx) for w in ahead), *(line for one in policy.recurring if (line := _again(one, ctx))))
    buttons = [_end(w) for w in ahead if w.by is not None][:_MOST_BUTTONS]
    buttons.append(Button("freeze", say("button.freeze"), Token(verb="freeze").pack()))
    if not lines:
        text = say("talk.no_freezes")
        return Reply(Message(text, (Text(text), *actions(buttons)), private=True))
    label = say("talk.freezes")
    if wants_file:
        text = say("talk.freezes_file", {"count": str(len(ahead))})
        return Reply(Message(text, (Text(text),), private=True, attachments=(("freezes.ics", ctx.calendar_file),)))
    if ahead:
        buttons.append(Button("freezes:ics", say("button.freezes_ics"), Token(verb="freezes", choice="ics").pack()))
    blocks: tuple[Block, ...] = (Bullets(lines, label=label), *actions(buttons))
    return Reply(Message(f"{label}: {'; '.join(lines)}", blocks, private=True))


VERB = Verb("freezes", freezes, Group.CALENDAR, ("calendar",), needs=("freezes",), reads_only=True)


def _line(window: Window, ctx: Context) -> str:
    return say("talk.freeze", _values(window, ctx))


def _again(one: Recurring, ctx: Context) -> str:
    """With its next time; "" for one that never comes."""
    coming = expanded((one,), ctx.now, ctx.now + _AHEAD)
    if not coming:
        return ""
    named = [say(f"day.{d}") for d in one.weekdays]
    days = say("talk.freeze_daily") if one.weekdays == EVERY_DAY else ", ".join(named)
    clock = f"{one.ends:%H:%M}"
    end = clock if not one.days else say("talk.freeze_next_day", {"clock": clock})
    if one.days > 1:
        end = say("talk.freeze_days_later", {"clock": clock, "days": str(one.days)})
    rule = say(
        "talk.freeze_rule", {"days": days, "from": f"{one.starts:%H:%M}", "to": end, "zone": flat(one.time_zone, 40)}
    )
    return say("talk.freeze_again", {**_values(coming[0], ctx), "id": one.id, "rule": rule})


def _values(window: Window, ctx: Context) -> dict[str, str]:
    zone = ctx.here.time_zone if ctx.here else "UTC"
    return {
        "id": flat(window.id, 40),
        "scope": say("talk.scope_all") if window.scope == "*" else flat(window.scope, 40),
        "start": moment(window.starts_at, zone, ctx.now),
        "end": moment(window.ends_at, zone, ctx.now),
        "reason": flat(window.reason, 160),
        "owner": ctx.catalog.roster.name(window.owner),
    }


def _end(window: Window) -> Button:
    label = say("button.unfreeze", {"what": flat(window.id, 40)})
    return Button(f"unfreeze:{window.id}", label, Token(verb="unfreeze", subject=window.id[:90]).pack())
