"""The plan as a whole: every labelled section of rules.md, from findings, catalogue, persons and rules (P1-P9)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.facts import Facts
from bot.domain.finding import Finding, Level, Verdict, go_possible
from bot.domain.plan import Line, NextAction, Plan, PlanStep, RiskRow
from bot.domain.release import Judgement, Phase, Release
from bot.plan import sections
from bot.plan.confidence import confidence, gaps_of, shortened
from bot.plan.gaps import deadline
from bot.plan.hash import plan_hash
from bot.plan.lines import moment, person, rule, unknown
from bot.plan.risks import risks
from bot.plan.rollback import minutes, rollback
from bot.plan.selfcheck import self_check
from bot.plan.standards import failed_standards
from bot.plan.steps import rollout
from bot.plan.strategies import COMPLETE
from bot.plan.verification import pause, stop_conditions, verification
from bot.policy.case import Case, case_of
from bot.policy.people import decision_makers

TOP = 2
_LATE = 5
"""Minutes after T+30 within which a rollout counts as complete then."""


def draft(release: Release, facts: Facts, judgement: Judgement, now: datetime) -> Plan:
    """The plan of the release as it stands: whole, and true at `now`. What is not known says how to verify it."""
    case = case_of(release, facts, now)
    findings = judgement.findings
    rows = risks(case, findings)
    steps = rollout(case)
    sure = confidence(case, findings, rows)
    plan = Plan(
        release=release.id,
        revision=release.plan_revision,
        hash=release.plan_hash or plan_hash(release, facts, now),
        verdict=judgement.verdict,
        score=judgement.score,
        risk_summary=_risk_summary(case),
        summary=_summary(case, judgement),
        goal=sections.goal(case),
        preconditions=sections.preconditions(case, findings),
        checklist=sections.checklist(case, findings),
        risks=rows,
        rollout=steps,
        verification=verification(case),
        stop_conditions=stop_conditions(case),
        pause=pause(case),
        rollback=rollback(case, steps),
        confidence=sure,
        lessons=sections.lessons(case),
        self_check=self_check(case, findings, rows, steps),
        closing=_closing(case, rows, steps, sure.level),
        next_action=_next_action(case, judgement),
    )
    return replace(plan, failed_standards=failed_standards(plan))


def _risk_summary(case: Case) -> Line:
    """One line: band, score, and the heaviest part of it."""
    score = case.score
    heaviest = max(score.parts, key=lambda p: p.points, default=None)
    factor = heaviest.factor if heaviest and heaviest.points else "none"
    return rule(
        f"plan.risk_{factor}{'_floor' if score.floor else ''}",
        "P6",
        band=score.band.value,
        score=str(score.score),
        inherent=str(score.inherent),
        gap=str(score.gap),
        points=str(heaviest.points if heaviest else 0),
    )


def _summary(case: Case, judgement: Judgement) -> tuple[Line, ...]:
    r = case.release
    gaps = gaps_of(judgement.findings)
    params = {
        "service": case.service.name if case.service else r.service,
        "version": r.version or "UNKNOWN",
        "environment": r.environment,
        "at": moment(r.start_at, r.time_zone) if r.start_at else "UNKNOWN",
        "strategy": r.strategy or "UNKNOWN",
        "minutes": minutes(case),
        "count": str(len({f.subject for f in gaps})),
    }
    verdict = {Verdict.GO: "go", Verdict.UNVERIFIED: "unverified", Verdict.NO_GO: "no_go"}[judgement.verdict]
    undecided = r.phase in {Phase.PLANNING, Phase.PLANNED} and verdict != "no_go"
    if undecided and go_possible(judgement.findings):
        verdict = "possible"
    code, named = shortened(f"plan.summary_{verdict}", (f.subject for f in gaps))
    return (rule(code, "G26", **params, **named), *_emergency(case), rule("plan.summary_how", "P8", **params))


def _emergency(case: Case) -> Iterator[Line]:
    """G16: who reads the plan of an emergency knows it from the first lines."""
    declared = case.release.emergency
    if declared is not None and case.release.in_emergency(case.now):
        yield person("plan.summary_emergency", declared.by, incident=declared.incident, by=case.name(declared.by))


def _closing(case: Case, rows: tuple[RiskRow, ...], steps: tuple[PlanStep, ...], level: str) -> tuple[Line, ...]:
    """OWNER / TIMING / RISKS, with the confidence tag at the very end."""
    r = case.release
    back = (
        person("closing.rollback_owner", r.rollback_owner, who=case.name(r.rollback_owner))
        if r.rollback_owner
        else unknown("closing.rollback_owner_unknown", "G1", release=r.id)
    )
    return (
        person("closing.owner", r.owner, who=case.name(r.owner)),
        back,
        _timing(r, steps),
        *(row.cause for row in rows[:TOP]),
        rule(f"closing.confidence_{level.casefold()}", "P3"),
    )


def _timing(r: Release, steps: tuple[PlanStep, ...]) -> Line:
    """When it starts, and when the last step should be over, where each step's duration is known."""
    if r.start_at is None:
        return unknown("closing.timing_unknown", "G11", release=r.id)
    at, last = moment(r.start_at, r.time_zone), steps[-1]
    if last.at is None or last.minutes is None or len(steps) == 1:
        return person("closing.timing", r.requested_by, at=at)
    minutes = last.at + last.minutes
    end = f"{(r.start_at + timedelta(minutes=minutes)).astimezone(UTC):%H:%M} UTC"
    code = "closing.timing_until" if minutes <= COMPLETE + _LATE else "closing.timing_long"
    return person(code, r.requested_by, at=at, end=end, minutes=str(minutes))


def _next_action(case: Case, judgement: Judgement) -> NextAction:
    """P3: one next action, its owner, its deadline."""
    r = case.release
    by = deadline(r, case.now)
    live = _ACTS.get(r.phase)
    if live is not None:
        code, owner = live
        return NextAction(rule(code, "P3", release=r.id), owner(r), None)
    gaps = gaps_of(judgement.findings)
    if gaps:
        return _close(gaps[0], by)
    consent = next((f for f in judgement.findings if f.consent and f.open and f.level is Level.MUST), None)
    if consent is not None:
        return _close(consent, by)
    makers = decision_makers(r, case.facts)
    if r.phase is Phase.CLEARED:
        return NextAction(rule("act.start", "P3", release=r.id), r.owner, r.start_at)
    owner_of_go = makers[0] if makers else r.owner
    return NextAction(rule("act.go" if makers else "act.go_nobody", "G26", release=r.id), owner_of_go, r.start_at or by)


def _fix(finding: Finding) -> Line:
    """The required fix, and the item that it closes."""
    return rule(f"how.{finding.how or 'wait'}", finding.rule, **{**finding.params, "item": finding.subject})


def _close(finding: Finding, by: datetime | None) -> NextAction:
    return NextAction(_fix(finding), finding.who, by)


_ACTS: dict[Phase, tuple[str, Callable[[Release], str]]] = {
    Phase.LIVE: ("act.watch", lambda r: r.owner),
    Phase.HELD: ("act.resume", lambda r: r.owner),
    Phase.ROLLING_BACK: ("act.rolled_back", lambda r: r.rollback_owner or r.owner),
    Phase.ROLLED_BACK: ("act.review", lambda r: r.owner),
    Phase.CLOSED: ("act.lesson", lambda r: r.owner),
    Phase.CANCELLED: ("act.plan_anew", lambda r: r.requested_by),
}
