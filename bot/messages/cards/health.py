"""How the rollout is doing, in a line; without fresh data UNKNOWN, never green (T1, G20). The judgement is bot.watch's."""

from bot.domain.evidence import Kind
from bot.messages.cards.naming import person
from bot.messages.telling import flat, line_text
from bot.messages.times import clock
from bot.messages.view import View
from bot.messages.words import say
from bot.watch import State, health_of

_MOST = 3
"""So many measurements fit a line; bad ones come first."""

_UNKNOWN = "UNKNOWN — verify: "


def green(view: View) -> bool:
    """True only for fresh and good data on every threshold."""
    return state(view) is State.GREEN


def state(view: View) -> State:
    """Green, unknown or bad, now; before the start there is nothing to be healthy."""
    if not view.release.started:
        return State.UNKNOWN
    return health_of(view.release, view.facts.service, view.now).state


def health_line(view: View) -> str:
    """`health NORMAL: …` with what was measured, or `health UNKNOWN — verify: …`."""
    return say("health.line", {"health": measured(view)})


def measured(view: View) -> str:
    """The same where a label says already that it is the health."""
    found = health_of(view.release, view.facts.service, view.now)
    lines = "; ".join(_named(view, line_text(line)) for line in found.lines[:_MOST])
    if state(view) is State.UNKNOWN:
        return say("health.unknown", {"detail": lines.removeprefix(_UNKNOWN), "how": how_to_verify(view)})
    return say(f"health.{found.state.value}", {"detail": lines.removesuffix(".")})


def only_said(view: View) -> bool:
    """True where a person's report is all that is known of the health: nothing was measured."""
    lines = health_of(view.release, view.facts.service, view.now).lines
    return bool(lines) and all(line.code.startswith("watch.reported_") for line in lines)


def plain_health_line(view: View) -> str:
    """The same for stakeholders: normal, bad or UNKNOWN, without figures; what a person saw last is no measurement (T1)."""
    told = view.release.health[-1] if view.release.health else None
    if state(view) is State.UNKNOWN and told is not None and told.ok:
        values = {"owner": person(view, view.release.owner), "who": person(view, told.by)}
        return say("health.told_plain", values | {"at": clock(told.at, view.now)})
    return say(f"health.{state(view).value}_plain", {"who": person(view, view.release.owner)})


def how_to_verify(view: View) -> str:
    """Where a person can look: the dashboard that is on record, else the rollback owner."""
    found = view.release.latest(Kind.MONITORING)
    if found is not None and found.url:
        return say("health.verify_at", {"url": flat(found.url, 120)})
    return say("health.verify_ask", {"who": person(view, view.release.rollback_owner or view.release.owner)})


def _named(view: View, text: str) -> str:
    """Reports carry the id of who said so; people read names."""
    said = view.release.health[-1].by if view.release.health else None
    return text.replace(said, person(view, said)) if said else text
