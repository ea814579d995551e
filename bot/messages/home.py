"""The page that a platform keeps for each person: what waits for them, their releases, the week ahead, how the bot is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.facts import Window
from bot.messages.answer_tables import in_list
from bot.messages.cards.approval import approval
from bot.messages.cards.buttons import actions, button
from bot.messages.cards.naming import title
from bot.messages.cards.state import consent_name, open_consents, word
from bot.messages.model import Block, Bullets, Button, Context, Divider, Heading, Message, Text
from bot.messages.telling import flat
from bot.messages.times import moment
from bot.messages.view import View
from bot.messages.words import say

WEEK = timedelta(days=7)
_MOST = 12
"""Releases of one part; the list of all is a command away."""


def home(
    person: str, views: Sequence[View], freezes: Sequence[Window], problems: Sequence[str], now: datetime
) -> Message:
    """For that person of the roster; "" is somebody who is not in it, and sees how the bot is and nothing else.

    `views` are of releases that are not over, `problems` the codes of bot.health.
    """
    blocks: list[Block] = []
    if person:
        blocks += [*_waiting(person, views), Divider(), *_mine(person, views), Divider(), *_ahead(views, freezes, now)]
    else:
        blocks.append(Text(say("home.stranger")))
    blocks += [Divider(), Text(_health(problems), label=say("home.health"))]
    blocks.append(Context(say("home.drawn", {"at": moment(now, "UTC")})))
    return Message(say("home.title"), tuple(blocks), private=True)


def _waiting(person: str, views: Sequence[View]) -> Iterator[Block]:
    """Consents that this person may give, with their buttons; questions that this person was asked."""
    yield Heading(say("home.waiting"))
    found = False
    for view in views[: _MOST * 4]:
        mine = [w for w in open_consents(view) if person in w.people]
        asked = view.release.open_question is not None and view.release.requested_by == person
        if not mine and not asked:
            continue
        found = True
        lines = [consent_name(view, w) for w in mine] + ([say("home.question")] if asked else [])
        yield Bullets(tuple(lines), label=flat(f"{word(view)} · {title(view.release)}", 140))
        yield from actions(_presses(person, view))
    if not found:
        yield Text(say("home.nothing_waits"))


def _presses(person: str, view: View) -> Iterator[Button]:
    """Those of the approval card for this reader, and the way to the release."""
    yield from (b for b in approval(replace(view, reader=person, params={})).buttons if b.id not in _ELSEWHERE)
    yield button(view.release, "full_plan")


_ELSEWHERE = frozenset({"full_plan", "add_evidence"})


def _mine(person: str, views: Sequence[View]) -> Iterator[Block]:
    yield Heading(say("home.mine"))
    own = [v for v in views if person in {v.release.owner, v.release.rollback_owner, v.release.requested_by}]
    for view in own[:_MOST]:
        yield in_list(view)
    if not own:
        yield Text(say("home.none"))
    elif len(own) > _MOST:
        yield Context(say("home.more", {"count": str(len(own) - _MOST)}))


def _ahead(views: Sequence[View], freezes: Sequence[Window], now: datetime) -> Iterator[Block]:
    yield Heading(say("home.ahead"))
    coming = [
        (at, f"{moment(at, 'UTC', now)}: {word(v)} · {title(v.release)}")
        for v in views
        if (at := v.release.start_at) is not None and now <= at <= now + WEEK
    ]
    closed = [
        (w.starts_at, say("home.freeze", {"scope": flat(w.scope, 40), "reason": flat(w.reason, 120),
                                          "from": moment(w.starts_at, "UTC", now), "to": moment(w.ends_at, "UTC", now)}))
        for w in freezes
        if w.ends_at > now and w.starts_at <= now + WEEK
    ]  # fmt: skip
    lines = tuple(line for _, line in sorted(coming + closed))
    yield Bullets(lines[: _MOST * 2]) if lines else Text(say("home.nothing_ahead"))


def _health(problems: Sequence[str]) -> str:
    return say("home.unwell", {"problems": flat(", ".join(problems), 200)}) if problems else say("home.well")
