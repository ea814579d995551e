"""T=0, T+15 and T+30: what was reported of the start, the health and the end; for stakeholders without jargon (T11, V1)."""

from collections.abc import Iterator, Mapping

from bot.domain.release import Phase
from bot.domain.service import Strategy
from bot.messages.cards.audience import for_stakeholders
from bot.messages.cards.buttons import button, rolling
from bot.messages.cards.frame import framed
from bot.messages.cards.health import green, health_line, plain_health_line, state
from bot.messages.cards.naming import object_of, person, service_name, start
from bot.messages.cards.progress_of import complete, percent
from bot.messages.cards.reading import next_action, next_line, outcome_is_next, stop_conditions, way_back
from bot.messages.cards.state import accepted_count, amber, word
from bot.messages.model import Block, Button, Message, Text
from bot.messages.telling import flat
from bot.messages.times import clock
from bot.messages.view import View
from bot.messages.words import say
from bot.timeline.marks import MARKS, T_0, T_15, T_30_AFTER
from bot.watch import State

_DEPLOYING: Mapping[str, str] = {
    Strategy.CANARY: "mark.to_canary",
    Strategy.FEATURE_FLAG: "mark.to_flag",
    Strategy.STAGED: "mark.to_stage",
}
_SMALL_SHARE = 25
"""Percent of users up to which a post calls the share small."""


def rollout_mark(view: View, name: str, notes: tuple[str, ...], following: str) -> Message:
    """One of the three marks for its audience; `notes` come first, `following` says when the next post comes."""
    plain = for_stakeholders(view)
    blocks: list[Block] = [Text(line) for line in notes]
    blocks += _plain(view) if plain else _team(view)
    small = " · ".join(s for s in (following, ledger_head(view, name)) if s)
    acting = () if plain or complete(view) else next_action(view).who[:1]
    return framed(
        view,
        word(view) if view.release.started or name == T_0 else say("mark.word_not_started"),
        mark_line(view, name),
        blocks,
        occasion=name,
        buttons=() if plain else _buttons(view),
        mentions=acting,
        small=small,
        with_amber=not plain,
    )


def mark_line(view: View, name: str) -> str:
    """The sentence of the mark, as true as what was reported (T1)."""
    if not view.release.started:
        at = clock(view.release.start_at, view.now) if view.release.start_at else "UNKNOWN"
        values = {"at": at, "who": person(view, view.release.owner)}
        return say("mark.not_started_at_0" if name == T_0 else "mark.not_started", values)
    if _over_since(view, name):
        return _ended(view)
    if name == T_15 and not complete(view):
        code = "mark.canary_health" if view.release.strategy == Strategy.CANARY else "mark.health"
        return say(code, {"share": _share(view), "health": _health(view)})
    return _end(view) if name == T_30_AFTER or complete(view) else deploying(view)


def deploying(view: View) -> str:
    """`Deploying to canary (10 %)`: the reported share, else the planned one, and then it says so."""
    code = _DEPLOYING.get(view.release.strategy or "", "mark.to_all")
    if code == "mark.to_canary" and (percent(view) or 0) > _SMALL_SHARE:
        code = "mark.to_canary_wide"
    return say(code, {"share": _share(view)})


def ledger_head(view: View, name: str) -> str:
    """The T+30 post prints the head of the ledger (A2)."""
    return say("mark.ledger_head", {"head": view.head}) if name == T_30_AFTER and view.head else ""


def _over_since(view: View, name: str) -> bool:
    """True for a post of T=0 or T+15 that was due before the end was reported: drawn again, it tells no news of its own."""
    start_at, done_at = view.release.start_at, view.release.done_at
    if view.release.phase is not Phase.CLOSED or name == T_30_AFTER or start_at is None or done_at is None:
        return False
    return done_at > start_at + MARKS[name]


def _ended(view: View) -> str:
    began, end = view.release.started_at, view.release.done_at
    values = {"at": clock(began, view.now) if began else "UNKNOWN", "end": clock(end, view.now) if end else "UNKNOWN"}
    return say("mark.ended", values)


def _share(view: View) -> str:
    reached = percent(view)
    if reached is not None:
        return say("mark.share", {"percent": str(reached)})
    planned = view.release.steps[0] if view.release.steps else None
    return say("mark.share_planned", {"percent": str(planned)}) if planned is not None else say("mark.share_unknown")


def _end(view: View) -> str:
    """T+30: complete and green only where both were seen; else which of them is not known."""
    if complete(view) and green(view):
        return say("mark.complete_green_amber" if accepted_count(view) else "mark.complete_green")
    if complete(view):
        return say("mark.complete", {"health": _health(view)})
    return say("mark.not_complete", {"share": _share(view), "health": _health(view)})


def _health(view: View) -> str:
    return plain_health_line(view) if for_stakeholders(view) else health_line(view)


def _team(view: View) -> Iterator[Block]:
    r = view.release
    if r.started_at is None:
        yield Text(start(view), label=say("card.label_start"), at=view.release.start_at)
    else:
        values = {"who": person(view, r.started_by), "at": clock(r.started_at, view.now)}
        yield Text(say("mark.started_by", values), label=say("card.label_started"))
    yield Text(stop_conditions(view), label="STOP CONDITIONS")
    yield Text(way_back(view), label="ROLLBACK")
    yield Text(next_line(view), label=say("card.label_next"))


def _plain(view: View) -> Iterator[Block]:
    """For people who do not deploy: what it means for them, what was accepted, whom to ask."""
    r = view.release
    what = flat(r.summary, 200)
    if what:
        yield Text(what, label=say("card.label_changes"))
    accepted = amber(view, what)
    if accepted:
        yield Text("; ".join(accepted), label=say("card.label_amber"))
    values = {"service": service_name(view), "object": object_of(r), "who": person(view, r.owner)}
    yield Text(say("mark.ask", values))


def _buttons(view: View) -> Iterator[Button]:
    r = view.release
    if r.phase in {Phase.PLANNED, Phase.CLEARED, Phase.PLANNING}:
        yield from (button(r, "start", style="primary"), button(r, "move"), button(r, "hold"))
    if r.phase is Phase.LIVE:
        yield from rolling(r, bad=state(view) is State.BAD, ending=outcome_is_next(view))
    yield from (button(r, verb) for verb in ("status", "full_plan"))
