"""evolve(release, event) -> release: the only way in which a release changes. It never refuses; `decide` did that."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce
from typing import Any

from bot.domain import events as e
from bot.domain.consent import Consent, ConsentKind, ConsentState
from bot.domain.evidence import Kind
from bot.domain.lifecycle import after
from bot.domain.release import HealthReport, Phase, Release, Step


def evolve(release: Release | None, event: e.Event) -> Release:
    """The release after that event. Raises ValueError only where the stream does not begin with PlanStarted."""
    if isinstance(event, e.PlanStarted):
        return _begin(event)
    if release is None:
        msg = f"the stream begins with {type(event).__name__}, not with PlanStarted"
        raise ValueError(msg)
    change = _CHANGES.get(type(event))
    changed = change(release, event) if change else release
    return replace(changed, phase=after(release.phase, type(event)))


def fold(events: Iterable[e.Event], release: Release | None = None) -> Release | None:
    """The state after all of them: what the ledger says (decision 2)."""
    return reduce(evolve, events, release)


def _begin(event: e.PlanStarted) -> Release:
    return Release(
        id=event.release,
        service=event.service,
        environment=event.environment,
        version=event.version,
        phase=Phase.PLANNING,
        requested_by=event.requested_by,
        owner=event.owner,
        home=event.home,
        created_at=event.at,
        time_zone=event.time_zone,
        rollback_owner=event.rollback_owner,
        strategy=event.strategy,
        steps=event.steps,
    )


def _details(r: Release, x: e.DetailsGiven) -> Release:
    names = (
        "version",
        "environment",
        "start_at",
        "local_time",
        "time_zone",
        "owner",
        "rollback_owner",
        "strategy",
        "steps",
        "summary",
        "commit",
        "digest",
        "authors",
        "data_change",
    )
    given: dict[str, Any] = {n: getattr(x, n) for n in names if getattr(x, n) is not None}
    if x.start_at is not None:
        given["window_start"] = x.start_at
    if _other_artifact(r, x):
        kept = tuple(e for e in r.evidence if e.kind not in _OF_THE_ARTIFACT)
        given |= {"evidence": kept, "commit": x.commit, "digest": x.digest, "authors": x.authors or ()}
        given |= {"data_change": x.data_change}
    return replace(r, **given, links=(*r.links, *(u for u in x.links if u not in r.links)))


_OF_THE_ARTIFACT = frozenset(
    {Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.CI, Kind.QA, Kind.MIGRATION, Kind.FLAGS, Kind.ROLLBACK_TARGET}
)
"""Evidence that speaks of one build: green of another one is no evidence."""


def _other_artifact(r: Release, x: e.DetailsGiven) -> bool:
    """True where a known version or environment gives way to another one."""
    new_version = x.version is not None and r.version is not None and x.version != r.version
    return new_version or (x.environment is not None and x.environment != r.environment)


def _asked(r: Release, x: e.SourcesAsked) -> Release:
    new = tuple(g for g in x.gathers if g not in r.gathers)
    return replace(r, gathers=(*r.gathers, *new), gather_round=r.gather_round + 1)


def _answered_by_source(r: Release, x: e.SourceAnswered) -> Release:
    return replace(r, gathers=tuple(g for g in r.gathers if g != x.gather))


def _evidence(r: Release, x: e.EvidenceRecorded) -> Release:
    new = x.evidence
    kept = tuple(o for o in r.evidence if (o.kind, o.source) != (new.kind, new.source))
    return replace(r, evidence=(*kept, new))


def _not_applicable(r: Release, x: e.DeclaredNotApplicable) -> Release:
    return replace(r, not_applicable={**r.not_applicable, x.kind.value: (x.by, x.reason)})


def _question(r: Release, x: e.QuestionAsked) -> Release:
    return replace(r, questions=(*r.questions, x.question))


def _question_answered(r: Release, x: e.QuestionAnswered) -> Release:
    return replace(
        r,
        questions=tuple(
            replace(q, answer=x.how, answered_by=x.by, text=x.text) if q.number == x.number else q for q in r.questions
        ),
    )


def _supply(r: Release, x: e.SupplyRequested) -> Release:
    pair = (x.kind, x.of)
    return r if pair in r.asked_of else replace(r, asked_of=(*r.asked_of, pair))


def _revised(r: Release, x: e.PlanRevised) -> Release:
    consents = tuple(_voided(c) if c.id in x.voided else c for c in r.consents)
    return replace(r, plan_revision=x.revision, plan_hash=x.hash, consents=consents)


def _voided(c: Consent) -> Consent:
    """Void; an exception is asked for again, since as requested it is part of the plan (G8)."""
    if c.kind is ConsentKind.EXCEPTION:
        return replace(c, state=ConsentState.REQUESTED, by=None, plan_hash=None)
    return replace(c, state=ConsentState.VOID)


def _approvals(r: Release, x: e.ApprovalsRequested) -> Release:
    new = tuple(f"{x.revision}:{w}" for w in x.wanted)
    return replace(r, approvals_asked=(*r.approvals_asked, *(n for n in new if n not in r.approvals_asked)))


def _judged(r: Release, x: e.Judged) -> Release:
    return replace(r, judgement=x.judgement)


def _consent(r: Release, x: e.ConsentRequested | e.ConsentGiven | e.RiskDeclined) -> Release:
    new = x.consent
    kept = tuple(c for c in r.consents if c.id != new.id and not _replaced(c, new))
    return replace(r, consents=(*kept, new))


def _replaced(old: Consent, new: Consent) -> bool:
    """A later vote of the same person replaces the earlier one in the state; the ledger keeps both."""
    return (
        new.kind is ConsentKind.VOTE
        and old.kind is ConsentKind.VOTE
        and old.by == new.by
        and old.state is ConsentState.VALID
    )


def _consent_ended(r: Release, x: e.ConsentEnded) -> Release:
    return replace(
        r,
        consents=tuple(
            replace(c, state=ConsentState(x.state), reason=x.reason or c.reason) if c.id == x.consent else c
            for c in r.consents
        ),
    )


def _overruled(r: Release, x: e.VotesOverruled) -> Release:
    return replace(
        r,
        consents=tuple(replace(c, overruled_by=x.by) if c.id in x.consents else c for c in r.consents),
    )


def _held(r: Release, x: e.Held) -> Release:
    return replace(r, held_by=x.by, held_reason=x.reason, held_code=x.code)


def _resumed_planned(r: Release, _: e.ResumedPlanned) -> Release:
    return replace(r, schedule_revision=r.schedule_revision + 1, held_by=None, held_reason="", held_code="")


def _resumed_live(r: Release, _: e.ResumedLive) -> Release:
    return replace(r, schedule_revision=r.schedule_revision + 1, held_by=None, held_reason="", held_code="")


def _moved(r: Release, x: e.Moved) -> Release:
    return replace(
        r,
        start_at=x.start_at,
        local_time=x.local_time,
        time_zone=x.time_zone,
        window_start=x.window_start,
        schedule_revision=r.schedule_revision + 1,
        moves=(*r.moves, x.reason),
    )


def _cancelled(r: Release, x: e.Cancelled) -> Release:
    return replace(r, cancelled_by=x.by, cancel_reason=x.reason)


def _started(r: Release, x: e.Started) -> Release:
    rescheduled = r.schedule_revision + (1 if r.phase is Phase.HELD else 0)
    return replace(
        r,
        started_at=x.started_at,
        started_by=x.by,
        started_without_go=x.without_go,
        held_by=None,
        held_reason="",
        held_code="",
        schedule_revision=rescheduled,
    )


def _stepped(r: Release, x: e.Stepped) -> Release:
    return replace(r, progress=(*r.progress, Step(percent=x.percent, by=x.by, at=x.at)))


def _health(r: Release, x: e.HealthReported) -> Release:
    return replace(r, health=(*r.health, HealthReport(ok=x.ok, metric=x.metric, by=x.by, at=x.at)))


def _closed(r: Release, x: e.Closed) -> Release:
    return replace(r, done_at=x.at)


def _rollback(r: Release, x: e.RollbackDeclared) -> Release:
    return replace(r, rollback_at=x.at, rollback_by=x.by, rollback_reason=x.reason)


def _rolled_back(r: Release, x: e.RollbackFinished) -> Release:
    return replace(r, rolled_back_at=x.at)


def _lesson(r: Release, x: e.LessonRecorded) -> Release:
    return replace(r, lessons=(*r.lessons, x.lesson))


def _reminded(r: Release, _: e.Reminded) -> Release:
    return replace(r, reminders=r.reminders + 1)


def _unknown(r: Release, _: e.OutcomeUnknown) -> Release:
    return replace(r, outcome_unknown=True)


_CHANGES: dict[type[e.Event], Callable[[Release, Any], Release]] = {
    e.DetailsGiven: _details,
    e.SourcesAsked: _asked,
    e.SourceAnswered: _answered_by_source,
    e.EvidenceRecorded: _evidence,
    e.DeclaredNotApplicable: _not_applicable,
    e.QuestionAsked: _question,
    e.QuestionAnswered: _question_answered,
    e.SupplyRequested: _supply,
    e.PlanRevised: _revised,
    e.Judged: _judged,
    e.ConsentRequested: _consent,
    e.ApprovalsRequested: _approvals,
    e.ConsentGiven: _consent,
    e.RiskDeclined: _consent,
    e.ConsentEnded: _consent_ended,
    e.VotesOverruled: _overruled,
    e.Held: _held,
    e.ResumedPlanned: _resumed_planned,
    e.ResumedLive: _resumed_live,
    e.Moved: _moved,
    e.Cancelled: _cancelled,
    e.Started: _started,
    e.Stepped: _stepped,
    e.HealthReported: _health,
    e.Closed: _closed,
    e.RollbackDeclared: _rollback,
    e.RollbackFinished: _rolled_back,
    e.LessonRecorded: _lesson,
    e.Reminded: _reminded,
    e.OutcomeUnknown: _unknown,
}
