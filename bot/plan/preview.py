"""What another rubric or policy would have said of past releases (P6): the same facts, judged twice. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import events as e
from bot.domain.evolve import begun, fold
from bot.domain.facts import Facts, Neighbour, Policy, Rubric
from bot.domain.finding import Verdict
from bot.domain.release import TERMINAL, Band, Judgement, Phase, Release
from bot.domain.service import Outcome
from bot.policy import judge

LAST = 20
"""How many earlier releases the track record looks at."""


@dataclass(frozen=True, slots=True)
class Past:
    """A release as it stood when it was decided on. `occasion`: go, start, T=0, or verdict where nothing came after it.

    `recorded` is what the ledger says of that moment; `last` the release as it is now.
    """

    release: Release
    at: datetime
    occasion: str
    recorded: Judgement | None
    last: Release
    events: tuple[e.Event, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a judgement comes to, in three words."""

    score: int
    band: Band
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Compared:
    """One release under the rules in force and under those that are tried.

    `recorded`: what the ledger says was judged then; where `was` is something else, catalogue or calendar changed since.
    """

    past: Past
    was: Said
    would: Said
    recorded: Said | None

    @property
    def differs(self) -> bool:
        """True where score, band or verdict would be another."""
        return self.was != self.would


def past_of(events: Sequence[e.Event]) -> Past | None:
    """The release at its last go; without one at its start; else at T=0; else at its last verdict. None: never judged."""
    last = fold(events)
    if last is None:
        return None
    moment = _moment(events, last)
    if moment is None:
        return None
    at, occasion = moment
    then = fold(one for one in events if one.at <= at)
    return Past(then, at, occasion, then.judgement, last, tuple(events)) if then else None


def facts_of(past: Past, base: Facts, others: Sequence[Past], history: Sequence[Outcome]) -> Facts:
    """The facts of that moment, as far as they are on record: neighbours, history and what earlier releases established."""
    own = past.release
    service = base.services.get(own.service)
    before = [o for o in history if o.ended_at < past.at and o.release != own.id]
    lasting = service.history if service else ()
    closed = [o.last for o in others if _closed_before(o.last, own, past.at)]
    newest = max(closed, key=lambda r: r.done_at or r.created_at, default=None)
    return replace(
        base,
        service=service,
        neighbours=tuple(n for o in others if o.last.id != own.id for n in _neighbour(o, past.at)),
        history=(*before, *lasting)[:LAST],
        earlier=newest.evidence if newest else (),
    )


def compared(past: Past, facts: Facts, policy: Policy, rubric: Rubric) -> Compared:
    """That release under `facts` as they are, and with that policy and rubric in their place."""
    tried = replace(facts, policy=policy, rubric=rubric)
    return Compared(
        past=past,
        was=_said(judge(past.release, facts, past.at)),
        would=_said(judge(past.release, tried, past.at)),
        recorded=_said(past.recorded) if past.recorded else None,
    )


def _moment(events: Sequence[e.Event], last: Release) -> tuple[datetime, str] | None:
    for kind, occasion in ((e.Cleared, "go"), (e.Started, "start")):
        found = [one.at for one in events if isinstance(one, kind)]
        if found:
            return found[-1], occasion
    if last.start_at is not None and last.start_at <= events[-1].at and last.phase is not Phase.CANCELLED:
        return last.start_at, "T=0"
    judged = [one.at for one in events if isinstance(one, e.Judged)]
    return (judged[-1], "verdict") if judged else None


def _neighbour(other: Past, at: datetime) -> tuple[Neighbour, ...]:
    """The other release as a neighbour at that moment; nothing where it was not there yet, or had ended."""
    if other.last.created_at > at:
        return ()
    r = begun(one for one in other.events if one.at <= at)
    if r.phase in TERMINAL:
        return ()
    owned = (r.owner, r.rollback_owner)
    return (Neighbour(r.id, r.service, r.environment, r.version, r.phase, r.start_at, *owned, started=r.started),)


def _closed_before(other: Release, own: Release, at: datetime) -> bool:
    same = other.service == own.service and other.id != own.id
    return same and other.phase is Phase.CLOSED and other.done_at is not None and other.done_at < at


def _said(judgement: Judgement) -> Said:
    return Said(judgement.score.score, judgement.score.band, judgement.verdict)
