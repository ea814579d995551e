"""P9: for each standard a plan that fails it alone, is not published as a plan, names it; and mended, is published."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from bot.domain.evidence import Kind
from bot.domain.finding import Level, Result
from bot.domain.plan import Line, Origin, OriginKind, Plan
from bot.messages.documents.files import plan_files
from bot.plan.draft import draft
from bot.plan.standards import STANDARDS, failed_standards
from bot.policy import judge
from tests.bot.policy.releases import ready
from tests.world import NOW, facts

UNKNOWN = Line("unknown.artifact", Origin(OriginKind.UNKNOWN, "G1"), {})


def good() -> Plan:
    return draft(ready(), facts(), judge(ready(), facts(), NOW), NOW)


def opened(plan: Plan, kind: Kind, *, consent: bool = False) -> Plan:
    """The plan with that item missing, as MUST."""
    rows = tuple(
        replace(r, level=Level.MUST, result=Result.MISSING, consent=consent) if r.kind is kind else r
        for r in plan.checklist
    )
    return replace(plan, checklist=rows)


def by_hand(plan: Plan) -> Plan:
    said = Line("manual.no_tool", Origin(OriginKind.RULE, "P4"), {"service": "Payments"})
    steps = tuple(replace(s, command=None, manual=said) for s in plan.rollout)
    return opened(replace(plan, rollout=steps), Kind.RUNBOOK)


SPOILED: Mapping[str, tuple[Callable[[Plan], Plan], ...]] = {
    "clarity": (
        lambda p: replace(p, goal=UNKNOWN),
        lambda p: replace(p, rollout=(replace(p.rollout[0], action=UNKNOWN), *p.rollout[1:])),
        lambda p: replace(p, preconditions=()),
    ),
    "reversibility": (
        lambda p: opened(p, Kind.ROLLBACK),
        lambda p: replace(p, rollback=replace(p.rollback, one_line=UNKNOWN)),
        lambda p: replace(p, rollback=replace(p.rollback, steps=())),
        lambda p: replace(p, rollback=replace(p.rollback, no_return=UNKNOWN)),
        lambda p: replace(p, rollout=(*p.rollout[:-1], replace(p.rollout[-1], approval=True))),
    ),
    "verification": (
        lambda p: opened(p, Kind.MONITORING),
        lambda p: replace(p, verification=(UNKNOWN,)),
        lambda p: replace(p, rollout=(*p.rollout[:-1], replace(p.rollout[-1], evidence=UNKNOWN))),
    ),
    "risk_awareness": (
        lambda p: replace(p, risks=p.risks[:1]),
        lambda p: replace(p, risks=(replace(p.risks[0], owner=None), *p.risks[1:])),
    ),
    "actionability": (
        lambda p: opened(p, Kind.OWNERS),
        lambda p: replace(p, next_action=replace(p.next_action, owner=None)),
        lambda p: replace(p, rollout=(replace(p.rollout[0], owner=None), *p.rollout[1:])),
    ),
    "traceability": (
        lambda p: opened(p, Kind.NOTES),
        lambda p: opened(p, Kind.CHANGE),
        lambda p: replace(p, lessons=(replace(p.lessons[0], origin=Origin(OriginKind.RULE, "")),)),
    ),
    "safety": (
        lambda p: opened(p, Kind.STRATEGY),
        lambda p: replace(p, stop_conditions=(UNKNOWN,)),
    ),
    "reproducibility": (
        by_hand,
        lambda p: replace(p, rollout=(replace(p.rollout[0], command=None, manual=None), *p.rollout[1:])),
    ),
}


def test_the_eight_standards_are_those_of_p9() -> None:
    assert tuple(STANDARDS) == tuple(SPOILED)
    assert failed_standards(good()) == ()


@pytest.mark.parametrize(("name", "n"), [(name, n) for name, ways in SPOILED.items() for n in range(len(ways))])
def test_a_plan_that_fails_one_is_not_published_as_a_plan_and_names_it(name: str, n: int) -> None:
    bad = SPOILED[name][n](good())
    assert failed_standards(bad) == (name,)
    marked = replace(bad, failed_standards=failed_standards(bad))
    files = plan_files(marked, ready(), facts(), NOW)
    assert files["md"].startswith("# Draft of a release plan")
    assert f"Not published as a plan: it fails {name.replace('_', ' ')}." in files["md"].replace("\\", "")
    assert "Draft of a release plan" in files["html"]
    mended = plan_files(good(), ready(), facts(), NOW)
    assert mended["md"].startswith("# Release plan")
    assert "Not published" not in mended["md"]


def test_an_open_consent_does_not_keep_a_plan_back() -> None:
    assert failed_standards(opened(good(), Kind.ROLLBACK, consent=True)) == ()
