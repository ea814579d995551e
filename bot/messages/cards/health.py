"""How the rollout is doing, as far as it was measured or reported; without fresh data UNKNOWN, never green (T1, G20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.evidence import Evidence, Kind, Standing
from bot.domain.release import HealthReport
from bot.messages.cards.naming import person
from bot.messages.telling import flat
from bot.messages.times import clock
from bot.messages.view import View
from bot.messages.words import say

FRESH = timedelta(minutes=10)
"""Older samples say nothing about now."""


@dataclass(frozen=True, slots=True)
class Health:
    """`state`: normal, bad or unknown; `detail`: what was measured or said, when and by whom."""

    state: str
    detail: str

    @property
    def green(self) -> bool:
        """True only for fresh and good data."""
        return self.state == "normal"


def health(view: View) -> Health:
    """What was measured, and beside it what people report; the worse of both, and nothing at all is UNKNOWN."""
    heard = tuple(h for h in (_measured(view), _reported(view)) if h is not None)
    for state in ("bad", "unknown"):
        found = [h for h in heard if h.state == state]
        if found:
            return found[0]
    return heard[0] if heard else Health("unknown", how_to_verify(view))


def health_line(view: View) -> str:
    """`health NORMAL: error_rate 0.2 % …`, or `health UNKNOWN — verify: …`."""
    found = health(view)
    return say(f"health.{found.state}", {"detail": found.detail})


def how_to_verify(view: View) -> str:
    """Where a person can look: the dashboard that is on record, else the owner."""
    found = view.release.latest(Kind.MONITORING)
    if found is not None and found.url:
        return say("health.verify_at", {"url": flat(found.url, 120)})
    return say("health.verify_ask", {"who": person(view, view.release.rollback_owner or view.release.owner)})


def _measured(view: View) -> Health | None:
    found = view.release.latest(Kind.HEALTH)
    if found is None or not _since_start(view, found.observed_at):
        return None
    good = found.standing in {Standing.VERIFIED, Standing.ATTESTED}
    at = clock(found.observed_at, view.now)
    if found.standing is Standing.FAILED:
        return Health("bad", say("health.measured", {"figures": _figures(found), "at": at}))
    if not good or view.now - found.observed_at > FRESH:
        return Health("unknown", how_to_verify(view))
    crossed = tuple(_crossed(view, found))
    state = "bad" if crossed or found.facts.get("firing") is True or found.facts.get("healthy") is False else "normal"
    if state == "normal" and not _has_figures(found):
        return Health("unknown", how_to_verify(view))
    figures = ", ".join(crossed) or _figures(found)
    return Health(state, say("health.measured", {"figures": figures, "at": at}))


def _reported(view: View) -> Health | None:
    said: HealthReport | None = next(reversed(view.release.health), None)
    if said is None or view.now - said.at > FRESH:
        return None
    values = {"who": person(view, said.by), "metric": flat(said.metric, 120) or "-", "at": clock(said.at, view.now)}
    return Health("normal" if said.ok else "bad", say("health.reported", values))


def _since_start(view: View, at: datetime) -> bool:
    started = view.release.started_at
    return started is not None and at >= started


def _has_figures(found: Evidence) -> bool:
    return bool(set(found.facts) - {"firing"})


def _crossed(view: View, found: Evidence) -> Iterator[str]:
    for t in view.facts.service.thresholds if view.facts.service else ():
        value = found.facts.get(t.metric)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            over = value > t.limit if t.above else value < t.limit
            if over:
                yield f"{flat(t.metric, 40)} {value:g} {flat(t.unit, 12)} (limit {t.limit:g})"


def _figures(found: Evidence) -> str:
    names = {"error_rate": "error rate {} %", "p95_ms": "p95 {} ms", "p99_ms": "p99 {} ms"}
    shown = [names[k].format(f"{v:g}") for k, v in found.facts.items() if k in names and isinstance(v, (int, float))]
    if found.facts.get("firing") is True:
        shown.append("an alert fires")
    return ", ".join(shown) or flat(found.text, 120) or found.standing.value
