"""Whether a release may be deployed now, as a pipeline asks it, and the record of its GO that the bot signs (A4).

A GO is asked for at the moment of the deploy, and holds for a few minutes: it may be lost at any time (G8, G12).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.domain.consent import Consent, ConsentKind
from bot.domain.finding import Result, Verdict
from bot.domain.people import Role
from bot.domain.release import Phase, Release
from bot.messages.cards.state import missing, word
from bot.messages.telling import finding_text
from bot.messages.times import moment, stamp
from bot.messages.view import View
from bot.messages.words import say
from bot.plan.hash import same_plan
from bot.policy.emergency import confirmed
from bot.policy.people import counting

SCHEMA = 1
EARLY = timedelta(minutes=5)
"""How long before its start time a cleared release may be deployed."""
HOLDS = timedelta(minutes=10)
"""How long a record may be relied on."""


@dataclass(frozen=True, slots=True)
class Clearance:
    """`go`: deploy now. `word`: the first word of its card. `reason`: one sentence. `missing`: what stands in the way.

    `record`: what is signed; empty without a go.
    """

    go: bool
    word: str
    reason: str
    missing: tuple[str, ...] = ()
    record: Mapping[str, Any] = field(default_factory=dict)


def clearance(view: View) -> Clearance:
    """Of that release, now. A go only while it is cleared and its verdict is GO (G26), or while its rollout goes well."""
    code, values = _answer(view)
    go = code in {"go", "underway"}
    return Clearance(
        go,
        word(view),
        say(f"clearance.{code}", values),
        () if go else tuple(finding_text(f) for f in missing(view)),
        _record(view) if go else {},
    )


def _answer(view: View) -> tuple[str, Mapping[str, str]]:
    r = view.release
    if r.phase is Phase.LIVE:
        return _underway(view), {}
    told = {"word": word(view)}
    if r.phase is not Phase.CLEARED or _given(view) is None:
        return "no_go", told
    if view.judgement.verdict is not Verdict.GO or not same_plan(r, view.facts, view.now):
        return "lost", told
    if r.start_at is None:
        # An emergency starts when it is confirmed; every other release is cleared for its time.
        return ("go" if r.in_emergency(view.now) else "no_go"), told
    if view.now < r.start_at - EARLY:
        return "early", {"from": moment(r.start_at - EARLY, r.time_zone, view.now)}
    return "go", told


def _underway(view: View) -> str:
    r = view.release
    bad = bool(r.health) and not r.health[-1].ok
    if r.started_without_go:
        return "without_go"
    stopped = any(f.result is Result.BLOCKED for f in view.judgement.findings)
    return "unwell" if bad or stopped or r.outcome_unknown else "underway"


def _given(view: View) -> tuple[str, str] | None:
    """Who gave the go and when: the decision maker, or in an emergency its second person (G16)."""
    r = view.release
    second = confirmed(r, view.facts, view.now)
    if second is not None:
        return _who(second)
    votes = counting(r, view.facts, view.now, ConsentKind.VOTE)
    given = [c for c in votes if _clears(c)]
    return _who(given[-1]) if given else None


def _clears(vote: Consent) -> bool:
    return vote.kind is ConsentKind.VOTE and vote.vote == "go" and vote.role is Role.DECISION_MAKER


def _who(given: Consent) -> tuple[str, str]:
    return given.by or "", stamp(given.at) if given.at else ""


def _record(view: View) -> Mapping[str, Any]:
    r, judged = view.release, view.judgement
    by, at = _given(view) or _first_go(r)
    return {
        "schema": SCHEMA,
        "release": r.id,
        "service": r.service,
        "version": r.version,
        "environment": r.environment,
        "commit": r.commit,
        "digest": r.digest,
        "strategy": r.strategy,
        "steps": list(r.steps),
        "start_at": stamp(r.start_at) if r.start_at else None,
        "plan_revision": r.plan_revision,
        "plan_hash": r.plan_hash,
        "go_by": by,
        "go_at": at,
        "risk": {"score": judged.score.score, "band": judged.score.band.value},
        "accepted": [{"kind": c.kind.value, "subject": c.subject, "by": c.by} for c in _accepted(view)],
        "emergency": r.emergency.incident if r.emergency else None,
        "head": view.head,
    }


def _accepted(view: View) -> tuple[Consent, ...]:
    """Risks and exceptions that somebody took on, by person ids (A6, G21)."""
    taken = {ConsentKind.RISK, ConsentKind.EXCEPTION, ConsentKind.BREAKGLASS}
    return tuple(c for c in view.release.consents if c.kind in taken and c.valid_at(view.now))


def _first_go(release: Release) -> tuple[str, str]:
    """Of a rollout that goes on: the go that cleared it."""
    given = [c for c in release.consents if c.kind is ConsentKind.BREAKGLASS or _clears(c)]
    return _who(given[-1]) if given else ("", "")
