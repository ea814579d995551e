"""How planning changes a release."""

from dataclasses import replace
from typing import Any

from bot.domain import events as e
from bot.domain.changes.change import Change
from bot.domain.evidence import Evidence, Kind
from bot.domain.finding import Level, go_possible
from bot.domain.release import Baseline, Phase, Release


def begin(event: e.PlanStarted) -> Release:
    """The release that planning begins with."""
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
    elif _other_build(r, x):
        given["evidence"] = tuple(e for e in r.evidence if not _said_of_a_build(e))
    return replace(r, **given, links=(*r.links, *(u for u in x.links if u not in r.links)))


_OF_THE_ARTIFACT = frozenset(
    {Kind.ARTIFACT, Kind.CHANGE, Kind.NOTES, Kind.CI, Kind.QA, Kind.MIGRATION, Kind.FLAGS, Kind.ROLLBACK_TARGET}
)
"""Evidence that speaks of one build: green of another one is no evidence."""


_OF_A_BUILD = frozenset({Kind.ARTIFACT, Kind.CI, Kind.QA})


def _said_of_a_build(one: Evidence) -> bool:
    """What somebody vouched for without naming the build: it was said of the one that stood there then (G8, G13)."""
    return one.kind in _OF_A_BUILD and one.source == "person" and one.subject is None


def _other_build(r: Release, x: e.DetailsGiven) -> bool:
    """True where a known commit or digest gives way to another one, under the same version."""
    other_commit = x.commit is not None and r.commit is not None and x.commit != r.commit
    return other_commit or (x.digest is not None and r.digest is not None and x.digest != r.digest)


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


def _planned(r: Release, x: e.Planned) -> Release:
    return replace(r, first_gaps=x.gaps)


def _talk(r: Release, x: e.TalkHeard) -> Release:
    if x.summed_up:
        return replace(r, talk_messages=0, talk_tokens=0, summed_up=(*r.summed_up, len(r.questions) + 1))
    return replace(r, talk_messages=r.talk_messages + 1, talk_tokens=r.talk_tokens + x.tokens)


def _judged(r: Release, x: e.Judged) -> Release:
    return replace(r, judgement=x.judgement, baseline=_baseline(r, x) or r.baseline)


def _baseline(r: Release, x: e.Judged) -> Baseline | None:
    """What drift is measured against (G12); None while more than consents is open."""
    findings = x.judgement.findings
    if not go_possible(findings):
        return None
    met = tuple(f for f in findings if f.level is Level.MUST and not f.open and f.subject != Kind.APPROVALS)
    return Baseline(at=x.at, met=met, commit=r.commit, digest=r.digest)


CHANGES: dict[type[e.Event], Change] = {
    e.DetailsGiven: _details,
    e.SourcesAsked: _asked,
    e.SourceAnswered: _answered_by_source,
    e.EvidenceRecorded: _evidence,
    e.DeclaredNotApplicable: _not_applicable,
    e.QuestionAsked: _question,
    e.QuestionAnswered: _question_answered,
    e.SupplyRequested: _supply,
    e.Planned: _planned,
    e.TalkHeard: _talk,
    e.Judged: _judged,
}
