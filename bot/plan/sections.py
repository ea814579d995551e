"""GOAL, PRECONDITIONS, READINESS CHECKLIST and LESSON LEARNED, from the findings and the catalogue."""

from collections.abc import Iterator
from typing import Final

from bot.domain.evidence import Kind
from bot.domain.finding import Finding, Level, Result
from bot.domain.plan import CheckRow, Line
from bot.plan.coverage import coverage
from bot.plan.items import kind_of
from bot.plan.lines import catalogue, moment, of_finding, once, person, rule, unknown
from bot.plan.patterns import earlier, patterns
from bot.plan.told import told
from bot.policy.calendar import affected_services
from bot.policy.case import Case

PRECONDITIONS: Final = (
    Kind.CI,
    Kind.ARTIFACT,
    Kind.MIGRATION,
    Kind.FLAGS,
    Kind.MONITORING,
    Kind.RUNBOOK,
    Kind.ROLLBACK,
    Kind.APPROVALS,
    Kind.CAPACITY,
)
_ORDER = {Level.MUST: 0, Level.SHOULD: 1, Level.OPTIONAL: 2}
_LESSONS = 3


def goal(case: Case) -> Line:
    """What it is for, in one line."""
    r = case.release
    params = {
        "service": case.service.name if case.service else r.service,
        "version": r.version or "UNKNOWN",
        "environment": r.environment,
        "at": moment(r.start_at, r.time_zone) if r.start_at else "UNKNOWN",
    }
    summary = " ".join(r.summary.split()) or (r.emergency.reason if r.emergency else "")
    if r.version is None or r.start_at is None:
        about = f": {summary}" if summary else ""
        lacks = "_version" if r.start_at else "_start" if r.version else ""
        return unknown(f"plan.goal_unknown{lacks}", "G1", about=about, **params)
    return (
        person("plan.goal_said", r.requested_by, summary=summary, **params)
        if summary
        else person("plan.goal", r.requested_by, **params)
    )


def preconditions(case: Case, findings: tuple[Finding, ...]) -> tuple[Line, ...]:
    """Dependencies and evidence gaps first, then each thing that has to be there before the start."""
    counted = coverage(case.release, findings, case.sights)
    return (
        *_dependencies(case, findings),
        _gap_count(case, findings),
        rule("plan.coverage", "Q5", **counted.params),
        _environment(case),
        *_items(case, findings),
    )


def checklist(case: Case, findings: tuple[Finding, ...]) -> tuple[CheckRow, ...]:
    """A row for each item of the policy: its level, and the worst that any rule says about it."""
    rows = []
    said: dict[Kind, list[Finding]] = {}
    for finding in findings:
        said.setdefault(kind_of(finding), []).append(finding)
    for item in case.facts.policy.items:
        about = said.get(item.kind)
        if about:
            # Of two that say the same, the one that decides: who signed goes before how much the team accepted.
            worst = max(about, key=lambda f: (f.open and not f.consent, f.result.rank, -_ORDER[f.level]))
            level = min((f.level for f in about), key=lambda level: _ORDER[level])
            rows.append(CheckRow(item.kind, level, worst.result, _row(case, worst, about), worst.consent))
    return tuple(sorted(rows, key=lambda r: _ORDER[r.level]))


def _row(case: Case, worst: Finding, about: list[Finding]) -> Line:
    """What the row says. Several open sign-offs are counted: one name alone would read as if one were enough."""
    alike = [f for f in about if f.code == worst.code and f.open]
    if worst.code == "sign_off_open" and len(alike) > 1:
        return rule("plan.sign_offs_open", worst.rule, count=str(len(alike)), band=case.band.value)
    return of_finding(case, worst)


def lessons(case: Case) -> tuple[Line, ...]:
    """The lessons of the last releases of this service, and what was open in several of them (P7)."""
    service = case.release.service
    learned = [o for o in earlier(case.facts) if o.lesson][:_LESSONS]
    lines = [catalogue("plan.lesson", service, release=o.release, lesson=o.lesson) for o in learned]
    recurring = (rule("plan.pattern", "P7", **p.params) for p in patterns(case.facts))
    return (*(lines or [rule("plan.no_lesson", "P7", service=service)]), *recurring)


def _dependencies(case: Case, findings: tuple[Finding, ...]) -> Iterator[Line]:
    names = tuple(dict.fromkeys(map(case.other_service, affected_services(case.release, case.facts))))
    if case.service is None:
        yield unknown("plan.dependencies_unknown", "G10", service=case.release.service)
    elif names:
        yield catalogue("plan.dependencies", case.release.service, names=", ".join(names))
    else:
        yield catalogue("plan.no_dependencies", case.release.service)
    yield from (
        of_finding(case, f) for f in findings if kind_of(f) is Kind.DEPENDENCIES and f.result is not Result.CLEAR
    )


def _gap_count(case: Case, findings: tuple[Finding, ...]) -> Line:
    must = [f for f in findings if f.open and f.level is Level.MUST and not f.consent]
    should = [f for f in findings if f.open and f.level is Level.SHOULD]
    if not must and not should:
        return rule("plan.no_gaps", "G1")
    names = dict.fromkeys(kind_of(f).value for f in (*must, *should))
    # An item counts once, though two rules may want something of it.
    wanted = {kind_of(f) for f in must}
    less = {kind_of(f) for f in should} - wanted
    counts = {"must": str(len(wanted)), "should": str(len(less)), "items": ", ".join(names)}
    return rule("plan.gaps", "G1", release=case.release.id, **counts)


def _environment(case: Case) -> Line:
    stated = case.service is not None and case.release.environment == case.service.environment
    code, environment = "plan.environment", case.release.environment
    if stated and case.service is not None:
        return catalogue(code, case.service.id, environment=environment)
    return person(code, case.release.requested_by, environment=environment)


def _items(case: Case, findings: tuple[Finding, ...]) -> Iterator[Line]:
    for kind in PRECONDITIONS:
        about = sorted((f for f in findings if kind_of(f) is kind), key=lambda f: -f.result.rank)
        yield from once(told(case, kind, about))
    # What was accepted in the calendar has no item of its own among these, and is never left out (G21).
    yield from once(of_finding(case, f) for f in findings if kind_of(f) is Kind.WINDOW and f.result is Result.WARN)
