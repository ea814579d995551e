"""The daily digest of a place, and the word to a delegate: messages that belong to no release."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.facts import Window
from bot.domain.orders import Delegation, Subscription
from bot.domain.people import Roster
from bot.domain.release import TERMINAL
from bot.messages.cards.naming import person, title
from bot.messages.cards.state import consent_name, open_consents, word
from bot.messages.model import Block, Bullets, Context, Heading, Message, Text
from bot.messages.telling import flat
from bot.messages.times import day, moment
from bot.messages.view import View
from bot.messages.words import say
from bot.timeline.daily import bounds, day_of

_MOST = 12
_LATE = timedelta(minutes=5)


def digest(
    one: Subscription, views: Sequence[View], freezes: Sequence[Window], now: datetime, due_at: datetime
) -> Message | None:
    """Releases of the day, what waits for whom, freezes, as they are now. None: there is nothing, and nobody wants to hear that.

    `views`: what may be seen in that place. The day is that of the digest's own time zone.
    """
    today = day_of(due_at, one.time_zone)
    first, last = bounds(today, one.time_zone)
    is_open = [v for v in views if v.release.phase not in TERMINAL]
    starting = sorted(_starting(is_open, first, last), key=lambda found: found[0])
    lines = tuple(_line(at, v, one.time_zone, now) for at, v in starting)
    waiting = tuple(line for v in is_open for line in _waiting(v))
    frozen = tuple(_frozen(w, one.time_zone, now) for w in freezes if w.starts_at < last and w.ends_at > now)
    if not (lines or waiting or frozen or one.empty):
        return None
    heading = say(
        "digest.title",
        {
            "day": day(today),
            "releases": _counted("release", "releases", len(lines)),
            "waiting": say("digest.waiting", {"count": str(len(waiting))}) if waiting else say("digest.waiting_none"),
            "freezes": _counted("freeze", "freezes", len(frozen)),
        },
    )
    parts = (("releases", lines), ("waiting", waiting), ("freezes", frozen))
    blocks: list[Block] = [Heading(heading)]
    for name, found in parts:
        if found:
            blocks.append(Bullets(found[:_MOST], label=say(f"digest.label_{name}")))
        if len(found) > _MOST:
            blocks.append(Text(say("digest.more", {"count": str(len(found) - _MOST)})))
    late = say("digest.late", {"due": moment(due_at, one.time_zone, now)}) if now - due_at > _LATE else ""
    blocks.append(Context(f"{late} {say('digest.end', {'at': moment(now, one.time_zone, now)})}".strip()))
    return Message(heading, tuple(blocks))


def delegated(one: Delegation, roster: Roster, now: datetime) -> Message:
    """To who signs for somebody from now on."""
    values = {"of": flat(roster.name(one.of), 40), "until": moment(one.until, "UTC", now)}
    text, then = say("order.delegated", values), say("order.delegated_then")
    return Message(text, (Text(text), Text(then)), mentions=(one.to,))


def _starting(views: Sequence[View], first: datetime, last: datetime) -> Iterator[tuple[datetime, View]]:
    for view in views:
        at = view.release.start_at
        if at is not None and first <= at < last:
            yield at, view


def _line(at: datetime, view: View, zone: str, now: datetime) -> str:
    return say("digest.release", {"at": moment(at, zone, now), "word": word(view), "title": title(view.release)})


def _waiting(view: View) -> Iterator[str]:
    """Consents with who may give them; an open question with who was asked."""
    r = view.release
    for wanted in open_consents(view):
        yield say("digest.waits", {"release": title(r), "what": consent_name(view, wanted)})
    if r.open_question is not None:
        what = say("digest.question", {"who": person(view, r.requested_by)})
        yield say("digest.waits", {"release": title(r), "what": what})


def _frozen(window: Window, zone: str, now: datetime) -> str:
    values = {
        "scope": say("talk.scope_all") if window.scope == "*" else flat(window.scope, 40),
        "reason": flat(window.reason, 120),
        "from": moment(window.starts_at, zone, now),
        "to": moment(window.ends_at, zone, now),
    }
    return say("home.freeze", values)


def _counted(one: str, many: str, count: int) -> str:
    if count == 0:
        return say(f"digest.{one}_none")
    return say(f"digest.{one}_one") if count == 1 else say(f"digest.{many}", {"count": str(count)})
