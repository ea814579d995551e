"""How far the rollout is: only what was reported by a person or observed at the rollout tool (T1)."""

from bot.domain.evidence import Kind, Standing
from bot.domain.release import Phase
from bot.messages.view import View

FULL = 100


def percent(view: View) -> int | None:
    """The share of traffic that runs the new version, 0-100; None where nobody reported any."""
    reported = view.release.progress[-1] if view.release.progress else None
    seen = view.release.latest(Kind.ROLLOUT)
    observed = seen.facts.get("percent") if seen and seen.standing is Standing.VERIFIED else None
    if seen is None or not isinstance(observed, int) or isinstance(observed, bool) or not view.release.started:
        return reported.percent if reported else None
    if reported is not None and reported.at > seen.observed_at:
        return reported.percent
    return observed or (reported.percent if reported else None)


def complete(view: View) -> bool:
    """True if `done` or 100 % was reported, or the rollout tool says so."""
    return view.release.phase is Phase.CLOSED or percent(view) == FULL
